// Reads of issues for the API: one by any id it ever had, and what belongs to those of a page. The list is in list.ts.

import type { Pool } from 'pg'
import type { IssueStatus, Substatus } from '../../core/contract/issue.ts'
import type { IssueRef } from '../../core/issue/ref.ts'

export type IssueRow = {
  generation: number; id: number; project: number; title: string; culprit: string; type: string; metadata: string; level: string; platform: string
  logger: string | null; unhandled: boolean; status: IssueStatus; substatus: Substatus | null; statusPosition: number; resolvedIn: string | null; assignee: string | null; events: number; users: number
  comments: number; firstSeen: Date; lastSeen: Date; firstRelease: string | null; lastRelease: string | null
}

/** Of a row `i`. */
export const issueColumns = `i.generation::float8 as generation, i.id::float8 as id, i.project_id as project, i.title, i.culprit, i.type, i.metadata, i.level, i.platform,
  i.logger, i.unhandled, i.status, i.substatus, i.status_position::float8 as "statusPosition", i.resolved_in as "resolvedIn", i.assignee, i.events::float8 as events, i.users::float8 as users,
  i.comments, i.first_seen as "firstSeen", i.last_seen as "lastSeen", i.first_release as "firstRelease", i.last_release as "lastRelease"`

export type FoundIssue = IssueRow & { slug: string; projectName: string; projectPlatform: string | null; keyIds: number[]; keys: string[] }

/** The issue that holds the event at this position now, in the live generation of its project or in another of it. A short id must not claim another project. */
export async function findIssue(pool: Pool, ref: IssueRef, generation?: number): Promise<FoundIssue | undefined> {
  const { rows } = await pool.query<FoundIssue>(
    `select ${issueColumns}, p.slug, p.name as "projectName", p.platform as "projectPlatform",
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
