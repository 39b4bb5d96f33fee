import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { appendEnvelopes, makePartitions, partitionSize } from '../../../ingest/log/append.ts'
import { createAppender, defaultLimits } from '../../../ingest/log/batcher.ts'
import { appendDecisions, streamPosition } from '../../../ingest/log/decisions.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { envelope, positionsOf, startTestStorage } from './storage.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ max: 20 })
})
afterAll(() => database.drop())

const resolved = (issue: number): Decision => ({ type: 'issue.resolved', data: { project: 1, issue, keys: ['v1:0'] } })

describe('appending', () => {
  test('8 appenders, some rolling back, and a tailing reader: every committed position is seen once, in order, without a gap', async () => {
    const { rows } = await database.pool.query<{ position: string }>('select position from log_head')
    const start = Number(rows[0]!.position)
    const committed: number[] = []
    let done = false
    const tail = async (): Promise<number[]> => {
      const seen: number[] = []
      for (let last = start; ; ) {
        const finished = done
        const page = await database.pool.query<{ position: string }>('select position from log where position > $1 order by position limit 500', [last])
        for (const row of page.rows) seen.push((last = Number(row.position)))
        if (finished && page.rows.length === 0) return seen
      }
    }
    const reader = tail()
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        for (let round = 0; round < 40; round++) {
          const envelopes = Array.from({ length: 1 + ((worker + round) % 7) }, (_, i) => envelope(`${worker}.${round}.${i}`))
          if ((worker + round) % 4 !== 0) {
            committed.push(...(await appendEnvelopes(database.pool, envelopes)))
            continue
          }
          // An append that dies after it took its positions: an address that is none fails in the same statement.
          const spoiled = [...envelopes, envelope('bad', { remoteAddr: 'not-an-address' })]
          await expect(appendEnvelopes(database.pool, spoiled)).rejects.toThrow('inet')
        }
      }),
    )
    done = true
    const seen = await reader
    expect(seen).toEqual(Array.from({ length: committed.length }, (_, i) => start + 1 + i))
    expect(committed.sort((a, b) => a - b)).toEqual(seen)
  })

  test('what is read back is byte for byte what was sent', async () => {
    const payload = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256))
    const positions = await appendEnvelopes(database.pool, [envelope('x'), envelope('', { payload, encoding: 'z', sdk: 'a\0b', meta: { ua: '\0\ud800' } }), envelope('y')])
    const { rows } = await database.pool.query('select payload, encoding, sdk from log where position = any($1) order by position', [positions])
    expect(rows.map((row) => row.payload.length)).toEqual([1, 70_000, 1])
    expect(payload.equals(rows[1].payload)).toBe(true)
    expect(rows[1].sdk).toBe('a\uFFFDb')
  })

  test('the batcher keeps each caller its own positions, and one bad envelope spoils only its own', async () => {
    const woken: number[] = []
    const { storage, folder } = await startTestStorage(database.pool, { onAppended: (position) => woken.push(position) })
    const appender = createAppender(storage.store)
    const answers = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) => appender.append([envelope(`batched ${i}`, i === 150 ? { remoteAddr: 'nonsense' } : {})])!),
    )
    expect(answers.filter((answer) => answer.status === 'rejected')).toHaveLength(1)
    const positions = answers.flatMap((answer) => (answer.status === 'fulfilled' ? positionsOf(answer.value) : []))
    const { rows } = await database.pool.query<{ position: string; text: string }>(`select position, convert_from(payload, 'utf8') as text from log where position = any($1)`, [positions])
    const texts = new Map(rows.map((row) => [Number(row.position), row.text]))
    answers.forEach((answer, i) => answer.status === 'fulfilled' && expect(texts.get(positionsOf(answer.value)[0]!)).toBe(`batched ${i}`))
    expect(Math.max(...woken)).toBe(Math.max(...positions))
    await appender.close()
    expect(appender.append([envelope('late')])).toBeNull()
    expect(existsSync(folder), 'an ordinary day leaves no spool').toBe(false)
    await storage.close()
  })

  test('a full buffer refuses instead of growing, and closing appends what is buffered', async () => {
    const { storage } = await startTestStorage(database.pool)
    const appender = createAppender(storage.store, { ...defaultLimits, bufferedFacts: 10 })
    const accepted = Array.from({ length: 15 }, (_, i) => appender.append([envelope(`bounded ${i}`)]))
    expect(accepted.filter((answer) => answer === null)).toHaveLength(5)
    await appender.close()
    expect((await Promise.all(accepted.filter((answer) => answer !== null))).flat()).toHaveLength(10)
    await storage.close()
  })

  test('an append that finds no partition makes one and goes on', async () => {
    const other = await createTestDatabase()
    await other.pool.query('update log_head set position = $1', [partitionSize - 2])
    expect(await appendEnvelopes(other.pool, [1, 2, 3, 4].map((i) => envelope(`edge ${i}`)))).toEqual([0, 1, 2, 3].map((i) => partitionSize - 1 + i))
    expect([await makePartitions(other.pool), await makePartitions(other.pool)], "the next one is made ahead, once").toEqual([1, 0])
    await other.drop()
  })
})

describe('append-only', () => {
  test('update, delete and truncate fail on the log and on every partition, and change nothing', async () => {
    await appendEnvelopes(database.pool, [envelope('kept')])
    await appendDecisions(database.pool, { decisions: [resolved(7)], actor: 'user:1' })
    const tables = await database.pool.query<{ name: string }>(`select relid::text as name from pg_partition_tree('log')`)
    expect(tables.rows.length).toBeGreaterThanOrEqual(4)
    const count = async (): Promise<unknown> => (await database.pool.query('select count(*), max(position) from log')).rows
    const before = await count()
    for (const { name } of tables.rows) {
      await expect(database.pool.query(`truncate ${name}`), `truncate ${name}`).rejects.toThrow('append-only')
      for (const statement of [`update ${name} set type = 'x'`, `delete from ${name}`]) await expect(database.pool.query(statement), statement).rejects.toThrow('append-only')
    }
    expect(await count()).toEqual(before)
  })
})

describe('decisions', () => {
  test('the expected position decides a race: one wins, the other is told where the stream is now', async () => {
    const stream = 'issue:900'
    const answers = await Promise.all([1, 2].map(() => appendDecisions(database.pool, { decisions: [resolved(900)], actor: 'user:1', expected: [{ stream: 'issue:899', position: 0 }, { stream, position: 0 }] })))
    const won = answers.find((answer) => 'repeated' in answer)
    expect(answers.filter((answer) => 'conflict' in answer)).toEqual([{ conflict: true, position: won?.position }])
    expect(await streamPosition(database.pool, stream)).toBe(won?.position)
  })

  test('a repeated command id appends nothing and answers the first position', async () => {
    const request = { decisions: [resolved(901), resolved(902)], actor: 'user:1', commandId: randomUUID() }
    const first = await appendDecisions(database.pool, request)
    expect(await appendDecisions(database.pool, request)).toEqual({ ...first, repeated: true })
    expect(await streamPosition(database.pool, 'issue:902')).toBe(first.position)
  })
})
