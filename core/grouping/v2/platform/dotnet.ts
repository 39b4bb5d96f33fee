// Frames of .NET: methods that the compiler turned into classes get their names back (grouping.md 3.5).

import type { Skip } from '../frame.ts'
import { remember } from '../memo.ts'

const generated: Skip = { reason: 'code generated at run time', dropped: true }
const stateMachine = /(?:\+<[^+]{1,200}>d(?:__\d+)?|\+<>c(?:__DisplayClass\d+(?:_\d+)?)?)+$/
const method = /<([^<>]{1,200})>[dbg]__/

export const cleanDotnetModule: (module: string) => string = remember((module) => module.replace(stateMachine, ''))

/** `module` as sent: the name of an asynchronous method stands there. */
export function cleanDotnetFunction(name: string, module: string): string | Skip {
  if (name.startsWith('lambda_method') && /^lambda_method\d*$/.test(name)) return generated
  if (name === 'MoveNext' || name.includes('<')) {
    const found = method.exec(name) ?? method.exec(module)
    if (found) return found[1]!
  }
  const parameters = name.indexOf(' (')
  return parameters === -1 ? name : name.slice(0, parameters)
}
