// The rows behind projections/releases/reducer.ts. Commits can be many: only decisions that name some write them, and no batch reads them.

import type pg from 'pg'
import { columnOf, numbers, texts } from '../columns.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import { settle } from '../poison.ts'
import { releaseName, type DeployRow, type ReleaseRow, type ReleasesState } from './reducer.ts'

type Named = { projectId: number; version: string }

/** Loads every release that the batch's events and decisions name. */
export async function loadReleases(client: pg.PoolClient, batch: readonly DecodedGrouped[]): Promise<ReleasesState> {
  const state: ReleasesState = { rows: new Map(), counted: new Set(), decided: new Set(), deploys: [], deleted: new Map() }
  await addReleases(client, state, batch.flatMap(listNamed))
  return state
}

function listNamed({ fact: { projectId }, event, decision }: DecodedGrouped): Named[] {
  if (event && projectId !== null && event.summary.release !== null) return [{ projectId, version: event.summary.release }]
  switch (decision?.type) {
    case 'issue.resolved':
      return decision.data.release ? [{ projectId: decision.data.project, version: decision.data.release.version }] : []
    case 'release.changed':
    case 'release.deleted':
    case 'deploy.created':
      return decision.data.projects.map((project) => ({ projectId: project, version: decision.data.version }))
    default:
      return []
  }
}

/** Loads further ones; those that the state has stay as they are. */
export async function addReleases(client: pg.PoolClient, { rows: known }: Pick<ReleasesState, 'rows'>, named: readonly Named[]): Promise<void> {
  const asked = new Map(named.map((each) => [releaseName(each.projectId, each.version), each]))
  const wanted = [...asked].flatMap(([name, each]) => (known.has(name) ? [] : [each]))
  if (wanted.length === 0) return
  const { rows } = await client.query<Omit<ReleaseRow, 'refs' | 'commits'>>({
    name: 'load_releases',
    text: `select r.project_id as "projectId", r.version, r.first_position::float8 as "firstPosition", r.created_at as "createdAt", r.started_at as "startedAt", r.released_at as "releasedAt",
             r.url, r.status, r.events::float8 as events, r.first_event as "firstEvent", r.last_event as "lastEvent"
           from unnest($1::int[], $2::text[]) as a (project_id, version) join release r using (project_id, version)`,
    values: [numbers(wanted, (row) => row.projectId), texts(wanted, (row) => row.version)],
  })
  for (const row of rows) known.set(releaseName(row.projectId, row.version), { ...row, refs: undefined, commits: undefined })
}

export async function saveReleases(client: pg.PoolClient, { counted, decided, deploys, deleted }: ReleasesState): Promise<void> {
  await settle([
    ...(deleted.size > 0 ? deleteReleases(client, [...deleted.values()]) : []),
    saveCounted(client, [...counted].filter((row) => !decided.has(row)).sort(byName)),
    ...[...decided].sort(byName).map((row) => saveDecided(client, row)),
    ...deploys.map((row) => saveDeploy(client, row)),
  ])
}

function byName(a: ReleaseRow, b: ReleaseRow): number {
  return a.projectId - b.projectId || (a.version < b.version ? -1 : 1)
}

function deleteReleases(client: pg.PoolClient, releases: Named[]): Promise<unknown>[] {
  const values = [numbers(releases, (row) => row.projectId), texts(releases, (row) => row.version)]
  return [
    client.query('delete from release r using unnest($1::int[], $2::text[]) as d (project_id, version) where r.project_id = d.project_id and r.version = d.version', values),
    client.query('delete from deploy r using unnest($1::int[], $2::text[]) as d (project_id, version) where r.project_id = d.project_id and r.version = d.version', values),
  ]
}

async function saveCounted(client: pg.PoolClient, rows: ReleaseRow[]): Promise<void> {
  if (rows.length === 0) return
  await client.query({
    name: 'save_release_events',
    text: `insert into release (project_id, version, first_position, created_at, events, first_event, last_event)
           select project_id, version, first_position, created_at, events, first_event, last_event
           from unnest($1::int[], $2::text[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::timestamptz[], $7::timestamptz[])
             as r (project_id, version, first_position, created_at, events, first_event, last_event)
           on conflict (project_id, version) do update set events = excluded.events, first_event = excluded.first_event, last_event = excluded.last_event`,
    values: [
      columnOf(rows, 'int', 'projectId'), columnOf(rows, 'text', 'version'), columnOf(rows, 'bigint', 'firstPosition'), columnOf(rows, 'timestamptz', 'createdAt'),
      columnOf(rows, 'bigint', 'events'), columnOf(rows, 'timestamptz', 'firstEvent'), columnOf(rows, 'timestamptz', 'lastEvent'),
    ],
  })
}

function saveDecided(client: pg.PoolClient, row: ReleaseRow): Promise<unknown> {
  return client.query(
    `insert into release as r (project_id, version, first_position, created_at, started_at, released_at, url, status, refs, commits, events, first_event, last_event)
     values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, '[]'), coalesce($10, '[]'), $11, $12, $13)
     on conflict (project_id, version) do update set started_at = excluded.started_at, released_at = excluded.released_at, url = excluded.url, status = excluded.status,
       refs = coalesce($9, r.refs), commits = coalesce($10, r.commits), events = excluded.events, first_event = excluded.first_event, last_event = excluded.last_event`,
    [row.projectId, row.version, row.firstPosition, row.createdAt, row.startedAt, row.releasedAt, row.url, row.status, row.refs ?? null, row.commits ?? null, row.events, row.firstEvent, row.lastEvent],
  )
}

function saveDeploy(client: pg.PoolClient, row: DeployRow): Promise<unknown> {
  return client.query('insert into deploy (id, project_id, version, environment, name, url, started_at, finished_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    row.id, row.projectId, row.version, row.environment, row.name, row.url, row.startedAt, row.finishedAt,
  ])
}
