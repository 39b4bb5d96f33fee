// Reads of releases: one row per project in the tables, one answer per version.

import type { Pool } from 'pg'
import type { DeployRow, PresentedRow, StoredCommit } from '../../core/release/present.ts'
import type { Cursor } from '../paging.ts'

/** Of its commits the first twenty. */
type ReleaseRow = PresentedRow & { project: number; place: string }
/** `place`: where the version first appeared in any of the projects; of no two versions the same. */
export type FoundRelease = { version: string; place: string; rows: ReleaseRow[] }
export type ReleaseFilter = { projects: readonly number[]; prefix?: string; status?: 'open' | 'archived' }

const shownCommits = 20

/** One version more than `limit`, away from the cursor (paging.ts): newest first, by where each first appeared. */
export async function listReleases(pool: Pool, filter: ReleaseFilter, cursor: Cursor | undefined, limit: number): Promise<FoundRelease[]> {
  const { rows } = await pool.query<{ version: string; place: string }>(
    `select version, min(first_position)::text as place from release
     where project_id = any($1) and ($2::text is null or starts_with(lower(version), lower($2)))
     group by version
     having ($3::text is null or bool_or(status = 'open') = ($3 = 'open')) and ($4::bigint is null or case when $5 then min(first_position) > $4 else min(first_position) < $4 end)
     order by case when $5 then min(first_position) end, min(first_position) desc limit $6`,
    [filter.projects, filter.prefix ?? null, filter.status ?? null, cursor?.value ?? null, cursor?.backward ?? false, limit + 1],
  )
  const found = await readReleases(pool, filter.projects, rows.map(({ version }) => version))
  return rows.flatMap(({ version, place }) => ({ version, place, rows: found.get(version) ?? [] }))
}

export async function findRelease(pool: Pool, projects: readonly number[], version: string): Promise<FoundRelease | undefined> {
  const rows = (await readReleases(pool, projects, [version])).get(version)
  return rows && { version, place: rows.map(({ place }) => place).reduce((a, b) => (BigInt(a) < BigInt(b) ? a : b)), rows }
}

/** The newest one before `place` in these projects that has commits. */
export async function findPreviousWithCommits(pool: Pool, projects: readonly number[], place: string): Promise<FoundRelease | undefined> {
  const { rows } = await pool.query<{ version: string }>(
    `select version from release where project_id = any($1) and first_position < $2 and commits <> '[]' order by first_position desc limit 1`,
    [projects, place],
  )
  return rows[0] && findRelease(pool, projects, rows[0].version)
}

async function readReleases(pool: Pool, projects: readonly number[], versions: readonly string[]): Promise<Map<string, ReleaseRow[]>> {
  const { rows } = await pool.query<Omit<ReleaseRow, 'refs'> & { version: string; refs: string }>(
    `select version, project_id as project, first_position::text as place, url, status, refs, json_array_length(commits::json) as "commitCount",
       (select coalesce(json_agg(c.value), '[]') from (select value from json_array_elements(commits::json) limit $3) c) as commits,
       created_at as "createdAt", started_at as "startedAt", released_at as "releasedAt", first_event as "firstEvent", last_event as "lastEvent"
     from release where project_id = any($1) and version = any($2) order by project_id`,
    [projects, versions, shownCommits],
  )
  const found = new Map<string, ReleaseRow[]>()
  for (const { version, refs, ...row } of rows) found.set(version, [...(found.get(version) ?? []), { ...row, refs: JSON.parse(refs) as ReleaseRow['refs'] }])
  return found
}

/** By version: issues of the live generations that were first seen in it. */
export async function countNewIssues(pool: Pool, projects: readonly number[], versions: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ version: string; count: number }>(
    `select k.first_release as version, count(distinct (i.generation, i.id))::int as count
     from project p
     join issue_key k on k.generation = p.generation and k.first_release = any($2)
     join issue i on i.generation = k.generation and i.id = k.issue_id and i.first_release = k.first_release
     where p.id = any($1) group by 1`,
    [projects, versions],
  )
  return new Map(rows.map(({ version, count }) => [version, count]))
}

/** Of the first project that has any. */
export async function listCommits(pool: Pool, projects: readonly number[], version: string): Promise<StoredCommit[]> {
  const { rows } = await pool.query<{ commits: string }>(
    `select commits from release where project_id = any($1) and version = $2 order by commits = '[]', project_id limit 1`,
    [projects, version],
  )
  return JSON.parse(rows[0]?.commits ?? '[]') as StoredCommit[]
}

const deployColumns = 'id::float8 as id, environment, name, url, started_at as "startedAt", finished_at as "finishedAt"'

/** A deploy of several projects is one; one more than `limit`, away from the cursor: newest first. */
export async function listDeploys(pool: Pool, projects: readonly number[], version: string, cursor: Cursor | undefined, limit: number): Promise<DeployRow[]> {
  const { rows } = await pool.query<DeployRow>(
    `select distinct on (case when $4 then id else -id end) ${deployColumns} from deploy
     where project_id = any($1) and version = $2 and ($3::bigint is null or case when $4 then id > $3 else id < $3 end)
     order by case when $4 then id else -id end, project_id limit $5`,
    [projects, version, cursor?.value ?? null, cursor?.backward ?? false, limit + 1],
  )
  return rows
}

/** By version: how many, and the newest. */
export async function summarizeDeploys(pool: Pool, projects: readonly number[], versions: readonly string[]): Promise<Map<string, { count: number; last: DeployRow }>> {
  const { rows } = await pool.query<DeployRow & { version: string; count: number }>(
    `select distinct on (version) version, (select count(distinct id)::int from deploy o where o.project_id = any($1) and o.version = d.version) as count, ${deployColumns}
     from deploy d where project_id = any($1) and version = any($2) order by version, d.id desc`,
    [projects, versions],
  )
  return new Map(rows.map(({ version, count, ...last }) => [version, { count, last }]))
}

/** By when each was released, or else appeared; the newest `limit` of those since `since`. */
export async function listMarkers(pool: Pool, projects: readonly number[], since: Date, limit: number): Promise<{ version: string; date: Date; projects: number[] }[]> {
  const { rows } = await pool.query<{ version: string; date: Date; projects: number[] }>(
    `select version, min(coalesce(released_at, created_at)) as date, array_agg(project_id order by project_id) as projects from release
     where project_id = any($1) and coalesce(released_at, created_at) >= $2 group by version order by date desc, version limit $3`,
    [projects, since, limit],
  )
  return rows
}

/** The last decision on releases that the fold has not passed; 0 for none. */
export async function findPendingDecision(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ position: number }>(
    `select coalesce(max(l.position), 0)::float8 as position from log l, checkpoint c
     where c.name = 'main' and l.kind = 'd' and l.position > c.position and l.type in ('release.changed', 'release.deleted', 'deploy.created')`,
  )
  return rows[0]!.position
}
