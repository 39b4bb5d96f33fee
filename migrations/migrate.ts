// Brings a database to the newest schema. Safe when many start at once: each migration's row is inserted first, so that
// concurrent starters meet on its primary key; who finds it there after the wait has nothing to do.

import { readFileSync, readdirSync } from 'node:fs'
import pg from 'pg'

const folder = new URL('./', import.meta.url)

/** `0001_log.sql` … in order. */
export function listMigrations(): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}

/** Applies what is missing, each migration in a transaction of its own. Returns the names applied here. Throws when the database is older than PostgreSQL 16 or newer than this code. */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
  const version = rows[0]!.version
  if (version < 160_000) throw new Error(`The database is PostgreSQL ${Math.floor(version / 10_000)}. Refold needs 16 or newer.`)
  const migrations = listMigrations()
  const applied: string[] = []
  const client = await pool.connect()
  try {
    await makeTable(client)
    const known = new Set((await client.query<{ name: string }>('select name from migration')).rows.map((row) => row.name))
    const unknown = [...known].filter((name) => !migrations.some((migration) => migration.name === name))
    if (unknown.length > 0) throw new Error(`The database has migrations this version does not know (${unknown.join(', ')}). Start the version that made them, or a newer one.`)
    for (const { name, sql } of migrations) {
      if (known.has(name)) continue
      await client.query('begin')
      try {
        const inserted = await client.query('insert into migration (name) values ($1) on conflict do nothing', [name])
        if (inserted.rowCount === 1) {
          await client.query(sql)
          applied.push(name)
        }
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    }
  } finally {
    client.release()
  }
  return applied
}

/** Two `create table if not exists` at once still collide in the catalog (as a unique violation, a duplicate table or a duplicate type): one after the other. */
async function makeTable(client: pg.PoolClient): Promise<void> {
  await client.query('begin')
  await client.query(`select pg_advisory_xact_lock(hashtext('refold.migrate'))`)
  await client.query('create table if not exists migration (name text primary key, applied_at timestamptz not null default now())')
  await client.query('commit')
}
