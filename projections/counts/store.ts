// The rows behind projections/counts/reducer.ts. One statement per table; rows sorted, so that two writers never deadlock.

import type pg from 'pg'
import { numbers, texts, times } from '../columns.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import type { TargetOf } from '../issues/parts-store.ts'
import { keyName, type IssuesState } from '../issues/reducer.ts'
import { settle } from '../poison.ts'
import { userName, type CountsState, type HourDelta, type LatestOutcome, type OutcomeDelta, type ProjectHourDelta, type TagDelta } from './reducer.ts'

/** Loads which of the batch's users each key has already. Keys that do not exist yet have none. */
export async function loadCounts(client: pg.PoolClient, batch: readonly DecodedGrouped[], targetOf: TargetOf, { keys }: Pick<IssuesState, 'keys'>): Promise<CountsState> {
  const asked = new Map<string, { generation: number; keyId: number; value: string }>()
  for (const { fact, event } of batch) {
    const generation = fact.projectId === null ? undefined : targetOf(fact.projectId)?.generation
    if (!event || event.summary.userTag === null || generation === undefined) continue
    const key = keys.get(keyName(generation, event.grouping.key))
    if (key) asked.set(userName(generation, key.id, event.summary.userTag), { generation, keyId: key.id, value: event.summary.userTag })
  }
  const users = [...asked.values()]
  // `limit` keeps the planner at one index look-up per user: without statistics it reads the whole table (a quarter of the fold). The second
  // comparison is the first in the collation of issue_tag_value: else that index, taken as readily, is read for all users of a generation.
  const { rows } = await client.query<{ generation: number; keyId: number; value: string }>({
    name: 'load_users',
    text: `select a.generation::float8 as generation, a.key_id::float8 as "keyId", a.value
           from unnest($1::bigint[], $2::bigint[], $3::text[]) as a (generation, key_id, value)
           cross join lateral (
             select from issue_tag t
             where t.generation = a.generation and t.key_id = a.key_id and t.tag = 'user' and t.value = a.value and t.value collate "C" = a.value collate "C" limit 1
           ) t`,
    values: [numbers(users, (row) => row.generation), numbers(users, (row) => row.keyId), texts(users, (row) => row.value)],
  })
  return {
    knownUsers: new Set(rows.map((row) => userName(row.generation, row.keyId, row.value))),
    hours: new Map(),
    tags: new Map(),
    projectHours: new Map(),
    outcomes: new Map(),
    latest: new Map(),
  }
}

/** One statement per table, sent together: none waits for the answer to another. */
export async function saveCounts(client: pg.PoolClient, state: CountsState): Promise<void> {
  await settle([
    saveHours(client, sorted(state.hours)),
    saveTags(client, sorted(state.tags).flatMap((tags) => sorted(tags).flatMap((values) => sorted(values)))),
    saveProjectHours(client, sorted(state.projectHours)),
    saveOutcomes(client, sorted(state.outcomes)),
    saveLatest(client, sorted(state.latest)),
  ])
}

async function saveHours(client: pg.PoolClient, hours: HourDelta[]): Promise<void> {
  if (hours.length === 0) return
  await client.query({
    name: 'save_issue_hours',
    text: `insert into issue_hour as t (generation, key_id, hour, events)
           select generation, key_id, hour, events from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[]) as d (generation, key_id, hour, events)
           on conflict (generation, key_id, hour) do update set events = t.events + excluded.events`,
    values: [numbers(hours, (row) => row.generation), numbers(hours, (row) => row.keyId), times(hours, (row) => row.hour), numbers(hours, (row) => row.events)],
  })
}

async function saveTags(client: pg.PoolClient, tags: TagDelta[]): Promise<void> {
  if (tags.length === 0) return
  await client.query({
    name: 'save_issue_tags',
    text: `insert into issue_tag as t (generation, key_id, tag, value, events, first_seen, last_seen)
           select generation, key_id, tag, value, events, first_seen, last_seen
           from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::timestamptz[]) as d (generation, key_id, tag, value, events, first_seen, last_seen)
           on conflict (generation, key_id, tag, value) do update set events = t.events + excluded.events,
             first_seen = least(t.first_seen, excluded.first_seen), last_seen = greatest(t.last_seen, excluded.last_seen)`,
    values: [
      numbers(tags, (row) => row.generation), numbers(tags, (row) => row.keyId), texts(tags, (row) => row.tag), texts(tags, (row) => row.value),
      numbers(tags, (row) => row.events), times(tags, (row) => row.firstSeen), times(tags, (row) => row.lastSeen),
    ],
  })
}

async function saveProjectHours(client: pg.PoolClient, projectHours: ProjectHourDelta[]): Promise<void> {
  if (projectHours.length === 0) return
  await client.query({
    name: 'save_project_hours',
    text: `insert into project_hour as t (project_id, hour, events)
           select project_id, hour, events from unnest($1::int[], $2::timestamptz[], $3::bigint[]) as d (project_id, hour, events)
           on conflict (project_id, hour) do update set events = t.events + excluded.events`,
    values: [numbers(projectHours, (row) => row.projectId), times(projectHours, (row) => row.hour), numbers(projectHours, (row) => row.events)],
  })
}

async function saveOutcomes(client: pg.PoolClient, outcomes: OutcomeDelta[]): Promise<void> {
  if (outcomes.length === 0) return
  await client.query({
    name: 'save_outcomes',
    text: `insert into outcome_hour as t (project_id, hour, category, outcome, reason, count)
           select project_id, hour, category, outcome, reason, count
           from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bigint[]) as d (project_id, hour, category, outcome, reason, count)
           on conflict (project_id, hour, category, outcome, reason) do update set count = t.count + excluded.count`,
    values: [
      numbers(outcomes, (row) => row.projectId), times(outcomes, (row) => row.hour), texts(outcomes, (row) => row.category),
      texts(outcomes, (row) => row.outcome), texts(outcomes, (row) => row.reason), numbers(outcomes, (row) => row.count),
    ],
  })
}

async function saveLatest(client: pg.PoolClient, latest: LatestOutcome[]): Promise<void> {
  if (latest.length === 0) return
  await client.query({
    name: 'save_latest_outcomes',
    text: `insert into latest_outcome as t (project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen)
           select project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen
           from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::uuid[], $10::timestamptz[])
             as d (project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen)
           on conflict (project_id, category, outcome, reason) do update set position = excluded.position, quantity = t.quantity + excluded.quantity,
             detail = excluded.detail, sdk = excluded.sdk, event_id = excluded.event_id, last_seen = excluded.last_seen`,
    values: [
      numbers(latest, (row) => row.projectId), texts(latest, (row) => row.category), texts(latest, (row) => row.outcome), texts(latest, (row) => row.reason), numbers(latest, (row) => row.position),
      numbers(latest, (row) => row.quantity), texts(latest, (row) => row.detail), texts(latest, (row) => row.sdk), texts(latest, (row) => row.eventId), times(latest, (row) => row.lastSeen),
    ],
  })
}

function sorted<Row>(rows: Map<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
