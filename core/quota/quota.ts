// How much of what may come in: quotas of a key, a project or the installation, by category (protocol 3). Kept as facts in
// the log; ingest/quota counts against them in memory.

import { z } from 'zod'

/** Sentry's data categories, as SDKs know them in `X-Sentry-Rate-Limits` (protocol 3.1). `internal` is never limited and not among them. */
export const categories = [
  'error', 'default', 'security', 'attachment', 'feedback', 'session', 'monitor', 'transaction', 'span', 'profile', 'profile_chunk', 'replay',
  'log_item', 'log_byte', 'trace_metric', 'metric_bucket',
] as const
export type Category = (typeof categories)[number]

/** These three are one to whoever sets a limit: which of them an event is, only the fold finds out (protocol 2.9). */
export const errorCategories: readonly Category[] = ['error', 'default', 'security']

export const maxWindow = 31 * 86_400

/** At most `count` items of `categories` in each window of `window` seconds; windows begin at multiples of their length since 1970. */
export const quota = z.object({
  categories: z.array(z.enum(categories)).min(1).max(categories.length),
  count: z.int().nonnegative().max(1_000_000_000),
  window: z.int().min(1).max(maxWindow),
})
export type Quota = z.infer<typeof quota>
export const quotas = z.array(quota).max(20)

/**
 * What a project may send when nobody has set anything. Errors at 500 a second on average, a tenth of what a small machine folds;
 * what Refold only keeps without reading gets less, so that it cannot fill the disk unseen. Client reports are never limited.
 */
export const defaultQuotas: readonly Quota[] = [
  { categories: [...errorCategories], count: 30_000, window: 60 },
  { categories: ['attachment', 'feedback'], count: 3_000, window: 60 },
  { categories: ['session', 'monitor'], count: 30_000, window: 60 },
  { categories: ['transaction', 'span', 'profile', 'profile_chunk', 'replay', 'log_item', 'log_byte', 'trace_metric', 'metric_bucket'], count: 6_000, window: 60 },
]
