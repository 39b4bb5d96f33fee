// The rows behind projections/counts/reducer.ts. One statement per table; rows sorted, so that two writers never deadlock.

import type pg from 'pg'
import type { Decoded } from '../decode/decode.ts'
import { keyName, type IssuesState } from '../issues/reducer.ts'
import { userName, type CountsState } from './reducer.ts'

/** Loads which of the batch's users each key has already. Keys that do not exist yet have none. */
export async function loadCounts(client: pg.PoolClient, batch: readonly Decoded[], generationOf: (projectId: number) => number | undefined, { keys }: Pick<IssuesState, 'keys'>): Promise<CountsState> {
  const asked = new Map<string, { generation: number; keyId: number; value: string }>()
  for (const { fact, event } of batch) {
    const generation = fact.projectId === null ? undefined : generationOf(fact.projectId)
    if (!event || event.summary.userTag === null || generation === undefined) continue
    const key = keys.get(keyName(generation, event.grouping.key))
    if (key) asked.set(userName(generation, key.id, event.summary.userTag), { generation, keyId: key.id, value: event.summary.userTag })
  }
  const users = [...asked.values()]
  // `limit` keeps the planner at one index look-up per user: without statistics it reads the whole table (a quarter of the fold).
  const { rows } = await client.query<{ generation: number; keyId: number; value: string }>({
    name: 'load_users',
    text: `select a.generation::float8 as generation, a.key_id::float8 as "keyId", a.value
           from unnest($1::bigint[], $2::bigint[], $3::text[]) as a (generation, key_id, value)
           cross join lateral (
             select from issue_tag t where t.generation = a.generation and t.key_id = a.key_id and t.tag = 'user' and t.value = a.value limit 1
           ) t`,
    values: [users.map((row) => row.generation), users.map((row) => row.keyId), users.map((row) => row.value)],
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

export async function saveCounts(client: pg.PoolClient, state: CountsState): Promise<void> {
  const hours = sorted(state.hours)
  if (hours.length > 0) {
    await client.query({
      name: 'save_issue_hours',
      text: `insert into issue_hour as t (generation, key_id, hour, events)
             select generation, key_id, hour, events from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[]) as d (generation, key_id, hour, events)
             on conflict (generation, key_id, hour) do update set events = t.events + excluded.events`,
      values: [hours.map((row) => row.generation), hours.map((row) => row.keyId), hours.map((row) => row.hour), hours.map((row) => row.events)],
    })
  }
  const tags = sorted(state.tags)
  if (tags.length > 0) {
    await client.query({
      name: 'save_issue_tags',
      text: `insert into issue_tag as t (generation, key_id, tag, value, events, first_seen, last_seen)
             select generation, key_id, tag, value, events, first_seen, last_seen
             from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::timestamptz[]) as d (generation, key_id, tag, value, events, first_seen, last_seen)
             on conflict (generation, key_id, tag, value) do update set events = t.events + excluded.events,
               first_seen = least(t.first_seen, excluded.first_seen), last_seen = greatest(t.last_seen, excluded.last_seen)`,
      values: [
        tags.map((row) => row.generation), tags.map((row) => row.keyId), tags.map((row) => row.tag), tags.map((row) => row.value),
        tags.map((row) => row.events), tags.map((row) => row.firstSeen), tags.map((row) => row.lastSeen),
      ],
    })
  }
  const projectHours = sorted(state.projectHours)
  if (projectHours.length > 0) {
    await client.query({
      name: 'save_project_hours',
      text: `insert into project_hour as t (project_id, hour, events)
             select project_id, hour, events from unnest($1::int[], $2::timestamptz[], $3::bigint[]) as d (project_id, hour, events)
             on conflict (project_id, hour) do update set events = t.events + excluded.events`,
      values: [projectHours.map((row) => row.projectId), projectHours.map((row) => row.hour), projectHours.map((row) => row.events)],
    })
  }
  const outcomes = sorted(state.outcomes)
  if (outcomes.length > 0) {
    await client.query({
      name: 'save_outcomes',
      text: `insert into outcome_hour as t (project_id, hour, category, outcome, reason, count)
             select project_id, hour, category, outcome, reason, count
             from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bigint[]) as d (project_id, hour, category, outcome, reason, count)
             on conflict (project_id, hour, category, outcome, reason) do update set count = t.count + excluded.count`,
      values: [
        outcomes.map((row) => row.projectId), outcomes.map((row) => row.hour), outcomes.map((row) => row.category),
        outcomes.map((row) => row.outcome), outcomes.map((row) => row.reason), outcomes.map((row) => row.count),
      ],
    })
  }
  const latest = sorted(state.latest)
  if (latest.length > 0) {
    await client.query({
      name: 'save_latest_outcomes',
      text: `insert into latest_outcome as t (project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen)
             select project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen
             from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::uuid[], $10::timestamptz[])
               as d (project_id, category, outcome, reason, position, quantity, detail, sdk, event_id, last_seen)
             on conflict (project_id, category, outcome, reason) do update set position = excluded.position, quantity = t.quantity + excluded.quantity,
               detail = excluded.detail, sdk = excluded.sdk, event_id = excluded.event_id, last_seen = excluded.last_seen`,
      values: [
        latest.map((row) => row.projectId), latest.map((row) => row.category), latest.map((row) => row.outcome), latest.map((row) => row.reason), latest.map((row) => row.position),
        latest.map((row) => row.quantity), latest.map((row) => row.detail), latest.map((row) => row.sdk), latest.map((row) => row.eventId), latest.map((row) => row.lastSeen),
      ],
    })
  }
}

function sorted<Row>(rows: Map<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
