// Reads of what became of what came: the newest of each kind, and sums over time.

import type { Pool } from 'pg'
import type { Outcome as OutcomeName } from '../../core/outcome.ts'
import { newestOfProject } from '../events/newest.ts'

export type AcceptedRow = { eventId: string; receivedAt: Date; title: string; sdk: string | null; issue: number | null }

/** The newest accepted events of a project. */
export async function listAccepted(pool: Pool, project: number, generation: number, limit: number): Promise<AcceptedRow[]> {
  const { rows } = await pool.query<AcceptedRow>(
    `select replace(e.event_id::text, '-', '') as "eventId", e.received_at as "receivedAt", e.title, e.sdk, k.issue_id::float8 as issue
     from (select event_id, position, received_at, title, sdk from ${newestOfProject} limit $3) e
     left join event_key ek on ek.generation = $2 and ek.position = e.position
     left join issue_key k on k.generation = $2 and k.id = ek.key_id
     order by e.position desc`,
    [project, generation, limit],
  )
  return rows
}

export type LatestRow = {
  category: string; outcome: OutcomeName; reason: string; quantity: number; detail: string | null; sdk: string | null; eventId: string | null; lastSeen: Date
}

/** The newest of each kind that is not `accepted`; with `since` only those that changed at or after that position. */
export async function listLatest(pool: Pool, project: number, limit: number, since = 0): Promise<LatestRow[]> {
  const { rows } = await pool.query<LatestRow>(
    `select category, outcome, reason, quantity::float8 as quantity, detail, sdk, replace(event_id::text, '-', '') as "eventId", last_seen as "lastSeen"
     from latest_outcome where project_id = $1 and position >= $3 order by last_seen desc, category, outcome, reason limit $2`,
    [project, limit, since],
  )
  return rows
}

export const groupings = ['outcome', 'category', 'reason', 'project'] as const
export type Grouping = (typeof groupings)[number]
export type StatsFilter = { projects: readonly number[]; category: string | null; outcome: string | null; reason: string | null }
export type StatsRow = { outcome: string; category: string; reason: string; project: number; unix: number; quantity: number }

/** Sums per bucket of `interval` ('hour' or 'day', UTC) from `from` to `to`; columns that are not grouped by come as ''. */
export async function sumOutcomes(pool: Pool, filter: StatsFilter, groupBy: readonly Grouping[], interval: 'hour' | 'day', from: Date, to: Date): Promise<StatsRow[]> {
  const { rows } = await pool.query<StatsRow>(
    `select case when $6 then outcome else '' end as outcome, case when $7 then category else '' end as category, case when $8 then reason else '' end as reason,
       case when $9 then project_id else 0 end as project, extract(epoch from date_trunc($10, hour, 'UTC'))::float8 as unix, sum(count)::float8 as quantity
     from outcome_hour
     where project_id = any($1) and ($2::text is null or category = $2) and ($3::text is null or outcome = $3) and ($11::text is null or reason = $11)
       and hour >= $4 and hour < $5
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    [
      filter.projects, filter.category, filter.outcome, from, to,
      groupBy.includes('outcome'), groupBy.includes('category'), groupBy.includes('reason'), groupBy.includes('project'), interval, filter.reason,
    ],
  )
  return rows
}
