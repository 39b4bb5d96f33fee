import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { appendEnvelopes, findBatches, isRepeated, partitionSize } from '../../../ingest/log/append.ts'
import { createAppender } from '../../../ingest/log/batcher.ts'
import { replayBatches } from '../../../ingest/log/replay.ts'
import { readSegment } from '../../../ingest/log/spool/segment.ts'
import { SpoolRefusedError } from '../../../ingest/log/spool/spool.ts'
import type { Storage } from '../../../ingest/log/storage.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { eventually } from '../../eventually.ts'
import { startProxy, type Proxy } from './proxy.ts'
import { envelope, makeFolder, positionsOf, startTestStorage } from './storage.ts'

let database: TestDatabase
let proxy: Proxy
let pool: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  proxy = await startProxy(database.url)
  pool = new pg.Pool({ connectionString: proxy.url, max: 4, connectionTimeoutMillis: 2_000, query_timeout: 10_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
})
afterEach(() => {
  proxy.judge = () => 'pass'
})
afterAll(async () => {
  await pool.end()
  await proxy.close()
  await database.drop()
})

const goAway = (): void => {
  proxy.judge = () => 'lose'
  proxy.cut()
}

/** Texts of the envelopes whose text starts so, in the log's order. */
async function readTexts(start: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>(
    `select convert_from(payload, 'utf8') as text from log where kind = 'e' and substring(payload for length($1)) = convert_to($1, 'utf8') order by position`,
    [start],
  )
  return rows.map(({ text }) => text)
}

const untilDirect = (storage: Storage): Promise<true> => eventually(25_000, 'the spool is empty', async () => storage.status().mode === 'direct' || undefined)
const now = (...texts: string[]) => [{ envelopes: texts.map((text) => envelope(text)), receivedAt: Date.now() }]

describe('appending once', () => {
  test('the log takes a batch with an id once, and tells where it is', async () => {
    const id = randomUUID()
    const positions = await appendEnvelopes(database.pool, ['a', 'b'].map((text) => envelope(`once ${text}`)), { ids: [id] })
    const again = await appendEnvelopes(database.pool, [envelope('once a')], { ids: [id] }).catch((error: unknown) => error)
    expect(isRepeated(again)).toBe(true)
    expect(await findBatches(database.pool, [id, randomUUID()])).toEqual(new Map([[id, positions[0]]]))
    expect(await readTexts('once')).toEqual(['once a', 'once b'])
  })

  test('of batches that are appended again, together or in part, only what is missing is', async () => {
    const batches = Array.from({ length: 12 }, (_, i) => ({ id: randomUUID(), envelopes: [envelope(`part ${i}a`), envelope(`part ${i}b`)] }))
    const replay = { pool: database.pool, timeoutMs: 10_000, refuse: () => Promise.reject(new Error('refused')) }
    await replayBatches(batches.slice(0, 3), replay)
    await Promise.all([replayBatches(batches, replay), replayBatches(batches, replay)])
    expect(await replayBatches(batches, replay)).toBe(0)
    expect(await readTexts('part')).toEqual(batches.flatMap((_, i) => [`part ${i}a`, `part ${i}b`]))
  })
})

describe('while the database is away', () => {
  test('what is stored is in the log afterwards, once, in the order of each sender, whatever questions and answers were lost', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 3 }), async (lost) => {
        const name = `doubt ${run++}`
        const { storage } = await startTestStorage(pool, { segmentBytes: 4_000 })
        const appender = createAppender(storage.store)
        let at = 0
        proxy.judge = () => (lost.includes(at++) ? 'lose' : 'pass')
        const send = async (sender: number): Promise<string[]> => {
          const stored: string[] = []
          for (let i = 0; i < 12; i++) {
            await appender.append([envelope(`${name} ${sender} ${i} a`), envelope(`${name} ${sender} ${i} b`)])
            stored.push(`${name} ${sender} ${i} a`, `${name} ${sender} ${i} b`)
          }
          return stored
        }
        const stored = await Promise.all([0, 1, 2, 3].map(send))
        await appender.close()
        await untilDirect(storage)
        await storage.close()
        const logged = await readTexts(name)
        stored.forEach((texts, sender) => expect(logged.filter((text) => text.startsWith(`${name} ${sender} `))).toEqual(texts))
        expect(logged).toHaveLength(stored.flat().length)
      }),
      { numRuns: 15, endOnFailure: true },
    )
  }, 120_000)

  test('a database that is only slow gets its batches once too: those it was given and those that waited', async () => {
    const { storage, said } = await startTestStorage(pool)
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query('select position from log_head for update')
    const stored = await Promise.all([storage.store(now('slow 1')), storage.store(now('slow 2'))])
    expect(stored).toEqual(['spooled', 'spooled'])
    expect(await storage.store(now('slow 3')), 'nobody waits any more').toBe('spooled')
    expect(storage.status()).toMatchObject({ mode: 'spooling', records: 3 })
    await holder.query('rollback')
    holder.release()
    await untilDirect(storage)
    expect((await readTexts('slow')).toSorted()).toEqual(['slow 1', 'slow 2', 'slow 3'])
    expect(said.map(({ msg }) => msg)).toEqual([expect.stringContaining('away or too slow'), expect.stringContaining('is back')])
    await storage.close()
  })

  test('a database that has gone silent is one that is away', async () => {
    const { storage } = await startTestStorage(pool)
    await storage.store(now('silent 0'))
    proxy.judge = () => 'hang'
    expect(await storage.store(now('silent 1'))).toBe('spooled')
    expect(await storage.store(now('silent 2'))).toBe('spooled')
    await sleep(500) // a replay is under way, and will not be answered
    proxy.judge = () => 'pass'
    await untilDirect(storage)
    expect(await readTexts('silent')).toEqual(['silent 0', 'silent 1', 'silent 2'])
    await storage.close()
  })

  test('envelopes keep the time they were received, and the fold is woken for them', async () => {
    const woken: number[] = []
    const { storage } = await startTestStorage(pool, { onAppended: (position) => woken.push(position) })
    const receivedAt = Date.now() - 60_000
    goAway()
    await storage.store([{ envelopes: [envelope('received')], receivedAt }])
    proxy.judge = () => 'pass'
    await untilDirect(storage)
    const { rows } = await database.pool.query<{ recorded_at: Date; position: string }>(`select recorded_at, position from log where payload = 'received'`)
    expect(rows).toEqual([{ recorded_at: new Date(receivedAt), position: String(woken.at(-1)) }])
    await storage.close()
  })

  test('beyond the bound of the spool, and without a folder, envelopes are refused with one line in the log; both end without a restart', async () => {
    const folder = path.join(makeFolder(), 'spool')
    writeFileSync(folder, 'a file where the folder should be')
    const { storage, said } = await startTestStorage(pool, { folder, maxBytes: 3_000 })
    goAway()
    for (let i = 0; i < 3; i++) await expect(storage.store(now('homeless'))).rejects.toThrow(SpoolRefusedError)
    expect(said.filter(({ level }) => level === 50).map(({ msg }) => msg)).toEqual([expect.stringMatching(/refused with 503.*cannot be written/)])
    rmSync(folder)
    const answers: unknown[] = []
    for (let i = 0; i < 10; i++) answers.push(await storage.store(now(`bound ${i} ${'x'.repeat(400)}`)).catch((error: unknown) => error))
    const kept = answers.filter((answer) => answer === 'spooled').length
    expect(kept).toBeGreaterThan(2)
    expect(answers.slice(kept).every((answer) => answer instanceof SpoolRefusedError)).toBe(true)
    proxy.judge = () => 'pass'
    await untilDirect(storage)
    expect(positionsOf(await storage.store(now('bound again')))).toHaveLength(1)
    expect(await readTexts('bound')).toHaveLength(kept + 1)
    await storage.close()
  })

  test('what one process left on disk, the next appends before anything new', async () => {
    const { storage: left, folder } = await startTestStorage(pool)
    goAway()
    for (let i = 0; i < 5; i++) await left.store(now(`heritage ${i}`))
    await left.close()
    proxy.judge = () => 'pass'
    const { storage, said } = await startTestStorage(pool, { folder })
    expect(storage.status()).toMatchObject({ mode: 'spooling', records: 5 })
    await storage.store(now('heritage 5'))
    await untilDirect(storage)
    expect(await readTexts('heritage')).toEqual([0, 1, 2, 3, 4, 5].map((i) => `heritage ${i}`))
    expect(said[0]).toMatchObject({ files: 1, records: 5 })
    await storage.close()
  })

  test('an envelope that the database refuses for what is in it is set aside whole, and those around it are appended', async () => {
    const { storage, folder, said } = await startTestStorage(pool)
    goAway()
    await storage.store([{ envelopes: [envelope('around 1'), envelope('around bad', { remoteAddr: 'nonsense' }), envelope('around 2')], receivedAt: Date.now() }])
    await storage.store(now('around 3'))
    proxy.judge = () => 'pass'
    await untilDirect(storage)
    expect(await readTexts('around')).toEqual(['around 1', 'around 2', 'around 3'])
    const aside = path.join(folder, 'set-aside')
    const [file] = readdirSync(aside)
    expect(said.find(({ level }) => level === 50)).toMatchObject({ file: path.join(aside, file!) })
    expect(readSegment(readFileSync(path.join(aside, file!))).batches[0]?.envelopes).toMatchObject([{ remoteAddr: 'nonsense', payload: Buffer.from('around bad') }])
    await storage.close()

    mkdirSync(path.join(folder, '0.0.0.0'))
    renameSync(path.join(aside, file!), path.join(folder, '0.0.0.0', file!))
    const { storage: again } = await startTestStorage(pool, { folder })
    expect(again.status().records, 'put back, it is tried again').toBe(1)
    await untilDirect(again)
    expect(readdirSync(aside)).toEqual([file])
    await again.close()
  })
})

describe('a database that answers but stores nothing', () => {
  const cases = {
    'is read-only': [`alter database %I set default_transaction_read_only = on`, `alter database %I reset default_transaction_read_only`],
    'has lost its partitions and may not make any': [
      `alter table log_envelopes detach partition log_envelopes_000000000000000; alter function log_make_partition rename to log_make_no_partition`,
      `alter table log_envelopes attach partition log_envelopes_000000000000000 for values from (0) to (${partitionSize}); alter function log_make_no_partition rename to log_make_partition`,
    ],
    'has lost its log': ['alter table log rename to lost', 'alter table lost rename to log'],
  } as const

  test.each(Object.entries(cases))('%s: envelopes wait on disk and are appended when that is over', async (name, [breakIt, mendIt]) => {
    const current = new URL(database.url).pathname.slice(1)
    const { storage } = await startTestStorage(pool)
    // Settings of a database hold for new connections: the repairer has one of before.
    const repairer = await database.pool.connect()
    const run = async (sql: string): Promise<void> => {
      await repairer.query(sql.replace('%I', current))
      proxy.cut()
    }
    await storage.store(now(`${name} 0`))
    await run(breakIt)
    const stored = []
    for (let i = 1; i <= 5; i++) stored.push(await storage.store(now(`${name} ${i}`)))
    await run(mendIt)
    expect(stored).toEqual(Array(5).fill('spooled'))
    await untilDirect(storage)
    expect(await readTexts(name)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `${name} ${i}`))
    repairer.release()
    await storage.close()
  })
})
