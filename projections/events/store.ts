// The rows behind projections/events/reducer.ts.

import type pg from 'pg'
import { integerLists, numbers, texts, times } from '../columns.ts'
import type { Decoded } from '../decode/decode.ts'
import { eventIdentity, type EventsState } from './reducer.ts'

export async function loadEvents(client: pg.PoolClient, batch: readonly Decoded[]): Promise<EventsState> {
  const asked = batch.filter((item) => item.event !== null)
  const { rows } = await client.query<{ projectId: number; eventId: string }>({
    name: 'load_events',
    text: `select e.project_id as "projectId", replace(e.event_id::text, '-', '') as "eventId"
           from unnest($1::int[], $2::uuid[]) as asked (project_id, event_id) join event e using (project_id, event_id)`,
    values: [numbers(asked, (item) => item.fact.projectId), texts(asked, (item) => item.event!.summary.eventId)],
  })
  return { known: new Set(rows.map((row) => eventIdentity(row.projectId, row.eventId))), added: [] }
}

export async function saveEvents(client: pg.PoolClient, { added }: EventsState): Promise<void> {
  if (added.length === 0) return
  const tags = integerLists(added, (row) => row.tags)
  await client.query({
    name: 'save_events',
    text: `insert into event (project_id, position, event_id, seen_at, received_at, level, title, platform, release, environment, user_tag, sdk, tags)
           select project_id, position, event_id, seen_at, received_at, level, title, platform, release, environment, user_tag, sdk,
             ($15::int[])[first_tag:last_tag]
           from unnest($1::int[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
             $13::int[], $14::int[]) as e (project_id, position, event_id, seen_at, received_at, level, title, platform, release, environment, user_tag, sdk, first_tag, last_tag)`,
    values: [
      numbers(added, (row) => row.projectId), numbers(added, (row) => row.position), texts(added, (row) => row.eventId), times(added, (row) => row.seenAt), times(added, (row) => row.receivedAt),
      texts(added, (row) => row.level), texts(added, (row) => row.title), texts(added, (row) => row.platform), texts(added, (row) => row.release), texts(added, (row) => row.environment),
      texts(added, (row) => row.userTag), texts(added, (row) => row.sdk), tags.first, tags.last, tags.all,
    ],
  })
}
