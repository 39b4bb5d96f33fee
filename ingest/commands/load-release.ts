// The release that a command decides on, in each of its projects: the fold's rows as of the checkpoint, and the decisions behind it.

import type { Pool } from 'pg'
import { evolveRelease, type ReleaseState, type ReleaseStates } from '../../core/release/decide.ts'
import type { Expectation } from '../log/decisions.ts'
import { readStream } from './store.ts'

type Row = Omit<ReleaseState, 'project' | 'refs' | 'commits' | 'startedAt' | 'releasedAt'> & {
  checkpoint: number; project: number | null; refs: string; commits: string; startedAt: Date | null; releasedAt: Date | null
}

/** In these projects. `position`: how far the log is known to say so. */
export async function loadRelease(pool: Pool, projects: readonly number[], version: string): Promise<{ states: ReleaseStates; expected: Expectation; position: number }> {
  const { rows } = await pool.query<Row>(
    `select c.position::float8 as checkpoint, r.project_id as project, r.url, r.status, r.refs, r.commits, r.started_at as "startedAt", r.released_at as "releasedAt",
       r.created_at as "createdAt", r.events::float8 as events, r.first_event as "firstEvent", r.last_event as "lastEvent"
     from checkpoint c left join release r on r.project_id = any($1) and r.version = $2 where c.name = 'main' order by r.project_id`,
    [projects, version],
  )
  const { checkpoint } = rows[0]!
  const folded = new Map(rows.filter(({ project }) => project !== null).map((row) => [row.project!, readState(row)]))
  const stream = `release:${version}`
  const { last, later } = await readStream(pool, stream, checkpoint)
  const all = later.reduce<ReleaseStates>((known, { decision, at }) => evolveRelease(known, decision, at), folded)
  // A decision may be of other projects too.
  const states = new Map([...all].filter(([project]) => projects.includes(project)))
  return { states, expected: { stream, position: last }, position: Math.max(last, checkpoint) }
}

function readState({ checkpoint: _checkpoint, project, startedAt, releasedAt, refs, commits, ...row }: Row): ReleaseState {
  return {
    ...row,
    project: project!,
    startedAt: startedAt?.toISOString() ?? null,
    releasedAt: releasedAt?.toISOString() ?? null,
    refs: JSON.parse(refs) as ReleaseState['refs'],
    commits: JSON.parse(commits) as ReleaseState['commits'],
  }
}
