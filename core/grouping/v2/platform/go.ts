// Frames of Go: without the numbers of function literals and the types of generic functions (grouping.md 3.5).

import { remember } from '../memo.ts'

export const cleanGoFunction: (name: string) => string = remember((name) =>
  name.replaceAll('[...]', '').replaceAll(/\.func\d+(?:\.\d+)*(?=\.func\d|$)/g, '.func'),
)
