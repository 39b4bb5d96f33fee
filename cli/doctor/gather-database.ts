// What the database says of itself. Reads only, and works on one of any age: tables may be missing.

import { existsSync } from 'node:fs'
import type { Pool } from 'pg'
import type { Config } from '../../core/config.ts'
import { findLogin } from '../../ingest/auth/accounts.ts'
import { verifyPassword } from '../../ingest/auth/password.ts'
import { listMigrations } from '../../migrations/migrate.ts'
import type { DatabaseFacts, LogFacts, Space } from './facts.ts'
import { readSpace } from './gather-disk.ts'

type Settings = Omit<DatabaseFacts, 'settings' | 'migrations' | 'clock' | 'space' | 'log' | 'embedded'> & DatabaseFacts['settings']

export async function gatherDatabase(pool: Pool, config: Config): Promise<DatabaseFacts> {
  const { rows: [found] } = await pool.query<Settings>(
    `select current_setting('server_version_num')::int as version, current_setting('synchronous_commit') as synchronous_commit, current_setting('fsync') as fsync,
            current_setting('full_page_writes') as full_page_writes,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - coalesce(current_setting('reserved_connections', true), '0')::int as connections,
            pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as "readOnly",
            exists (select 1 from pg_extension where extname = 'pg_trgm') as trigrams`,
  )
  const { version, connections, readOnly, trigrams, ...settings } = found!
  const migrations = await compareMigrations(pool)
  return {
    embedded: config.databaseUrl === undefined, version, connections, readOnly, trigrams, settings, migrations,
    clock: await compareClock(pool),
    space: await findSpace(pool, config),
    log: migrations.missing.length === 0 && migrations.unknown.length === 0 ? await readLog(pool, config) : null,
  }
}

async function compareMigrations(pool: Pool): Promise<DatabaseFacts['migrations']> {
  const { rows: [table] } = await pool.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  const { rows } = table!.there ? await pool.query<{ name: string }>('select name from migration order by name') : { rows: [] }
  const applied = new Set(rows.map(({ name }) => name))
  const known = new Set(listMigrations().map(({ name }) => name))
  return { missing: [...known.difference(applied)], unknown: [...applied.difference(known)] }
}

/** Half the way there and back is what cannot be told from a difference. */
async function compareClock(pool: Pool): Promise<DatabaseFacts['clock']> {
  const before = Date.now()
  const { rows } = await pool.query<{ at: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as at')
  const after = Date.now()
  return { ahead: rows[0]!.at - (before + after) / 2, uncertainty: (after - before) / 2 + 1 }
}

/** The folder may be asked for by few, and means something only on this machine. */
async function findSpace(pool: Pool, { databaseUrl, dataDir }: Config): Promise<Space | null> {
  if (databaseUrl === undefined) return readSpace(`${dataDir}/postgres`)
  if (!/^(?:localhost|127\..*|\[::1\]|)$/.test(new URL(databaseUrl).hostname)) return null
  const { rows } = await pool.query<{ folder: string }>(`select current_setting('data_directory') as folder`).catch(() => ({ rows: [] }))
  return rows[0] && existsSync(rows[0].folder) ? readSpace(rows[0].folder) : null
}

async function readLog(pool: Pool, { superuser }: Config): Promise<LogFacts> {
  const { rows: [counts] } = await pool.query<Omit<LogFacts, 'failedBuilds' | 'superuserOpens'>>(
    `select (select position from log_head)::float8 as head, (select position from checkpoint where name = 'main')::float8 as folded,
            (select count(*) from parked)::int as parked, (select count(*) from account)::int as accounts`,
  )
  const { rows: failedBuilds } = await pool.query<LogFacts['failedBuilds'][number]>(
    `select b.generation::text as generation, coalesce(p.slug, b.project_id::text) as project, coalesce(b.error, '') as error
     from generation_build b left join project p on p.id = b.project_id where b.state = 'failed' order by b.generation limit 10`,
  )
  const account = superuser && (await findLogin(pool, superuser.email))
  return { ...counts!, failedBuilds, superuserOpens: account ? await verifyPassword(account.password_hash, superuser!.password) : false }
}
