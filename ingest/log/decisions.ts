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
  for (const { stream, position: decidedOn } of expected) {
    const position = await lastPosition(client, stream)
    if (position !== decidedOn) return { conflict: true, position }
  }
  for (const [index, decision] of decisions.entries()) {
    await client.query(
      `insert into log (position, kind, project_id, type, stream, actor, command_id, encoding, payload)
       values ($1, 'd', $2, $3, $4, $5, $6, 'n', $7)`,
      [head + 1 + index, projectOf(decision), decision.type, streamOf(decision), actor, commandId ?? null, Buffer.from(JSON.stringify(decision.data))],
    )
  }
  const position = head + decisions.length
  await client.query('update log_head set position = $1', [position])
  return { position, repeated: false }
}

/** The position of the last decision on a stream, 0 when there is none: what `expected` compares with. */
export function streamPosition(pool: pg.Pool, stream: string): Promise<number> {
  return lastPosition(pool, stream)
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
