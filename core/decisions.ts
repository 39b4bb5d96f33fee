// Every decision a person or a job can make, as it stands in the log: the type, its payload and its stream.
// ingest/commands writes them, the reducers in projections/ read them. A published type never changes its meaning:
// a new shape is a new `version`.

import { z } from 'zod'
import { settingsChange } from './project/settings.ts'
import { maxWindow, quotas } from './quota/quota.ts'

/** The issue a decision is about: its id, and the keys it had then (grouping.md 5.3). Keys carry their configuration in the domain. */
const onIssue = { project: z.int().positive(), issue: z.int().positive(), keys: z.array(z.string()).min(1) }

/** Sentry's: at most `count` errors in each `window` of seconds. */
const keyRateLimit = z.object({ count: z.int().nonnegative().max(1_000_000_000), window: z.int().min(1).max(maxWindow) })

export const decisionSchemas = {
  'project.created': z.object({ id: z.int().positive(), slug: z.string(), name: z.string(), platform: z.string().nullable(), grouping: z.enum(['v1']) }),
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
} as const

export type DecisionType = keyof typeof decisionSchemas
export type Decision = { [T in DecisionType]: { type: T; data: z.infer<(typeof decisionSchemas)[T]> } }[DecisionType]
export type IssueDecision = Extract<Decision, { data: { issue: number } }>

export function isIssueDecision(decision: Decision): decision is IssueDecision {
  return 'issue' in decision.data
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
    default:
      return `issue:${decision.data.issue}`
  }
}

/** Reads a decision back from the log. Throws on an unknown type or shape: the fold parks that fact. */
export function parseDecision(type: string, payload: Uint8Array): Decision {
  const schema = decisionSchemas[type as DecisionType]
  if (!schema) throw new Error(`unknown decision type ${type}`)
  const data: unknown = JSON.parse(new TextDecoder().decode(payload))
  return { type, data: schema.parse(data) } as Decision
}
