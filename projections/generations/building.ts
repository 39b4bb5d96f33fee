// From asked for to ready, step by step: in the thread of a job (build-thread.ts), in a command of the operator, or while an apply waits.
// Where it stands is the row of generation_build and nothing else, so that any process may end at any moment and any other go on.

import type pg from 'pg'
import { notifyGeneration } from '../live/notice.ts'
import { advanceGeneration, StaleGenerationError, type GenerationStep } from './build.ts'
import type { ReadPage } from './pages.ts'

/** `gone`: discarded, live, or never asked for. `busy`: another process steps it. `stopped`: by the signal. */
export type BuildEnd = 'ready' | 'paused' | 'failed' | 'gone' | 'busy' | 'stopped'

/** `read`: pages from a thread beside (reader.ts); then steps are larger. */
export type BuildOptions = { signal?: AbortSignal; onStep?: (step: GenerationStep) => void; read?: ReadPage }

/** Facts per step when they are read ahead: rows that many events change are written once. */
export const buildLimit = 4_000

/** `pool` is made with `pipeline: true`. Rejects on database errors: what was folded until then stays. */
export async function buildGeneration(pool: pg.Pool, generation: number, { signal, onStep = () => undefined, read }: BuildOptions = {}): Promise<BuildEnd> {
  for (;;) {
    const build = await readBuild(pool, generation)
    if (!build) return 'gone'
    if (build.state !== 'queued' && build.state !== 'running') return build.state
    if (signal?.aborted) {
      await setState(pool, generation, 'running', 'queued')
      return 'stopped'
    }
    if (build.state === 'queued') await setState(pool, generation, 'queued', 'running')
    const step = await stepGeneration(pool, generation, read)
    if (step.busy) return 'busy'
    onStep(step)
    const ready = step.reached && (await setReady(pool, generation))
    await notifyGeneration(pool, build.projectId, generation)
    if (ready) return 'ready'
  }
}

/** A ready candidate or a retired generation, brought to where the main fold is. False = not within `withinMs`; one that must be built again is left to the jobs. */
export async function catchUpGeneration(pool: pg.Pool, generation: number, withinMs: number): Promise<boolean> {
  for (const until = performance.now() + withinMs; performance.now() < until; ) {
    const { rows } = await pool.query<{ behind: boolean }>(
      `select b.position < c.position as behind from generation_build b join generation g on g.id = b.generation cross join checkpoint c
       where b.generation = $1 and c.name = 'main' and not b.restart and (g.state = 'retired' or g.state = 'building' and b.state = 'ready')`,
      [generation],
    )
    if (!rows[0]) return false
    if (!rows[0].behind || (await stepGeneration(pool, generation)).reached) return true
  }
  return false
}

/** One that met a decision it does not know is begun anew by its next step. */
async function stepGeneration(pool: pg.Pool, generation: number, read?: ReadPage): Promise<GenerationStep> {
  try {
    return await advanceGeneration(pool, generation, read && { limit: buildLimit, read })
  } catch (error) {
    if (!(error instanceof StaleGenerationError)) throw error
    await pool.query(`update generation_build set restart = true, state = case state when 'ready' then 'queued' else state end where generation = $1`, [generation])
    return { folded: 0, events: 0, parked: 0, position: 0, reached: false, busy: false }
  }
}

type State = 'queued' | 'running' | 'paused' | 'ready' | 'failed'

async function readBuild(pool: pg.Pool, generation: number): Promise<{ projectId: number; state: State } | undefined> {
  const { rows } = await pool.query<{ projectId: number; state: State }>(
    `select b.project_id as "projectId", b.state from generation_build b join generation g on g.id = b.generation where b.generation = $1 and g.state = 'building'`,
    [generation],
  )
  return rows[0]
}

/** A pause that came in between stays. What went by since the last step was spent waiting: `started_at` moves along, so that the rate is that of the work (present.ts). */
async function setState(pool: pg.Pool, generation: number, from: State, to: State): Promise<void> {
  await pool.query('update generation_build set state = $3, started_at = started_at + (now() - updated_at), updated_at = now() where generation = $1 and state = $2', [generation, from, to])
}

/** False = meanwhile it was paused, or is to be built again. */
async function setReady(pool: pg.Pool, generation: number): Promise<boolean> {
  const { rowCount } = await pool.query(`update generation_build set state = 'ready', finished_at = now() where generation = $1 and state = 'running' and not restart`, [generation])
  return rowCount === 1
}

export async function setFailed(pool: pg.Pool, generation: number, error: string): Promise<void> {
  const { rows } = await pool.query<{ project: number }>(
    `update generation_build set state = 'failed', error = $2, finished_at = now() where generation = $1 and state in ('queued', 'running') returning project_id as project`,
    [generation, error.slice(0, 1_000)],
  )
  if (rows[0]) await notifyGeneration(pool, rows[0].project, generation)
}
