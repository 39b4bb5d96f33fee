import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBatch, encodeBatch, type Batch } from '../../../ingest/log/spool/batch.ts'
import { headerBytes, makeHeader, makeRecord, readSegment } from '../../../ingest/log/spool/segment.ts'
import { createSpool, SpoolRefusedError, type Spool } from '../../../ingest/log/spool/spool.ts'
import { envelope, keepLog, makeFolder, type SaidLine } from './storage.ts'

const batchOf = (...texts: string[]): Batch => ({ id: randomUUID(), envelopes: texts.map((text) => envelope(text, { recordedAt: new Date(0) })) })
const textsOf = (batches: Batch[]): string[] => batches.flatMap((batch) => batch.envelopes.map(({ payload }) => Buffer.from(payload).toString()))

describe('the format', () => {
  const payload = fc.uint8Array({ maxLength: 60 })
  const envelopes = fc.record({ payload, at: fc.date({ noInvalidDate: true }), sdk: fc.option(fc.string({ unit: 'binary' })), ua: fc.string({ unit: 'binary' }), projectId: fc.option(fc.nat()) })
  const batches = fc.array(fc.array(envelopes, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }).map((each) =>
    each.map((list, index): Batch => ({ id: `batch ${index}`, envelopes: list.map(({ payload, at, sdk, ua, projectId }) => envelope('', { payload: Buffer.from(payload), recordedAt: at, sdk, meta: { ua }, projectId })) })),
  )

  function makeSegment(list: Batch[]): { bytes: Buffer; ends: number[] } {
    const header = makeHeader()
    const records = list.map((batch) => makeRecord(header, encodeBatch(batch)))
    let end = headerBytes
    return { bytes: Buffer.concat([header, ...records]), ends: records.map((record) => (end += record.length)) }
  }

  test('a batch is read back as it was written', () => {
    fc.assert(
      fc.property(batches, (list) => {
        expect(list.map((batch) => decodeBatch(encodeBatch(batch)))).toEqual(list)
        expect(readSegment(makeSegment(list).bytes)).toEqual({ batches: list, damaged: [], torn: 0 })
      }),
    )
  })

  test('cut off at any byte, it has every batch that was whole, and knows how much was not', () => {
    fc.assert(
      fc.property(batches, (list) => {
        const { bytes, ends } = makeSegment(list)
        for (let cut = 0; cut <= bytes.length; cut++) {
          const whole = ends.filter((end) => end <= cut)
          const torn = cut - (whole.at(-1) ?? (cut < headerBytes ? 0 : headerBytes))
          expect(readSegment(bytes.subarray(0, cut))).toEqual({ batches: list.slice(0, whole.length), damaged: [], torn })
        }
      }),
      { numRuns: 20 },
    )
  })

  test('with any byte flipped, it has every other batch, and says that something is amiss', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 255 }), (list, flip) => {
        const { bytes, ends } = makeSegment(list)
        for (let at = 0; at < bytes.length; at++) {
          const flipped = Buffer.from(bytes)
          flipped[at]! ^= flip
          const { batches: read, damaged, torn } = readSegment(flipped)
          expect(read).toEqual(at < headerBytes ? [] : list.filter((_, index) => index !== ends.findIndex((end) => at < end)))
          expect(damaged.length + Math.sign(torn)).toBe(1)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('a payload that holds records of its own brings none of them in when it is cut off', () => {
    const forged = makeSegment([batchOf('forged')]).bytes
    const { bytes } = makeSegment([{ id: randomUUID(), envelopes: [envelope('', { payload: Buffer.concat([forged, forged]) })] }])
    expect(readSegment(bytes.subarray(0, -1)).batches).toEqual([])
  })
})

describe('the folder', () => {
  const openSpool = (folder: string, options: { maxBytes?: number; segmentBytes?: number } = {}): { spool: Spool; said: SaidLine[] } => {
    const { log, said } = keepLog()
    return { spool: createSpool({ folder, maxBytes: 1_000_000, log, ...options }), said }
  }

  async function takeAll(spool: Spool): Promise<string[]> {
    const texts: string[] = []
    for (let taken = await spool.take(); taken; taken = await spool.take()) {
      texts.push(...textsOf(taken.batches))
      await taken.remove()
    }
    return texts
  }

  test('batches come out in the order they went in, over many files and while more come, and nothing stays behind', async () => {
    const folder = path.join(makeFolder(), 'data', 'spool')
    const { spool } = openSpool(folder, { segmentBytes: 2_000 })
    const texts = Array.from({ length: 60 }, (_, i) => `batch ${i} ${'x'.repeat(i * 5)}`)
    const first = texts.slice(0, 40).map((text) => spool.append(batchOf(text)))
    expect(spool.isEmpty()).toBe(false)
    await Promise.all(first)
    expect(spool.status().records).toBe(40)
    expect(readdirSync(path.join(folder, readdirSync(folder)[0]!)).length).toBeGreaterThan(3)
    const taking = takeAll(spool)
    for (const text of texts.slice(40)) await spool.append(batchOf(text))
    expect([...(await taking), ...(await takeAll(spool))]).toEqual(texts)
    expect(spool.isEmpty()).toBe(true)
    expect(spool.status()).toEqual({ records: 0, bytes: 0 })
    expect(existsSync(folder)).toBe(false)
    await spool.close()
  })

  test('beyond its bound it refuses, and takes again when there is room', async () => {
    const folder = path.join(makeFolder(), 'spool')
    const { spool } = openSpool(folder, { maxBytes: 5_000 })
    let kept = 0
    await expect((async () => { for (;; kept++) await spool.append(batchOf('x'.repeat(500))) })()).rejects.toThrow(SpoolRefusedError)
    expect(kept).toBeGreaterThan(3)
    expect(spool.status().bytes).toBeLessThanOrEqual(5_000)
    expect(await takeAll(spool)).toHaveLength(kept)
    await spool.append(batchOf('room'))
    expect(await takeAll(spool)).toEqual(['room'])
    await spool.close()
  })

  test('where the folder cannot be made it refuses, and takes as soon as it can', async () => {
    const folder = path.join(makeFolder(), 'spool')
    writeFileSync(folder, 'a file where the folder should be')
    const { spool } = openSpool(folder)
    expect(await spool.adopt()).toBe(0)
    await expect(spool.append(batchOf('a'))).rejects.toThrow(/cannot be written/)
    expect(spool.isEmpty()).toBe(true)
    rmSync(folder)
    await spool.append(batchOf('b'))
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    expect(await takeAll(spool), 'what was deleted under it is gone').toEqual([])
    await expect(spool.append(batchOf('no folder'))).rejects.toThrow(SpoolRefusedError)
    await spool.append(batchOf('c'))
    expect(await takeAll(spool)).toEqual(['c'])
    await spool.close()
  })

  test('what one process left the next takes over, once, and never from one that lives', async () => {
    const folder = path.join(makeFolder(), 'spool')
    const { spool: living } = openSpool(folder)
    await living.append(batchOf('of a living process'))
    const { spool: left } = openSpool(folder)
    await left.append(batchOf('one', 'two'))
    await left.close()
    const heirs = [openSpool(folder).spool, openSpool(folder).spool]
    const files = await Promise.all(heirs.map((heir) => heir.adopt()))
    expect(files.toSorted()).toEqual([0, 1])
    const heir = heirs[files.indexOf(1)]!
    expect(heir.status().records).toBe(2)
    await heir.append(batchOf('three'))
    expect(await takeAll(heir)).toEqual(['one', 'two', 'three'])
    expect(await takeAll(living)).toEqual(['of a living process'])
    for (const spool of [living, ...heirs]) await spool.close()
    expect(existsSync(folder)).toBe(false)
  })

  test('a number that a dead process had is not a living one, and elsewhere a folder lives while it is touched', async () => {
    const folder = path.join(makeFolder(), 'spool')
    const { spool } = openSpool(folder)
    await spool.append(batchOf('mine'))
    const [place] = readdirSync(folder)[0]!.split('.')
    const names = { reused: `${place}.${process.pid}.1.aa`, touched: `abc.1.1.aa` }
    for (const name of Object.values(names)) {
      mkdirSync(path.join(folder, name))
      writeFileSync(path.join(folder, name, '00000001.spool'), '')
    }
    expect(await openSpool(folder).spool.adopt()).toBe(1)
    const there = readdirSync(folder)
    expect([there.includes(names.reused), there.includes(names.touched)]).toEqual([false, true])
    await spool.close()
  })

  test('a damaged file is set aside as it is, the rest of it is delivered, and the log says which file and where', async () => {
    const folder = path.join(makeFolder(), 'spool')
    const { spool: left } = openSpool(folder)
    for (const text of ['one', 'two', 'three']) await left.append(batchOf(text))
    await left.close()
    const file = path.join(folder, readdirSync(folder)[0]!, '00000001.spool')
    const bytes = readFileSync(file)
    bytes[bytes.indexOf('two')]! ^= 1
    writeFileSync(file, bytes)
    const { spool, said } = openSpool(folder)
    await spool.adopt()
    expect(await takeAll(spool)).toEqual(['one', 'three'])
    expect(said).toMatchObject([{ level: 50, offset: expect.any(Number), bytes: expect.any(Number) }])
    const aside = path.join(folder, 'set-aside')
    expect(readFileSync(path.join(aside, readdirSync(aside)[0]!)).equals(bytes)).toBe(true)
    await spool.close()
    expect(await openSpool(folder).spool.adopt(), 'what is set aside stays there').toBe(0)
  })
})
