// The key look-up against a real database, on a clock of the test's own.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createKeyCache } from '../../../ingest/sdk/keys.ts'
import { createTestDatabase } from '../../database.ts'
import type { TestDatabase } from '../../database.ts'

const KEY = '0123456789abcdef0123456789abcdef'

let database: TestDatabase
let queries: number
let time: number
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  await database.pool.query('truncate project_key')
  await insertKey(3, KEY)
  queries = 0
  time = 1_000_000
})

async function insertKey(id: number, publicKey: string): Promise<void> {
  await database.pool.query("insert into project_key (id, project_id, public_key, label, is_active, created_at) values ($1, 42, $2, '', true, now())", [id, publicKey])
}

function createCache(limits: { maxKnown?: number; maxUnknown?: number } = {}) {
  const pool = new Proxy(database.pool, {
    get: (target, name) => {
      if (name === 'query') queries++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return createKeyCache(pool, { ...limits, now: () => time })
}

test('a key is read once, then served without a round trip', async () => {
  const findKey = createCache()
  expect(await Promise.all([findKey(KEY), findKey(KEY)])).toMatchObject([{ id: 3 }, { id: 3 }])
  expect(findKey(KEY)).toEqual({ id: 3, projectId: 42, isActive: true })
  expect(queries).toBe(1)
})

test('a key that was switched off serves its old row until it has been read again', async () => {
  const findKey = createCache()
  await findKey(KEY)
  await database.pool.query('update project_key set is_active = false')
  time += 4_999
  expect(findKey(KEY)).toMatchObject({ isActive: true })
  expect(queries).toBe(1)
  time += 1
  expect(findKey(KEY)).toMatchObject({ isActive: true })
  await expect.poll(() => findKey(KEY)).toMatchObject({ isActive: false })
  expect(queries).toBe(2)
})

test('a deleted key becomes unknown', async () => {
  const findKey = createCache()
  await findKey(KEY)
  await database.pool.query('truncate project_key')
  time += 5_000
  await findKey(KEY)
  await expect.poll(() => findKey(KEY)).toBeNull()
})

test('an unknown key is asked for once a second, and found once it exists', async () => {
  const findKey = createCache()
  const late = 'a'.repeat(32)
  expect(await findKey(late)).toBeNull()
  await insertKey(4, late)
  time += 999
  expect(findKey(late)).toBeNull()
  expect(queries).toBe(1)
  time += 1
  expect(await findKey(late)).toMatchObject({ id: 4 })
})

test('one wrong key does not hide the right one', async () => {
  const findKey = createCache()
  expect(await findKey('b'.repeat(32))).toBeNull()
  expect(await findKey(KEY)).toMatchObject({ id: 3 })
})

test('a flood of random keys pushes out only other unknown ones', async () => {
  const findKey = createCache({ maxUnknown: 2 })
  await findKey(KEY)
  for (const digit of 'abcd') await findKey(digit.repeat(32))
  expect(queries).toBe(5)
  expect(findKey(KEY)).toMatchObject({ id: 3 })
  expect(findKey('d'.repeat(32))).toBeNull()
  expect(await findKey('a'.repeat(32))).toBeNull()
  expect(queries).toBe(6)
})

test('known keys are served while the database is away', async () => {
  const away = await createTestDatabase()
  const findKey = createKeyCache(away.pool, { now: () => time })
  await away.pool.query("insert into project_key (id, project_id, public_key, label, is_active, created_at) values (3, 42, $1, '', true, now())", [KEY])
  await findKey(KEY)
  await away.drop()
  time += 60_000
  expect(findKey(KEY)).toMatchObject({ id: 3 })
  await expect(Promise.resolve(findKey('c'.repeat(32)))).rejects.toThrow('pool')
  expect(findKey(KEY)).toMatchObject({ id: 3 })
})
