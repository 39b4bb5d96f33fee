// A `grouping.applied` in the main fold: first the generation is brought to the fact before it, then the pointer flips, together with the
// checkpoint. The log alone says what is live; a candidate that was built before is only a head start.

import type pg from 'pg'
import { parseDecision, type Decision } from '../../core/decisions.ts'
import type { Fact } from '../../core/fact.ts'
import { bringGeneration } from './build.ts'

type Applied = Extract<Decision, { type: 'grouping.applied' }>['data']

function readApplied(fact: Fact): Applied {
  return parseDecision('grouping.applied', fact.payload).data as Applied
}

/** Returns at once when the generation cannot be applied or is live: the reducer says so. */
export async function prepareApply(pool: pg.Pool, fact: Fact): Promise<void> {
  let applied: Applied
  try {
    applied = readApplied(fact)
  } catch {
    return // parked by the fold
  }
  const { rows } = await pool.query<{ position: number }>(
    `select b.position::float8 as position from generation g join generation_build b on b.generation = g.id where g.id = $1 and g.project_id = $2 and g.state in ('building', 'retired')`,
    [applied.generation, applied.project],
  )
  if (!rows[0]) return
  // Beyond the place where it goes live: the log is being read again, and it was built in an earlier reading.
  if (rows[0].position >= fact.position) await pool.query('update generation_build set restart = true where generation = $1', [applied.generation])
  await bringGeneration(pool, applied.generation, fact.position - 1)
}

/** In the transaction of the flip: from here on the former generation has a place of its own, and what was built against it is built again. */
export async function recordFlip(client: pg.PoolClient, fact: Fact, former: number): Promise<void> {
  const { project, generation } = readApplied(fact)
  if (former === generation) return
  await client.query(
    `insert into generation_build (generation, project_id, state, position, settings, tracked, finished_at)
     select $1, id, 'ready', $2, settings, false, now() from project where id = $3
     on conflict (generation) do update set state = 'ready', position = excluded.position, settings = excluded.settings`,
    [former, fact.position, project],
  )
  await client.query(`update generation_build set state = 'ready', position = $2, finished_at = coalesce(finished_at, now()) where generation = $1`, [generation, fact.position])
  await client.query(
    `update generation_build b set state = case b.state when 'paused' then 'paused' else 'queued' end, restart = true
     from generation g where g.id = b.generation and g.project_id = $1 and g.state = 'building'`,
    [project],
  )
}
