// The last step of a command: append what was decided, on what it was decided on. Uses ingest/log.

import type { FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import type { Decision } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import { appendDecisions, type Expectation } from '../log/decisions.ts'
import { findByCommand } from './store.ts'

/** `generation`: the one that the request names, if any. */
export type By = { actor: string; commandId?: string | undefined; generation?: unknown }

/** `position`: how far the log is known to say what was loaded. */
export type Attempt = { decisions: Decision[]; expected: readonly Expectation[]; position: number }

/** `decisions`: of this request or of an earlier one with its command id (`repeated`); none = nothing had to change. */
export type Appended = { decisions: Decision[]; position: number; repeated: boolean }

/** All merges of a project share a stream, so most races are lost to somebody who did something else. */
const attempts = 10

/** Load, decide, append: optimistic, so all of it anew when somebody was faster. Throws `conflict` after ten lost races. */
export async function appendDecided<Refused extends { refused: string }>(
  pool: Pool,
  { actor, commandId }: By,
  attempt: () => Promise<Attempt | Refused>,
): Promise<Appended | Refused> {
  // Looked up before deciding: what the earlier request did may be folded already, and could not be done again.
  const earlier = commandId === undefined ? [] : await findByCommand(pool, commandId)
  if (earlier.length > 0) return { decisions: earlier.map(({ decision }) => decision), position: earlier.at(-1)!.position, repeated: true }
  for (let count = 1; count <= attempts; count++) {
    const decided = await attempt()
    if (!('decisions' in decided)) return decided
    const { decisions, expected, position } = decided
    if (decisions.length === 0) return { decisions, position, repeated: false }
    const answer = await appendDecisions(pool, { decisions, actor, commandId, expected })
    if (!('conflict' in answer)) return { decisions, ...answer }
  }
  throw new ApiError('conflict')
}

/** Appends under the projects lock, so no expectation is needed. Returns the last position, or `present` when there is nothing to append. */
export async function appendProjectDecisions(pool: Pool, decisions: Decision[], by: { actor: string; commandId?: string | undefined }, present: number): Promise<number> {
  if (decisions.length === 0) return present
  return (await appendDecisions(pool, { decisions, ...by })).position
}

/** A page that must see its own write asks with `?after=` this position. */
export function setPosition(reply: FastifyReply, position: number): void {
  reply.header('x-refold-position', String(position))
}
