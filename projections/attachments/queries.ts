// Reads of what is attached to events.

import type { Pool } from 'pg'
import type { Attachment } from '../../core/contract/intake.ts'

export type AttachmentPlace = { position: number; item: number }
type Row = AttachmentPlace & { eventId: string; name: string; contentType: string; type: string; size: number; createdAt: Date }

const columns = `position::float8 as position, item, replace(event_id::text, '-', '') as "eventId", name, content_type as "contentType", type, size::float8 as size, created_at as "createdAt"`

/** Of these events together, in the order they came. */
export async function listAttachments(pool: Pool, project: number, eventIds: readonly string[]): Promise<Attachment[]> {
  const { rows } = await pool.query<Row>(`select ${columns} from attachment where project_id = $1 and event_id = any($2) order by position, item limit 1000`, [project, eventIds])
  return rows.map(present)
}

export async function findAttachment(pool: Pool, project: number, eventId: string, { position, item }: AttachmentPlace): Promise<Attachment | undefined> {
  const { rows } = await pool.query<Row>(`select ${columns} from attachment where project_id = $1 and event_id = $2 and position = $3 and item = $4`, [project, eventId, position, item])
  return rows[0] && present(rows[0])
}

function present(row: Row): Attachment {
  return {
    id: `${row.position}-${row.item}`, event_id: row.eventId, name: row.name, mimetype: row.contentType, type: row.type, size: row.size, dateCreated: row.createdAt.toISOString(),
  }
}
