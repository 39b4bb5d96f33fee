// Tag values: of one issue by how often or how late they came, of whole projects by their first letters, releases by how new they are.

import type { Pool, PoolClient } from 'pg'
import type { TagValue } from '../../core/contract/tag.ts'
import { escapeLike } from '../parameters.ts'
import type { Cursor } from '../paging.ts'
import type { ValueCursor } from './value-cursor.ts'

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** `number`: what the list is sorted by, whole. */
export type ValueRow = { value: string; number: string; events: number; firstSeen: Date; lastSeen: Date }
export type ValueOrder = 'count' | 'date'

const countedKeys = 1_000

export function presentValue(key: string, { value, events, firstSeen, lastSeen }: ValueRow): TagValue {
  return { key, name: value, value, count: events, firstSeen: firstSeen.toISOString(), lastSeen: lastSeen.toISOString() }
}

/** At most `limit` values of a tag over the keys of an issue, away from the cursor; `text` must occur in them, in any case. */
export async function listIssueValues(db: Queryable, generation: number, keyIds: readonly number[], tag: string, text: string, order: ValueOrder, cursor: ValueCursor | undefined, limit: number): Promise<ValueRow[]> {
  const number = order === 'count' ? 'sum(events)::bigint' : '(extract(epoch from max(last_seen)) * 1000000)::bigint'
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const { rows } = await db.query<ValueRow>(
    `with summed as (
       select value, ${number} as number, sum(events) as events, min(first_seen) as first_seen, max(last_seen) as last_seen
       from issue_tag where generation = $1 and key_id = any($2) and tag = $3 and value ilike $4 group by value
     )
     select value, number::text as number, events::float8 as events, first_seen as "firstSeen", last_seen as "lastSeen" from summed
     where $5::bigint is null or (number, value collate "C") ${beyond} ($5, $6 collate "C") order by number ${direction}, value collate "C" ${direction} limit $7`,
    [generation, keyIds, tag, `%${escapeLike(text)}%`, cursor?.number ?? null, cursor?.value ?? '', limit],
  )
  return rows
}

/**
 * Values that begin with `start`, in the order of bytes, at most `limit` behind `after`. Each costs one step along the index, however many
 * issues have it. Of a value of more than 1,000 keys only so many are counted.
 */
export async function listValues(db: Queryable, generations: readonly number[], tag: string, start: string, after: string | undefined, limit: number): Promise<ValueRow[]> {
  const { rows } = await db.query<ValueRow>(
    `with found as (
       select distinct each.value collate "C" as value from unnest($1::bigint[]) as g (id) cross join lateral (
         with recursive each (value) as (
           (select t.value collate "C" from issue_tag t where t.generation = g.id and t.tag = $2 and t.value collate "C" >= $3 and ($4::text is null or t.value collate "C" > $4) order by t.value collate "C" limit 1)
           union all
           select (select t.value collate "C" from issue_tag t where t.generation = g.id and t.tag = $2 and t.value collate "C" > each.value order by t.value collate "C" limit 1) from each where each.value is not null
         )
         select value from each where value is not null and value < $3 || U&'\\+10FFFF' limit $5
       ) each order by 1 limit $5
     )
     select found.value, '0' as number, c.events::float8 as events, c.first_seen as "firstSeen", c.last_seen as "lastSeen"
     from found cross join lateral (
       select sum(events) as events, min(first_seen) as first_seen, max(last_seen) as last_seen from (
         select t.events, t.first_seen, t.last_seen from issue_tag t where t.generation = any($1) and t.tag = $2 and t.value collate "C" = found.value limit $6
       ) as counted
     ) c order by found.value`,
    [generations, tag, start, after ?? null, limit, countedKeys],
  )
  return rows
}

/** Versions that begin with `start`, those that appeared last first, at most `limit` away from the cursor. `number`: position of the fact they appeared with. */
export async function listReleaseValues(db: Queryable, projects: readonly number[], start: string, cursor: Cursor | undefined, limit: number): Promise<ValueRow[]> {
  const [direction, beyond] = cursor?.backward ? ['asc', '>'] : ['desc', '<']
  const { rows } = await db.query<ValueRow>(
    `select r.version as value, r.first_position::text as number, r.events::float8 as events, coalesce(r.first_event, r.created_at) as "firstSeen", coalesce(r.last_event, r.created_at) as "lastSeen"
     from unnest($1::int[]) as p (id) cross join lateral (
       select version, first_position, events, first_event, last_event, created_at from release
       where project_id = p.id and version like $2 and ($3::bigint is null or first_position ${beyond} $3) order by first_position ${direction} limit $4
     ) r order by r.first_position ${direction} limit $4`,
    [projects, `${escapeLike(start)}%`, cursor?.value ?? null, limit],
  )
  return rows
}

/** Names of all tags that some issue has, in the order of bytes. */
export async function listTagKeys(db: Queryable, generations: readonly number[]): Promise<string[]> {
  const { rows } = await db.query<{ tag: string }>(
    `select distinct each.tag collate "C" as tag from unnest($1::bigint[]) as g (id) cross join lateral (
       with recursive each (tag) as (
         (select t.tag from issue_tag t where t.generation = g.id order by t.tag limit 1)
         union all
         select (select t.tag from issue_tag t where t.generation = g.id and t.tag > each.tag order by t.tag limit 1) from each where each.tag is not null
       )
       select tag from each where tag is not null limit 1000
     ) each order by 1`,
    [generations],
  )
  return rows.map(({ tag }) => tag)
}
