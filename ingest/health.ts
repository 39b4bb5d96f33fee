// Whether what comes in is stored, for operators and their monitors: `/_health/` for anybody in one word, also without a database;
// `GET /api/0/internal/health/` with numbers.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Health } from '../core/contract/server.ts'
import type { Storage } from './log/storage.ts'

export type HealthDeps = { pool: Pool; storage: Storage }

export function registerHealth(app: FastifyInstance, { pool, storage }: HealthDeps): void {
  // Either word is a 200: what is sent is kept.
  app.get('/_health/', async (_request, reply) => reply.type('text/plain').send(storage.status().mode === 'direct' ? 'ok' : 'spooling'))

  app.get('/api/0/internal/health/', async (): Promise<Health> => {
    const { rows } = await pool.query<{ position: number; folded: number; parked: number }>(
      `select (select position from log_head)::float8 as position, (select position from checkpoint where name = 'main')::float8 as folded, (select count(*) from parked)::int as parked`,
    )
    return { intake: storage.status(), ...rows[0]! }
  })
}
