// The counters of a process and the table they share, against a real database and on clocks of the test's own.
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { listQuotas } from '../../../core/quota/apply.ts'
import { createQuotaUsage, type QuotaUsage } from '../../../ingest/quota/usage.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'

const log = pino({ level: 'silent' })
const hour = listQuotas({ keyId: 1, rateLimit: null, projectId: 1, project: [{ categories: ['error'], count: 10, window: 3_600 }], organization: [] })

let database: TestDatabase
let opened: QuotaUsage[]
let time: number
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  await database.pool.query('delete from quota_usage')
  opened = []
  // The first minutes of an hour from now: the test's clock never runs into the next window.
  time = Math.floor(Date.now() / 3_600_000 + 1) * 3_600 + 60
})
afterEach(async () => {
  for (const usage of opened) await usage.close()
})

function start(saveMs = 20): QuotaUsage {
  const usage = createQuotaUsage(database.pool, log, { now: () => time, saveMs })
  opened.push(usage)
  return usage
}

/** How many of so many errors come in. */
const send = (usage: QuotaUsage, count: number): number => Array.from({ length: count }, () => usage.admit(['error'], hour).refused).filter((refused) => refused === null).length
const stored = async (): Promise<number> => Number((await database.pool.query<{ used: string }>('select coalesce(sum(used), 0) as used from quota_usage')).rows[0]!.used)

test('a process counts exactly', () => {
  const usage = start()
  expect(send(usage, 7)).toBe(7)
  expect(send(usage, 7)).toBe(3)
  expect(usage.admit(['error'], hour).limits).toMatchObject([{ seconds: 3_540 }])
})

test('what was used before a restart is used up', async () => {
  const before = start()
  send(before, 8)
  await before.close()
  const after = start()
  await expect.poll(() => usedBy(after)).toBe(8)
  expect(send(after, 5)).toBe(2)
})

/** Looks without counting: a quota of one more than is used refuses nothing. */
function usedBy(usage: QuotaUsage): number {
  for (let count = 0; count <= 20; count++) if (usage.admit([], hour.map((quota) => ({ ...quota, count }))).limits.length === 0) return count - 1
  return 21
}

test('processes hear of each other', async () => {
  const one = start()
  const other = start()
  expect(send(one, 6)).toBe(6)
  send(other, 1)
  await expect.poll(() => usedBy(other)).toBe(7)
  expect(send(other, 9)).toBe(3)
  await expect.poll(() => usedBy(one)).toBe(10)
  expect(send(one, 1)).toBe(0)
  await expect.poll(stored).toBe(10)
})

test('without the table each counts for itself, and adds what it counted when it is back', async () => {
  const usage = start()
  send(usage, 2)
  await expect.poll(stored).toBe(2)
  await database.pool.query('alter table quota_usage rename to gone')
  try {
    expect(send(usage, 3)).toBe(3)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(send(usage, 9)).toBe(5)
  } finally {
    await database.pool.query('alter table gone rename to quota_usage')
  }
  await expect.poll(stored).toBe(10)
})

test('rows and counters of windows that are over go', async () => {
  await database.pool.query("insert into quota_usage values ('project:9:60:1', 1, 60, 5)")
  const usage = start()
  send(usage, 10)
  await expect.poll(stored).toBe(15)
  time += 3_600
  await expect.poll(async () => (await database.pool.query<{ quota: string }>('select quota from quota_usage')).rows.map(({ quota }) => quota)).toEqual([hour[0]!.id])
  expect(usedBy(usage)).toBe(0)
})

test('98 setting the clock of the machine back does not extend a limit', () => {
  const usage = createQuotaUsage(database.pool, log)
  opened.push(usage)
  const minute = listQuotas({ keyId: 1, rateLimit: null, projectId: 1, project: [{ categories: ['error'], count: 0, window: 86_400 }], organization: [] })
  const seconds = (): number => usage.admit([], minute).limits[0]!.seconds
  const real = Date.now
  const before = seconds()
  Date.now = () => real() - 3_600_000
  try {
    expect(seconds()).toBeLessThanOrEqual(before)
  } finally {
    Date.now = real
  }
})
