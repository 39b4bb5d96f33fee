// The filter of an issue's events in words, for the bar above the event and for what is said when nothing matches. Pure.

import type { EventFilter } from '../../data/eventFilter.ts'
import { formatTime } from '../../parts/basic/format.ts'
import { toVisible } from '../../parts/event/visible.ts'

const names: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }

/** `14d` -> `the last 14 days`; what cannot be read stays as it is. */
export function wordPeriod(period: string): string {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(period) ?? []
  if (count === undefined) return toVisible(period, 20)
  return count === '1' ? `the last ${names[unit!]}` : `the last ${count} ${names[unit!]}s`
}

/** `22 Nov 2026, 14:00 – 15:59`: seconds add nothing here, and a day is named once. */
function wordSpan(start: string | null, end: string | null): string {
  const cut = (time: string): string => (formatTime(time) === '–' ? toVisible(time, 40) : formatTime(time).slice(0, -3))
  if (start === null) return `until ${cut(end!)}`
  if (end === null) return `since ${cut(start)}`
  const [from, to] = [cut(start), cut(end)]
  const day = from.slice(0, from.indexOf(',') + 1)
  return `${from} – ${day !== '' && to.startsWith(day) ? to.slice(day.length + 1) : to}`
}

/** `text` as somebody would type it, or a span of time. Empty = nothing is filtered. */
export function wordFilter({ query, environment, statsPeriod, start, end }: EventFilter): { text: string; isQuery: boolean }[] {
  return [
    ...(query === '' ? [] : [{ text: toVisible(query, 120), isQuery: true }]),
    ...environment.map((name) => ({ text: `environment:${toVisible(name, 64)}`, isQuery: true })),
    ...(statsPeriod ? [{ text: wordPeriod(statsPeriod), isQuery: false }] : start !== null || end !== null ? [{ text: wordSpan(start, end), isQuery: false }] : []),
  ]
}
