// The connection of the fold, for whichever thread it runs in (folding.ts, fold-thread.ts).

import pg from 'pg'

/** One connection, pipelined as advance.ts needs it. A connection that is lost is told by the query that needs it. */
export function openFoldPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, pipeline: true, application_name: 'refold fold', connectionTimeoutMillis: 5_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
