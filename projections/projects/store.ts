// The rows behind projections/projects/reducer.ts. Projects and generations are few: all are loaded; keys by id.

import type pg from 'pg'
import type { Decoded } from '../decode.ts'
import type { GenerationRow, KeyRow, ProjectRow, ProjectsState } from './reducer.ts'

export async function loadProjects(client: pg.PoolClient): Promise<ProjectsState> {
  const projects = await client.query<ProjectRow>(
    `select id, slug, name, platform, generation::float8 as generation, created_at as "createdAt", first_event as "firstEvent", last_event as "lastEvent" from project`,
  )
  const generations = await client.query<GenerationRow>(`select id::float8 as id, project_id as "projectId", state, version, created_at as "createdAt" from generation`)
  return {
    projects: new Map(projects.rows.map((row) => [row.id, row])),
    generations: new Map(generations.rows.map((row) => [row.id, row])),
    keys: new Map(),
    changed: new Set(),
  }
}

export async function loadKeys(client: pg.PoolClient, state: ProjectsState, batch: readonly Decoded[]): Promise<void> {
  const ids = batch.flatMap(({ decision }) => (decision?.type === 'key.changed' ? [decision.data.id] : []))
  if (ids.length === 0) return
  const { rows } = await client.query<KeyRow>(
    `select id, project_id as "projectId", public_key as "publicKey", label, is_active as "isActive", created_at as "createdAt" from project_key where id = any($1)`,
    [ids],
  )
  for (const row of rows) state.keys.set(row.id, row)
}

export async function saveProjects(client: pg.PoolClient, state: ProjectsState): Promise<void> {
  for (const row of state.changed) {
    if ('publicKey' in row) {
      await client.query(
        `insert into project_key (id, project_id, public_key, label, is_active, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set label = excluded.label, is_active = excluded.is_active`,
        [row.id, row.projectId, row.publicKey, row.label, row.isActive, row.createdAt],
      )
    } else if ('slug' in row) {
      await client.query(
        `insert into project (id, slug, name, platform, generation, created_at, first_event, last_event) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set slug = excluded.slug, name = excluded.name, platform = excluded.platform, generation = excluded.generation,
           first_event = excluded.first_event, last_event = excluded.last_event`,
        [row.id, row.slug, row.name, row.platform, row.generation, row.createdAt, row.firstEvent, row.lastEvent],
      )
    } else {
      await client.query(
        `insert into generation (id, project_id, state, version, created_at) values ($1, $2, $3, $4, $5) on conflict (id) do update set state = excluded.state`,
        [row.id, row.projectId, row.state, row.version, row.createdAt],
      )
    }
  }
}
