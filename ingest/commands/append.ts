// The last step of a command: append what was decided. Uses ingest/log.

import type { FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import type { Decision } from '../../core/decisions.ts'
import { appendDecisions } from '../log/decisions.ts'

/** Appends under the projects lock, so no expectation is needed. Returns the last position, or `present` when there is nothing to append. */
export async function appendProjectDecisions(pool: Pool, decisions: Decision[], by: { actor: string; commandId?: string | undefined }, present: number): Promise<number> {
  if (decisions.length === 0) return present
  return (await appendDecisions(pool, { decisions, ...by })).position
}

/** A page that must see its own write asks with `?after=` this position. */
export function setPosition(reply: FastifyReply, position: number): void {
  reply.header('x-refold-position', String(position))
}
