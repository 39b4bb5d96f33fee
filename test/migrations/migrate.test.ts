import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listMigrations, migrate } from '../../migrations/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ template: false })
})
afterAll(() => database.drop())

test('20 migrators starting at once apply every migration exactly once', async () => {
  const pools = Array.from({ length: 20 }, () => new pg.Pool({ connectionString: database.url, max: 1 }))
  const applied = (await Promise.all(pools.map((pool) => migrate(pool)))).flat()
  await Promise.all(pools.map((pool) => pool.end()))
  expect(applied.sort()).toEqual(listMigrations().map((migration) => migration.name))
  expect(await migrate(database.pool)).toEqual([])
})

test('a database made by a newer version is refused, and says why', async () => {
  await database.pool.query(`insert into migration (name) values ('9999_future.sql')`)
  await expect(migrate(database.pool)).rejects.toThrow('9999_future.sql')
  await database.pool.query(`delete from migration where name = '9999_future.sql'`)
})
