// The database that a command works on, migrated, whether a server runs or not.

import { Pool } from 'pg'
import type { Config } from '../core/config.ts'
import { startEmbeddedPostgres } from '../migrations/embedded.ts'
import { migrate } from '../migrations/migrate.ts'
import { loadConfig } from './config.ts'

export type Opened = { pool: Pool; url: string; config: Config; applied: string[] }

/** An embedded one is stopped again only when it was started here and nobody came to use it. `asItIs`: no migration is applied. */
export async function withDatabase(work: (opened: Opened) => unknown, { asItIs = false } = {}): Promise<void> {
  const config = loadConfig()
  const embedded = config.databaseUrl === undefined ? await startEmbeddedPostgres(config.dataDir) : undefined
  const url = embedded?.url ?? config.databaseUrl!
  // The name of all connections of this process, those of `verify` too.
  const name = (process.env.PGAPPNAME = `refold cli ${process.pid}`)
  const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000, pipeline: true })
  pool.on('error', () => undefined) // A lost connection is told by the query that needs one.
  const isOurs = async (): Promise<boolean> => {
    if (!embedded?.startedHere) return false
    const others = await pool.query(`select pid from pg_stat_activity where backend_type = 'client backend' and application_name <> $1`, [name])
    return others.rows.length === 0
  }
  const interrupted = (): void => void isOurs().then((ours) => void (ours && embedded!.stop())).finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    await work({ pool, url, config, applied: asItIs ? [] : await migrate(pool) })
  } finally {
    const ours = await isOurs()
    await pool.end()
    if (ours) await embedded!.stop()
  }
}
