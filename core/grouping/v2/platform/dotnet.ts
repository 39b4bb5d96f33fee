// Frames of .NET: methods that the compiler turned into classes get their names back (grouping.md 3.5).

import type { Skip } from '../frame.ts'
import { remember } from '../memo.ts'

const generated: Skip = { reason: 'code generated at run time', dropped: true }
const stateMachine = /^\+<(?:[^+]{1,200}>d(?:__\d{1,6})?|>c(?:__DisplayClass\d{1,6}(?:_\d{1,6})?)?)$/
const method = /<([^<>]{1,200})>[dbg]__/

/** Without the classes at its end that the compiler nested there. */
export const cleanDotnetModule: (module: string) => string = remember((module) => {
  let end = module.length
  for (let plus = module.lastIndexOf('+'); plus > 0 && stateMachine.test(module.slice(plus, end)); plus = module.lastIndexOf('+', plus - 1)) end = plus
  return module.slice(0, end)
})

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
