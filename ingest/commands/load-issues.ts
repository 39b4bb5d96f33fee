// Many issues of one project at once, as merging needs them: which issue holds each event that is named, and which keys it has.

import type { Pool } from 'pg'
import { groupingStream } from '../../core/decisions.ts'
import type { Configuration } from '../../core/grouping/configuration.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import type { Expectation } from '../log/decisions.ts'
import { waitForGrouping } from './wait-for-grouping.ts'

/** Events of other projects, and short ids of other projects, are missing in `issueOf`. */
export type LoadedIssues = { generation: number; grouping: Configuration; issueOf: Map<number, number>; keysOf: Map<number, string[]>; expected: Expectation[]; position: number }

/** Throws `regrouping` when the fold of a grouping decision takes longer than 5 s. */
export async function loadIssues(pool: Pool, project: number, refs: readonly IssueRef[]): Promise<LoadedIssues> {
  const position = await waitForGrouping(pool, project)
  const live = await pool.query<{ generation: number; grouping: Configuration }>(
    `select g.id::float8 as generation, json_build_object('version', g.version, 'revision', g.revision) as grouping
     from project p join generation g on g.id = p.generation where p.id = $1`,
    [project],
  )
  const { generation, grouping } = live.rows[0]!
  const held = await pool.query<{ position: number; issue: number }>(
    `select r.position::float8 as position, k.issue_id::float8 as issue
     from unnest($2::bigint[], $3::text[]) as r (position, slug)
     join event_key ek on ek.generation = $1 and ek.position = r.position
     join issue_key k on k.generation = $1 and k.id = ek.key_id
     where not exists (select 1 from project o where o.slug = r.slug and o.id <> k.project_id)`,
    [generation, refs.map((ref) => ref.position), refs.map((ref) => ref.slug)],
  )
  const issueOf = new Map(held.rows.map((row) => [row.position, row.issue]))
  const keys = await pool.query<{ issue: number; keys: string[] }>(
    'select issue_id::float8 as issue, array_agg(key order by id) as keys from issue_key where generation = $1 and issue_id = any($2) group by issue_id',
    [generation, [...new Set(issueOf.values())]],
  )
  return { generation, grouping, issueOf, keysOf: new Map(keys.rows.map((row) => [row.issue, row.keys])), expected: [{ stream: groupingStream(project), position }], position }
}
