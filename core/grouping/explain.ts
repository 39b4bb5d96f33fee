// A grouping as text for people: one line per component, then the notes (grouping.md 3.8). Imports types only, so that
// the UI can use it too.

import type { Grouping } from './types.ts'

const labels: Record<string, string> = {
  F: 'fingerprint', D: 'default', t: 'type', m: 'message', M: 'message', x: 'transaction',
}

/** Lines joined by `\n`, without one at the end. */
export function explain(grouping: Grouping): string {
  const lines = [`Grouped by ${grouping.strategy} (${grouping.version}).`]
  let indent = ''
  for (const [tag, value] of grouping.components) {
    if (tag === '/') indent = ''
    else if (tag === 'D') {
      lines.push('default')
      indent = '  '
    } else if (tag === '0') lines.push(`${indent}nothing in the event to group by`)
    else lines.push(`${indent}${labels[tag] ?? tag}: ${value === '' ? '(none)' : value}`)
  }
  return [...lines, ...grouping.notes.map((note) => `note: ${note}`)].join('\n')
}
