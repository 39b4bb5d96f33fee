// Reads of issues for the API: the list by keyset, the bounded counts, one issue by any id it ever had.

import type { Pool } from 'pg'
import type { IssueStatus, Substatus } from '../../core/contract/issue.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import type { Cursor } from '../paging.ts'

export type IssueRow = {
  generation: number; id: number; project: number; title: string; culprit: string; type: string; metadata: string; level: string; platform: string
  logger: string | null; unhandled: boolean; status: IssueStatus; substatus: Substatus | null; assignee: string | null; events: number; users: number
  comments: number; firstSeen: Date; lastSeen: Date; firstRelease: string | null; lastRelease: string | null
}

export type IssueFilter = { statuses: readonly IssueStatus[]; texts: readonly string[] }

const columns = `i.generation::float8 as generation, i.id::float8 as id, i.project_id as project, i.title, i.culprit, i.type, i.metadata, i.level, i.platform,
  i.logger, i.unhandled, i.status, i.substatus, i.assignee, i.events::float8 as events, i.users::float8 as users,
  i.comments, i.first_seen as "firstSeen", i.last_seen as "lastSeen", i.first_release as "firstRelease", i.last_release as "lastRelease"`

const plainColumns = [
  'generation', 'id', 'project_id', 'title', 'culprit', 'type', 'metadata', 'level', 'platform', 'logger', 'unhandled', 'status', 'substatus', 'assignee',
  'events', 'users', 'comments', 'first_seen', 'last_seen', 'first_release', 'last_release',
].map((column) => `i.${column}`).join(', ')

// Case does not matter; strpos has no wildcards to escape.
const matches = `not exists (select 1 from unnest($3::text[]) as t (word) where strpos(lower(i.title || ' ' || i.culprit), lower(t.word)) = 0)`

export const sorts = ['date', 'new', 'freq', 'user'] as const
export type Sort = (typeof sorts)[number]

/** Per sort: the column, its value as a whole number (Unix µs), and the way back. */
const orders: Record<Sort, { column: string; value: string; parameter: string }> = {
  date: seen('last_seen'),
  new: seen('first_seen'),
  freq: { column: 'events', value: 'i.events', parameter: '$4::bigint' },
  user: { column: 'users', value: 'i.users', parameter: '$4::bigint' },
}

function seen(column: string): { column: string; value: string; parameter: string } {
  return { column, value: `(extract(epoch from i.${column}) * 1000000)::bigint`, parameter: `timestamptz 'epoch' + $4::bigint * interval '1 microsecond'` }
}

/** At most `limit + 1` rows, away from the cursor. One index range per status: (generation, status, sort column, id). */
export async function listIssues(pool: Pool, generation: number, filter: IssueFilter, sort: Sort, cursor: Cursor | undefined, limit: number): Promise<(IssueRow & { value: string })[]> {
  const { column, value, parameter } = orders[sort]
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const from = cursor ? `and (i.${column}, i.id) ${beyond} (${parameter}, $5::bigint)` : 'and $4::bigint is null and $5::bigint is null'
  const { rows } = await pool.query<IssueRow & { value: string }>(
    `select ${columns}, ${value}::text as value
     from unnest($2::text[]) as s (status) cross join lateral (
       select ${plainColumns} from issue i where i.generation = $1 and i.status = s.status and ${matches} ${from} order by i.${column} ${direction}, i.id ${direction} limit $6
     ) i
     order by i.${column} ${direction}, i.id ${direction} limit $6`,
    [generation, filter.statuses, filter.texts, cursor?.value ?? null, cursor?.id ?? null, limit + 1],
  )
  return rows
}

/** Stops counting at `max`. */
export async function countIssues(pool: Pool, generations: readonly number[], filter: IssueFilter, max: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from issue i where i.generation = any($1) and i.status = any($2) and ${matches} limit $4) as bounded`,
    [generations, filter.statuses, filter.texts, max],
  )
  return rows[0]!.count
}

export type FoundIssue = IssueRow & { slug: string; projectName: string; projectPlatform: string | null; keyIds: number[]; keys: string[] }

/** The issue that holds the event at this position now, in the live generation of its project or in another of it. A short id must not claim another project. */
export async function findIssue(pool: Pool, ref: IssueRef, generation?: number): Promise<FoundIssue | undefined> {
  const { rows } = await pool.query<FoundIssue>(
    `select ${columns}, p.slug, p.name as "projectName", p.platform as "projectPlatform",
       array(select k.id::float8 from issue_key k where k.generation = i.generation and k.issue_id = i.id order by k.id) as "keyIds",
       array(select k.key from issue_key k where k.generation = i.generation and k.issue_id = i.id order by k.id) as keys
     from event e
     join project p on p.id = e.project_id
     join generation g on g.project_id = p.id and g.id = coalesce($3::bigint, p.generation) and g.state <> 'discarded'
     join event_key ek on ek.generation = g.id and ek.position = e.position
     join issue_key held on held.generation = g.id and held.id = ek.key_id
     join issue i on i.generation = g.id and i.id = held.issue_id
     where e.position = $1 and not exists (select 1 from project o where o.slug = $2 and o.id <> p.id)`,
    [ref.position, ref.slug, generation ?? null],
  )
  return rows[0]
}

/** Position of an event of this project by its id; undefined when it is not stored. */
export async function findEventPosition(pool: Pool, project: number, eventId: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ position: number }>(`select position::float8 as position from event where project_id = $1 and event_id = $2::uuid`, [project, eventId])
  return rows[0]?.position
}

/** Events per hour of each issue since a time. */
export async function readIssueHours(pool: Pool, generation: number, issues: readonly number[], since: Date): Promise<{ issue: number; unix: number; events: number }[]> {
  const { rows } = await pool.query<{ issue: number; unix: number; events: number }>(
    `select k.issue_id::float8 as issue, extract(epoch from h.hour)::float8 as unix, sum(h.events)::float8 as events
     from issue_key k join issue_hour h on h.generation = k.generation and h.key_id = k.id
     where k.generation = $1 and k.issue_id = any($2) and h.hour >= $3 group by k.issue_id, h.hour`,
    [generation, issues, since],
  )
  return rows
}

/** Distinct users of those issues that hold several keys: the sum in their rows counts twice who met two of them. */
export async function countDistinctUsers(pool: Pool, generation: number, issues: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ issue: number; users: number }>(
    `select k.issue_id::float8 as issue, count(distinct t.value)::float8 as users
     from issue_key k join issue_tag t on t.generation = k.generation and t.key_id = k.id and t.tag = 'user'
     where k.generation = $1 and k.issue_id = any(array(select issue_id from issue_key where generation = $1 and issue_id = any($2::bigint[]) group by issue_id having count(*) > 1))
     group by k.issue_id`,
    [generation, issues],
  )
  return new Map(rows.map(({ issue, users }) => [issue, users]))
}

export type Person = { id: string; name: string; email: string }

/** `user:3` -> who that is. Unknown actors are left out. */
export async function readPeople(db: Pick<Pool, 'query'>, actors: readonly (string | null)[]): Promise<Map<string, Person>> {
  const ids = [...new Set(actors)].flatMap((actor) => (actor?.startsWith('user:') ? [Number(actor.slice(5))] : []))
  if (ids.length === 0) return new Map()
  const { rows } = await db.query<{ id: number; name: string; email: string }>('select id, name, email from account where id = any($1)', [ids])
  return new Map(rows.map(({ id, name, email }) => [`user:${id}`, { id: String(id), name, email }]))
}
