// The key look-up against a real database, on a clock of the test's own.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { createKeyCache, type KeyCacheOptions, type KnownKey } from '../../../ingest/sdk/keys.ts'
import { defaultSettings } from '../../../core/project/settings.ts'
import { createTestDatabase } from '../../database.ts'
import type { TestDatabase } from '../../database.ts'

const KEY = '0123456789abcdef0123456789abcdef'

let database: TestDatabase
let queries: number
let time: number
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  for (const table of ['project', 'project_key', 'organization_settings']) await database.pool.query(`delete from ${table}`)
  await insertProject(database.pool)
  await insertKey(3, KEY)
  queries = 0
  time = 1_000_000
})

async function insertProject(pool: pg.Pool): Promise<void> {
  await pool.query("insert into project (id, slug, name, platform, generation, created_at) values (42, 'shop', 'Shop', 'node', 1, now())")
}

async function insertKey(id: number, publicKey: string): Promise<void> {
  await database.pool.query("insert into project_key (id, project_id, public_key, label, is_active, created_at) values ($1, 42, $2, '', true, now())", [id, publicKey])
}

function createCache(limits: KeyCacheOptions = {}) {
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
  expect(findKey(KEY)).toMatchObject({ id: 3, projectId: 42, isActive: true, settings: defaultSettings })
  expect(queries).toBe(1)
})

test('a key that was switched off serves its old row until it has been read again', async () => {
  const findKey = createCache()
  await findKey(KEY)
  await database.pool.query('update project_key set is_active = false')
  time += 999
  expect(findKey(KEY)).toMatchObject({ isActive: true })
  expect(queries).toBe(1)
  time += 1
  expect(findKey(KEY)).toMatchObject({ isActive: true })
  await expect.poll(() => findKey(KEY)).toMatchObject({ isActive: false })
  expect(queries).toBe(2)
})

test('a key that lay idle is read before it opens anything', async () => {
  const findKey = createCache()
  await findKey(KEY)
  await database.pool.query('update project_key set is_active = false')
  time += 3_600_000
  expect(await Promise.all([findKey(KEY), findKey(KEY)])).toMatchObject([{ isActive: false }, { isActive: false }])
  expect(queries).toBe(2)
})

test('a deleted key becomes unknown', async () => {
  const findKey = createCache()
  await findKey(KEY)
  await database.pool.query('delete from project_key')
  time += 1_000
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
  await insertProject(away.pool)
  await away.pool.query("insert into project_key (id, project_id, public_key, label, is_active, created_at) values (3, 42, $1, '', true, now())", [KEY])
  await findKey(KEY)
  await away.drop()
  time += 60_000
  expect(await findKey(KEY)).toMatchObject({ id: 3 })
  time += 60_000
  expect(findKey(KEY)).toMatchObject({ id: 3 })
  await expect(Promise.resolve(findKey('c'.repeat(32)))).rejects.toThrow('pool')
  expect(findKey(KEY)).toMatchObject({ id: 3 })
})

test('what is set by API is in force with the next reading, and nothing is parsed anew that did not change', async () => {
  const findKey = createCache()
  const before = await findKey(KEY)
  time += 1_000
  findKey(KEY)
  await expect.poll(() => queries).toBe(2)
  time += 1_000
  expect(findKey(KEY)).toBe(before)
  await database.pool.query(`update project set settings = '{"allowedDomains":["example.com"],"quotas":[]}'`)
  await database.pool.query('update project_key set rate_limit_count = 7, rate_limit_window = 60')
  await database.pool.query(`insert into organization_settings (quotas) values ('[{"categories":["span"],"count":1,"window":3600}]')`)
  await expect
    .poll(async () => {
      time += 1_000
      return findKey(KEY)
    })
    .toMatchObject({
      settings: { allowedDomains: ['example.com'] },
      quotas: [{ scope: 'key', count: 7, window: 60, categories: ['error', 'default', 'security'] }, { scope: 'organization', count: 1, window: 3600, categories: ['span'] }],
    })
})

test('all keys in use are read again with one query', async () => {
  const findKey = createCache()
  const keys = Array.from({ length: 50 }, (_, at) => at.toString(16).padStart(32, '0'))
  for (const [at, key] of keys.entries()) await insertKey(100 + at, key)
  for (const key of keys) await findKey(key)
  expect(queries).toBe(50)
  await database.pool.query('update project_key set is_active = false')
  time += 1_000
  for (const key of keys) findKey(key)
  // The first goes at once, the others together after it.
  await expect.poll(() => keys.every((key) => (findKey(key) as KnownKey).isActive === false)).toBe(true)
  expect(queries).toBe(52)
})

describe('a flood of keys that do not exist', () => {
  const random = (at: number): string => `f${at.toString(16).padStart(31, '0')}`

  test('asks at most 20 times at once; the others are refused without asking', async () => {
    const findKey = createCache()
    const answers = Array.from({ length: 1_000 }, (_, at) => findKey(random(at)))
    expect(queries).toBe(20)
    expect(answers.slice(20).every((answer) => answer === null)).toBe(true)
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 1_000 }, () => null))
  })

  test('asks at most so many times a second', async () => {
    const findKey = createCache({ maxReadsPerSecond: 3 })
    for (let at = 0; at < 10; at++) expect(await findKey(random(at))).toBeNull()
    expect(queries).toBe(3)
    time += 1_000
    await findKey(random(11))
    expect(queries).toBe(4)
  })

  test('is not told that keys are wrong while nobody can know', async () => {
    const away = await createTestDatabase()
    const findKey = createKeyCache(away.pool, { now: () => time, maxReadsPerSecond: 1 })
    await away.drop()
    for (let at = 0; at < 3; at++) await expect(Promise.resolve(findKey(random(at)))).rejects.toThrow()
    // Nothing of it is remembered: each is asked for again.
    time += 1_000
    await expect(Promise.resolve(findKey(random(2)))).rejects.toThrow('pool')
  })

  test('leaves known keys alone', async () => {
    const findKey = createCache()
    await findKey(KEY)
    const flood = Array.from({ length: 100 }, (_, at) => findKey(random(at)))
    expect(findKey(KEY)).toMatchObject({ id: 3 })
    await Promise.all(flood)
  })
})
