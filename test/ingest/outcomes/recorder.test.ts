// The sums of what the door refused: how soon, how seldom and how large the facts are, against a real database and an appender of the test's own.
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { recordedOutcomes, type RecordedOutcome } from '../../../core/outcome.ts'
import { inflate } from '../../../core/envelope/inflate.ts'
import type { Appender, NewEnvelope } from '../../../ingest/log/batcher.ts'
import { createOutcomeRecorder, type NewOutcome, type OutcomeRecorder } from '../../../ingest/outcomes/recorder.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'

let database: TestDatabase
let facts: NewEnvelope[]
let mode: 'commit' | 'full' | 'fail'
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query("insert into project (id, slug, name, generation, created_at) select id, 'p' || id, 'P', 1, now() from generate_series(1, 2000) as id")
})
afterAll(() => database.drop())
beforeEach(() => {
  facts = []
  mode = 'commit'
})

const appender: Appender = {
  append(envelopes) {
    if (mode === 'full') return null
    if (mode === 'fail') return Promise.reject(new Error('the database is away'))
    facts.push(...envelopes)
    return Promise.resolve(envelopes.map(() => facts.length))
  },
  close: () => Promise.resolve(),
}
const start = (): OutcomeRecorder => createOutcomeRecorder(database.pool, appender, pino({ level: 'silent' }))
const refused = (over: Partial<NewOutcome> = {}): NewOutcome => ({ project: 1, category: 'error', outcome: 'rejected', reason: 'unknown_key', quantity: 1, detail: 'first', sdk: null, ...over })
const read = (fact: NewEnvelope): RecordedOutcome[] => recordedOutcomes.parse(JSON.parse(Buffer.from(inflate(fact.payload, fact.encoding, 10_000_000)).toString())).entries

test('the first refusal after a quiet time is in the log soon', async () => {
  const recorder = start()
  recorder.record(refused())
  await expect.poll(() => facts.length, { timeout: 5_000 }).toBe(1)
  expect(facts[0]).toMatchObject({ projectId: null, type: 'outcomes.recorded', actor: 'system:door', remoteAddr: null, sdk: null, eventId: null, meta: {} })
  expect(read(facts[0]!)).toEqual([{ ...refused(), lastSeen: expect.any(String) }])
  await recorder.close()
})

test('a flood is summed, with the newest detail, and written ever more seldom', async () => {
  const recorder = start()
  const began = performance.now()
  let sent = 0
  while (performance.now() - began < 2_500) {
    for (let at = 0; at < 1_000; at++) recorder.record(refused({ detail: `number ${++sent}` }))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const meanwhile = facts.length
  await recorder.close()
  // 0.2 s, 0.4 s, 0.8 s, 1.6 s … apart; the last one is the close.
  expect(meanwhile).toBeGreaterThanOrEqual(1)
  expect(meanwhile).toBeLessThanOrEqual(4)
  const entries = facts.flatMap(read)
  expect(entries.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(sent)
  expect(entries.at(-1)!.detail).toBe(`number ${sent}`)
})

test('however many projects are named, a fact holds at most 1,000 entries, and nothing is uncounted', async () => {
  const recorder = start()
  for (let project = 1; project <= 2_000; project++) for (const reason of ['unknown_key', 'malformed']) recorder.record(refused({ project, reason }))
  await recorder.close()
  expect(facts).toHaveLength(1)
  const entries = read(facts[0]!)
  expect(entries.length).toBeLessThanOrEqual(1_000)
  expect(entries.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4_000)
  expect(entries.filter(({ project }) => project === null)).toHaveLength(2)
})

test('projects that there are not count for none', async () => {
  const recorder = start()
  for (const project of [1, 999_999, 5_000_000_000, 2 ** 53 - 1, null]) recorder.record(refused({ project }))
  await recorder.close()
  expect(read(facts[0]!).map(({ project, quantity }) => [project, quantity])).toEqual([[1, 1], [null, 4]])
})

test.each(['full', 'fail'] as const)('what could not be written (%s) is written later, once', async (first) => {
  mode = first
  const recorder = start()
  recorder.record(refused())
  await new Promise((resolve) => setTimeout(resolve, 400))
  recorder.record(refused({ detail: 'second' }))
  expect(facts).toEqual([])
  mode = 'commit'
  await expect.poll(() => facts.length, { timeout: 5_000 }).toBe(1)
  expect(read(facts[0]!)).toMatchObject([{ quantity: 2, detail: 'second' }])
  await recorder.close()
  expect(facts).toHaveLength(1)
})

test('a stop writes what there is, and writes nothing when there is nothing', async () => {
  const recorder = start()
  recorder.record(refused())
  await recorder.close()
  expect(facts).toHaveLength(1)
  await start().close()
  expect(facts).toHaveLength(1)
})
