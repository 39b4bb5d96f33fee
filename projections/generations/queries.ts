// Reads of generations and rules revisions for the API.

import type pg from 'pg'
import type { GroupingVersion } from '../../core/grouping/types.ts'
import type { Cursor } from '../paging.ts'

export type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

/** What of the table `generation_build` belongs to one; null where it never was built beside another. `behind` = positions to the head of the log. */
export type BuildRow = {
  state: 'queued' | 'running' | 'paused' | 'ready' | 'failed'; restart: boolean; tracked: boolean; watch: string | null; others: string[]; position: number; behind: number
  events: number; total: number; parked: number; startedAt: Date | null; finishedAt: Date | null; updatedAt: Date; error: string | null
}

export type GenerationRow = {
  id: number; project: number; state: 'building' | 'live' | 'retired' | 'discarded'; version: GroupingVersion; revision: number; actor: string | null
  thenApply: boolean; createdAt: Date; appliedAt: Date | null; retiredAt: Date | null; build: BuildRow | null
}

type Joined = Omit<GenerationRow, 'build'> & Omit<BuildRow, 'state'> & { buildState: BuildRow['state'] | null }

const columns = `g.id::float8 as id, g.project_id as project, g.state, g.version, g.revision::float8 as revision, g.actor, g.then_apply as "thenApply",
  g.created_at as "createdAt", g.applied_at as "appliedAt", g.retired_at as "retiredAt", b.state as "buildState", b.restart, b.tracked, b.watch, b.others,
  b.position::float8 as position, (select h.position - b.position from log_head h)::float8 as behind, b.events::float8 as events, b.total::float8 as total,
  b.parked::float8 as parked, b.started_at as "startedAt", b.finished_at as "finishedAt", b.updated_at as "updatedAt", b.error`

const tables = 'generation g left join generation_build b on b.generation = g.id'

function toRow(joined: Joined): GenerationRow {
  const { id, project, state, version, revision, actor, thenApply, createdAt, appliedAt, retiredAt, buildState, ...build } = joined
  return { id, project, state, version, revision, actor, thenApply, createdAt, appliedAt, retiredAt, build: buildState === null ? null : { ...build, state: buildState } }
}

/** The newest, newest first. */
export async function listGenerations(db: Queryable, project: number, limit: number): Promise<GenerationRow[]> {
  const { rows } = await db.query<Joined>(`select ${columns} from ${tables} where g.project_id = $1 order by g.id desc limit $2`, [project, limit])
  return rows.map(toRow)
}

export async function findGeneration(db: Queryable, project: number, id: number): Promise<GenerationRow | undefined> {
  const { rows } = await db.query<Joined>(`select ${columns} from ${tables} where g.project_id = $1 and g.id = $2`, [project, id])
  return rows.map(toRow)[0]
}

/** The retired one that the live one took over from; undefined once it is discarded. */
export async function findPrevious(db: Queryable, project: number): Promise<GenerationRow | undefined> {
  const { rows } = await db.query<Joined>(
    `select ${columns} from ${tables}
     where g.project_id = $1 and g.state = 'retired' and g.retired_at >= (select l.applied_at from generation l join project p on p.generation = l.id where p.id = $1)
     order by g.retired_at desc, g.id desc limit 1`,
    [project],
  )
  return rows.map(toRow)[0]
}

export type RevisionRow = { id: number; rules: string; frameRules: string; actor: string | null; createdAt: Date }

const revisionColumns = `id::float8 as id, rules, frame_rules as "frameRules", actor, created_at as "createdAt"`

/** At most `limit + 1`, away from the cursor; newest first. */
export async function listRevisions(db: Queryable, project: number, cursor: Cursor | undefined, limit: number): Promise<RevisionRow[]> {
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const { rows } = await db.query<RevisionRow>(
    `select ${revisionColumns} from rules_revision where project_id = $1 and ($2::bigint is null or id ${beyond} $2) order by id ${direction} limit $3`,
    [project, cursor?.value ?? null, limit + 1],
  )
  return rows
}

export async function findNewestRevision(db: Queryable, project: number): Promise<RevisionRow | undefined> {
  const { rows } = await db.query<RevisionRow>(`select ${revisionColumns} from rules_revision where project_id = $1 order by id desc limit 1`, [project])
  return rows[0]
}

export async function findRevision(db: Queryable, project: number, id: number): Promise<RevisionRow | undefined> {
  const { rows } = await db.query<RevisionRow>(`select ${revisionColumns} from rules_revision where project_id = $1 and id = $2`, [project, id])
  return rows[0]
}

/** How many facts of a project its live generation could not fold. */
export async function countParked(db: Queryable, project: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from parked where project_id = $1', [project])
  return rows[0]!.count
}
