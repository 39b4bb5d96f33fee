// What became of items, in the six kinds that the page draws and counts, and in words. Pure.

import type { OutcomeStats } from '../../../core/contract/intake.ts'
import { explainOutcome } from '../../../core/outcome-words.ts'
import type { Outcome } from '../../../core/outcome.ts'

export type Band = 'stored' | 'unread' | 'filtered' | 'limited' | 'refused' | 'discarded'
/** From the ground up. */
export const bands: readonly { band: Band; label: string; hint: string; outcomes: readonly Outcome[] }[] = [
  { band: 'stored', label: 'Stored', hint: 'Read and shown.', outcomes: ['accepted'] },
  { band: 'unread', label: 'Kept, not shown', hint: 'In the log, but of a kind that is not read, or there already.', outcomes: ['unsupported', 'duplicate'] },
  { band: 'filtered', label: 'Filtered', hint: 'Dropped by a filter of this project.', outcomes: ['filtered'] },
  { band: 'limited', label: 'Over a limit', hint: 'Refused with 429; SDKs slow down.', outcomes: ['rate_limited'] },
  { band: 'refused', label: 'Refused', hint: 'Could not be let in, or not be read.', outcomes: ['rejected', 'too_large', 'invalid'] },
  { band: 'discarded', label: 'Not sent', hint: 'Dropped by the SDK itself, as it says.', outcomes: ['client_discard'] },
]
const bandOf = (outcome: string): Band => bands.find(({ outcomes }) => (outcomes as readonly string[]).includes(outcome))?.band ?? 'refused'

export type Sums = Record<Band, number>
const noSums = (): Sums => ({ stored: 0, unread: 0, filtered: 0, limited: 0, refused: 0, discarded: 0 })
export const totalOf = (sums: Sums): number => Object.values(sums).reduce((all, one) => all + one, 0)

export type Bucket = { from: Date; to: Date; sums: Sums }
export type Reason = { outcome: Outcome; reason: string; band: Band; sentence: string; categories: readonly string[]; count: number }
export type Usage = { buckets: readonly Bucket[]; sums: Sums; total: number; reasons: readonly Reason[]; categories: readonly { category: string; sums: Sums; total: number }[] }

const quantity = 'sum(quantity)'

/** `merge`: so many intervals become one bar; the last bar ends with the last interval. */
export function readUsage({ intervals, end, groups }: OutcomeStats, merge: number): Usage {
  const starts = intervals.map((text) => new Date(text))
  const offset = intervals.length % merge
  const count = Math.floor(intervals.length / merge)
  const buckets: Bucket[] = Array.from({ length: count }, (_, at) => ({ from: starts[offset + at * merge]!, to: starts[offset + (at + 1) * merge] ?? new Date(end), sums: noSums() }))
  const sums = noSums()
  const reasons = new Map<string, Reason & { categories: string[] }>()
  const categories = new Map<string, Sums>()
  for (const { by, totals, series } of groups) {
    const { outcome = '', reason = '', category = '' } = by
    const [band, amount] = [bandOf(outcome), totals[quantity] ?? 0]
    sums[band] += amount
    const own = categories.get(category) ?? noSums()
    own[band] += amount
    categories.set(category, own)
    const key = `${outcome}/${reason}`
    const known = reasons.get(key) ?? { outcome: outcome as Outcome, reason, band, sentence: explainOutcome(outcome as Outcome, reason), categories: [], count: 0 }
    known.count += amount
    if (amount > 0) known.categories.push(category)
    reasons.set(key, known)
    for (const [index, value] of (series[quantity] ?? []).entries()) {
      const bucket = buckets[Math.floor((index - offset) / merge)]
      if (bucket) bucket.sums[band] += value
    }
  }
  return {
    buckets, sums, total: totalOf(sums),
    reasons: [...reasons.values()].filter(({ outcome, count: own }) => outcome !== 'accepted' && own > 0).toSorted((a, b) => b.count - a.count),
    categories: [...categories].map(([category, own]) => ({ category, sums: own, total: totalOf(own) })).filter(({ total }) => total > 0).toSorted((a, b) => b.total - a.total),
  }
}

const categoryWords: Record<string, string> = {
  error: 'errors', default: 'messages', security: 'security reports', attachment: 'attachments', feedback: 'user feedback', session: 'sessions', monitor: 'check-ins', transaction: 'transactions', span: 'spans',
  profile: 'profiles', profile_chunk: 'profiles', replay: 'replays', log_item: 'logs', log_byte: 'bytes of logs', trace_metric: 'metrics', metric_bucket: 'metrics', internal: 'client reports', unknown: 'unknown items',
}
export const categoryWord = (category: string): string => categoryWords[category] ?? category.replaceAll('_', ' ')
