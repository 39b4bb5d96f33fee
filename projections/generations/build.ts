// One step of a generation that is not live, one transaction: claim its row, read its project's facts after its position, fold them into
// its tables, move the position (architecture 5). The same reducers as in the lockstep fold, and only what depends on grouping: which events
// count at all the main fold has decided, and this one never overtakes it. Jobs step until a generation is caught up; so do an apply, and
// `refold verify`.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import { isIssueDecision, isMergeDecision, listNamedKeys, type Decision } from '../../core/decisions.ts'
import type { Fact } from '../../core/fact.ts'
import { nameConfiguration } from '../../core/grouping/configuration.ts'
import { changeSettings, readSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { loadActivity, saveActivity } from '../activity/store.ts'
import { readCheckpoint } from '../checkpoint.ts'
import { loadCounts, saveCounts } from '../counts/store.ts'
import { decodeGrouped, type DecodedGrouped, type ReadConfig } from '../decode/decode.ts'
import { readProjectFacts } from '../facts.ts'
import { foldGrouped, type GroupedState } from '../fold.ts'
import { configOf, nameKey, type FoldTarget } from '../issues/parts.ts'
import { combineIssues } from '../issues/reducer.ts'
import { loadIssues, saveIssues } from '../issues/store.ts'
import { foldWithoutPoison, UnfoldableError } from '../poison.ts'
import { beginBuild, claimBuild, moveBuild, restartGeneration, type BuildRow } from './builds.ts'
import { readConfigurations } from './configs.ts'

export type GenerationStep = {
  /** Facts, parked ones included. */
  folded: number
  events: number
  parked: number
  position: number
  /** At the end: of the log, or of `upTo`. */
  reached: boolean
  /** Another process steps it, or it is gone. */
  busy: boolean
}

export type GenerationStepOptions = {
  /** Facts per transaction. */
  limit?: number
  /** Payload bytes per transaction, as stored. */
  maxBytes?: number
  /** Fold no fact beyond this position. */
  upTo?: number
}

/** A decision names keys that this generation did not look out for: it must be built again (grouping.md 5.4). */
export class StaleGenerationError extends Error {
  constructor(generation: number, position: number) {
    super(`generation ${generation} does not know the keys that the decision at ${position} names`)
  }
}

/** `pool` is made with `pipeline: true`. Rejects on a database error that is not one fact's fault, or with StaleGenerationError; nothing has changed then. */
export async function advanceGeneration(pool: pg.Pool, generation: number, { limit = 2_000, maxBytes = 4_000_000, upTo = Infinity }: GenerationStepOptions = {}): Promise<GenerationStep> {
  const client = await pool.connect()
  try {
    await client.query('begin; set local synchronous_commit = off')
    let row = await claimBuild(client, generation)
    if (row?.restart) await restartGeneration(client, generation)
    if (row && (row.restart || !row.begun)) row = await beginBuild(client, generation)
    if (!row) {
      await client.query('rollback')
      return { folded: 0, events: 0, parked: 0, position: 0, reached: false, busy: true }
    }
    const end = Math.min(upTo, await readCheckpoint(client))
    const facts = row.position < end ? await readProjectFacts(client, row.projectId, row.position, end, limit, maxBytes) : []
    const full = facts.length === limit || facts.reduce((sum, { payload }) => sum + payload.length, 0) >= maxBytes
    const position = full ? facts.at(-1)!.position : Math.max(end, row.position)
    const folded = await foldFacts(client, row, facts)
    await moveBuild(client, generation, { position, ...folded })
    await client.query('commit')
    return { folded: facts.length, events: folded.events, parked: folded.parked, position, reached: position >= end, busy: false }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Steps until the generation is at `upTo`; builds it again where it must. `onStep` hears every step. */
export async function bringGeneration(pool: pg.Pool, generation: number, upTo: number, onStep: (step: GenerationStep) => void = () => undefined): Promise<void> {
  for (;;) {
    try {
      const step = await advanceGeneration(pool, generation, { upTo })
      onStep(step)
      if (step.reached) return
      if (step.busy) await new Promise((resolve) => setTimeout(resolve, 20))
    } catch (error) {
      if (!(error instanceof StaleGenerationError)) throw error
      await pool.query('update generation_build set restart = true where generation = $1', [generation])
    }
  }
}

async function foldFacts(client: pg.PoolClient, row: BuildRow, facts: readonly Fact[]): Promise<{ events: number; parked: number; settings: ProjectSettings; error: string | null }> {
  if (facts.length === 0) return { events: 0, parked: 0, settings: readSettings(row.settings), error: null }
  const target: FoldTarget = { generation: row.generation, own: nameConfiguration(row), first: row.first, watch: row.watch, tracked: row.tracked }
  const others = [...(row.watch === null ? [] : [row.watch]), ...row.others]
  const configs = await readConfigurations(client, [target.own, ...others])
  const grouping = { grouping: configs.get(target.own)!, others: others.map((name) => ({ name, grouping: configs.get(name)! })) }
  let result = { events: 0, settings: readSettings(row.settings) }
  const parked = await foldWithoutPoison(client, facts, async (some, already) => {
    const decoded = await decodeFacts(some, { ...grouping, settings: readSettings(row.settings) }, already)
    await foldDecoded(client, target, decoded.facts)
    result = { events: decoded.facts.filter(({ event }) => event !== null).length, settings: decoded.settings }
    return decoded.parked
  })
  return { ...result, parked: parked.size, error: [...parked.values()].at(-1) ?? null }
}

/** Facts decoded between two looks at what else there is to do: some milliseconds. */
const sliceSize = 32

async function decodeFacts(facts: readonly Fact[], start: ReadConfig, already: ReadonlyMap<number, string>): Promise<{ facts: DecodedGrouped[]; parked: Map<number, string>; settings: ProjectSettings }> {
  let config = start
  const decoded: DecodedGrouped[] = []
  const parked = new Map(already)
  for (const [index, fact] of facts.entries()) {
    if (index % sliceSize === sliceSize - 1) await nextTurn()
    if (parked.has(fact.position)) continue
    try {
      const read = decodeGrouped(fact, config)
      if (read.decision?.type === 'project.configured') config = { ...config, settings: changeSettings(config.settings, read.decision.data.settings) }
      decoded.push(read)
    } catch (error) {
      parked.set(fact.position, error instanceof Error ? error.message : String(error))
    }
  }
  return { facts: decoded, parked, settings: config.settings }
}

async function foldDecoded(client: pg.PoolClient, target: FoldTarget, batch: readonly DecodedGrouped[]): Promise<void> {
  const targetOf = (): FoldTarget => target
  const [issues, activity] = await Promise.all([loadIssues(client, batch, targetOf), loadActivity(client, batch, targetOf)])
  const state: GroupedState = { issues, activity, counts: await loadCounts(client, batch, targetOf, issues) }
  for (const decoded of batch) {
    const { decision, fact: { position } } = decoded
    if (decision && !knowsKeys(state, target, decision)) throw new StaleGenerationError(target.generation, position)
    try {
      foldGrouped(state, target, decoded, true)
    } catch (error) {
      throw new UnfoldableError(position, error)
    }
  }
  await Promise.all([saveIssues(client, state.issues, combineIssues(state.issues)), saveCounts(client, state.counts), saveActivity(client, state.activity)])
}

/** Its own keys, those of the configuration it watches, and those that decisions had named when it was begun. */
function knowsKeys({ issues: { named } }: GroupedState, target: FoldTarget, decision: Decision): boolean {
  if (!isIssueDecision(decision) && !isMergeDecision(decision)) return true
  const config = configOf(decision.data.grouping, target)
  if (config === target.own || (target.tracked && config === target.watch)) return true
  return target.tracked && listNamedKeys(decision).every((key) => named.has(`${target.generation}:${nameKey(config, key)}`))
}
