// A grouping as text for people: one line per component, then the notes (grouping.md 3.8). Imports no algorithm, so that
// the UI can use it too.

import { labelOf, showValue } from './labels.ts'
import type { Grouping } from './types.ts'

/** Lines joined by `\n`, without one at the end. */
export function explain(grouping: Grouping): string {
  const lines = [`Grouped by ${grouping.strategy} (${grouping.version}).`]
  const isTemplate = grouping.strategy.endsWith('template')
  let outer = ''
  let inner = ''
  for (const component of grouping.components) {
    const [tag] = component
    if (tag === '/') outer = inner = ''
    else if (tag === 'D') {
      lines.push(labelOf(tag))
      outer = inner = '  '
    } else if (tag === 'E') {
      lines.push(outer + labelOf(tag))
      inner = `${outer}  `
    } else lines.push(tag === '0' ? inner + labelOf(tag) : `${inner}${tag === 'l' && isTemplate ? 'line' : labelOf(tag)}: ${showValue(component)}`)
  }
  return [...lines, ...grouping.notes.map((note) => `note: ${note}`)].join('\n')
}
