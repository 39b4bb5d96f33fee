// Frames of PHP: anonymous classes and closures carry the file and line they stand in (grouping.md 3.5).

import { remember } from '../memo.ts'

// The NUL after the name may have been replaced on the way here.
const anonymousClass = /@anonymous(?!::)[^]+?(?=::[^:]*$|$)/

export const cleanPhpFunction: (name: string) => string = remember((name) =>
  name.replaceAll(/\{closure:[^{}]{0,1000}\}/g, '{closure}').replace(anonymousClass, '@anonymous'),
)
