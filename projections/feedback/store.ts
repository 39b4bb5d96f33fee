// What users wrote, the last version of each (protocol 5.5).

import type pg from 'pg'
import { numbers, texts, times } from '../columns.ts'
import type { FoundFeedback } from '../decode/items.ts'

export type FeedbackRow = FoundFeedback & { projectId: number; position: number; createdAt: Date }
/** By project and id. */
export type FeedbackState = { saved: Map<string, FeedbackRow> }

export function foldFeedback(state: FeedbackState, row: FeedbackRow): void {
  state.saved.set(`${row.projectId}:${row.feedbackId}`, row)
}

export async function saveFeedback(client: pg.PoolClient, { saved }: FeedbackState): Promise<void> {
  if (saved.size === 0) return
  const rows = [...saved].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  await client.query({
    name: 'save_feedback',
    text: `insert into feedback (project_id, feedback_id, position, event_id, own_id, name, email, message, url, source, created_at)
           select project_id, feedback_id, position, event_id, own_id, name, email, message, url, source, created_at
           from unnest($1::int[], $2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
             as f (project_id, feedback_id, position, event_id, own_id, name, email, message, url, source, created_at)
           on conflict (project_id, feedback_id) do update set position = excluded.position, event_id = excluded.event_id, own_id = excluded.own_id, name = excluded.name,
             email = excluded.email, message = excluded.message, url = excluded.url, source = excluded.source, created_at = excluded.created_at`,
    values: [
      numbers(rows, (row) => row.projectId), texts(rows, (row) => row.feedbackId), numbers(rows, (row) => row.position), texts(rows, (row) => row.eventId), texts(rows, (row) => row.ownId),
      texts(rows, (row) => row.name), texts(rows, (row) => row.email), texts(rows, (row) => row.message), texts(rows, (row) => row.url), texts(rows, (row) => row.source), times(rows, (row) => row.createdAt),
    ],
  })
}
