// What comes with events and what became of what came: attachments, user feedback, outcomes over time (Sentry's shapes).

import { z } from 'zod'

export const attachment = z.object({
  /** `{position}-{item}`: where it lies in the log. */
  id: z.string(),
  event_id: z.string(),
  name: z.string(),
  /** As the SDK said. */
  mimetype: z.string(),
  /** event.attachment, event.minidump … */
  type: z.string(),
  size: z.number(),
  dateCreated: z.string(),
})
export type Attachment = z.infer<typeof attachment>

export const userFeedback = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  comments: z.string(),
  url: z.string(),
  source: z.string(),
  dateCreated: z.string(),
  /** The event it is about; null = none was named. `groupID` is null until that event is stored. */
  eventID: z.string().nullable(),
  issue: z.object({ id: z.string(), shortId: z.string(), title: z.string() }).nullable(),
  attachments: z.array(attachment),
})
export type UserFeedback = z.infer<typeof userFeedback>

const quantities = z.record(z.literal('sum(quantity)'), z.number())

/** `GET organizations/{org}/stats_v2/`. */
export const outcomeStats = z.object({
  start: z.string(),
  end: z.string(),
  /** Starts of the buckets, oldest first. */
  intervals: z.array(z.string()),
  groups: z.array(
    z.object({
      by: z.record(z.string(), z.string()),
      totals: quantities,
      series: z.record(z.literal('sum(quantity)'), z.array(z.number())),
    }),
  ),
})
export type OutcomeStats = z.infer<typeof outcomeStats>
/** `interval`: 1h up to three days, else 1d, unless given. */
export const outcomeStatsQuery = z.object({
  project: z.array(z.string()).optional().describe('Slugs or ids; without it all.'),
  groupBy: z.array(z.enum(['outcome', 'category', 'reason', 'project'])).optional(),
  category: z.string().optional(),
  outcome: z.string().optional(),
  reason: z.string().optional(),
  statsPeriod: z.string().optional().describe('`24h`, `14d`; at most `90d`.'),
  interval: z.enum(['1h', '1d']).optional(),
})
export type OutcomeStatsQuery = z.infer<typeof outcomeStatsQuery>
