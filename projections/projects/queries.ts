// Reads of projects and their keys for the API.

import type { Pool } from 'pg'
import type { Project } from '../../core/contract/project.ts'
import type { KeyRow } from '../../core/project/present.ts'
import { readSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { quotas, type Quota } from '../../core/quota/quota.ts'
import { newestOfProject } from '../events/newest.ts'

/** `generation` is the live one: every read of grouped tables is bound to it. */
export type ProjectRow = {
  id: number; slug: string; name: string; platform: string | null; generation: number
  createdAt: Date; firstEvent: Date | null; lastEvent: Date | null
}

const columns = `id, slug, name, platform, generation::float8 as generation, created_at as "createdAt", first_event as "firstEvent", last_event as "lastEvent"`

/** By slug, or by id where the slug is only digits (no slug is). */
export async function findProject(pool: Pool, slugOrId: string): Promise<ProjectRow | undefined> {
  const id = /^\d{1,9}$/.test(slugOrId) ? Number(slugOrId) : 0
  const { rows } = await pool.query<ProjectRow>(`select ${columns} from project where slug = $1 or id = $2`, [slugOrId, id])
  return rows[0]
}

/** By slug. `visible`: ids of those that may be told of; null = all. */
export async function listProjects(pool: Pool, visible: readonly number[] | null = null): Promise<ProjectRow[]> {
  const { rows } = await pool.query<ProjectRow>(`select ${columns} from project where $1::int[] is null or id = any($1) order by slug`, [visible])
  return rows
}

export type ProjectNumbers = { hours: { project: number; unix: number; events: number }[]; unresolved: Map<number, number>; dropped: Map<number, Project['refold']['dropped']> }

/** Events per hour since `since`, what the door refused since `droppedSince`, open issues now. */
export async function readProjectNumbers(pool: Pool, projects: readonly ProjectRow[], since: Date, droppedSince: Date): Promise<ProjectNumbers> {
  const ids = projects.map((project) => project.id)
  const [hours, open, dropped] = await Promise.all([
    pool.query<{ project: number; unix: number; events: number }>(
      `select project_id as project, extract(epoch from hour)::float8 as unix, events::float8 as events from project_hour where project_id = any($1) and hour >= $2`,
      [ids, since],
    ),
    pool.query<{ project: number; count: number }>(
      `select p.id as project, count(*)::int as count from project p join issue i on i.generation = p.generation and i.status = 'unresolved' where p.id = any($1) group by p.id`,
      [ids],
    ),
    pool.query<{ project: number } & Project['refold']['dropped'][number]>(
      `select project_id as project, outcome, reason, sum(count)::float8 as count from outcome_hour
       where project_id = any($1) and hour >= $2 and outcome in ('rate_limited', 'too_large', 'rejected') group by project_id, outcome, reason order by count desc, outcome, reason`,
      [ids, droppedSince],
    ),
  ])
  const droppedOf: ProjectNumbers['dropped'] = new Map()
  for (const { project, ...one } of dropped.rows) droppedOf.set(project, [...(droppedOf.get(project) ?? []), one])
  return { hours: hours.rows, unresolved: new Map(open.rows.map((row) => [row.project, row.count])), dropped: droppedOf }
}

export async function listKeys(pool: Pool, project: number): Promise<KeyRow[]> {
  const { rows } = await pool.query<KeyRow>(
    `select id, project_id as project, public_key as "publicKey", label, is_active as "isActive",
       case when rate_limit_count is not null then json_build_object('count', rate_limit_count, 'window', rate_limit_window) end as "rateLimit", created_at as "createdAt"
     from project_key where project_id = $1 order by id`,
    [project],
  )
  return rows
}

/** When each key last brought one of the project's newest 1,000 events, by key id. */
export async function readKeyUse(pool: Pool, project: number): Promise<Map<number, Date>> {
  const { rows } = await pool.query<{ actor: string; last: Date }>(
    `select l.actor, max(e.received_at) as last
     from (select position, received_at from ${newestOfProject} limit 1000) e
     join log_envelopes l on l.position = e.position group by l.actor`,
    [project],
  )
  return new Map(rows.flatMap(({ actor, last }) => (actor.startsWith('key:') ? [[Number(actor.slice(4)), last] as const] : [])))
}

export async function readOrganizationStart(pool: Pool): Promise<Date> {
  const { rows } = await pool.query<{ start: Date }>(`select coalesce(min(created_at), now()) as start from project`)
  return rows[0]!.start
}

export async function readProjectSettings(pool: Pool, project: number): Promise<ProjectSettings> {
  const { rows } = await pool.query<{ settings: string }>('select settings from project where id = $1', [project])
  return readSettings(rows[0]?.settings ?? '{}')
}

/** Of the whole installation; none unless somebody set some. */
export async function readOrganizationQuotas(pool: Pool): Promise<Quota[]> {
  const { rows } = await pool.query<{ quotas: string }>('select quotas from organization_settings')
  return rows[0] ? quotas.parse(JSON.parse(rows[0].quotas)) : []
}
