// What became of an item (architecture 1). The door counts what it refuses, the fold what it reads; both end in `outcome_hour`.

import { z } from 'zod'

/**
 * `accepted`: folded. `unsupported`: kept in the log, unread. `invalid`, `filtered`, `duplicate`: in the log, made nothing of.
 * `rate_limited`, `too_large`, `rejected`: refused at the door. `client_discard`: the SDK says it never sent it.
 */
export const outcomes = ['accepted', 'unsupported', 'invalid', 'filtered', 'duplicate', 'rate_limited', 'too_large', 'rejected', 'client_discard'] as const
export type Outcome = (typeof outcomes)[number]

/** `reason` is one of a fixed vocabulary, so that nobody from outside can make a table grow; '' when the outcome says it all. */
export type ItemOutcome = { category: string; outcome: Outcome; reason: string; quantity: number; detail?: string }

/** The payload of `outcomes.recorded`: what the door refused since the last such fact, summed. */
export const recordedOutcomes = z.object({
  entries: z
    .array(
      z.object({
        /** Null: the request named no project that exists, or none at all. */
        project: z.int().positive().nullable(),
        category: z.string().max(32),
        outcome: z.enum(outcomes),
        reason: z.string().max(64),
        quantity: z.int().positive(),
        /** Of the latest request: a sentence for the setup page, and the SDK that sent it. */
        detail: z.string().max(300).nullable(),
        sdk: z.string().max(200).nullable(),
        lastSeen: z.iso.datetime(),
      }),
    )
    .max(1_000),
})
export type RecordedOutcomes = z.infer<typeof recordedOutcomes>
export type RecordedOutcome = RecordedOutcomes['entries'][number]

/** Item type -> category of rate limits and outcomes (protocol 2.9). Unknown types count as `unknown`: their names are the sender's. */
export function categoryOf(itemType: string): string {
  return Object.hasOwn(categories, itemType) ? categories[itemType]! : 'unknown'
}

const categories: Record<string, string> = {
  event: 'error', transaction: 'transaction', span: 'span', session: 'session', sessions: 'session', client_report: 'internal', attachment: 'attachment',
  user_report: 'feedback', feedback: 'feedback', check_in: 'monitor', log: 'log_item', trace_metric: 'trace_metric', profile: 'profile',
  profile_chunk: 'profile_chunk', profile_chunk_ui: 'profile_chunk', replay_event: 'replay', replay_recording: 'replay', replay_video: 'replay',
  raw_security: 'security', security: 'security', nel: 'security', statsd: 'metric_bucket', metric_buckets: 'metric_bucket', metric_meta: 'metric_bucket',
  otel_span: 'span', otel_log: 'log_item', otel_traces_data: 'span', form_data: 'error', unreal_report: 'error',
}
