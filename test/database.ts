// A database per test file, cloned from the migrated template in a few milliseconds.

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'

export type TestDatabase = { pool: pg.Pool; url: string; drop(): Promise<void> }

/** Call in `beforeAll`, and `drop` in `afterAll`. `template: false` gives an empty database without tables. */
export async function createTestDatabase(options: { template?: boolean; max?: number } = {}): Promise<TestDatabase> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  const name = `test_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name} template ${options.template === false ? 'template0' : inject('templateDatabase')} strategy file_copy`)
  await admin.end()
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href, max: options.max ?? 10, pipeline: true })
  return {
    pool,
    url: url.href,
    async drop() {
      await pool.end()
      const client = new pg.Client({ connectionString: inject('postgresUrl') })
      await client.connect()
      for (let attempt = 1; ; attempt++) {
        try {
          await client.query(`drop database ${name}`)
          break
        } catch (error) {
          // 55006: connections that were told to end are still on their way out.
          if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error
          await sleep(50)
        }
      }
      await client.end()
    },
  }
}
