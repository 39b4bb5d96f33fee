// What can be limited, and what is limited when nobody has set anything. Apart from the schemas, so that the app needs no zod for it.

import type { Quota } from './quota.ts'

/** Sentry's data categories, as SDKs know them in `X-Sentry-Rate-Limits` (protocol 3.1). `internal` is never limited and not among them. */
export const categories = [
  'error', 'default', 'security', 'attachment', 'feedback', 'session', 'monitor', 'transaction', 'span', 'profile', 'profile_chunk', 'replay',
  'log_item', 'log_byte', 'trace_metric', 'metric_bucket',
] as const
export type Category = (typeof categories)[number]

/** These three are one to whoever sets a limit: which of them an event is, only the fold finds out (protocol 2.9). */
export const errorCategories: readonly Category[] = ['error', 'default', 'security']

/** Seconds. */
export const maxWindow = 31 * 86_400

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
