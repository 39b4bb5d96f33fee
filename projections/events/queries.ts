// Reads of events for the API. The order of an issue's events is that of their positions.

import type { Pool } from 'pg'
import type { Level } from '../../core/contract/issue.ts'

/** `issue`: id of the one that holds it. */
export type EventListRow = {
  project: number; issue: number | null; position: number; eventId: string; title: string; seenAt: Date; receivedAt: Date; platform: string; level: Level
  release: string | null; environment: string | null; userTag: string | null
}

/** Of a row `e`. */
export const eventColumns = `e.position::float8 as position, replace(e.event_id::text, '-', '') as "eventId", e.title, e.seen_at as "seenAt", e.received_at as "receivedAt", e.platform, e.level,
  e.release, e.environment, e.user_tag as "userTag"`

/** `keyIds` of one issue; a lateral scan per key keeps the index order where an issue has several. */
export type IssueEvents = { project: number; generation: number; keyIds: readonly number[] }

/** The newest or oldest event of an issue. */
export async function findEndEvent(pool: Pool, { generation, keyIds }: IssueEvents, end: 'latest' | 'oldest'): Promise<number | undefined> {
  const pick = end === 'latest' ? 'max' : 'min'
  const { rows } = await pool.query<{ position: number | null }>(
    `select ${pick}(p.position)::float8 as position from unnest($2::bigint[]) as k (id) cross join lateral (
       select position from event_key where generation = $1 and key_id = k.id order by position ${end === 'latest' ? 'desc' : 'asc'} limit 1
     ) p`,
    [generation, keyIds],
  )
  return rows[0]?.position ?? undefined
}

/** Where events with this id are, newest first; in these projects, or in any (null). Each project has its own ids. */
export async function findEventPlaces(pool: Pool, eventId: string, projects: readonly number[] | null): Promise<{ position: number; slug: string }[]> {
  const { rows } = await pool.query<{ position: number; slug: string }>(
    `select e.position::float8 as position, p.slug from project p join event e on e.project_id = p.id and e.event_id = $1::uuid
     where $2::int[] is null or p.id = any($2) order by e.position desc`,
    [eventId, projects],
  )
  return rows
}

/** The one to look at first: the newest that names its user and comes from the issue's newest release; else the newest. Looks at the last 100. */
export async function findRecommendedEvent(pool: Pool, { project, generation, keyIds }: IssueEvents): Promise<number | undefined> {
  const { rows } = await pool.query<{ position: number }>(
    `with newest as (
       select p.position from unnest($2::bigint[]) as k (id) cross join lateral (
         select position from event_key where generation = $1 and key_id = k.id order by position desc limit 100
       ) p order by p.position desc limit 100
     )
     select e.position::float8 as position from newest join event e on e.project_id = $3 and e.position = newest.position
     order by (e.user_tag is not null)::int + 2 * (e.release is not distinct from (select release from event l join newest n on l.project_id = $3 and l.position = n.position order by n.position desc limit 1))::int desc, e.position desc limit 1`,
    [generation, keyIds, project],
  )
  return rows[0]?.position
}

/** Which issue of the generation holds a position. */
export async function findHolder(pool: Pool, generation: number, position: number): Promise<number | undefined> {
  const { rows } = await pool.query<{ issue: number }>(
    `select k.issue_id::float8 as issue from event_key e join issue_key k on k.generation = e.generation and k.id = e.key_id where e.generation = $1 and e.position = $2`,
    [generation, position],
  )
  return rows[0]?.issue
}

export type Neighbours = { older: string | null; newer: string | null; index: number }

/** The events beside one inside its issue of `events` in all, and its number there (oldest = 1): counted from the near end, where most people are. */
export async function readNeighbours(pool: Pool, { project, generation, keyIds, events }: IssueEvents & { events: number }, position: number): Promise<Neighbours> {
  const { rows } = await pool.query<Neighbours>(
    `with k as (select id from unnest($2::bigint[]) as u (id)), older as (
       select max(p.position) as position from k cross join lateral (
         select position from event_key where generation = $1 and key_id = k.id and position < $3 order by position desc limit 1
       ) p
     ), newer as (
       select min(p.position) as position from k cross join lateral (
         select position from event_key where generation = $1 and key_id = k.id and position > $3 order by position limit 1
       ) p
     )
     select (select replace(e.event_id::text, '-', '') from event e, older where e.project_id = $4 and e.position = older.position) as older,
       (select replace(e.event_id::text, '-', '') from event e, newer where e.project_id = $4 and e.position = newer.position) as newer,
       (select case when near.newer < 1000 then $5 - near.newer else (select count(*) from event_key where generation = $1 and key_id = any($2) and position <= $3) end
        from (select count(*) as newer from (select 1 from event_key where generation = $1 and key_id = any($2) and position > $3 limit 1000) as bounded) as near)::float8 as index`,
    [generation, keyIds, position, project, events],
  )
  return rows[0]!
}
