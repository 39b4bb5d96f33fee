// Rules, generations and what would change, as the API shows them. Sentry has no such concept; paths
// and style are its own (operations/grouping.ts).
// Progress comes on the live stream: generationMessage.

import { z } from 'zod'
import { issueStatus, actorRef } from './issue.ts'

export const groupingVersion = z.enum(['v1', 'v2'])
const person = z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable()

/** Fingerprint rules and frame rules, each one per line (docs/grouping-rules.md). */
export const rulesText = z.object({
  rules: z.string().max(65_536, 'At most 64 KB.'),
  frameRules: z.string().max(65_536, 'At most 64 KB.').default(''),
})
export type RulesText = z.infer<typeof rulesText>

/** `line` and `column` count from 1. */
export const ruleProblem = z.object({ language: z.enum(['rules', 'frameRules']), line: z.number(), column: z.number(), message: z.string() })
export type RuleProblem = z.infer<typeof ruleProblem>

export const revision = z.object({ id: z.string(), rules: z.string(), frameRules: z.string(), dateCreated: z.string(), user: person })
export type Revision = z.infer<typeof revision>

/** What each line would hit among the newest events: at most 50,000 of 7 days. */
export const checked = z.object({
  problems: z.array(ruleProblem),
  hits: z.array(z.object({ language: z.enum(['rules', 'frameRules']), line: z.number(), events: z.number(), issues: z.number() })),
  /** Events looked at. */
  looked: z.number(),
})
export type Checked = z.infer<typeof checked>

export const groupingDescription = z.object({
  key: z.string(),
  version: z.enum(['fp', 'v1', 'v2']),
  strategy: z.string(),
  components: z.array(z.tuple([z.string(), z.string()])),
  notes: z.array(z.string()),
  /** What the project's rule calls the issue. */
  title: z.string().optional(),
  /** The project's rule that replaced the fingerprint. */
  rule: z.object({ line: z.number(), text: z.string() }).optional(),
  /** The explanation as text, line by line. */
  text: z.string(),
})
export type GroupingDescription = z.infer<typeof groupingDescription>

/** One pasted event, as an SDK sends it. Without `rules` those of the newest revision; without `version` the live one. */
export const dryRun = z.object({ event: z.unknown(), version: groupingVersion.optional(), rules: z.string().optional(), frameRules: z.string().optional() })
/** `issue`: the issue that holds this key now, if the configuration is the live one. */
export const grouped = z.object({ grouping: groupingDescription, problems: z.array(ruleProblem), issue: z.object({ id: z.string(), shortId: z.string(), title: z.string() }).nullable() })
export type Grouped = z.infer<typeof grouped>

/** queued, building (`running`), paused, candidate (ready), failed, live, retired, discarded. */
export const generationState = z.enum(['queued', 'building', 'paused', 'candidate', 'failed', 'live', 'retired', 'discarded'])

export const generation = z.object({
  id: z.string(),
  state: generationState,
  version: groupingVersion,
  /** Id of its rules revision; null = no rules. */
  revision: z.string().nullable(),
  dateCreated: z.string(),
  user: person,
  appliedAt: z.string().nullable(),
  retiredAt: z.string().nullable(),
  /** Of a retired one: kept at least until then. */
  keepUntil: z.string().nullable(),
  thenApply: z.boolean(),
  /** null once live. `total` null = unknown; `rate` in events per second; `etaSeconds` null = unknown; `lag` = positions behind the log. */
  progress: z.object({
    done: z.number(), total: z.number().nullable(), rate: z.number().nullable(), etaSeconds: z.number().nullable(), lag: z.number(),
    parked: z.number(), error: z.string().nullable(), startedAt: z.string().nullable(), finishedAt: z.string().nullable(),
  }).nullable(),
})
export type Generation = z.infer<typeof generation>

/** `live` always exists. `versions` newest last. `rollback`: what rolling back would bring back, null when there is nothing. */
export const groupingState = z.object({
  live: generation,
  revision: revision.nullable(),
  versions: z.array(groupingVersion),
  generations: z.array(generation),
  rollback: z.object({ generation: generation, needsBuild: z.boolean() }).nullable(),
})
export type GroupingState = z.infer<typeof groupingState>

/** Without `version` the live one's; without `revision` the newest; `revision: null` = no rules. */
export const newGeneration = z.object({ version: groupingVersion.optional(), revision: z.string().nullable().optional(), thenApply: z.boolean().optional() })
export type NewGeneration = z.infer<typeof newGeneration>

const side = z.object({
  id: z.string(), shortId: z.string(), title: z.string(), culprit: z.string(), level: z.string(), events: z.number(),
  status: issueStatus, assignedTo: actorRef.nullable(), comments: z.number(), lastSeen: z.string(),
})

/**
 * Issues of now and of then that share events, directly or by others. `links`: how many events of `from` (now) go to `to` (then).
 * `unchanged`: the same events under the same keys; `rekeyed`: the same events under others, which nobody sees.
 */
export const change = z.object({
  kind: z.enum(['unchanged', 'rekeyed', 'merged', 'split', 'mixed']),
  before: z.array(side), after: z.array(side),
  /** In all: a change of thousands shows the first 100 of each. */
  beforeCount: z.number(), afterCount: z.number(),
  links: z.array(z.object({ from: z.string(), to: z.string(), events: z.number() })),
  /** Issues (now) whose status or assignee would be another. */
  stateChanges: z.array(z.object({ id: z.string(), status: z.object({ from: issueStatus, to: issueStatus }).optional(), assignee: z.object({ from: z.string().nullable(), to: z.string().nullable() }).optional() })),
})
export type Change = z.infer<typeof change>

/** People kept these apart, and the new configuration would bring them together. `id`: position of the unmerge. */
export const conflict = z.object({ id: z.string(), date: z.string(), user: person, issues: z.array(z.object({ id: z.string(), shortId: z.string(), title: z.string() })), into: z.object({ id: z.string(), shortId: z.string(), title: z.string() }), suggestedRule: z.string().nullable() })
export type Conflict = z.infer<typeof conflict>

export const diff = z.object({
  generation: z.string(), live: z.string(),
  /** False while it is still built: what is here will grow. */
  complete: z.boolean(),
  /** To be sent with apply; null while incomplete. */
  token: z.string().nullable(),
  summary: z.object({
    events: z.number(), stay: z.number(), rekeyed: z.number(),
    /** `from` issues become `into`. */
    merges: z.object({ from: z.number(), into: z.number() }), splits: z.object({ from: z.number(), into: z.number() }), mixed: z.object({ from: z.number(), into: z.number() }),
    statusChanges: z.number(), assigneeChanges: z.number(), redirects: z.number(), parked: z.number(), liveParked: z.number(),
    /** Sums of both sides are equal. */
    addsUp: z.boolean(),
  }),
  conflicts: z.array(conflict),
  changes: z.array(change),
})
export type Diff = z.infer<typeof diff>

/** `token` of the preview; `accept`: ids of conflicts. */
export const apply = z.object({ token: z.string(), accept: z.array(z.string()).default([]) })
export const rollback = z.object({ accept: apply.shape.accept }).default({ accept: [] })
export const generationChange = z.object({ paused: z.boolean() })
/** Of apply, roll back and discard: the generation it was about, and where the decision stands in the log. */
export const generationPosition = z.object({ generation: z.string(), position: z.number() })

export const issueHash = z.object({ id: z.string(), events: z.number(), firstSeen: z.string(), lastSeen: z.string(), title: z.string(), latestEvent: z.object({ eventID: z.string(), dateCreated: z.string() }).nullable(), text: z.string().nullable() })
export type IssueHash = z.infer<typeof issueHash>

export const unmerge = z.object({ sides: z.array(z.array(z.string()).min(1)).min(1) })
/** `rest`: the keys that stayed. */
export const unmerged = z.object({ issue: z.string(), sides: z.array(z.array(z.string())), rest: z.array(z.string()) })

/** Of two events or the latest events of two issues. `difference` null = one key. */
export const compared = z.object({
  a: groupingDescription.extend({ eventID: z.string(), issue: z.string() }), b: groupingDescription.extend({ eventID: z.string(), issue: z.string() }),
  difference: z.object({ index: z.number(), text: z.string() }).nullable(),
})
export type Compared = z.infer<typeof compared>

/** On the live stream, at most two a second per generation; also when one is asked for, applied or discarded. */
export const generationMessage = z.object({ position: z.number(), project: z.string(), generation })
export type GenerationMessage = z.infer<typeof generationMessage>
