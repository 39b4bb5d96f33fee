// The key look-up against a real database: the log decides, the fold fills the tables, the cache follows.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { startKeyCache, type FindKey, type KeyCache, type KeyCacheOptions } from '../../../ingest/sdk/keys.ts'
import type { Decision } from '../../../core/decisions.ts'
import { defaultSettings } from '../../../core/project/settings.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { foldAll, givenDecisions, givenProject, newId } from '../../given.ts'

let database: TestDatabase
let started: KeyCache[]
/** What was asked since, by the name of the query. */
let asked: string[]
let time: number
/** Of projects and of keys. */
let lastId = 0
/** The key of project `lastId`. */
let known: string
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  ;({ publicKey: known } = await givenProject(database.pool, ++lastId, `shop-${lastId}`))
  await foldAll(database.pool)
  started = []
  asked = []
  time = 1_000_000
})
afterEach(async () => {
  for (const cache of started) await cache.close()
})

/** On a clock of the test's own; looks for decisions only where the test says how often. `hold` keeps answers back, as a slow connection would. */
async function start(options: KeyCacheOptions = {}, pool = database.pool, hold?: (query: pg.QueryConfig) => Promise<void>): Promise<FindKey> {
  const counted = new Proxy(pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return async (query: pg.QueryConfig, values?: unknown[]) => {
        asked.push(query.name ?? 'all keys')
        const answer = await target.query(query, values)
        await hold?.(query)
        return answer
      }
    },
  })
  const cache = await startKeyCache(counted, { refreshMs: 3_600_000, now: () => time, ...options })
  started.push(cache)
  return cache.find
}

const often = { refreshMs: 10 }
const count = (name: string): number => asked.filter((each) => each === name).length
const reads = (): number => count('find_project_keys')

/** A second key of the first project. */
async function addKey(): Promise<{ id: number; publicKey: string }> {
  const key = { id: ++lastId, publicKey: newId() }
  await givenDecisions(database.pool, { type: 'key.created', data: { ...key, project: 1, label: '' } })
  await foldAll(database.pool)
  return key
}

const off = (id: number, project = id): Decision => ({ type: 'key.changed', data: { id, project, isActive: false } })

/** Until it has looked again from the beginning: what was there before this call is seen. */
async function untilLooked(): Promise<void> {
  const before = count('find_last_decision')
  await expect.poll(() => count('find_last_decision'), { timeout: 20_000 }).toBeGreaterThan(before + 1)
}

test('a key is known from the start, and never asked for', async () => {
  const find = await start()
  expect(asked).toEqual(['find_last_decision', 'all keys'])
  expect(find(known)).toMatchObject({ id: lastId, projectId: lastId, isActive: true, settings: defaultSettings })
  expect(asked).toHaveLength(2)
})

test('a database without keys is a start too', async () => {
  const empty = await createTestDatabase()
  const find = await start({}, empty.pool)
  expect(await find(known)).toBeNull()
  await empty.drop()
})

test('a start without a database fails', async () => {
  const away = await createTestDatabase()
  await away.drop()
  await expect(start({}, away.pool)).rejects.toThrow('pool')
})

describe('what is decided', () => {
  test('holds for an idle key as soon as it is folded, and no request waits for it', async () => {
    const find = await start(often)
    await givenDecisions(database.pool, off(lastId))
    await untilLooked()
    expect([find(known), reads()]).toMatchObject([{ isActive: true }, 0])
    await foldAll(database.pool)
    await expect.poll(() => find(known), { timeout: 20_000 }).toMatchObject({ isActive: false })
    await untilLooked()
    expect(reads()).toBe(1)
  })

  test('between the start and the first look is not missed', async () => {
    const find = await start({ refreshMs: 300 })
    await givenDecisions(database.pool, off(lastId))
    await foldAll(database.pool)
    await expect.poll(() => find(known), { timeout: 20_000 }).toMatchObject({ isActive: false })
  })

  test('about settings and quotas holds too, and nothing is parsed anew that did not change', async () => {
    const { publicKey: other } = await givenProject(database.pool, ++lastId, `shop-${lastId}`)
    await foldAll(database.pool)
    const find = await start(often)
    const before = find(known)
    await givenDecisions(
      database.pool,
      { type: 'project.configured', data: { id: lastId, settings: { allowedDomains: ['example.com'], quotas: [], scrubIPAddresses: true } } },
      { type: 'key.changed', data: { id: lastId, project: lastId, rateLimit: { count: 7, window: 60 } } },
    )
    await foldAll(database.pool)
    await expect.poll(() => find(other), { timeout: 20_000 }).toMatchObject({
      settings: { allowedDomains: ['example.com'], scrubIPAddresses: true },
      quotas: [{ scope: 'key', count: 7, window: 60, categories: ['error', 'default', 'security'] }],
    })
    expect(find(known)).toBe(before)
    await givenDecisions(database.pool, { type: 'organization.configured', data: { quotas: [{ categories: ['span'], count: 1, window: 3600 }] } })
    await foldAll(database.pool)
    await expect.poll(() => find(other), { timeout: 20_000 }).toMatchObject({ quotas: [{ scope: 'key' }, { scope: 'organization', count: 1, window: 3600, categories: ['span'] }] })
  })

  test('is read for all keys with one query', async () => {
    const keys = [known]
    for (let at = 0; at < 20; at++) keys.push((await givenProject(database.pool, ++lastId, `shop-${lastId}`)).publicKey)
    await foldAll(database.pool)
    const find = await start(often)
    await givenDecisions(database.pool, ...keys.map((_, at) => off(lastId - at)))
    await foldAll(database.pool)
    await expect.poll(() => keys.map((key) => find(key)), { timeout: 20_000 }).toMatchObject(keys.map(() => ({ isActive: false })))
    expect(reads()).toBe(1)
  })

  test('while a key is read for the first time is not covered by what was read before', async () => {
    const [late, newest] = [await addKey(), await addKey()]
    const [read, wait] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const find = await start({ ...often, maxKnown: 1 }, database.pool, async ({ values }) => {
      if (JSON.stringify(values) !== JSON.stringify([[late.publicKey]])) return
      read.resolve()
      await wait.promise
    })
    const first = find(late.publicKey)
    await read.promise
    await givenDecisions(database.pool, off(late.id, 1), off(newest.id, 1))
    await foldAll(database.pool)
    await expect.poll(() => find(newest.publicKey), { timeout: 20_000 }).toMatchObject({ isActive: false })
    wait.resolve()
    expect(await first).toMatchObject({ isActive: true })
    expect(await find(late.publicKey)).toMatchObject({ isActive: false })
  })

  test('a key whose row is gone becomes unknown', async () => {
    const find = await start(often)
    await database.pool.query('delete from project_key where public_key = $1', [known])
    await givenDecisions(database.pool, { type: 'organization.configured', data: { quotas: [] } })
    await foldAll(database.pool)
    await expect.poll(() => find(known), { timeout: 20_000 }).toBeNull()
  })
})

describe('a key that is not known', () => {
  test('works at once when it was made a moment ago, and is read once', async () => {
    const find = await start()
    const { id, publicKey } = await addKey()
    expect(await Promise.all([find(publicKey), find(publicKey)])).toMatchObject([{ id }, { id }])
    expect(find(publicKey)).toMatchObject({ id })
    expect(reads()).toBe(1)
  })

  test('is asked for once a second, and found once it exists', async () => {
    const find = await start()
    const { publicKey: late } = await givenProject(database.pool, ++lastId, `shop-${lastId}`)
    expect(await find(late)).toBeNull()
    await foldAll(database.pool)
    time += 999
    expect(find(late)).toBeNull()
    expect(reads()).toBe(1)
    time += 1
    expect(await find(late)).toMatchObject({ id: lastId })
  })

  test('pushes out the oldest when there is no more room', async () => {
    const [second, third] = [(await addKey()).publicKey, (await addKey()).publicKey]
    const find = await start({ maxKnown: 2 })
    expect([find(second), find(third), reads()]).toMatchObject([{}, {}, 0])
    expect(await find(known)).toMatchObject({ isActive: true })
    expect([find(known), find(third), reads()]).toMatchObject([{}, {}, 1])
    expect(await find(second)).toMatchObject({ isActive: true })
    expect(reads()).toBe(2)
  })
})

describe('while the database is away', () => {
  test('every key that was ever made is served, also one that sent nothing yet; others are neither known nor wrong', async () => {
    const away = await createTestDatabase()
    const { publicKey } = await givenProject(away.pool, 1, 'shop')
    await foldAll(away.pool)
    const find = await start(often, away.pool)
    await away.drop()
    await untilLooked()
    time += 3_600_000
    expect(find(publicKey)).toMatchObject({ id: 1 })
    await expect(find('c'.repeat(32))).rejects.toThrow('pool')
    expect(find(publicKey)).toMatchObject({ id: 1 })
  })

  test('a flood is not told that its keys are wrong, and nothing of it is remembered', async () => {
    const away = await createTestDatabase()
    const find = await start({ maxReadsPerSecond: 1 }, away.pool)
    await away.drop()
    for (let at = 0; at < 3; at++) await expect(find(random(at))).rejects.toThrow()
    time += 1_000
    await expect(find(random(2))).rejects.toThrow('pool')
  })
})

const random = (at: number): string => `f${at.toString(16).padStart(31, '0')}`

describe('a flood of keys that do not exist', () => {
  test('asks at most 20 times at once; the others are refused without asking', async () => {
    const find = await start()
    const answers = Array.from({ length: 1_000 }, (_, at) => find(random(at)))
    expect(reads()).toBe(20)
    expect(answers.slice(20).every((answer) => answer === null)).toBe(true)
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 1_000 }, () => null))
  })

  test('asks at most so many times a second', async () => {
    const find = await start({ maxReadsPerSecond: 3 })
    for (let at = 0; at < 10; at++) expect(await find(random(at))).toBeNull()
    expect(reads()).toBe(3)
    time += 1_000
    await find(random(11))
    expect(reads()).toBe(4)
  })

  test('pushes out only other unknown ones', async () => {
    const find = await start({ maxUnknown: 2, maxKnown: 1 })
    for (let at = 0; at < 4; at++) expect(await find(random(at))).toBeNull()
    expect(find(known)).toMatchObject({ id: lastId })
    expect(find(random(3))).toBeNull()
    expect(reads()).toBe(4)
    expect(await find(random(0))).toBeNull()
    expect(reads()).toBe(5)
  })
})
