// One step of the fold, one transaction: claim the checkpoint, read facts, decode, load, fold, save, move, notify
// (architecture 4). jobs.ts calls it until nothing is left; the tests and `refold verify` call it directly.

import type pg from 'pg'
import type { Decision } from '../core/decisions.ts'
import { storableText } from '../core/text.ts'
import { loadActivity, saveActivity } from './activity/store.ts'
import { saveAttachments } from './attachments/store.ts'
import { changeSettings, defaultSettings } from '../core/project/settings.ts'
import { claimCheckpoint, moveCheckpoint } from './checkpoint.ts'
import { loadCounts, saveCounts } from './counts/store.ts'
import { decodeFact, type Decoded, type ReadConfig } from './decode/decode.ts'
import { loadEvents, saveEvents } from './events/store.ts'
import { readFacts } from './facts.ts'
import { saveFeedback } from './feedback/store.ts'
import { foldFact, type FoldState } from './fold.ts'
import { loadIssues, saveIssues } from './issues/store.ts'
import { describeBatch, notifyBatch } from './live/notice.ts'
import type { ProjectsState } from './projects/reducer.ts'
import { loadKeys, loadProjects, saveProjects } from './projects/store.ts'

export type AdvanceOptions = {
  /** Facts per transaction, 250 by default: 1,000 fold no faster (npm run bench), hold twice the memory and the event loop four times as long. */
  limit?: number
  /** Payload bytes per transaction, as stored: bounds the memory of a batch. */
  maxBytes?: number
  /** Fold no fact beyond this position. */
  upTo?: number
}

/** `folded` facts (parked ones included) up to `position`. `busy`: another process holds the checkpoint. */
export type Advanced = { folded: number; parked: number; position: number; busy: boolean }

/** Folds at most one batch. Rejects on a database error that is not one fact's fault; nothing has changed then. */
export async function advance(pool: pg.Pool, { limit = 1_000, maxBytes = 2_000_000, upTo = Infinity }: AdvanceOptions = {}): Promise<Advanced> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const from = await claimCheckpoint(client)
    const facts = from === null ? [] : await readFacts(client, from, Math.min(limit, upTo - from), maxBytes)
    const last = facts.at(-1)?.position
    if (from === null || last === undefined) {
      await client.query('rollback')
      return { folded: 0, parked: 0, position: from ?? 0, busy: from === null }
    }
    const parked = new Map<number, string>()
    await client.query('savepoint batch')
    for (;;) {
      try {
        await foldBatch(client, facts, parked)
        break
      } catch (error) {
        // Poison never blocks the next fact: set it aside and fold the batch again without it.
        await client.query('rollback to savepoint batch')
        if (error instanceof UnfoldableError) parked.set(error.position, error.message)
        else if (isDataError(error)) await findPoison(client, facts, parked, error)
        else throw error
      }
    }
    await moveCheckpoint(client, from, last)
    await client.query('commit')
    return { folded: facts.length, parked: parked.size, position: last, busy: false }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

class UnfoldableError extends Error {
  readonly position: number
  constructor(position: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause))
    this.position = position
  }
}

type Facts = Awaited<ReturnType<typeof readFacts>>

async function foldBatch(client: pg.PoolClient, facts: Facts, parked: Map<number, string>): Promise<void> {
  const projects = await loadProjects(client)
  const batch = decodeBatch(facts.filter((fact) => !parked.has(fact.position)), projects, parked)
  const generationOf = (id: number): number | undefined => projects.projects.get(id)?.generation
  await loadKeys(client, projects, batch)
  const issues = await loadIssues(client, batch, generationOf)
  const state: FoldState = {
    projects,
    issues,
    events: await loadEvents(client, batch),
    counts: await loadCounts(client, batch, generationOf, issues),
    activity: await loadActivity(client, batch, generationOf),
    attachments: { added: [] },
    feedback: { saved: new Map() },
  }
  for (const item of batch) {
    try {
      foldFact(state, item)
    } catch (error) {
      throw new UnfoldableError(item.fact.position, error)
    }
  }
  await saveProjects(client, state.projects)
  await saveEvents(client, state.events)
  const combined = await saveIssues(client, state.issues)
  await saveCounts(client, state.counts)
  await saveActivity(client, state.activity)
  await saveAttachments(client, state.attachments)
  await saveFeedback(client, state.feedback)
  await saveParked(client, facts, parked)
  await notifyBatch(client, describeBatch(facts.at(-1)!.position, state, combined))
}

/** Decodes all that can be; what throws is parked. What decisions of this very batch change about a project holds for the facts after them. */
function decodeBatch(facts: Facts, { generations, projects }: ProjectsState, parked: Map<number, string>): Decoded[] {
  const configs = new Map<number, ReadConfig>()
  for (const { id, generation, settings } of projects.values()) configs.set(id, { grouping: { version: generations.get(generation)?.version ?? 'v1' }, settings })
  const configOf = (projectId: number): ReadConfig => configs.get(projectId) ?? { grouping: { version: 'v1' }, settings: defaultSettings }
  return facts.flatMap((fact) => {
    try {
      const decoded = decodeFact(fact, configOf)
      if (decoded.decision) changeConfig(configs, configOf, decoded.decision)
      return [decoded]
    } catch (error) {
      parked.set(fact.position, error instanceof Error ? error.message : String(error))
      return []
    }
  })
}

function changeConfig(configs: Map<number, ReadConfig>, configOf: (projectId: number) => ReadConfig, { type, data }: Decision): void {
  if (type === 'project.created') configs.set(data.id, { grouping: { version: data.grouping }, settings: defaultSettings })
  else if (type === 'project.configured') configs.set(data.id, { ...configOf(data.id), settings: changeSettings(configOf(data.id).settings, data.settings) })
}

/** SQLSTATE 22 (data) and 23 (constraint): some fact holds what Postgres refuses. */
function isDataError(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}

/** Halves the batch down to the one fact at fault and parks it. Throws the error again when no single fact brings it back. */
async function findPoison(client: pg.PoolClient, facts: Facts, parked: Map<number, string>, error: unknown): Promise<void> {
  let low = 0
  let high = facts.filter((fact) => !parked.has(fact.position)).length
  const candidates = facts.filter((fact) => !parked.has(fact.position))
  const fails = async (count: number): Promise<boolean> => {
    try {
      await foldBatch(client, candidates.slice(0, count), new Map(parked))
      return false
    } catch {
      return true
    } finally {
      await client.query('rollback to savepoint batch')
    }
  }
  if (!(await fails(high))) throw error
  // The shortest prefix that fails ends in the fact at fault.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await fails(middle)) high = middle
    else low = middle
  }
  parked.set(candidates[high - 1]!.position, error instanceof Error ? error.message : String(error))
}

async function saveParked(client: pg.PoolClient, facts: Facts, parked: ReadonlyMap<number, string>): Promise<void> {
  for (const fact of facts) {
    const message = parked.get(fact.position)
    if (message === undefined) continue
    await client.query(`insert into parked (position, project_id, error) values ($1, $2, $3) on conflict do nothing`, [
      fact.position, fact.projectId, storableText(message).slice(0, 1_000),
    ])
  }
}

