// Reads whose cost depends on what is asked: none may hold a connection for long.

import type { Pool, PoolClient } from 'pg'
import { ApiError } from '../core/errors.ts'

/**
 * Against two guesses of a planner that cannot know what is searched for: that compiling the plan pays, and that a common word is met soon when
 * a table is read from its start, which may be another project's. There is an index for each.
 */
const settings = 'begin read only; set local statement_timeout = 5000; set local jit = off; set local enable_seqscan = off'

/** One snapshot for all that `read` asks. Throws `searchTooSlow` where a statement takes longer than 5 s. */
export async function readBounded<T>(pool: Pool, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(settings)
    const result = await read(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    await client.query('rollback').then(() => client.release(), (lost: Error) => client.release(lost))
    throw (error as { code?: unknown }).code === '57014' ? new ApiError('searchTooSlow') : error
  }
}
