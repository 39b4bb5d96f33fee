// The `{{ variables }}` in parts and titles of rules. core/grouping/fingerprint.ts fills them in; here it is made sure
// that what is saved names only those that it knows.

import { findWord, listWords, ruleVariables } from './reference.ts'
import { shorten } from './words.ts'

const variable = /\{\{\s*([^{}\s]{1,200})\s*\}\}/y
const wholeDefault = /^\{\{\s*default\s*\}\}$/
const titleVariables = ruleVariables.filter(({ name }) => name !== 'default')

/** Undefined if all is well; else the text that is wrong, and why. */
export function judgeVariables(text: string, place: 'part' | 'title'): { found: string; message: string } | undefined {
  if (place === 'part' && wholeDefault.test(text)) return undefined
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', variable.lastIndex)) {
    variable.lastIndex = at
    const [found, name] = variable.exec(text) ?? []
    if (found === undefined || name === undefined) return { found: text.slice(at), message: `\`${shorten(text.slice(at))}\` is not a variable: write \`{{ name }}\`` }
    if (findWord(titleVariables, name)) continue
    if (name === 'default') return { found, message: place === 'part' ? '`{{ default }}` must be a part of its own' : '`{{ default }}` has no place in a title' }
    return { found, message: `unknown variable \`${shorten(name)}\`: use one of ${listWords(place === 'part' ? ruleVariables : titleVariables)}` }
  }
  return undefined
}
