// Decisions about projects are taken one at a time: a slug must differ from all others, and no single stream sees them all.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'

const pauseMs = 20
const patienceMs = 5000

/** Throws `unavailable` after 5 s. Who waits holds no connection: the one who works needs a second one from the same pool. */
export async function withProjectsLocked<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_xact_lock(hashtext('refold.projects')) as locked`)
      if (rows[0]!.locked) return await work()
    } finally {
      await client.query('rollback').then(
        () => client.release(),
        (error: Error) => client.release(error),
      )
    }
    await sleep(pauseMs)
  }
  throw new ApiError('unavailable')
}
