// What a person or the build job may do to a project's grouping, pure: the generations and the newest rules in, decisions out
// (grouping.md 5.2). ingest/commands loads the state and appends the decisions.

import type { Decision } from '../decisions.ts'
import type { Configuration } from './configuration.ts'
import type { GroupingVersion } from './types.ts'

/** `building`: asked for, and never live yet. `failed`: its build gave up. */
export type KnownGeneration = { id: number; state: 'building' | 'live' | 'retired' | 'discarded'; configuration: Configuration; thenApply: boolean; failed: boolean }

export type ProjectGrouping = {
  project: number
  live: KnownGeneration
  generations: readonly KnownGeneration[]
  /** Ids of its rules revisions. */
  revisions: ReadonlySet<number>
  /** The newest of them. */
  rules: { id: number; rules: string; frameRules: string } | null
}

/** What a generation would change, as far as applying it depends on it. `conflicts`: positions of the unmerges it would undo. */
export type Preview = { ready: boolean; token: string; conflicts: readonly number[]; parked: number; liveParked: number }

type Decided<Refusal extends string> = { decisions: Decision[] } | { refused: Refusal }

/** No decision when both texts are what they were. */
export function decideRules({ project, rules: newest }: ProjectGrouping, text: { rules: string; frameRules: string }): { decisions: Decision[] } {
  if (newest?.rules === text.rules && newest.frameRules === text.frameRules) return { decisions: [] }
  return { decisions: [{ type: 'grouping.revised', data: { project, rules: text.rules, frameRules: text.frameRules } }] }
}

export type GenerationRequest = { version?: GroupingVersion | undefined; revision?: number | null | undefined; thenApply?: boolean | undefined }

/**
 * Without `version` the live one's, without `revision` the newest; null = no rules. `existing`: one like it is built already, or is
 * a candidate. The live configuration may be asked for too: that folds the log afresh.
 */
export function decideRequest(grouping: ProjectGrouping, asked: GenerationRequest): { decisions: Decision[] } | { existing: KnownGeneration } | { refused: 'unknownRevision' } {
  const { project, live, generations, revisions, rules } = grouping
  const revision = asked.revision === undefined ? (rules?.id ?? 0) : (asked.revision ?? 0)
  if (revision !== 0 && !revisions.has(revision)) return { refused: 'unknownRevision' }
  const version = asked.version ?? live.configuration.version
  const thenApply = asked.thenApply ?? false
  const existing = generations.find(
    ({ state, failed, configuration, ...each }) =>
      state === 'building' && !failed && configuration.version === version && configuration.revision === revision && (each.thenApply || !thenApply),
  )
  if (existing) return { existing }
  return { decisions: [{ type: 'grouping.requested', data: { project, grouping: { version, revision }, ...(thenApply && { thenApply }) } }] }
}

/** No decision when it is discarded already. */
export function decideDiscard({ project, generations }: ProjectGrouping, id: number): Decided<'notFound' | 'generationLive'> {
  const generation = generations.find((each) => each.id === id)
  if (!generation) return { refused: 'notFound' }
  if (generation.state === 'live') return { refused: 'generationLive' }
  return { decisions: generation.state === 'discarded' ? [] : [{ type: 'grouping.discarded', data: { project, generation: id } }] }
}

export type ApplyRefusal = 'notFound' | 'generationLive' | 'generationDiscarded' | 'previewStale' | 'notBuilt' | 'conflictsOpen' | 'parkedMore'

/** `token`: of the preview that a person has seen; undefined for the build job, which shows nobody anything. */
export type ApplyRequest = { generation: number; token?: string | undefined; accepted: readonly number[] }

/** `preview` as it is now, null when there is none. Architecture 5: refused if out of date, with a conflict not accepted, or with more parked than the live one. */
export function decideApply({ project, generations }: ProjectGrouping, preview: Preview | null, asked: ApplyRequest): Decided<ApplyRefusal> {
  const generation = generations.find(({ id }) => id === asked.generation)
  if (!generation) return { refused: 'notFound' }
  if (generation.state === 'live') return { refused: 'generationLive' }
  if (generation.state === 'discarded') return { refused: 'generationDiscarded' }
  if (asked.token !== undefined && asked.token !== preview?.token) return { refused: 'previewStale' }
  if (!preview?.ready) return { refused: 'notBuilt' }
  if (findOpenConflicts(preview, asked.accepted).length > 0) return { refused: 'conflictsOpen' }
  if (preview.parked > preview.liveParked) return { refused: 'parkedMore' }
  return { decisions: [{ type: 'grouping.applied', data: { project, generation: generation.id, accepted: [...preview.conflicts] } }] }
}

/** Of the preview's conflicts those that nobody has accepted. */
export function findOpenConflicts(preview: Pick<Preview, 'conflicts'> | null, accepted: readonly number[]): number[] {
  return (preview?.conflicts ?? []).filter((conflict) => !accepted.includes(conflict))
}

/** The generation that rolling back would bring back. */
export type RollbackTarget = { generation: number; configuration: Configuration; caughtUp: boolean }

/**
 * Applies it at once, or has it built first if it cannot be caught up: what is built is applied by itself, unless it has conflicts.
 * What it parks counts for nothing: it was live before.
 */
export function decideRollback(
  grouping: ProjectGrouping,
  target: RollbackTarget | null,
  preview: Pick<Preview, 'conflicts'> | null,
  accepted: readonly number[],
): { decisions: Decision[] } | { existing: KnownGeneration } | { refused: 'noRollback' | 'conflictsOpen' } {
  if (!target) return { refused: 'noRollback' }
  if (!target.caughtUp) {
    const asked = decideRequest(grouping, { ...target.configuration, thenApply: true })
    return 'refused' in asked ? { refused: 'noRollback' } : asked
  }
  if (findOpenConflicts(preview, accepted).length > 0) return { refused: 'conflictsOpen' }
  return { decisions: [{ type: 'grouping.applied', data: { project: grouping.project, generation: target.generation, accepted: [...(preview?.conflicts ?? [])] } }] }
}
