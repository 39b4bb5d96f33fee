// One step of a generation that is not live, one transaction: claim its row, read its project's facts after its position, fold them into
// its tables, move the position (architecture 5). The same reducers as in the lockstep fold, and only what depends on grouping: which events
// count at all the main fold has decided, and this one never overtakes it. Jobs step until a generation is caught up; so do an apply, and
// `refold verify`.

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { isIssueDecision, isMergeDecision, listNamedKeys, type Decision } from '../../core/decisions.ts'
import { nameConfiguration } from '../../core/grouping/configuration.ts'
import { loadActivity, saveActivity } from '../activity/store.ts'
import { readCheckpoint } from '../checkpoint.ts'
import { loadCounts, saveCounts } from '../counts/store.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import { foldGrouped, type GroupedState } from '../fold.ts'
import { configOf, nameKey, type FoldTarget } from '../issues/parts.ts'
import { listAwaited } from '../issues/awaited.ts'
import { combineIssues } from '../issues/reducer.ts'
import { loadIssues, saveIssues } from '../issues/store.ts'
import { foldWithoutPoison, settle, UnfoldableError } from '../poison.ts'
import { addReleases, loadReleases } from '../releases/store.ts'
import { beginBuild, claimBuild, moveBuild, restartGeneration, type BuildRow } from './builds.ts'
import { readPage, type Page, type ReadPage } from './pages.ts'

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
  /** From a thread beside, for many steps (reader.ts); else by the connection that folds. */
  read?: ReadPage
}

/** A decision names keys that this generation did not look out for: it must be built again (grouping.md 5.4). */
export class StaleGenerationError extends Error {
  constructor(generation: number, position: number) {
    super(`generation ${generation} does not know the keys that the decision at ${position} names`)
  }
}

/** `pool` is made with `pipeline: true`. Rejects on a database error that is not one fact's fault, or with StaleGenerationError; nothing has changed then. */
export async function advanceGeneration(pool: pg.Pool, generation: number, { limit = 2_000, maxBytes = 10_000_000, upTo = Infinity, read = readPage }: GenerationStepOptions = {}): Promise<GenerationStep> {
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
    const own = nameConfiguration(row)
    const others = [...(row.watch === null ? [] : [row.watch]), ...row.others]
    const page = await read(client, { projectId: row.projectId, after: row.position, upTo: end, settings: row.settings, own, others, limit, maxBytes })
    const folded = await foldPage(client, row, own, page)
    const { position, settings } = page
    await moveBuild(client, generation, { position, settings, ...folded })
    await client.query('commit')
    return { folded: page.facts.length + page.parked.size, events: folded.events, parked: folded.parked, position, reached: position >= end, busy: false }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Steps until the generation is at `upTo`; builds it again where it must. */
export async function bringGeneration(pool: pg.Pool, generation: number, upTo: number): Promise<void> {
  for (;;) {
    try {
      const step = await advanceGeneration(pool, generation, { upTo })
      if (step.reached) return
      if (step.busy) await sleep(20)
    } catch (error) {
      if (!(error instanceof StaleGenerationError)) throw error
      await pool.query('update generation_build set restart = true where generation = $1', [generation])
    }
  }
}

async function foldPage(client: pg.PoolClient, row: BuildRow, own: string, page: Page): Promise<{ events: number; parked: number; error: string | null }> {
  const target: FoldTarget = { generation: row.generation, own, first: row.first, watch: row.watch, tracked: row.tracked }
  const placed = page.facts.map((decoded) => ({ position: decoded.fact.position, decoded }))
  const unfolded = await foldWithoutPoison(client, placed, async (some, already) => {
    await foldDecoded(client, target, some.flatMap(({ position, decoded }) => (already.has(position) ? [] : [decoded])))
    return already
  })
  const parked = new Map([...page.parked, ...unfolded])
  const events = page.facts.filter(({ fact, event }) => event !== null && !unfolded.has(fact.position)).length
  return { events, parked: parked.size, error: [...parked.values()].at(-1) ?? null }
}

async function foldDecoded(client: pg.PoolClient, target: FoldTarget, batch: readonly DecodedGrouped[]): Promise<void> {
  const targetOf = (): FoldTarget => target
  const [issues, activity, releases] = await Promise.all([loadIssues(client, batch, targetOf), loadActivity(client, batch, targetOf), loadReleases(client, batch)])
  const [counts] = await Promise.all([loadCounts(client, batch, targetOf, issues), addReleases(client, releases, listAwaited(batch, targetOf, issues))])
  const state: GroupedState = { issues, activity, releases, counts }
  for (const decoded of batch) {
    const { decision, fact: { position } } = decoded
    if (decision && !knowsKeys(state, target, decision)) throw new StaleGenerationError(target.generation, position)
    try {
      foldGrouped(state, target, decoded, true)
    } catch (error) {
      throw new UnfoldableError(position, error)
    }
  }
  await settle([saveIssues(client, state.issues, combineIssues(state.issues)), saveCounts(client, state.counts), saveActivity(client, state.activity)])
}

/** Its own keys, those of the configuration it watches, and those that decisions had named when it was begun. */
function knowsKeys({ issues: { named } }: GroupedState, target: FoldTarget, decision: Decision): boolean {
  if (!isIssueDecision(decision) && !isMergeDecision(decision)) return true
  const config = configOf(decision.data.grouping, target)
  if (config === target.own || (target.tracked && config === target.watch)) return true
  return target.tracked && listNamedKeys(decision).every((key) => named.has(`${target.generation}:${nameKey(config, key)}`))
}
