// Reads facts from the log in position order: for the fold a bounded page after the checkpoint, for the event page one.

import type pg from 'pg'
import { storableText } from '../core/text.ts'
import type { Encoding, Fact, FactKind, RequestMeta } from '../core/fact.ts'

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

type FactRow = {
  position: string; kind: FactKind; recorded_at: Date; project_id: number | null; type: string; version: number; stream: string | null
  actor: string | null; command_id: string | null; remote_addr: string | null; event_id: string | null; meta: string | null; encoding: Encoding; payload: Buffer
}

const columns = `position, kind, recorded_at, project_id, type, version, stream, actor, command_id, host(remote_addr) as remote_addr, replace(event_id::text, '-', '') as event_id, meta, encoding, payload`

/** At most `limit` facts and about `maxBytes` of payload, but at least one. Positions have no gaps, so a range is a page. */
export async function readFacts(db: Queryable, after: number, limit: number, maxBytes: number): Promise<Fact[]> {
  const sizes = await db.query<{ position: string; bytes: number }>(
    `select position, octet_length(payload) as bytes from log where position > $1 and position <= $1 + $2 order by position`,
    [after, limit],
  )
  let bytes = 0
  let last = after
  for (const row of sizes.rows) {
    bytes += row.bytes
    if (bytes > maxBytes && last > after) break
    last = Number(row.position)
  }
  if (last === after) return []
  const { rows } = await db.query<FactRow>({ name: 'read_facts', text: `select ${columns} from log where position > $1 and position <= $2 order by position`, values: [after, last] })
  return rows.map(toFact)
}

/** The fact at a position, if it is of this project. */
export async function readFact(db: Queryable, projectId: number, position: number): Promise<Fact | null> {
  const { rows } = await db.query<FactRow>(`select ${columns} from log where position = $1 and project_id = $2`, [position, projectId])
  return rows[0] ? toFact(rows[0]) : null
}

function toFact(row: FactRow): Fact {
  return {
    position: Number(row.position),
    kind: row.kind,
    recordedAt: row.recorded_at,
    projectId: row.project_id,
    type: row.type,
    version: row.version,
    stream: row.stream,
    actor: row.actor,
    commandId: row.command_id,
    remoteAddr: row.remote_addr,
    eventId: row.event_id,
    meta: row.meta === null ? {} : readMeta(row.meta),
    encoding: row.encoding,
    payload: row.payload,
  }
}

/** A query string can carry NUL and half pairs, which JSON text escapes: they end here, before a table would refuse them. */
function readMeta(text: string): RequestMeta {
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return JSON.parse(text) as RequestMeta
  return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value)) as RequestMeta
}
