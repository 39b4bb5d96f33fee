// A message without what changes from one occurrence to the next (grouping.md 3.7). A copy of the normaliser of the
// domain `fp`, wording.ts and parameters.ts included: each is frozen with its own keys.

import { replaceParameters } from './parameters.ts'
import { unifyWording } from './wording.ts'

const lengthLimit = 300

/** The first two lines that are not empty, on one line, at most 300 units. `text` is at most 2,048 units. */
export function normaliseMessage(text: string, platform: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '').slice(0, 2)
  return replaceParameters(unifyWording(lines.join('\n').trim(), platform)).replaceAll(/\s+/g, ' ').slice(0, lengthLimit)
}
