// Appends what people and jobs decide: optimistic on the streams, idempotent by command id. Rare beside envelopes, so
// plain statements in one transaction that holds the head row, which makes the check and the append one step.

import type pg from 'pg'
import { streamOf, type Decision } from '../../core/decisions.ts'
import { inTransaction } from './transaction.ts'

export type DecisionRequest = {
  /** Appended together or not at all. At least one. */
  decisions: Decision[]
  actor: string
  /** A UUID chosen by the client: a second request with it appends nothing and gets the first one's position. */
  commandId?: string | undefined
  /** The streams that the caller decided on, each with its last position then; 0 = none. All must be as they were. */
  expected?: readonly Expectation[] | undefined
}

export type Expectation = { stream: string; position: number }

export type DecisionAnswer = { position: number; repeated: boolean } | { conflict: true; position: number }

/** `position` is that of the last decision of the request; on a conflict, the present last position of the first stream that has moved. */
export function appendDecisions(pool: pg.Pool, request: DecisionRequest): Promise<DecisionAnswer> {
  return inTransaction(pool, (client) => appendDecisionsWithin(client, request))
}

/** The same in the caller's transaction. Nobody else appends until that ends, so call it last. */
export async function appendDecisionsWithin(client: pg.PoolClient, request: DecisionRequest): Promise<DecisionAnswer> {
  const head = await client.query<{ position: string }>('select position from log_head for update')
  return appendLocked(client, Number(head.rows[0]!.position), request)
}

async function appendLocked(client: pg.PoolClient, head: number, request: DecisionRequest): Promise<DecisionAnswer> {
  const { decisions, actor, commandId, expected = [] } = request
  if (commandId !== undefined) {
    const earlier = await client.query<{ position: string | null }>(`select max(position) as position from log where kind = 'd' and command_id = $1`, [commandId])
    const position = earlier.rows[0]!.position
    if (position !== null) return { position: Number(position), repeated: true }
  }
  const moved = await findMoved(client, expected)
  if (moved !== undefined) return { conflict: true, position: moved }
  // All at once: nobody else appends meanwhile. JSON text holds no NUL.
  await client.query(
    `insert into log (position, kind, project_id, type, stream, actor, command_id, encoding, payload)
     select $1 + d.ord, 'd', d.project_id, d.type, d.stream, $2, $3, 'n', convert_to(d.payload, 'UTF8')
     from unnest($4::int[], $5::text[], $6::text[], $7::text[]) with ordinality as d (project_id, type, stream, payload, ord)`,
    [head, actor, commandId ?? null, decisions.map(projectOf), decisions.map(({ type }) => type), decisions.map(streamOf), decisions.map(({ data }) => JSON.stringify(data))],
  )
  const position = head + decisions.length
  await client.query('update log_head set position = $1', [position])
  return { position, repeated: false }
}

/** The position of the last decision on a stream, 0 when there is none: what `expected` compares with. */
export function streamPosition(pool: pg.Pool, stream: string): Promise<number> {
  return lastPosition(pool, stream)
}

/** Where the first of these streams is that is not where it was. */
async function findMoved(client: pg.PoolClient, expected: readonly Expectation[]): Promise<number | undefined> {
  if (expected.length === 0) return undefined
  const { rows } = await client.query<{ position: number }>(
    `select now.position::float8 as position from unnest($1::text[], $2::bigint[]) with ordinality as e (stream, position, ord)
     cross join lateral (select coalesce(max(position), 0) as position from log where kind = 'd' and stream = e.stream) now
     where now.position <> e.position order by e.ord limit 1`,
    [expected.map(({ stream }) => stream), expected.map(({ position }) => position)],
  )
  return rows[0]?.position
}

async function lastPosition(client: pg.Pool | pg.PoolClient, stream: string): Promise<number> {
  const { rows } = await client.query<{ position: string }>(`select coalesce(max(position), 0) as position from log where kind = 'd' and stream = $1`, [stream])
  return Number(rows[0]!.position)
}

/** Null for what is the organization's: members, tokens, quotas, and releases, which may be of several projects. */
function projectOf({ data }: Decision): number | null {
  if ('project' in data) return data.project
  return 'id' in data ? data.id : null
}
