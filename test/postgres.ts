// Once per test run: a real PostgreSQL in a temporary folder, or the one of TEST_DATABASE_URL. vitest calls `setup`
// before all files; each file then clones a database of its own (test/database.ts).

import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../migrations/embedded.ts'
import { migrate } from '../migrations/migrate.ts'
import { removeNow, atExit } from './at-exit.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    templateDatabase: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(findRoom(), 'refold-test-'))
  const kept = atExit(() => removeNow(folder))
  // The tests run several servers side by side.
  const embedded = await startEmbeddedPostgres(folder, { connections: 300 })
  const template = 'refold_template'
  const admin = new pg.Pool({ connectionString: embedded.url, max: 1 })
  // Nothing here need outlive a power cut.
  await admin.query('alter system set fsync = off')
  await admin.query('select pg_reload_conf()')
  await admin.query(`create database ${template}`)
  await admin.end()
  const url = new URL(embedded.url)
  url.pathname = `/${template}`
  const pool = new pg.Pool({ connectionString: url.href, max: 1 })
  await migrate(pool)
  await pool.end()
  project.provide('postgresUrl', embedded.url)
  project.provide('templateDatabase', template)
  return async () => {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
    kept()
  }
}

const inMemory = '/dev/shm'
const leastRoom = 6 * 2 ** 30

/** In memory where there is plenty: a database is made there in 20 ms instead of 300. */
function findRoom(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return Math.min(bavail * bsize, freemem()) > leastRoom ? inMemory : tmpdir()
  } catch {
    return tmpdir()
  }
}
