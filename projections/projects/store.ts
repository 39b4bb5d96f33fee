// The rows behind projections/projects/reducer.ts. Projects and generations are few: all are loaded; keys by id.

import type pg from 'pg'
import type { Decoded } from '../decode/decode.ts'
import { nameConfiguration } from '../../core/grouping/configuration.ts'
import { readSettings } from '../../core/project/settings.ts'
import { deleteProjects } from '../deletions/projects.ts'
import { readConfigurations } from '../generations/configs.ts'
import { settle } from '../poison.ts'
import type { GenerationRow, KeyRow, ProjectRow, ProjectsState, RevisionRow } from './reducer.ts'

export async function loadProjects(client: pg.PoolClient): Promise<ProjectsState> {
  const [projects, generations] = await Promise.all([
    client.query<Omit<ProjectRow, 'settings'> & { settings: string }>({
      name: 'load_projects',
      text: `select id, slug, name, platform, settings, generation::float8 as generation, created_at as "createdAt", first_event as "firstEvent", last_event as "lastEvent" from project`,
    }),
    client.query<GenerationRow>({
      name: 'load_generations',
      text: `select g.id::float8 as id, g.project_id as "projectId", g.state, g.version, g.revision::float8 as revision, g.actor, g.then_apply as "thenApply", g.created_at as "createdAt",
               g.applied_at as "appliedAt", g.retired_at as "retiredAt", coalesce(b.tracked, false) as tracked, b.watch, coalesce(b.others, '{}') as others
             from generation g left join generation_build b on b.generation = g.id`,
    }),
  ])
  const names = new Set(generations.rows.flatMap((row) => (row.state === 'live' ? configurationsOf(row) : [])))
  return {
    projects: new Map(projects.rows.map((row) => [row.id, { ...row, settings: readSettings(row.settings) }])),
    generations: new Map(generations.rows.map((row) => [row.id, row])),
    keys: new Map(),
    revisions: [],
    revisionOwners: new Map(),
    targets: new Map(),
    configs: await readConfigurations(client, [...names]),
    changed: new Set(),
    deletedProjects: new Set(),
    deletedKeys: new Set(),
    organizationQuotas: null,
  }
}

/** All that an event is grouped by for this generation: its own configuration first. */
export function configurationsOf({ version, revision, watch, others }: GenerationRow): string[] {
  return [nameConfiguration({ version, revision }), ...(watch === null ? [] : [watch]), ...others]
}

export async function loadKeys(client: pg.PoolClient, state: ProjectsState, batch: readonly Decoded[]): Promise<void> {
  const ids = batch.flatMap(({ decision }) => (decision?.type === 'key.changed' || decision?.type === 'key.created' || decision?.type === 'key.deleted' ? [decision.data.id] : []))
  if (ids.length === 0) return
  const { rows } = await client.query<KeyRow>(
    `select id, project_id as "projectId", public_key as "publicKey", label, is_active as "isActive",
       case when rate_limit_count is not null then json_build_object('count', rate_limit_count, 'window', rate_limit_window) end as "rateLimit", created_at as "createdAt"
     from project_key where id = any($1)`,
    [ids],
  )
  for (const row of rows) state.keys.set(row.id, row)
}

/** Whose the rules revisions are that the batch asks for generations with. */
export async function loadRevisions(client: pg.PoolClient, state: ProjectsState, batch: readonly Decoded[]): Promise<void> {
  const ids = batch.flatMap(({ decision }) => (decision?.type === 'grouping.requested' ? [decision.data.grouping.revision] : []))
  if (ids.length === 0) return
  const { rows } = await client.query<{ id: number; projectId: number }>('select id::float8 as id, project_id as "projectId" from rules_revision where id = any($1)', [ids])
  for (const { id, projectId } of rows) state.revisionOwners.set(id, projectId)
}

export async function saveProjects(client: pg.PoolClient, state: ProjectsState): Promise<void> {
  const writes: Promise<unknown>[] = [...[...state.changed].map((row) => saveRow(client, row)), ...state.revisions.map((row) => saveRevision(client, row))]
  if (state.organizationQuotas !== null) {
    writes.push(client.query(`insert into organization_settings (quotas) values ($1) on conflict (singleton) do update set quotas = excluded.quotas`, [JSON.stringify(state.organizationQuotas)]))
  }
  if (state.deletedKeys.size > 0) writes.push(client.query('delete from project_key where id = any($1::int[])', [[...state.deletedKeys]]))
  await settle(writes)
  await deleteProjects(client, [...state.deletedProjects])
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
  return settle([
    client.query(
      `insert into generation (id, project_id, state, version, revision, actor, then_apply, created_at, applied_at, retired_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (id) do update set state = excluded.state, applied_at = excluded.applied_at, retired_at = excluded.retired_at`,
      [row.id, row.projectId, row.state, row.version, row.revision, row.actor, row.thenApply, row.createdAt, row.appliedAt, row.retiredAt],
    ),
    row.state === 'building' && client.query(`insert into generation_build (generation, project_id, state, tracked) values ($1, $2, 'queued', true) on conflict (generation) do nothing`, [row.id, row.projectId]),
  ])
}

function saveRevision(client: pg.PoolClient, row: RevisionRow): Promise<unknown> {
  return client.query(`insert into rules_revision (id, project_id, rules, frame_rules, actor, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing`, [
    row.id, row.projectId, row.rules, row.frameRules, row.actor, row.createdAt,
  ])
}
