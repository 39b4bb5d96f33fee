// `stats_v2` as Sentry shapes it: groups with totals and a series over even intervals. Pure.

import type { OutcomeStats } from '../../core/contract/intake.ts'
import type { Grouping, StatsRow } from './queries.ts'

const seconds = { hour: 3_600, day: 86_400 } as const

export type StatsRange = { from: Date; to: Date; interval: 'hour' | 'day' }

/** Whole intervals that end with the one `now` lies in. */
export function readRange(periodSeconds: number, interval: 'hour' | 'day', now: number): StatsRange {
  const step = seconds[interval] * 1_000
  const to = (Math.floor(now / step) + 1) * step
  return { from: new Date(to - Math.max(1, Math.ceil((periodSeconds * 1_000) / step)) * step), to: new Date(to), interval }
}

/** `24h`, `14d`: at most 90 days; null for anything else. */
export function readPeriod(text: string): number | null {
  const match = /^(\d{1,4})([hd])$/.exec(text)
  const length = match ? Number(match[1]) * (match[2] === 'h' ? 3_600 : 86_400) : 0
  return length > 0 && length <= 90 * 86_400 ? length : null
}

export function presentStats(rows: readonly StatsRow[], groupBy: readonly Grouping[], { from, to, interval }: StatsRange): OutcomeStats {
  const step = seconds[interval]
  const start = from.getTime() / 1_000
  const count = (to.getTime() / 1_000 - start) / step
  const groups = new Map<string, OutcomeStats['groups'][number]>()
  for (const row of rows) {
    const by = Object.fromEntries(groupBy.map((name) => [name, String(row[name])]))
    const key = JSON.stringify(by)
    const group = groups.get(key) ?? { by, totals: { 'sum(quantity)': 0 }, series: { 'sum(quantity)': Array.from({ length: count }, () => 0) } }
    groups.set(key, group)
    const bucket = Math.floor((row.unix - start) / step)
    const series = group.series['sum(quantity)']!
    if (bucket < 0 || bucket >= count) continue
    series[bucket]! += row.quantity
    group.totals['sum(quantity)']! += row.quantity
  }
  const intervals = Array.from({ length: count }, (_, index) => new Date((start + index * step) * 1_000).toISOString())
  return { start: from.toISOString(), end: to.toISOString(), intervals, groups: [...groups.values()] }
}
