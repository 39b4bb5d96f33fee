// Crashes of native programs (protocol 2.11): what becomes of a dump and the form around it.
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { encode } from '@msgpack/msgpack'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addMinidump } from '../../../../core/minidump/event.ts'
import { writeDump, windowsCrash } from '../../../core/minidump/write-dump.ts'
import { A, ID1, ID2, KEY, startSdkServer } from '../start-sdk-server.ts'
import type { Answer, SdkServer } from '../start-sdk-server.ts'
import { readItems, writeForm, type Field, type FormFile, type StoredItem } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

const dump = writeDump(windowsCrash)
const crash = addMinidump({ platform: 'native', level: 'fatal' }, dump)
const dumpFile: FormFile = { field: 'upload_file_minidump', name: 'crash.dmp', bytes: dump }

async function send(fields: Field[], files: FormFile[] = [dumpFile]): Promise<{ answer: Answer; items: StoredItem[]; event: Record<string, unknown> }> {
  const { headers, body } = writeForm(fields, files)
  const answer = await server.send({ path: '/api/42/minidump/', headers: { ...A, ...headers }, body })
  const items = server.stored[0] ? readItems(server.stored[0]) : []
  return { answer, items, event: (items[0]?.json ?? {}) as Record<string, unknown> }
}

test('a form is an envelope of an event and the dump; the answer is the id with hyphens', async () => {
  const { answer, items, event } = await send([])
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': expect.stringMatching(/^text\/plain/) }, text: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) })
  expect(server.stored).toMatchObject([{ type: 'envelope.received', projectId: 42, eventId: answer.text.replaceAll('-', '') }])
  expect(event).toEqual(crash)
  expect(items.map(({ type }) => type)).toEqual(['event', 'attachment'])
  expect(items[1]).toMatchObject({ header: { attachment_type: 'event.minidump', filename: 'crash.dmp' }, payload: dump })
})

test('a dump over the limit of attachments is left out and counted, and its crash keeps its name', async () => {
  const { headers, body } = writeForm([], [{ ...dumpFile, bytes: Buffer.concat([dump, Buffer.alloc(20 * 1024 * 1024)]) }])
  await expect(server.send({ path: '/api/42/minidump/', headers: { ...A, ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) })).resolves.toMatchObject({ status: 200 })
  expect(readItems(server.stored[0]!)).toMatchObject([{ type: 'event', json: crash }])
  expect(server.stored[0]!.meta.refused).toMatchObject([{ category: 'attachment', outcome: 'too_large', quantity: 1 }])
})

test('a body that is no form is the dump', async () => {
  const answer = await server.send({ path: `/api/42/minidump/?sentry_key=${KEY}`, headers: { 'content-type': 'application/x-dmp' }, body: dump })
  expect(answer.status).toBe(200)
  expect(readItems(server.stored[0]!)[1]).toMatchObject({ header: { attachment_type: 'event.minidump', filename: 'minidump.dmp' }, payload: dump })
})

describe('the event has', () => {
  test('what stands in `sentry`, and its id is answered', async () => {
    const { answer, event } = await send([['sentry', JSON.stringify({ event_id: ID1, release: 'game@1', level: 'error', tags: { a: '1' } })]])
    expect(answer.text.replaceAll('-', '')).toBe(ID1)
    expect(event).toEqual({ ...crash, level: 'error', event_id: ID1, release: 'game@1', tags: { a: '1' } })
  })

  test('the pieces of `sentry__N` in the order of their numbers', async () => {
    const json = JSON.stringify({ release: 'game@1', extra: { text: 'x'.repeat(50) } })
    const pieces = [json.slice(0, 10), json.slice(10, 20), json.slice(20)].map((text, index): Field => [`sentry__${index + 9}`, text])
    expect((await send(pieces.toReversed())).event).toMatchObject(JSON.parse(json))
  })

  test('values of single names', async () => {
    const { event } = await send([['sentry[release]', 'game@2'], ['sentry[tags][shop]', 'a'], ['sentry[tags][lane]', 'b']])
    expect(event).toMatchObject({ release: 'game@2', tags: { shop: 'a', lane: 'b' } })
  })

  test('what MessagePack holds, under what the form says', async () => {
    const packed: FormFile = { field: '__sentry-event', name: '__sentry-event', bytes: encode({ event_id: ID2, release: 'packed', tags: { a: '1', b: '1' } }) }
    const { event, items } = await send([['sentry', '{"release":"form","tags":{"b":"2"}}']], [packed, dumpFile])
    expect(event).toMatchObject({ event_id: ID2, release: 'form', tags: { a: '1', b: '2' } })
    expect(items).toHaveLength(2)
  })

  test('the last hundred breadcrumbs in order, whose files are attached too', async () => {
    const crumbs = (number: number, from: number): FormFile => ({
      field: `__sentry-breadcrumb${number}`, name: `__sentry-breadcrumb${number}`,
      bytes: Buffer.concat(Array.from({ length: 80 }, (_, index) => encode({ timestamp: new Date(1e12 + 1000 * (from + index)).toISOString(), message: String(from + index) }))),
    })
    const { event, items } = await send([], [dumpFile, crumbs(1, 80), crumbs(2, 0)])
    expect((event.breadcrumbs as { values: { message: string }[] }).values.map(({ message }) => Number(message))).toEqual(Array.from({ length: 100 }, (_, index) => 60 + index))
    expect(items.slice(2).map(({ header }) => header.attachment_type)).toEqual(['event.breadcrumbs', 'event.breadcrumbs'])
  })

  test('other fields as extra', async () => {
    const { event } = await send([['guid', '1-2-3'], ['__proto__', 'x'], ['sentry', '{"extra":{"guid":"own"}}'], ['ver', '1']])
    expect(event.extra).toEqual({ guid: 'own', ver: '1' })
  })

  test.each<[string, Field]>([
    ['JSON that is none', ['sentry', '{broken']],
    ['JSON that is no object', ['sentry', '[1]']],
    ['a prototype', ['sentry', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}']],
    ['a prototype by name', ['sentry[__proto__][polluted]', '1']],
  ])('nothing harmful from %s', async (_name, field) => {
    const { answer, event } = await send([field])
    expect(answer.status).toBe(200)
    expect(event).toMatchObject({ platform: 'native', level: 'fatal' })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('nothing from MessagePack that is none', async () => {
    const { answer, event } = await send([], [dumpFile, { field: '__sentry-event', name: 'e', bytes: Buffer.alloc(1024 * 1024, Buffer.from([0xdc, 0xff, 0xff])) }])
    expect(answer.status).toBe(200)
    expect(event).toEqual(crash)
  })
})

test('other files are attached by what they are, under harmless names', async () => {
  const { items } = await send([], [
    dumpFile,
    { field: 'log', name: '../../etc/passwd', type: 'text/html', bytes: '<script>' },
    { field: 'view', name: 'view-hierarchy.json', bytes: '{}' },
    { field: 'nul', name: 'a\0b\u001b[1m.txt', bytes: 'x' },
  ])
  expect(items.slice(2).map(({ header }) => [header.filename, header.attachment_type])).toEqual([
    ['passwd', 'event.attachment'],
    ['view-hierarchy.json', 'event.view_hierarchy'],
    ['ab[1m.txt', 'event.attachment'],
  ])
})

describe('a dump may be packed:', () => {
  test.each([['gzip', gzipSync(dump)], ['zstd', zstdCompressSync(dump)]])('%s is undone', async (_name, bytes) => {
    const { items } = await send([], [{ ...dumpFile, bytes }])
    expect(items[1]!.payload).toEqual(dump)
  })

  test.each([['xz', Buffer.from('fd377a585a000004', 'hex')], ['bzip2', Buffer.from('BZh91AY')]])('%s is kept as it is', async (_name, bytes) => {
    const { answer, items } = await send([], [{ ...dumpFile, bytes }])
    expect(answer.status).toBe(200)
    expect(items[1]!.payload).toEqual(bytes)
  })

  test('a bomb of gzip stays a bomb that nobody opened', async () => {
    const bytes = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const { items } = await send([], [{ ...dumpFile, bytes }])
    expect(items[1]!.payload).toEqual(bytes)
  })

  test('the whole request too', async () => {
    const { headers, body } = writeForm([], [dumpFile])
    await expect(server.send({ path: '/api/42/minidump/', headers: { ...A, ...headers, 'content-encoding': 'br' }, body: brotliCompressSync(body) })).resolves.toMatchObject({ status: 200 })
  })
})

describe('refused, with nothing stored:', () => {
  test.each<[string, FormFile[], string]>([
    ['89 a form without a dump', [{ ...dumpFile, field: 'other' }], 'missing minidump'],
    ['an empty form', [], 'missing minidump'],
    ['a dump that is none', [{ ...dumpFile, bytes: 'hello' }], 'invalid minidump'],
    ['an empty dump', [{ ...dumpFile, bytes: '' }], 'invalid minidump'],
    ['gzip of something else', [{ ...dumpFile, bytes: gzipSync('hello') }], 'invalid minidump'],
    ['broken gzip', [{ ...dumpFile, bytes: gzipSync(dump).subarray(0, 30) }], 'invalid minidump'],
  ])('%s', async (_name, files, detail) => {
    expect((await send([], files)).answer).toMatchObject({ status: 400, json: { detail } })
    expect(server.stored).toEqual([])
  })

  test('162 a form without a boundary, and one of a hundred thousand parts', async () => {
    for (const [type, body] of [['multipart/form-data', 'x'], ['multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(100_000)]]) {
      await expect(server.send({ path: '/api/42/minidump/', headers: { ...A, 'content-type': type! }, body: body! })).resolves.toMatchObject({ status: 400, json: { detail: 'invalid multipart data' } })
    }
  })

  test('nothing at all', async () => {
    await expect(server.send({ path: '/api/42/minidump/' })).resolves.toMatchObject({ status: 400, json: { detail: 'missing minidump' } })
  })
})

describe('Unreal', () => {
  test('a report is kept as it came, beside an event', async () => {
    const bytes = Buffer.from([0x78, 0x9c, 0, 1, 2, 0x0a, 3])
    const answer = await server.send({ path: `/api/42/unreal/${KEY}/?AppID=CrashReporter`, headers: {}, body: bytes })
    expect(answer).toMatchObject({ status: 200, text: expect.stringMatching(/^[0-9a-f]{8}-/) })
    const items = readItems(server.stored[0]!)
    expect(items[0]!.json).toEqual({ platform: 'native', level: 'fatal', message: 'Unreal Engine crash' })
    expect(items[1]).toMatchObject({ type: 'unreal_report', payload: bytes })
  })

  test('an empty one is refused', async () => {
    await expect(server.send({ path: `/api/42/unreal/${KEY}/`, headers: {} })).resolves.toMatchObject({ status: 400 })
  })

  test('a key that is none opens nothing', async () => {
    await expect(server.send({ path: '/api/42/unreal/xyz/', headers: {}, body: 'x' })).resolves.toMatchObject({ status: 400 })
  })
})
