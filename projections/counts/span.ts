// `since`, `until` and `resolution` of a series, as Sentry's `stats/` take them.

import { ApiError } from '../../core/errors.ts'
import { readInstant } from '../period.ts'

/** `stepSeconds` between buckets; whole buckets from `from` until `to` is reached. */
export type Span = { from: Date; to: Date; stepSeconds: number }
export type SpanQuery = { since?: string; until?: string; resolution?: string }

const steps: Readonly<Record<string, number>> = { '1h': 3_600, '1d': 86_400 }
const maxBuckets = 2_000

/** Default: the last 24 h by the hour, or 30 days by the day. `now` in Unix ms. Throws `badRequest`. */
export function readSpan({ since, until, resolution = '1h' }: SpanQuery, now: number): Span {
  const stepSeconds = Object.hasOwn(steps, resolution) ? steps[resolution]! : 0
  if (stepSeconds === 0) throw new ApiError('badRequest', { fields: { resolution: ['Use 1h or 1d.'] } })
  const step = stepSeconds * 1_000
  const to = readInstant('until', until)?.getTime() ?? now
  const last = Math.floor(to / step) * step
  const from = Math.floor((readInstant('since', since)?.getTime() ?? last - (resolution === '1h' ? 23 : 29) * step) / step) * step
  if (from > to || (to - from) / step > maxBuckets) throw new ApiError('badRequest', { fields: { since: [`Use a time before until, with at most ${maxBuckets} buckets between.`] } })
  return { from: new Date(from), to: new Date(to), stepSeconds }
}
