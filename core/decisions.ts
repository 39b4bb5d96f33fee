// Every decision a person or a job can make, as it stands in the log: the type, its payload and its stream.
// ingest/commands writes them, the reducers in projections/ read them. A published type never changes its meaning:
// a new shape is a new `version`.

import { z } from 'zod'
import { roles } from './access.ts'
import { settingsChange } from './project/settings.ts'
import { maxWindow } from './quota/categories.ts'
import { quotas } from './quota/quota.ts'
import { maxVersionLength } from './release/version.ts'

const versions = z.enum(['v1', 'v2'])
/** Under which configuration keys were computed: the live one of that moment. */
const grouping = z.object({ version: versions, revision: z.int().nonnegative() })
const keys = z.array(z.string()).min(1)

/** The issue a decision is about: its id, and the keys it had then (grouping.md 5.3). Without `grouping`: the project's first configuration. */
const onIssue = { project: z.int().positive(), issue: z.int().positive(), keys, grouping: grouping.optional() }
const onProject = { project: z.int().positive() }
const generation = z.int().positive()
const onRelease = { version: z.string().min(1).max(maxVersionLength), projects: z.array(z.int().positive()).min(1) }
const releaseRef = z.object({ repository: z.string(), commit: z.string(), previousCommit: z.string().nullable() })
const releaseCommit = z.object({ id: z.string(), repository: z.string().nullable(), authorName: z.string().nullable(), authorEmail: z.string().nullable(), message: z.string().nullable(), timestamp: z.string().nullable() })
const role = z.enum(roles)
/** Ids of projects; null = all of them. */
const memberOf = z.array(z.int().positive()).nullable()

/** Sentry's: at most `count` errors in each `window` of seconds. */
const keyRateLimit = z.object({ count: z.int().nonnegative().max(1_000_000_000), window: z.int().min(1).max(maxWindow) })

export const decisionSchemas = {
  'project.created': z.object({ id: z.int().positive(), slug: z.string(), name: z.string(), platform: z.string().nullable(), grouping: versions }),
  'project.changed': z.object({ id: z.int().positive(), slug: z.string().optional(), name: z.string().optional(), platform: z.string().nullable().optional() }),
  'project.configured': z.object({ id: z.int().positive(), settings: settingsChange }),
  'key.created': z.object({ id: z.int().positive(), project: z.int().positive(), publicKey: z.string().regex(/^[0-9a-f]{32}$/), label: z.string() }),
  'key.changed': z.object({ id: z.int().positive(), project: z.int().positive(), label: z.string().optional(), isActive: z.boolean().optional(), rateLimit: keyRateLimit.nullable().optional() }),
  'organization.configured': z.object({ quotas }),
  'project.deleted': z.object({ id: z.int().positive() }),
  'key.deleted': z.object({ id: z.int().positive(), project: z.int().positive() }),
  /** `release`: only events of later releases reopen it, or of this one too (`including`); without it any event does. */
  'issue.resolved': z.object({ ...onIssue, release: z.object({ version: z.string().min(1), including: z.boolean() }).optional() }),
  /** `because`: a job saw that the condition of an `issue.ignored` is met. `as`: what a person calls it; without it, new or ongoing by its age. */
  'issue.reopened': z.object({ ...onIssue, because: z.enum(['escalating', 'time', 'events', 'users']).optional(), as: z.enum(['ongoing', 'regressed', 'escalating']).optional() }),
  /** `until` goes with `archived_until_condition_met`: counted from this decision on. */
  'issue.ignored': z.object({
    ...onIssue,
    substatus: z.enum(['archived_forever', 'archived_until_escalating', 'archived_until_condition_met']),
    until: z.object({ at: z.iso.datetime().optional(), events: z.int().positive().optional(), users: z.int().positive().optional() }).optional(),
  }),
  /** Somebody looked at it: it is new no more. */
  'issue.reviewed': z.object({ ...onIssue }),
  /** Its events up to here are gone; the next one with a key of it founds another issue. */
  'issue.deleted': z.object({ ...onIssue }),
  'issue.assigned': z.object({ ...onIssue, assignee: z.string().regex(/^user:\d+$/).nullable() }),
  'comment.added': z.object({ ...onIssue, text: z.string().min(1) }),
  'comment.edited': z.object({ ...onIssue, comment: z.int().positive(), text: z.string().min(1) }),
  'comment.deleted': z.object({ ...onIssue, comment: z.int().positive() }),
  /** Sides become one issue, `issue`: the smallest of their ids. */
  'issue.merged': z.object({ ...onProject, issue: z.int().positive(), sides: z.array(z.object({ issue: z.int().positive(), keys })).min(2), grouping }),
  /** Each side leaves the issue, `rest` stays. */
  'issue.unmerged': z.object({ ...onProject, issue: z.int().positive(), sides: z.array(keys).min(1), rest: keys, grouping }),
  /** A new revision of the project's rules, whole; its position is its number. Changes no issue. */
  'grouping.revised': z.object({ ...onProject, rules: z.string(), frameRules: z.string() }),
  /** Asks for a generation; its position is the generation's id. `thenApply`: as soon as it is built. */
  'grouping.requested': z.object({ ...onProject, grouping, thenApply: z.boolean().optional() }),
  /** The generation that is live from here on. `accepted`: positions of the unmerges it may undo (grouping.md 5.5). */
  'grouping.applied': z.object({ ...onProject, generation, accepted: z.array(z.int().positive()) }),
  'grouping.discarded': z.object({ ...onProject, generation }),
  /** What is given is set, of the release in each of the projects; one that is new is made. */
  'release.changed': z.object({ ...onRelease, url: z.string().nullable().optional(), startedAt: z.iso.datetime({ offset: true }).nullable().optional(), releasedAt: z.iso.datetime({ offset: true }).nullable().optional(), status: z.enum(['open', 'archived']).optional(), refs: z.array(releaseRef).optional(), commits: z.array(releaseCommit).optional() }),
  'release.deleted': z.object({ ...onRelease }),
  'deploy.created': z.object({ ...onRelease, environment: z.string().min(1), name: z.string().nullable(), url: z.string().nullable(), startedAt: z.iso.datetime({ offset: true }).nullable(), finishedAt: z.iso.datetime({ offset: true }) }),
  /** Who belongs to the organization is in the table `account`, where it can be erased; these say who changed it, without a name or an address. */
  'member.invited': z.object({ invitation: z.int().positive(), role, projects: memberOf }),
  'member.uninvited': z.object({ invitation: z.int().positive() }),
  'member.joined': z.object({ account: z.int().positive(), role, projects: memberOf }),
  'member.changed': z.object({ account: z.int().positive(), role: role.optional(), projects: memberOf.optional() }),
  'member.removed': z.object({ account: z.int().positive() }),
  'token.created': z.object({ token: z.int().positive(), account: z.int().positive(), kind: z.enum(['user', 'org']), scopes: z.array(z.string()) }),
  'token.deleted': z.object({ token: z.int().positive(), account: z.int().positive() }),
} as const

export type DecisionType = keyof typeof decisionSchemas
export type Decision = { [T in DecisionType]: { type: T; data: z.infer<(typeof decisionSchemas)[T]> } }[DecisionType]
export type IssueDecision = Extract<Decision, { data: { issue: number; keys: string[] } }>
export type MergeDecision = Extract<Decision, { type: 'issue.merged' | 'issue.unmerged' }>

export function isIssueDecision(decision: Decision): decision is IssueDecision {
  return 'issue' in decision.data && 'keys' in decision.data
}

export function isMergeDecision(decision: Decision): decision is MergeDecision {
  return decision.type === 'issue.merged' || decision.type === 'issue.unmerged'
}

/** Every key that it names; of an unmerge also those that stay. */
export function listNamedKeys(decision: IssueDecision | MergeDecision): string[] {
  switch (decision.type) {
    case 'issue.merged':
      return decision.data.sides.flatMap((side) => side.keys)
    case 'issue.unmerged':
      return [...decision.data.sides.flat(), ...decision.data.rest]
    default:
      return decision.data.keys
  }
}

/** The stream a decision is serialised on (optimistic concurrency, architecture 3). */
export function streamOf(decision: Decision): string {
  switch (decision.type) {
    case 'project.created':
    case 'project.changed':
    case 'project.configured':
    case 'project.deleted':
      return `project:${decision.data.id}`
    case 'key.created':
    case 'key.changed':
    case 'key.deleted':
      return `project:${decision.data.project}`
    case 'organization.configured':
      return 'organization'
    case 'issue.merged':
    case 'issue.unmerged':
    case 'issue.deleted':
    case 'grouping.revised':
    case 'grouping.requested':
    case 'grouping.applied':
    case 'grouping.discarded':
      return groupingStream(decision.data.project)
    case 'release.changed':
    case 'release.deleted':
    case 'deploy.created':
      return `release:${decision.data.version}`
    case 'member.invited':
    case 'member.uninvited':
      return `invitation:${decision.data.invitation}`
    case 'member.joined':
    case 'member.changed':
    case 'member.removed':
      return `member:${decision.data.account}`
    case 'token.created':
    case 'token.deleted':
      return `token:${decision.data.token}`
    default:
      return `issue:${decision.data.issue}`
  }
}

/** What decides which keys an issue has: a command on an issue must not be overtaken by any of it. */
export function groupingStream(project: number): string {
  return `grouping:${project}`
}

/** Reads a decision back from the log. Throws on an unknown type or shape: the fold parks that fact. */
export function parseDecision(type: string, payload: Uint8Array): Decision {
  const schema = decisionSchemas[type as DecisionType]
  if (!schema) throw new Error(`unknown decision type ${type}`)
  const data: unknown = JSON.parse(new TextDecoder().decode(payload))
  return { type, data: schema.parse(data) } as Decision
}
