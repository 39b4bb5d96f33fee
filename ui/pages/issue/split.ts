// A rule that would take events like this one out of their issue: a start, filled in for a person to change. Pure.

import type { Event } from '../../../core/contract/event.ts'
import { formatRule } from '../../../core/grouping/rules/parse-rule.ts'
import { ruleLimits } from '../../../core/grouping/rules/reference.ts'
import { entryOf } from '../../parts/event/entries.ts'

/** Null when the event says nothing a rule could look for. */
export function suggestSplit(event: Event): string | null {
  const last = entryOf(event, 'exception')?.values.at(-1)
  const frame = last?.stacktrace?.frames.findLast(({ inApp }) => inApp) ?? last?.stacktrace?.frames.at(-1)
  const said = last?.value ?? entryOf(event, 'message')?.formatted
  const found = [['error.type', last?.type], ['message', said], ['stack.function', frame?.function]] as const
  const matchers = found.flatMap(([name, text]) => (text ? [{ negated: false, name, glob: globOf(text) }] : []))
  if (matchers.length === 0) return null
  const part = (last?.type ?? said ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40)
  return formatRule({ matchers, parts: [part || 'apart', '{{ message }}'] })
}

const longest = 200

/** The first line, and anything after it. What no rule may hold is one unknown character. */
function globOf(text: string): string {
  const start = text.split(/\r?\n/, 1)[0]!.slice(0, longest)
  const glob = `${start.replaceAll(/\p{Cc}|\p{Surrogate}/gu, '?')}${start.length < text.length ? '*' : ''}`
  const last = [...glob.matchAll(/[*?]/g)][ruleLimits.wildcards - 1]
  return last ? `${glob.slice(0, last.index)}*` : glob
}
