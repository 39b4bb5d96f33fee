// Issues, their activity and comments as the API shows them (Sentry's shapes; ui.md 8.1 to 8.3).

import { z } from 'zod'
import { projectRef, series } from './project.ts'

export const level = z.enum(['fatal', 'error', 'warning', 'info', 'debug'])
export type Level = z.infer<typeof level>

export const issueStatus = z.enum(['unresolved', 'resolved', 'ignored'])
export type IssueStatus = z.infer<typeof issueStatus>
export const substatus = z.enum(['new', 'ongoing', 'regressed', 'escalating', 'archived_forever', 'archived_until_escalating', 'archived_until_condition_met'])
export type Substatus = z.infer<typeof substatus>

export const actorRef = z.object({ type: z.enum(['user', 'team']), id: z.string(), name: z.string(), email: z.string().optional() })

export const issueMetadata = z.object({ type: z.string().optional(), value: z.string().optional(), filename: z.string().optional(), function: z.string().optional(), title: z.string().optional() })

export const issue = z.object({
  id: z.string(),
  shortId: z.string(),
  title: z.string(),
  culprit: z.string(),
  permalink: z.string(),
  level,
  status: issueStatus,
  substatus: substatus.nullable(),
  statusDetails: z.record(z.string(), z.unknown()),
  platform: z.string(),
  project: projectRef,
  type: z.string(),
  metadata: issueMetadata,
  logger: z.string().nullable(),
  numComments: z.number(),
  assignedTo: actorRef.nullable(),
  hasSeen: z.boolean(),
  isUnhandled: z.boolean(),
  /** A decimal string, as Sentry's. */
  count: z.string(),
  userCount: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /** `24h`: 24 hourly pairs, oldest first; detail adds `30d`: 30 daily pairs. */
  stats: z.object({ '24h': series, '30d': series.optional() }),
  /** Where an event id was the whole query. */
  matchingEventId: z.string().optional(),
})
export type Issue = z.infer<typeof issue>

/** `type`: first_seen, set_resolved, set_unresolved, set_regression, set_ignored, assigned, unassigned, note. */
export const activityItem = z.object({
  id: z.string(),
  type: z.string(),
  /** null = the system. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  data: z.record(z.string(), z.unknown()),
  dateCreated: z.string(),
})
export type ActivityItem = z.infer<typeof activityItem>

export const tagFacet = z.object({
  key: z.string(),
  name: z.string(),
  uniqueValues: z.number(),
  totalValues: z.number(),
  topValues: z.array(z.object({ value: z.string(), name: z.string(), count: z.number(), firstSeen: z.string(), lastSeen: z.string() })),
})
export type TagFacet = z.infer<typeof tagFacet>

export const issueDetail = issue.extend({
  firstRelease: z.object({ version: z.string() }).nullable(),
  lastRelease: z.object({ version: z.string() }).nullable(),
  activity: z.array(activityItem),
  tags: z.array(tagFacet),
  /** What users wrote about its events. */
  userReportCount: z.number(),
  refold: z.object({ generation: z.string(), stored: z.number(), keys: z.array(z.string()) }),
})
export type IssueDetail = z.infer<typeof issueDetail>

/** Body of `PUT issues/{id}/`. At least one of the fields. `assignedTo`: `user:12` or `""`. */
export const issueUpdate = z.object({
  status: issueStatus.optional(),
  substatus: z.enum(['ongoing', 'archived_forever']).nullish(),
  assignedTo: z.string().regex(/^(user:\d+)?$/, 'Use user:ID, or an empty text for nobody.').optional(),
})
export type IssueUpdate = z.infer<typeof issueUpdate>

export const comment = z.object({ text: z.string().trim().min(1, 'Write something first.').max(20_000, 'At most 20,000 characters.') })
export type Comment = z.infer<typeof comment>
