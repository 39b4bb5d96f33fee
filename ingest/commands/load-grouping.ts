// A project's grouping as a command decides on it: what the fold made of its grouping stream, once it has folded all of that.

import type { Pool } from 'pg'
import { groupingStream } from '../../core/decisions.ts'
import type { KnownGeneration, ProjectGrouping } from '../../core/grouping/decide.ts'
import type { GroupingVersion } from '../../core/grouping/types.ts'
import type { Expectation } from '../log/decisions.ts'
import { waitForGrouping } from './wait-for-grouping.ts'

/** `expected`: what the append is to expect. Throws `regrouping` when the fold of a grouping decision takes longer than 5 s. */
export async function loadGrouping(pool: Pool, project: number): Promise<{ grouping: ProjectGrouping; expected: Expectation }> {
  const expected = { stream: groupingStream(project), position: await waitForGrouping(pool, project) }
  const [generations, revisions, newest] = await Promise.all([
    pool.query<Omit<KnownGeneration, 'configuration'> & { version: GroupingVersion; revision: number }>(
      `select g.id::float8 as id, g.state, g.version, g.revision::float8 as revision, g.then_apply as "thenApply", coalesce(b.state = 'failed', false) as failed
       from generation g left join generation_build b on b.generation = g.id where g.project_id = $1 order by g.id`,
      [project],
    ),
    pool.query<{ id: number }>('select id::float8 as id from rules_revision where project_id = $1', [project]),
    pool.query<{ id: number; rules: string; frameRules: string }>(
      'select id::float8 as id, rules, frame_rules as "frameRules" from rules_revision where project_id = $1 order by id desc limit 1',
      [project],
    ),
  ])
  const known = generations.rows.map(({ version, revision, ...generation }) => ({ ...generation, configuration: { version, revision } }))
  const live = known.find(({ state }) => state === 'live')
  if (!live) throw new Error(`project ${project} has no live generation`)
  return { grouping: { project, live, generations: known, revisions: new Set(revisions.rows.map(({ id }) => id)), rules: newest.rows[0] ?? null }, expected }
}

/** When and by whom a decision was made. Its position must exist. */
export async function readOrigin(pool: Pool, position: number): Promise<{ dateCreated: string; user: { id: string; name: string; email: string } | null }> {
  const { rows } = await pool.query<{ at: Date; id: number | null; name: string; email: string }>(
    `select l.recorded_at as at, a.id, a.name, a.email from log l left join account a on l.actor = 'user:' || a.id where l.kind = 'd' and l.position = $1`,
    [position],
  )
  const { at, id, name, email } = rows[0]!
  return { dateCreated: at.toISOString(), user: id === null ? null : { id: String(id), name, email } }
}
