// Tags of an issue, kept per key and summed over its keys; what came in of a project per hour.

import type { Pool, PoolClient } from 'pg'
import type { TagFacet } from '../../core/contract/issue.ts'
import { hiddenTagKeys } from '../issues/tag-keys.ts'
import type { HourCount } from './series.ts'

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>
type FacetRow = { tag: string; value: string; events: number; firstSeen: Date; lastSeen: Date; uniqueValues: number; totalValues: number }

/** Every tag, or those named, with its `top` most frequent values; tags by name. */
export async function readTagFacets(db: Queryable, generation: number, keyIds: readonly number[], top: number, tags: readonly string[] | null = null): Promise<TagFacet[]> {
  const { rows } = await db.query<FacetRow>(
    `with summed as (
       select tag, value, sum(events) as events, min(first_seen) as first_seen, max(last_seen) as last_seen
       from issue_tag where generation = $1 and key_id = any($2) and tag <> all($4) and ($5::text[] is null or tag = any($5)) group by tag, value
     ), ranked as (
       select tag, value, events, first_seen, last_seen, row_number() over (partition by tag order by events desc, value) as rank,
         count(*) over (partition by tag) as unique_values, sum(events) over (partition by tag) as total_values
       from summed
     )
     select tag, value, events::float8 as events, first_seen as "firstSeen", last_seen as "lastSeen",
       unique_values::float8 as "uniqueValues", total_values::float8 as "totalValues"
     from ranked where rank <= $3 order by tag, rank`,
    [generation, keyIds, top, [...hiddenTagKeys], tags],
  )
  const facets = new Map<string, TagFacet>()
  for (const { tag, value, events, firstSeen, lastSeen, uniqueValues, totalValues } of rows) {
    const facet = facets.get(tag) ?? { key: tag, name: tag, uniqueValues, totalValues, topValues: [] }
    facet.topValues.push({ value, name: value, count: events, firstSeen: firstSeen.toISOString(), lastSeen: lastSeen.toISOString() })
    facets.set(tag, facet)
  }
  return [...facets.values()]
}

/** Errors that a project was sent with one of these outcomes, per hour. */
export async function readOutcomeHours(db: Queryable, project: number, outcomes: readonly string[], from: Date, to: Date): Promise<HourCount[]> {
  const { rows } = await db.query<HourCount>(
    `select extract(epoch from hour)::float8 as unix, sum(count)::float8 as events from outcome_hour
     where project_id = $1 and hour >= $2 and hour <= $3 and category in ('error', 'security') and outcome = any($4) group by hour`,
    [project, from, to, outcomes],
  )
  return rows
}
