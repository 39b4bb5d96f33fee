// The one statement that appends envelopes (architecture 3): it takes positions from the locked head row, so commit order
// is position order and numbers have no gaps. All payloads travel as one binary parameter: node-postgres would send a
// bytea[] as hex text, twice the bytes at half the speed. A batch can have an id, which the log takes only once: who never
// got the answer to an append asks `findBatches`, and may append again.

import type pg from 'pg'
import type { Encoding, EnvelopeType, RequestMeta } from '../../core/fact.ts'
import { storableText } from '../../core/text.ts'

export type NewEnvelope = {
  /** Null: of the installation (`outcomes.recorded`). */
  projectId: number | null
  type: EnvelopeType
  /** The key it came in by, `key:3`. */
  actor: string
  /** A valid IPv4 or IPv6 address. */
  remoteAddr: string | null
  sdk: string | null
  /** The answered event id, 32 hex digits. */
  eventId: string | null
  meta: RequestMeta
  encoding: Encoding
  payload: Uint8Array
  /** When it came, where that was before the append: it waited in the spool. */
  recordedAt?: Date
}

export type AppendOptions = {
  /** UUIDs by index: that of a batch at its first envelope, null at the others. The rest of the list may be missing. */
  ids?: readonly (string | null)[]
  /** After this long the append rejects; whether it was committed is then open. */
  timeoutMs?: number
}

/** Envelope partitions hold this many positions each. */
export const partitionSize = 1_000_000

const statement = `
with head as (
  update log_head set position = position + $1::int returning position - $1::int as base
)
insert into log (position, kind, recorded_at, project_id, type, actor, command_id, remote_addr, sdk, event_id, meta, encoding, payload)
select head.base + e.ord, 'e', coalesce(e.recorded_at, clock_timestamp()), e.project_id, e.type, e.actor, e.command_id, e.remote_addr::inet,
       e.sdk, e.event_id::uuid, e.meta, e.encoding::"char", substring($10::bytea from e.start for e.length)
from head,
     unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $11::int[], $12::int[], $13::uuid[], $14::timestamptz[])
       with ordinality as e (project_id, type, actor, remote_addr, sdk, event_id, meta, encoding, start, length, command_id, recorded_at, ord)
order by e.ord
returning position`

/** Appends in one transaction and returns the positions in the order given. Rejects when nothing was stored, or when that is open: `isDataError`, `isRepeated`. */
export async function appendEnvelopes(pool: pg.Pool, envelopes: readonly NewEnvelope[], { ids = [], timeoutMs }: AppendOptions = {}): Promise<number[]> {
  const lengths = envelopes.map((envelope) => envelope.payload.byteLength)
  let end = 1 // Postgres counts bytes from 1
  const starts = lengths.map((length) => (end += length) - length)
  const query = {
    name: 'append_envelopes',
    text: statement,
    query_timeout: timeoutMs,
    values: [
      envelopes.length,
      envelopes.map((envelope) => envelope.projectId),
      envelopes.map((envelope) => envelope.type),
      envelopes.map((envelope) => envelope.actor),
      envelopes.map((envelope) => envelope.remoteAddr),
      envelopes.map(({ sdk }) => sdk && storableText(sdk)), // a header or query string can carry NUL and half pairs
      envelopes.map((envelope) => envelope.eventId),
      envelopes.map((envelope) => JSON.stringify(envelope.meta)), // escapes NUL and lone surrogates
      envelopes.map((envelope) => envelope.encoding),
      Buffer.concat(envelopes.map((envelope) => envelope.payload)),
      starts,
      lengths,
      ids, // unnest fills what is missing in the shorter lists with null
      envelopes.some((envelope) => envelope.recordedAt) ? envelopes.map((envelope) => envelope.recordedAt) : [],
    ],
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await pool.query<{ position: string }>(query)
      return rows.map((row) => Number(row.position))
    } catch (error) {
      if (attempt > 1 || !isMissingPartition(error)) throw error
      await makePartitions(pool) // that one, and the one after it
    }
  }
}

/** Which of these batches the log has: the positions of their first envelopes, by id. */
export async function findBatches(pool: pg.Pool, ids: readonly string[], timeoutMs?: number): Promise<Map<string, number>> {
  const query = { text: `select command_id, position from log where kind = 'e' and command_id = any($1::uuid[])`, values: [ids], query_timeout: timeoutMs }
  const { rows } = await pool.query<{ command_id: string; position: string }>(query)
  return new Map(rows.map((row) => [row.command_id, Number(row.position)]))
}

/** What was to be stored is at fault, and always will be: class 22, 23 or 54. Any other error says that the database cannot store at the moment. */
export function isDataError(error: unknown): boolean {
  return /^(?:22|23|54)/.test(sqlError(error).code ?? '') && !isMissingPartition(error) && !isRepeated(error)
}

/** The log has one of the batches already. */
export function isRepeated(error: unknown): boolean {
  const { code, constraint } = sqlError(error)
  return code === '23505' && constraint?.endsWith('_command') === true
}

/** The code is that of a check that failed, but none is named. */
function isMissingPartition(error: unknown): boolean {
  const { code, constraint } = sqlError(error)
  return code === '23514' && constraint === undefined
}

function sqlError(error: unknown): { code?: string; constraint?: string } {
  return error as { code?: string; constraint?: string }
}

/** Makes the partition that the head is in and the next one, where missing. Called ahead of need by a schedule, and on demand. Returns how many were made. */
export async function makePartitions(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ position: string }>('select position from log_head')
  const first = Math.floor((Number(rows[0]!.position) + 1) / partitionSize) * partitionSize
  let made = 0
  for (const start of [first, first + partitionSize]) {
    const answer = await pool.query<{ made: boolean }>('select log_make_partition($1, $2) as made', [start, partitionSize])
    if (answer.rows[0]!.made) made++
  }
  return made
}
