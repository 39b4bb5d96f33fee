// Times in a query: `-24h`, `+7d`, `2026-01-01`, `2026-01-01T12:00:00Z`. Without a zone they are UTC.

import type { Comparison, SearchTime, TermOf } from './term.ts'

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }
const dayMs = 86_400_000

export type TimeCondition = { comparison: Comparison; time: SearchTime }

export const timeForms = '-24h (since then), +7d (before that), or a date like 2026-01-01 or 2026-01-01T12:00:00Z with >, >=, < or <='

/** Null = no time. `-24h` is within the last day, `+24h` longer ago. */
export function readTime(text: string, comparison: Comparison): TimeCondition | null {
  const relative = /^([+-])(\d{1,5})([smhdw])$/.exec(text)
  if (relative) {
    const time = { agoSeconds: Number(relative[2]) * unitSeconds[relative[3]!]! }
    if (comparison === '=') return { comparison: relative[1] === '-' ? '>' : '<', time }
    return relative[1] === '-' ? { comparison: comparison.startsWith('>') ? '>' : '<', time } : null
  }
  const time = readDate(text)
  return time && { comparison, time }
}

/** `>24h` is older, so first seen before: the other way round than times. */
export function readAge(text: string, comparison: Comparison): TimeCondition | null {
  const length = comparison === '=' ? null : /^\d{1,5}[smhdw]$/.exec(text)
  return length ? readTime(`${comparison.startsWith('>') ? '+' : '-'}${text}`, '=') : readTime(text, comparison)
}

function readDate(text: string): SearchTime | null {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$/.exec(text)
  if (!parts) return null
  const [, date, minutes, seconds, fraction, zone = 'Z'] = parts
  const day = Date.parse(`${date}T00:00:00Z`)
  // A day that its month has not is moved into the next one by Date.parse.
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(date!)) return null
  if (minutes === undefined) return { at: day, spanMs: dayMs }
  if (fraction !== undefined && seconds === undefined) return null
  const at = Date.parse(`${date}T${minutes}${seconds ?? ':00'}${fraction?.slice(0, 4) ?? ''}${zone}`)
  return Number.isNaN(at) ? null : { at, spanMs: fraction !== undefined ? 1 : seconds !== undefined ? 1_000 : 60_000 }
}

export type TimeRange = { from: Date | null; before: Date | null }

/** What the term allows: at or after `from`, earlier than `before`; null = open. A date means its whole day. */
export function resolveTime({ comparison, time }: Pick<TermOf<'time'>, 'comparison' | 'time'>, now: Date): TimeRange {
  const start = 'agoSeconds' in time ? now.getTime() - time.agoSeconds * 1_000 : time.at
  const end = 'agoSeconds' in time ? start : time.at + time.spanMs
  switch (comparison) {
    case '=':
      return { from: new Date(start), before: new Date(end) }
    case '>':
    case '>=':
      return { from: new Date(start), before: null }
    case '<':
      return { from: null, before: new Date(start) }
    case '<=':
      return { from: null, before: new Date(end) }
  }
}

export function printTime({ comparison, time }: TimeCondition): string {
  if ('agoSeconds' in time) {
    const [unit, seconds] = Object.entries(unitSeconds).findLast(([, seconds]) => time.agoSeconds % seconds === 0)!
    return `${comparison === '>' ? '-' : '+'}${time.agoSeconds / seconds}${unit}`
  }
  const iso = new Date(time.at).toISOString()
  const cut = { [dayMs]: iso.slice(0, 10), 60_000: `${iso.slice(0, 16)}Z`, 1_000: `${iso.slice(0, 19)}Z` }[time.spanMs] ?? iso
  return `${comparison === '=' ? '' : comparison}${cut}`
}
