// A PostgreSQL of a test's own, behind a proxy that stays where it is: it can be stopped, killed and started again.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres } from '../../migrations/embedded.ts'
import { migrate } from '../../migrations/migrate.ts'
import { removeNow, atExit } from '../at-exit.ts'
import { eventually } from '../eventually.ts'
import { startProxy } from './log/proxy.ts'

export type StoppablePostgres = {
  /** Migrated. The same over all restarts. */
  url: string
  /** Rows of a query, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** As an operator stops it: clients are thrown out. */
  stop(): Promise<void>
  kill(): void
  start(): Promise<void>
  /** Stops it for ever. */
  remove(): Promise<void>
}

export async function startStoppablePostgres(): Promise<StoppablePostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'refold-test-'))
  const kept = atExit(() => removeNow(folder))
  let embedded = await startEmbeddedPostgres(folder)
  const proxy = await startProxy(embedded.url)
  const pool = new pg.Pool({ connectionString: proxy.url, max: 1 })
  await migrate(pool)
  await pool.end()
  return {
    url: proxy.url,
    async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      const client = new pg.Client({ connectionString: proxy.url })
      await client.connect()
      const { rows } = await client.query<Row>(text, values)
      await client.end()
      return rows
    },
    stop: () => embedded.stop(),
    kill: () => void process.kill(Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL'),
    async start() {
      embedded = await restart(folder)
      proxy.port = Number(new URL(embedded.url).port)
    },
    async remove() {
      await embedded.stop()
      await proxy.close()
      rmSync(folder, { recursive: true, force: true })
      kept()
    },
  }
}

/** After a kill, the children of the old server hold its memory for a moment, and the new one refuses to start. */
function restart(folder: string): Promise<EmbeddedPostgres> {
  return eventually(30_000, 'PostgreSQL is up again', () =>
    startEmbeddedPostgres(folder).catch((error: unknown) => {
      if (error instanceof EmbeddedPostgresError) return undefined
      throw error
    }),
  )
}
