// Reads of what users wrote, of a project or of one issue, newest first.

import type { Pool } from 'pg'
import type { Attachment, UserFeedback } from '../../core/contract/intake.ts'
import { formatShortId } from '../../core/shortid.ts'
import { listAttachments } from '../attachments/queries.ts'
import type { Cursor } from '../paging.ts'

export type FeedbackRow = {
  feedbackId: string; position: number; eventId: string | null; ownId: string; name: string; email: string; message: string; url: string; source: string; createdAt: Date
  issue: number | null; issueTitle: string | null
}

type Project = { id: number; slug: string; generation: number }

const columns = `f.feedback_id as "feedbackId", f.position::float8 as position, replace(f.event_id::text, '-', '') as "eventId", replace(f.own_id::text, '-', '') as "ownId",
  f.name, f.email, f.message, f.url, f.source, f.created_at as "createdAt", i.id::float8 as issue, i.title as "issueTitle"`
const joins = `left join event e on e.project_id = f.project_id and e.event_id = f.event_id
  left join event_key m on m.generation = $2 and m.position = e.position
  left join issue_key k on k.generation = m.generation and k.id = m.key_id
  left join issue i on i.generation = k.generation and i.id = k.issue_id`

/** One row more than `limit`, away from the cursor (paging.ts). */
export async function listFeedback(pool: Pool, { id, generation }: Project, cursor: Cursor | undefined, limit: number): Promise<FeedbackRow[]> {
  const backward = cursor?.backward ?? false
  const { rows } = await pool.query<FeedbackRow>(
    `select ${columns} from feedback f ${joins}
     where f.project_id = $1 and ($3::bigint is null or case when $4 then f.position > $3 else f.position < $3 end)
     order by case when $4 then f.position end, f.position desc limit $5`,
    [id, generation, cursor?.value ?? null, backward, limit + 1],
  )
  return rows
}

export async function listIssueFeedback(pool: Pool, { id, generation }: Project, keyIds: readonly number[], limit: number): Promise<FeedbackRow[]> {
  const { rows } = await pool.query<FeedbackRow>(
    `select ${columns} from feedback f ${joins} where f.project_id = $1 and k.id = any($3) order by f.position desc limit $4`,
    [id, generation, keyIds, limit],
  )
  return rows
}

export async function countIssueFeedback(pool: Pool, { id, generation }: Pick<Project, 'id' | 'generation'>, keyIds: readonly number[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from feedback f
     join event e on e.project_id = f.project_id and e.event_id = f.event_id
     join event_key m on m.generation = $2 and m.position = e.position
     where f.project_id = $1 and m.key_id = any($3)`,
    [id, generation, keyIds],
  )
  return rows[0]!.count
}

/** With the files that came with each. */
export async function presentFeedback(pool: Pool, { id, slug }: Project, rows: readonly FeedbackRow[]): Promise<UserFeedback[]> {
  const files = await listAttachments(pool, id, rows.filter((row) => row.feedbackId.startsWith('feedback:')).map((row) => row.ownId))
  const filesOf = (ownId: string): Attachment[] => files.filter((file) => file.event_id === ownId)
  return rows.map((row) => ({
    id: row.feedbackId, name: row.name, email: row.email, comments: row.message, url: row.url, source: row.source, dateCreated: row.createdAt.toISOString(), eventID: row.eventId,
    issue: row.issue === null ? null : { id: String(row.issue), shortId: formatShortId(slug, row.issue), title: row.issueTitle ?? '' },
    attachments: row.feedbackId.startsWith('feedback:') ? filesOf(row.ownId) : [],
  }))
}
