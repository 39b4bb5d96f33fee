// Every decision a person or a job can make, as it stands in the log: the type, its payload and its stream.
// ingest/commands writes them, the reducers in projections/ read them. A published type never changes its meaning:
// a new shape is a new `version`.

import { z } from 'zod'
import { settingsChange } from './project/settings.ts'
import { maxWindow, quotas } from './quota/quota.ts'

const versions = z.enum(['v1', 'v2'])
/** Under which configuration keys were computed: the live one of that moment. */
const grouping = z.object({ version: versions, revision: z.int().nonnegative() })
const keys = z.array(z.string()).min(1)

/** The issue a decision is about: its id, and the keys it had then (grouping.md 5.3). Without `grouping`: the project's first configuration. */
const onIssue = { project: z.int().positive(), issue: z.int().positive(), keys, grouping: grouping.optional() }
const onProject = { project: z.int().positive() }
const generation = z.int().positive()

/** Sentry's: at most `count` errors in each `window` of seconds. */
const keyRateLimit = z.object({ count: z.int().nonnegative().max(1_000_000_000), window: z.int().min(1).max(maxWindow) })

export const decisionSchemas = {
  'project.created': z.object({ id: z.int().positive(), slug: z.string(), name: z.string(), platform: z.string().nullable(), grouping: versions }),
  'project.changed': z.object({ id: z.int().positive(), slug: z.string().optional(), name: z.string().optional(), platform: z.string().nullable().optional() }),
  'project.configured': z.object({ id: z.int().positive(), settings: settingsChange }),
  'key.created': z.object({ id: z.int().positive(), project: z.int().positive(), publicKey: z.string().regex(/^[0-9a-f]{32}$/), label: z.string() }),
  'key.changed': z.object({ id: z.int().positive(), project: z.int().positive(), label: z.string().optional(), isActive: z.boolean().optional(), rateLimit: keyRateLimit.nullable().optional() }),
  'organization.configured': z.object({ quotas }),
  'issue.resolved': z.object({ ...onIssue }),
  'issue.reopened': z.object({ ...onIssue }),
  'issue.ignored': z.object({ ...onIssue, substatus: z.enum(['archived_forever']) }),
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
      return `project:${decision.data.id}`
    case 'key.created':
    case 'key.changed':
      return `project:${decision.data.project}`
    case 'organization.configured':
      return 'organization'
    case 'issue.merged':
    case 'issue.unmerged':
    case 'grouping.revised':
    case 'grouping.requested':
    case 'grouping.applied':
    case 'grouping.discarded':
      return groupingStream(decision.data.project)
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
