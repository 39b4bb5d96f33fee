// What happened to an issue, newest first.

import type { Pool } from 'pg'
import type { ActivityItem } from '../../core/contract/issue.ts'
import { readPeople } from '../issues/queries.ts'

const most = 100

/** The newest 100 entries; `type` keeps only those. */
export async function listActivity(pool: Pool, generation: number, keyIds: readonly number[], type?: string): Promise<ActivityItem[]> {
  const { rows } = await pool.query<{ position: number; type: string; actor: string | null; data: string; at: Date }>(
    `select distinct on (a.position, a.type) a.position::float8 as position, a.type, a.actor, a.data, a.created_at as at
     from unnest($2::bigint[]) as k (id) cross join lateral (
       select position, type, actor, data, created_at from activity
       where generation = $1 and key_id = k.id and ($3::text is null or type = $3) order by position desc limit $4
     ) a
     order by a.position desc, a.type limit $4`,
    [generation, keyIds, type ?? null, most],
  )
  const items = rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> }))
  const people = await readPeople(pool, items.flatMap(({ actor, data }) => [actor, assigneeOf(data)]))
  return items.map(({ position, type, actor, data, at }) => {
    const assignee = people.get(assigneeOf(data) ?? '')
    return {
      id: String(position),
      type,
      user: (actor !== null && people.get(actor)) || null,
      // As Sentry names them: a list is read without asking for each person.
      data: assignee ? { ...data, assigneeName: assignee.name, assigneeEmail: assignee.email } : data,
      dateCreated: at.toISOString(),
    }
  })
}

const assigneeOf = ({ assignee }: Record<string, unknown>): string | null => (typeof assignee === 'string' ? assignee : null)
