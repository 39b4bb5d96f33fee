// Many issues of one project at once, as merging needs them: which issue holds each event that is named, and which keys it has.

import type { Pool } from 'pg'
import { groupingStream } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import type { Configuration } from '../../core/grouping/configuration.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import type { Expectation } from '../log/decisions.ts'
import { waitForGrouping } from './wait-for-grouping.ts'

/** Events of other projects, and short ids of other projects, are missing in `issueOf`. */
export type LoadedIssues = { generation: number; grouping: Configuration; issueOf: Map<number, number>; keysOf: Map<number, string[]>; expected: Expectation[]; position: number }

/** Throws `notFound` when the project is gone, `regrouping` when the fold of a grouping decision takes longer than 5 s. */
export async function loadIssues(pool: Pool, project: number, refs: readonly IssueRef[]): Promise<LoadedIssues> {
  const position = await waitForGrouping(pool, project)
  // In one statement: a merge that is folded in between would leave issues without keys.
  const { rows } = await pool.query<{ generation: number; grouping: Configuration; held: [position: number, issue: number][]; keys: [issue: number, keys: string[]][] }>(
    `with live as (
       select g.id, g.version, g.revision from project p join generation g on g.id = p.generation where p.id = $1
     ), held as (
       select r.position, k.issue_id from live cross join unnest($2::bigint[], $3::text[]) as r (position, slug)
       join event_key ek on ek.generation = live.id and ek.position = r.position
       join issue_key k on k.generation = live.id and k.id = ek.key_id
       where not exists (select 1 from project o where o.slug = r.slug and o.id <> k.project_id)
     ), named as (
       select k.issue_id, json_agg(k.key order by k.id) as keys
       from (select distinct issue_id from held) h join live on true join issue_key k on k.generation = live.id and k.issue_id = h.issue_id group by k.issue_id
     )
     select id::float8 as generation, json_build_object('version', version, 'revision', revision) as grouping,
       (select coalesce(json_agg(json_build_array(position, issue_id)), '[]') from held) as held, (select coalesce(json_agg(json_build_array(issue_id, keys)), '[]') from named) as keys
     from live`,
    [project, refs.map((ref) => ref.position), refs.map((ref) => ref.slug)],
  )
  if (!rows[0]) throw new ApiError('notFound')
  const { generation, grouping, held, keys } = rows[0]
  return { generation, grouping, issueOf: new Map(held), keysOf: new Map(keys), expected: [{ stream: groupingStream(project), position }], position }
}
