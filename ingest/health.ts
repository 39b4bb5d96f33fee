// Whether what comes in is stored, for operators and their monitors: in one word for anybody, also without a database; with numbers for
// who may read the organization; and as metrics for Prometheus (metrics.ts).

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Health } from '../core/contract/server.ts'
import type { Storage } from './log/storage.ts'

export type HealthDeps = { pool: Pool; storage: Pick<Storage, 'status'> }

export function registerHealth(app: FastifyInstance, { pool, storage }: HealthDeps): void {
  // Either word is a 200: what is sent is kept.
  app.get('/_health/', async (_request, reply) => reply.type('text/plain').send(storage.status().mode === 'direct' ? 'ok' : 'spooling'))

  // For an orchestrator: restart what is not alive, send nobody to what is not ready. SDKs are served all the same: there is a spool.
  app.get('/health/live', async (_request, reply) => reply.type('text/plain').send('alive'))
  app.get('/health/ready', async (_request, reply) => {
    const ready = await pool.query('select 1').then(() => true, () => false)
    return reply.code(ready ? 200 : 503).type('text/plain').send(ready ? 'ready' : 'the database cannot be reached')
  })

  app.get('/api/0/internal/health/', async (): Promise<Health> => ({ intake: storage.status(), ...(await readProgress(pool)) }))
}

export type Progress = { position: number; folded: number; parked: number }

/** How far the log is, how far it is folded, and how many facts could not be. */
export async function readProgress(pool: Pool): Promise<Progress> {
  const { rows } = await pool.query<Progress>(
    `select (select position from log_head)::float8 as position, (select position from checkpoint where name = 'main')::float8 as folded, (select count(*) from parked)::int as parked`,
  )
  return rows[0]!
}
