// The rows behind projections/projects/reducer.ts. Projects and generations are few: all are loaded; keys by id.

import type pg from 'pg'
import type { Decoded } from '../decode/decode.ts'
import { readSettings } from '../../core/project/settings.ts'
import type { GenerationRow, KeyRow, ProjectRow, ProjectsState } from './reducer.ts'

export async function loadProjects(client: pg.PoolClient): Promise<ProjectsState> {
  const [projects, generations] = await Promise.all([
    client.query<Omit<ProjectRow, 'settings'> & { settings: string }>({
      name: 'load_projects',
      text: `select id, slug, name, platform, settings, generation::float8 as generation, created_at as "createdAt", first_event as "firstEvent", last_event as "lastEvent" from project`,
    }),
    client.query<GenerationRow>({ name: 'load_generations', text: `select id::float8 as id, project_id as "projectId", state, version, created_at as "createdAt" from generation` }),
  ])
  return {
    projects: new Map(projects.rows.map((row) => [row.id, { ...row, settings: readSettings(row.settings) }])),
    generations: new Map(generations.rows.map((row) => [row.id, row])),
    keys: new Map(),
    changed: new Set(),
    organizationQuotas: null,
  }
}

export async function loadKeys(client: pg.PoolClient, state: ProjectsState, batch: readonly Decoded[]): Promise<void> {
  const ids = batch.flatMap(({ decision }) => (decision?.type === 'key.changed' || decision?.type === 'key.created' ? [decision.data.id] : []))
  if (ids.length === 0) return
  const { rows } = await client.query<KeyRow>(
    `select id, project_id as "projectId", public_key as "publicKey", label, is_active as "isActive",
       case when rate_limit_count is not null then json_build_object('count', rate_limit_count, 'window', rate_limit_window) end as "rateLimit", created_at as "createdAt"
     from project_key where id = any($1)`,
    [ids],
  )
  for (const row of rows) state.keys.set(row.id, row)
}

export async function saveProjects(client: pg.PoolClient, state: ProjectsState): Promise<void> {
  const writes: Promise<unknown>[] = [...state.changed].map((row) => saveRow(client, row))
  if (state.organizationQuotas !== null) {
    writes.push(client.query(`insert into organization_settings (quotas) values ($1) on conflict (singleton) do update set quotas = excluded.quotas`, [JSON.stringify(state.organizationQuotas)]))
  }
  await Promise.all(writes)
}

function saveRow(client: pg.PoolClient, row: ProjectRow | KeyRow | GenerationRow): Promise<unknown> {
  if ('publicKey' in row) {
    return client.query(
      `insert into project_key (id, project_id, public_key, label, is_active, rate_limit_count, rate_limit_window, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update set label = excluded.label, is_active = excluded.is_active, rate_limit_count = excluded.rate_limit_count, rate_limit_window = excluded.rate_limit_window`,
      [row.id, row.projectId, row.publicKey, row.label, row.isActive, row.rateLimit?.count ?? null, row.rateLimit?.window ?? null, row.createdAt],
    )
  }
  if ('slug' in row) {
    return client.query(
      `insert into project (id, slug, name, platform, settings, generation, created_at, first_event, last_event) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do update set slug = excluded.slug, name = excluded.name, platform = excluded.platform, settings = excluded.settings, generation = excluded.generation,
         first_event = excluded.first_event, last_event = excluded.last_event`,
      [row.id, row.slug, row.name, row.platform, JSON.stringify(row.settings), row.generation, row.createdAt, row.firstEvent, row.lastEvent],
    )
  }
  return client.query(
    `insert into generation (id, project_id, state, version, created_at) values ($1, $2, $3, $4, $5) on conflict (id) do update set state = excluded.state`,
    [row.id, row.projectId, row.state, row.version, row.createdAt],
  )
}
