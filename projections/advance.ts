// One step of the fold, one transaction: claim the checkpoint, read facts, fold them (batch.ts), move the checkpoint
// (architecture 4). jobs.ts steps until nothing is left; the tests and `refold verify` do it directly.

import type pg from 'pg'
import type { Fact } from '../core/fact.ts'
import { decodeBatch, foldBatch, type Batch } from './batch.ts'
import { claimCheckpoint, moveCheckpoint } from './checkpoint.ts'
import { readFacts } from './facts.ts'
import { prepareApply, recordFlip } from './generations/apply.ts'
import { foldWithoutPoison } from './poison.ts'
import type { ProjectsState } from './projects/reducer.ts'
import { loadProjects } from './projects/store.ts'

type AdvanceOptions = StepOptions & {
  /** The position of a `grouping.applied` whose generation is ready for it. */
  prepared?: number
}

export type StepOptions = {
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
export function advance(pool: pg.Pool, options: StepOptions = {}): Promise<Advanced> {
  return takeStep(pool, options)
}

/** For many steps: while the database saves a full batch, the next one is read and decoded. The log is immutable, so nothing can change it meanwhile. */
export function createFolder(pool: pg.Pool, options: StepOptions = {}): Folder {
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

async function takeStep(pool: pg.Pool, options: AdvanceOptions, ahead?: Ahead, setAhead?: (ahead: Ahead | undefined) => void): Promise<Advanced> {
  const { limit = 1_000, maxBytes = 2_000_000, upTo = Infinity } = options
  const client = await pool.connect()
  const read = async (after: number): Promise<Fact[]> => cutBatch(await readFacts(client, after, Math.min(limit, upTo - after), maxBytes))
  let flip: Fact | undefined
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
    if (isApply(facts[0])) flip = facts[0]
    if (flip && options.prepared !== last) {
      await client.query('rollback')
    } else {
      const isFull = facts.length >= limit || sizeOf(facts) >= maxBytes
      const readOn = (projects: ProjectsState): void => {
        const batch = read(last).then((next) => decodeBatch(next, projects))
        batch.catch(() => undefined) // told by the step that waits for it, if one does
        setAhead?.({ after: last, batch })
      }
      let decoded = early
      let former = 0
      const parked = await foldWithoutPoison(client, facts, async (some, already) => {
        const projects = await loadProjects(client)
        if (flip) former = projects.projects.get(flip.projectId!)?.generation ?? 0
        const batch = decoded ?? (await decodeBatch(some, projects, already))
        decoded = undefined
        // Not while poison is looked for: that folds parts of the batch, to throw them away.
        await foldBatch(client, batch, projects, setAhead && isFull && some === facts ? readOn : undefined)
        return batch.parked
      })
      if (flip && parked.size === 0) await recordFlip(client, flip, former)
      await moveCheckpoint(client, from, last)
      await client.query('commit')
      return { folded: facts.length, parked: parked.size, position: last, busy: false }
    }
  } catch (error) {
    setAhead?.(undefined)
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
  // The generation that goes live is brought to this place in transactions of its own, so that the flip is a short one.
  await prepareApply(pool, flip)
  return takeStep(pool, { ...options, prepared: flip.position })
}

/**
 * A batch ends before a `grouping.applied`, which is a batch of its own: the facts around it belong to different generations. So are deletions,
 * as many as follow each other: they are of rows, and what comes after them must not find these in memory.
 */
function cutBatch(facts: Fact[]): Fact[] {
  const first = facts[0]
  if (isApply(first)) return [first!]
  const at = facts.findIndex((fact) => (isDeletion(first) ? fact.type !== first!.type : isApply(fact) || isDeletion(fact)))
  return at === -1 ? facts : facts.slice(0, at)
}

function isDeletion(fact: Fact | undefined): boolean {
  return fact?.type === 'issue.deleted' || fact?.type === 'project.deleted'
}

function isApply(fact: Fact | undefined): boolean {
  return fact?.type === 'grouping.applied'
}

function sizeOf(facts: readonly Fact[]): number {
  return facts.reduce((sum, { payload }) => sum + payload.length, 0)
}
