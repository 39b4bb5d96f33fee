// What all reads of the web API have in common: each says which position of the log its answer reflects, and waits for one's own
// write when asked to. Every room's routes start with it.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { visibleIds } from '../core/access.ts'
import type { Config } from '../core/config.ts'
import { ApiError } from '../core/errors.ts'
import { readCheckpoint, waitForCheckpoint } from './checkpoint.ts'

export type ReadDeps = { pool: Pool; config: Config }

const patienceMs = 5000

/** As `visibleIds` of the one who asks; nobody sees any project without signing in. */
export function visibleProjects({ viewer }: FastifyRequest): number[] | null {
  return viewer === null ? [] : visibleIds(viewer)
}

/** `?after=` or `X-Refold-After`: the position a write answered. Waits for it at most 5 s, then throws `notYet`. */
export function reflectPosition(app: FastifyInstance, pool: Pool): void {
  app.addHook('preHandler', async (request, reply) => {
    const after = readPosition((request.query as { after?: unknown }).after ?? request.headers['x-refold-after'])
    if (after > 0 && !(await waitForCheckpoint(pool, after, patienceMs))) throw new ApiError('notYet')
    // Read before the data: the answer reflects at least this position.
    reply.header('x-refold-position', String(await readCheckpoint(pool)))
  })
}

function readPosition(value: unknown): number {
  if (value === undefined || value === '') return 0
  const position = Number(value)
  if (!Number.isSafeInteger(position) || position < 0) throw new ApiError('badRequest', { fields: { after: ['Use a position: a whole number.'] } })
  return position
}
