// All reads of the web API, and what they have in common: each says which position of the log its answer reflects, and waits for
// one's own write when asked to. main.ts adds them to the server.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Config } from '../core/config.ts'
import { ApiError } from '../core/errors.ts'
import { registerActivityReads } from './activity/routes.ts'
import { readCheckpoint, waitForCheckpoint } from './checkpoint.ts'
import { registerCountReads } from './counts/routes.ts'
import { registerEventReads } from './events/routes.ts'
import { registerIssueReads } from './issues/routes.ts'
import { registerProjectReads } from './projects/routes.ts'

export type ReadDeps = { pool: Pool; config: Config }

const patienceMs = 5000

export function registerReadRoutes(app: FastifyInstance, deps: ReadDeps): void {
  app.addHook('preHandler', async (request, reply) => {
    const after = readPosition((request.query as { after?: unknown }).after ?? request.headers['x-refold-after'])
    if (after > 0 && !(await waitForCheckpoint(deps.pool, after, patienceMs))) throw new ApiError('notYet')
    // Read before the data: the answer reflects at least this position.
    reply.header('x-refold-position', String(await readCheckpoint(deps.pool)))
  })
  registerProjectReads(app, deps)
  registerIssueReads(app, deps)
  registerEventReads(app, deps)
  registerCountReads(app, deps)
  registerActivityReads(app, deps)
}

function readPosition(value: unknown): number {
  if (value === undefined || value === '') return 0
  const position = Number(value)
  if (!Number.isSafeInteger(position) || position < 0) throw new ApiError('badRequest', { fields: { after: ['Use a position: a whole number.'] } })
  return position
}
