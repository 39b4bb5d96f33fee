// Issues, their activity and comments as the API shows them (Sentry's shapes; ui.md 8.1 to 8.3).

import { z } from 'zod'
import { maxVersionLength } from '../release/version.ts'
import { projectRef, series } from './project.ts'

export const level = z.enum(['fatal', 'error', 'warning', 'info', 'debug'])
export type Level = z.infer<typeof level>

export const issueStatus = z.enum(['unresolved', 'resolved', 'ignored'])
export type IssueStatus = z.infer<typeof issueStatus>
const archived = ['archived_forever', 'archived_until_escalating', 'archived_until_condition_met'] as const
export const substatus = z.enum(['new', 'ongoing', 'regressed', 'escalating', ...archived])
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

/** `type`: first_seen, set_resolved, set_resolved_in_release, set_unresolved, set_escalating, set_regression, set_ignored, mark_reviewed, assigned (with `assigneeName` and `assigneeEmail` of a person who is known), unassigned, note, merge, unmerge_source, unmerge_destination. */
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

const minutes = z.int().min(0).max(5_256_000, 'At most ten years.')
const exampleTime = 'Use a time such as 2026-11-22T14:30:34Z.'
/** In UTC, where the year may be another one than the text says; what is no time is refused before. */
const fitsLog = (time: string): boolean => !(Date.parse(time) < 0 || Date.parse(time) >= Date.UTC(10_000, 0))
const atLeast = z.int().min(0).max(1_000_000_000)

/** With `resolved`: one of the first two. With `ignored`: any of the others, counted from now on; the first that is met opens the issue again. */
export const statusDetails = z.strictObject(
  {
    inNextRelease: z.boolean().optional(),
    inRelease: z.string().min(1).max(maxVersionLength).optional().describe('A version, or `latest`.'),
    afterRelease: z.string().min(1).max(maxVersionLength).optional().describe('With `inNextRelease`: after this version, not after the newest.'),
    ignoreDuration: minutes.nullish().describe('Minutes.'),
    ignoreCount: atLeast.nullish().describe('Events.'),
    ignoreUserCount: atLeast.nullish().describe('Users.'),
    ignoreUntil: z.iso.datetime({ offset: true, error: exampleTime }).refine(fitsLog, exampleTime).nullish().describe('As ignoreDuration, said as the time itself.'),
  },
  'Use inNextRelease, inRelease, ignoreDuration, ignoreCount, ignoreUserCount, or afterRelease and ignoreUntil.',
)

const substatusOf = { unresolved: ['new', 'ongoing', 'regressed', 'escalating'], resolved: [], resolvedInNextRelease: [], muted: archived, ignored: archived } as const

/** Body of `PUT issues/{id}/`: Sentry's, at least one of the fields. What Refold has no place for is refused, or ignored where nobody would miss it. */
export const issueUpdate = z
  .object({
    status: z.enum(['unresolved', 'resolved', 'ignored', 'resolvedInNextRelease', 'muted']).nullish().describe('`muted` is `ignored`.'),
    substatus: substatus.nullish().describe('With `unresolved`, what it is called again; an undo puts it back as it was.'),
    statusDetails: statusDetails.optional(),
    snoozeDuration: minutes.nullish().describe('As ignoreDuration.'),
    assignedTo: z.string().max(254).nullish().transform((text) => text ?? (text === null ? '' : undefined)).describe('`user:12`, an email address, or an empty text for nobody.'),
    inbox: z.boolean().optional().describe('`false`: somebody looked at it, it is new no more.'),
    hasSeen: z.boolean().optional().describe('Accepted, and not kept.'),
    isSubscribed: z.boolean().optional().describe('Accepted, and not kept.'),
    isBookmarked: z.literal(false, 'Refold has no bookmarks.').optional(),
    isPublic: z.literal(false, 'Refold shows no issue to the public.').optional(),
    discard: z.literal(false, 'Refold discards no events of an issue. Archive it, or filter them.').optional(),
    priority: z.null('Refold has no priorities.').optional(),
  })
  .refine(({ status, assignedTo, inbox, hasSeen, isSubscribed }) => [status ?? undefined, assignedTo, inbox, hasSeen, isSubscribed].some((value) => value !== undefined), 'Give a status or an assignee.')
  .refine(({ status, substatus }) => !substatus || (status && (substatusOf[status] as readonly string[]).includes(substatus)), { path: ['substatus'], error: 'This substatus does not go with this status.' })
  .refine(({ status, statusDetails: details = {} }) => !(details.inNextRelease || details.inRelease || details.afterRelease) || status === 'resolved' || status === 'resolvedInNextRelease', { path: ['statusDetails'], error: 'A release goes with the status resolved.' })
  .refine(({ status, statusDetails: { afterRelease, inNextRelease } = {} }) => !afterRelease || inNextRelease || status === 'resolvedInNextRelease', { path: ['statusDetails'], error: 'Give inNextRelease with afterRelease.' })
  .refine(
    ({ status, snoozeDuration, statusDetails: { ignoreDuration, ignoreCount, ignoreUserCount, ignoreUntil } = {} }) => !(snoozeDuration || ignoreDuration || ignoreCount || ignoreUserCount || ignoreUntil) || status === 'ignored' || status === 'muted',
    { path: ['statusDetails'], error: 'These conditions go with the status ignored.' },
  )
export type IssueUpdate = z.input<typeof issueUpdate>

/** What became of a command on many issues. */
export const bulkResult = z.object({
  changed: z.array(z.string()).describe('Ids. An issue that was so already is in neither list.'),
  skipped: z.array(z.object({ id: z.string(), detail: z.string() })),
  position: z.int(),
  more: z.boolean().optional().describe('More issues match than one request changes: send it again.'),
  next: z.string().nullable().optional().describe('Where `limit` was given: the `cursor` of the next request; null = all that match were looked at. Of a repeated request: its own, as what matches may have changed.'),
})

/** The answer to a change: what was applied, in the words of the request. */
export const issueChanged = z.object({
  status: issueStatus.optional(),
  substatus: substatus.nullable().optional(),
  statusDetails: z.record(z.string(), z.unknown()).optional(),
  assignedTo: actorRef.nullable().optional(),
  inbox: z.boolean().optional(),
  hasSeen: z.boolean().optional(),
})

export const issuesChanged = issueChanged.extend({ refold: bulkResult })
export const issuesMerged = z.object({ merge: z.object({ parent: z.string(), children: z.array(z.string()) }) })
export const issuesDeleted = z.object({ refold: bulkResult })

export const comment = z.object({ text: z.string().trim().min(1, 'Write something first.').max(20_000, 'At most 20,000 characters.') })
export type Comment = z.infer<typeof comment>
