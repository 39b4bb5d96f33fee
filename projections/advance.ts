// One step of the fold, one transaction: claim the checkpoint, read facts, fold them (batch.ts), move the checkpoint
// (architecture 4). jobs.ts steps until nothing is left; the tests and `refold verify` do it directly.

import type pg from 'pg'
import type { Fact } from '../core/fact.ts'
import { decodeBatch, foldBatch, UnfoldableError, type Batch } from './batch.ts'
import { claimCheckpoint, moveCheckpoint } from './checkpoint.ts'
import { readFacts } from './facts.ts'
import type { ProjectsState } from './projects/reducer.ts'
import { loadProjects } from './projects/store.ts'

export type AdvanceOptions = {
  /** Facts per transaction. */
  limit?: number
  /** Payload bytes per transaction, as stored: bounds the memory of a batch. */
  maxBytes?: number
  /** Fold no fact beyond this position. */
  upTo?: number
}

/** `folded` facts (parked ones included) up to `position`. `busy`: another process holds the checkpoint. */
export type Advanced = { folded: number; parked: number; position: number; busy: boolean }

export type Folder = {
  /** Folds at most one batch. Rejects on a database error that is not one fact's fault; nothing has changed then. */
  step(): Promise<Advanced>
}

/** One step, for whoever takes no second one. `pool` is made with `pipeline: true`. */
export function advance(pool: pg.Pool, options: AdvanceOptions = {}): Promise<Advanced> {
  return takeStep(pool, options)
}

/** For many steps: while the database saves a full batch, the next one is read and decoded. The log is immutable, so nothing can change it meanwhile. */
export function createFolder(pool: pg.Pool, options: AdvanceOptions = {}): Folder {
  let ahead: Ahead | undefined
  return {
    async step() {
      const taken = ahead
      ahead = undefined
      return takeStep(pool, options, taken, (next) => (ahead = next))
    },
  }
}

/** Facts after a position, decoded as the projects were at that position. */
type Ahead = { after: number; batch: Promise<Batch> }

async function takeStep(pool: pg.Pool, { limit = 1_000, maxBytes = 2_000_000, upTo = Infinity }: AdvanceOptions, ahead?: Ahead, setAhead?: (ahead: Ahead | undefined) => void): Promise<Advanced> {
  const client = await pool.connect()
  const read = (after: number): Promise<Fact[]> => readFacts(client, after, Math.min(limit, upTo - after), maxBytes)
  try {
    // What a crash of the database takes back with the last moments is folded again: the checkpoint goes with it.
    await client.query('begin; set local synchronous_commit = off')
    const from = await claimCheckpoint(client)
    const early = from !== null && ahead?.after === from ? await ahead.batch : undefined
    const facts = early?.facts ?? (from === null ? [] : await read(from))
    const last = facts.at(-1)?.position
    if (from === null || last === undefined) {
      await client.query('rollback')
      return { folded: 0, parked: 0, position: from ?? 0, busy: from === null }
    }
    const isFull = facts.length >= limit || sizeOf(facts) >= maxBytes
    const readOn = (projects: ProjectsState): void => {
      const batch = read(last).then((next) => decodeBatch(next, projects))
      batch.catch(() => undefined) // told by the step that waits for it, if one does
      setAhead?.({ after: last, batch })
    }
    const parked = await foldWithoutPoison(client, facts, early, setAhead && isFull ? readOn : undefined)
    await moveCheckpoint(client, from, last)
    await client.query('commit')
    return { folded: facts.length, parked: parked.size, position: last, busy: false }
  } catch (error) {
    setAhead?.(undefined)
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Poison never blocks the next fact: it is set aside and the batch folded again without it. Returns what was parked. */
async function foldWithoutPoison(client: pg.PoolClient, facts: readonly Fact[], early: Batch | undefined, onFolded?: (projects: ProjectsState) => void): Promise<ReadonlyMap<number, string>> {
  let parked = new Map<number, string>()
  await client.query('savepoint batch')
  for (let batch = early; ; batch = undefined) {
    try {
      const projects = await loadProjects(client)
      batch ??= await decodeBatch(facts, projects, parked)
      parked = new Map(batch.parked)
      await foldBatch(client, batch, projects, onFolded)
      return parked
    } catch (error) {
      await client.query('rollback to savepoint batch')
      if (error instanceof UnfoldableError) parked.set(error.position, error.message)
      else if (isDataError(error)) await findPoison(client, facts, parked, error)
      else throw error
    }
  }
}

function sizeOf(facts: readonly Fact[]): number {
  return facts.reduce((sum, { payload }) => sum + payload.length, 0)
}

/** SQLSTATE 22 (data) and 23 (constraint): some fact holds what Postgres refuses. */
function isDataError(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '')
}

/** Halves the batch down to the one fact at fault and parks it. Throws the error again when no single fact brings it back. */
async function findPoison(client: pg.PoolClient, facts: readonly Fact[], parked: Map<number, string>, error: unknown): Promise<void> {
  const candidates = facts.filter((fact) => !parked.has(fact.position))
  const fails = async (count: number): Promise<boolean> => {
    try {
      const projects = await loadProjects(client)
      await foldBatch(client, await decodeBatch(candidates.slice(0, count), projects), projects)
      return false
    } catch {
      return true
    } finally {
      await client.query('rollback to savepoint batch')
    }
  }
  let low = 0
  let high = candidates.length
  if (high === 0 || !(await fails(high))) throw error
  // The shortest prefix that fails ends in the fact at fault.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await fails(middle)) high = middle
    else low = middle
  }
  parked.set(candidates[high - 1]!.position, error instanceof Error ? error.message : String(error))
}
