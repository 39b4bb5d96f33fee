// `GET organizations/{org}/live/`: server-sent events, one stream per browser (ui.md 8.5).
// `id:` is the log position. With `Accept: application/json` and `after` it long-polls instead.

import { z } from 'zod'
import type { GenerationMessage } from './grouping.ts'
import { issueStatus, substatus } from './issue.ts'
import { outcome } from './project.ts'

export const hello = z.object({ position: z.number(), build: z.string() })
export type Hello = z.infer<typeof hello>

export const issuePatch = z.object({
  id: z.string(),
  count: z.string(),
  userCount: z.number(),
  lastSeen: z.string(),
  level: z.string(),
  status: issueStatus,
  substatus: substatus.nullable(),
  assignedTo: z.object({ type: z.literal('user'), id: z.string(), name: z.string() }).nullable(),
  numComments: z.number(),
  stats24h: z.array(z.tuple([z.number(), z.number()])),
})
export type IssuePatch = z.infer<typeof issuePatch>

/** At most one per project and second. More than 200 touched issues: `overflow`, and the client refetches. */
export const issuesMessage = z.object({
  position: z.number(),
  project: z.string(),
  generation: z.string(),
  patches: z.array(issuePatch),
  /** Ids of issues that did not exist before. */
  created: z.array(z.string()),
  overflow: z.boolean(),
})
export type IssuesMessage = z.infer<typeof issuesMessage>

export const outcomeMessage = z.object({ position: z.number(), project: z.string(), outcome })
export type OutcomeMessage = z.infer<typeof outcomeMessage>

/** The answer of a long poll; each message as on the stream. */
export const livePoll = z.object({ position: z.number(), messages: z.array(z.object({ event: z.string(), data: z.unknown() })) })

export type LiveMessage =
  | { event: 'hello'; data: Hello }
  | { event: 'issues'; data: IssuesMessage }
  | { event: 'outcome'; data: OutcomeMessage }
  | { event: 'generation'; data: GenerationMessage }
  | { event: 'gap'; data: { position: number } }
