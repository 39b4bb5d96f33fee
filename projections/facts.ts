// Reads facts from the log in position order: for the fold a bounded page after the checkpoint, for the event page one.

import type pg from 'pg'
import { storableText } from '../core/text.ts'
import type { Fact, RequestMeta } from '../core/fact.ts'

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>

type FactRow = Omit<Fact, 'position' | 'meta' | 'payload'> & { position: string; meta: string | null; payload: string }

// node-postgres reads answers as text, and a bytea as text is hex: base64 is a third shorter and decodes twice as fast.
const columns = `position, kind, recorded_at as "recordedAt", project_id as "projectId", type, version, stream, actor, command_id as "commandId",
  host(remote_addr) as "remoteAddr", replace(event_id::text, '-', '') as "eventId", meta, encoding, encode(payload, 'base64') as payload`

/** At most `limit` facts; those after the one whose payload passes `maxBytes` wait. Positions have no gaps, so a range is a page. */
export async function readFacts(db: Queryable, after: number, limit: number, maxBytes: number): Promise<Fact[]> {
  const { rows } = await db.query<FactRow>({
    name: 'read_facts',
    text: `select ${columns} from log where position > $1 and position <= (
             select max(position) from (
               select position, sum(octet_length(payload)) over (order by position) - octet_length(payload) as before from log where position > $1 and position <= $2
             ) as size where before < $3
           ) order by position`,
    values: [after, after + limit, maxBytes],
  })
  return rows.map(toFact)
}

/** Of one project: its decisions and the events that count, but for what is parked; at most `limit`, after `after` and up to `upTo`, bounded as readFacts. */
export async function readProjectFacts(db: Queryable, projectId: number, after: number, upTo: number, limit: number, maxBytes: number): Promise<Fact[]> {
  const { rows } = await db.query<FactRow>({
    name: 'read_project_facts',
    text: `with page as (
             (select position from event where project_id = $1 and position > $2 and position <= $3 order by position limit $4)
             union all
             (select d.position from log d where d.kind = 'd' and d.project_id = $1 and d.position > $2 and d.position <= $3
                and not exists (select 1 from parked p where p.position = d.position) order by d.position limit $4)
             order by position limit $4
           ), sized as (
             select l.position, sum(octet_length(l.payload)) over (order by l.position) - octet_length(l.payload) as before from page join log l on l.position = page.position
           )
           select ${columns} from log where position = any(array(select position from sized where before < $5)) order by position`,
    values: [projectId, after, upTo, limit, maxBytes],
  })
  return rows.map(toFact)
}

/** Those of these facts that are of this project, newest first; those before the one whose payload passes `maxBytes` are left out. */
export async function readFactsAt(db: Queryable, projectId: number, positions: readonly number[], maxBytes: number): Promise<Fact[]> {
  const { rows } = await db.query<FactRow>({
    name: 'read_facts_at',
    text: `with sized as (
             select position, sum(octet_length(payload)) over (order by position desc) - octet_length(payload) as newer from log where position = any($2::bigint[]) and project_id = $1
           )
           select ${columns} from log where position = any(array(select position from sized where newer < $3)) order by position desc`,
    values: [projectId, positions, maxBytes],
  })
  return rows.map(toFact)
}

/** The fact at a position, if it is of this project. */
export async function readFact(db: Queryable, projectId: number, position: number): Promise<Fact | null> {
  const { rows } = await db.query<FactRow>(`select ${columns} from log where position = $1 and project_id = $2`, [position, projectId])
  return rows[0] ? toFact(rows[0]) : null
}

function toFact({ position, meta, payload, ...row }: FactRow): Fact {
  return { ...row, position: Number(position), meta: meta === null ? {} : readMeta(meta), payload: Buffer.from(payload, 'base64') }
}

/** A query string can carry NUL and half pairs, which JSON text escapes: they end here, before a table would refuse them. */
function readMeta(text: string): RequestMeta {
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return JSON.parse(text) as RequestMeta
  return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value)) as RequestMeta
}
