// Limits in words: what can be limited, over how long, and how a line of a form becomes a quota.

import { errorCategories, type Category } from '../../../core/quota/categories.ts'
import type { Quota } from '../../../core/quota/quota.ts'
import { formatExact } from '../../parts/basic/format.ts'

/** What people think of as one thing. The names of categories are Sentry's. */
export const quotaKinds: readonly [label: string, categories: readonly Category[]][] = [
  ['errors', errorCategories],
  ['attachments', ['attachment']],
  ['user feedback', ['feedback']],
  ['attachments and feedback', ['attachment', 'feedback']],
  ['sessions', ['session']],
  ['check-ins', ['monitor']],
  ['sessions and check-ins', ['session', 'monitor']],
  ['transactions and spans', ['transaction', 'span']],
  ['profiles', ['profile', 'profile_chunk']],
  ['replays', ['replay']],
  ['logs', ['log_item', 'log_byte']],
  ['metrics', ['trace_metric', 'metric_bucket']],
  ['all that is kept unread', ['transaction', 'span', 'profile', 'profile_chunk', 'replay', 'log_item', 'log_byte', 'trace_metric', 'metric_bucket']],
]

export const windows: readonly [label: string, seconds: number][] = [
  ['minute', 60], ['hour', 3_600], ['day', 86_400], ['week', 604_800], ['30 days', 2_592_000],
]

/** A combination that somebody set by the API is named by its categories. */
export function kindLabel(categories: readonly Category[]): string {
  return quotaKinds.find(([, own]) => isSame(own, categories))?.[0] ?? categories.map((one) => one.replaceAll('_', ' ')).join(', ')
}

export const windowLabel = (seconds: number): string => windows.find(([, own]) => own === seconds)?.[0] ?? `${seconds} seconds`

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one))

/** `1,000 errors per minute`. */
export const quotaText = ({ categories, count, window }: Quota): string => `${formatExact(count)} ${kindLabel(categories)} per ${windowLabel(window)}`

export const newQuota = (): Quota => ({ categories: [...errorCategories], count: 1_000, window: 60 })

export const mostQuotas = 20
export const mostCount = 1_000_000_000
