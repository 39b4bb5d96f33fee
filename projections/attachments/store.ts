// Where attachments lie in the log: rows are only added. The bytes stay where they were appended.

import type pg from 'pg'
import { numbers, texts, times } from '../columns.ts'
import type { FoundAttachment } from '../decode/items.ts'

export type AttachmentRow = FoundAttachment & { projectId: number; position: number; eventId: string; createdAt: Date }
export type AttachmentsState = { added: AttachmentRow[] }

export async function saveAttachments(client: pg.PoolClient, { added }: AttachmentsState): Promise<void> {
  if (added.length === 0) return
  await client.query({
    name: 'save_attachments',
    text: `insert into attachment (project_id, position, item, event_id, name, content_type, type, size, created_at)
           select project_id, position, item, event_id, name, content_type, type, size, created_at
           from unnest($1::int[], $2::bigint[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::timestamptz[])
             as a (project_id, position, item, event_id, name, content_type, type, size, created_at)`,
    values: [
      numbers(added, (row) => row.projectId), numbers(added, (row) => row.position), numbers(added, (row) => row.item), texts(added, (row) => row.eventId), texts(added, (row) => row.name),
      texts(added, (row) => row.contentType), texts(added, (row) => row.type), numbers(added, (row) => row.size), times(added, (row) => row.createdAt),
    ],
  })
}
