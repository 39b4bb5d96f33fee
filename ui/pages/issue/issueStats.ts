// The numbers behind the chart of an issue: the last day and the last month come with the issue, a week and all of its
// time are asked for; and where the project's releases stand on that time.

import { queryOptions } from '@tanstack/solid-query'
import type { Issue } from '../../../core/contract/issue.ts'
import type { ReleaseMarker } from '../../../core/contract/release.ts'
import { read } from '../../data/api.ts'
import { org, orgPath } from '../../data/session.ts'
import { daySeconds, hourSeconds, peakOf, type Range, rangeOf, type Series, stepOf } from '../../parts/chart/bars.ts'

export const periods = [
  { period: '24h', label: '24 h', words: 'the last 24 hours' },
  { period: '7d', label: '7 d', words: 'the last 7 days' },
  { period: '30d', label: '30 d', words: 'the last 30 days' },
  { period: 'all', label: 'All', words: 'all' },
] as const
export type Period = (typeof periods)[number]['period']

/** What the server counts at once, a little less. */
const mostBars = 1_900

export const statsQuery = (issue: Issue, period: Period, generation: string | null) =>
  queryOptions({
    queryKey: ['issue-stats', issue.id, period, generation],
    queryFn: ({ signal }) => {
      const now = Date.now() / 1000
      const age = now - Date.parse(issue.firstSeen) / 1000
      const [step, since] = period === '7d' || age < 7 * daySeconds ? [hourSeconds, period === '7d' ? 7 * daySeconds - hourSeconds : Math.max(age, daySeconds)] : [daySeconds, age]
      return read<Series>(orgPath(`issues/${issue.id}/stats/`), { query: { since: Math.floor(now - Math.min(Math.max(since, hourSeconds), mostBars * step)), resolution: step === hourSeconds ? '1h' : '1d', generation }, signal })
    },
    reconcile: false as const,
    enabled: org() !== null && (period === '7d' || period === 'all'),
  })

export const releasesQuery = (project: string) =>
  queryOptions({
    queryKey: ['release-markers', project],
    queryFn: ({ signal }) => read<ReleaseMarker[]>(orgPath('releases/stats/'), { query: { project, statsPeriod: '90d' }, signal }),
    reconcile: false as const,
    staleTime: 300_000,
    enabled: org() !== null,
  })

/** The shortest period that a time lies in. `now` in Unix ms. */
export function periodWith(start: string, now: number): Period {
  const days = (now - Date.parse(start)) / 1000 / daySeconds
  return days < 0.95 ? '24h' : days < 6.9 ? '7d' : days < 29 ? '30d' : 'all'
}

export type Preset = { text: string; range: Range }

/** What a drag over the chart could have chosen, for who does not drag (W-11). */
export function presetsOf(series: Series): Preset[] {
  const last = series.length - 1
  const isHours = stepOf(series) === hourSeconds
  const spans: [string, number][] = isHours ? [['last hour', 1], ...(series.length > 24 ? [['last 24 hours', 24] as [string, number]] : [['last 6 hours', 6] as [string, number]])] : [['today', 1], ['last 7 days', 7]]
  const peak = series.findIndex(([, count]) => count === peakOf(series))
  const presets = spans.filter(([, bars]) => bars < series.length).map(([text, bars]): Preset => ({ text, range: rangeOf(series, last - bars + 1, last) }))
  return peakOf(series) === 0 ? presets : [...presets, { text: isHours ? 'busiest hour' : 'busiest day', range: rangeOf(series, peak, peak) }]
}
