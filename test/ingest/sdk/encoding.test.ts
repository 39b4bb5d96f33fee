// Bodies as SDKs and proxies really send them, over HTTP: protocol 8.2 and the bombs of 8.8, ids in front.
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { connect } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Encoding } from '../../../core/fact.ts'
import { inflate } from '../../../core/envelope/inflate.ts'
import { A, H1, ID1, KEY, startSdkServer } from './start-sdk-server.ts'
import type { SdkServer, Sent } from './start-sdk-server.ts'

const MiB = 1024 * 1024
const event = JSON.stringify({ message: 'hello world '.repeat(50) })
const body = Buffer.from(`${H1}\n{"type":"event"}\n${event}`)
const encoded = (encoding: string, bytes: Uint8Array): Sent => ({ headers: { ...A, 'content-encoding': encoding }, body: bytes })

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

/** The one body that was stored, as the fold will read it. */
function storedBody(): string {
  expect(server.stored).toHaveLength(1)
  const { payload, encoding } = server.stored[0]!
  return Buffer.from(inflate(payload, encoding, 100 * MiB)).toString()
}

describe('accepted, and stored so that the fold reads the same bytes:', () => {
  const cases: [string, Sent, Encoding][] = [
    ['27 gzip', encoded('gzip', gzipSync(body)), 'g'],
    ['27 x-gzip', encoded('x-gzip', gzipSync(body)), 'g'],
    ['27 GZIP', encoded('GZIP', gzipSync(body)), 'g'],
    ['28 deflate with a zlib header', encoded('deflate', deflateSync(body)), 'd'],
    ['28 raw deflate', encoded('deflate', deflateRawSync(body)), 'd'],
    ['29 brotli', encoded('br', brotliCompressSync(body)), 'b'],
    ['29 zstd', encoded('zstd', zstdCompressSync(body)), 'z'],
    ['30 plain, encoding empty', encoded('', body), 'g'],
    ['30 plain, encoding identity', encoded('identity', body), 'g'],
    ['30 plain, encoding UTF-8', encoded('UTF-8', body), 'g'],
    ['31 gzip without the header', { body: gzipSync(body) }, 'g'],
    ['zstd without the header', { body: zstdCompressSync(body) }, 'z'],
    ['gzip under an unknown name', encoded('foo', gzipSync(body)), 'g'],
    ['34 two gzip members', encoded('gzip', Buffer.concat([gzipSync(body.subarray(0, 50)), gzipSync(body.subarray(50))])), 'g'],
    ['gzip with garbage behind it', encoded('gzip', Buffer.concat([gzipSync(body), Buffer.from('garbage')])), 'g'],
    ['two encodings', encoded('gzip, br', brotliCompressSync(gzipSync(body))), 'g'],
    ['one encoding and identity', encoded('identity, gzip', gzipSync(body)), 'g'],
  ]
  test.each(cases)('%s', async (_name, sent, encoding) => {
    await expect(server.send(sent)).resolves.toMatchObject({ status: 200, json: { id: ID1 } })
    expect(storedBody()).toBe(body.toString())
    expect(server.stored[0]!.encoding).toBe(encoding)
  })

  test('36 chunks of one byte, no Content-Length', async () => {
    await expect(server.send({ body: Array.from(body, (byte) => Uint8Array.of(byte)) })).resolves.toMatchObject({ status: 200 })
    expect(storedBody()).toBe(body.toString())
  })

  test('compressed bodies are kept as they came, plain ones are compressed when it saves something', async () => {
    const came = gzipSync(body, { level: 9 })
    await server.send(encoded('gzip', came))
    expect(Buffer.compare(server.stored[0]!.payload, came)).toBe(0)
    await server.send({ body })
    expect(server.stored[1]!.payload.length).toBeLessThan(body.length / 2)
    await server.send({ body: `${H1}\n{"type":"event"}\n{}` })
    expect(server.stored[2]!.encoding).toBe('n')
  })

  test.each([20_000, 100_000, 5 * MiB])('a plain body of %i bytes', async (size) => {
    const large = `${H1}\n{"type":"attachment","length":${size}}\n${'x'.repeat(size)}`
    await expect(server.send({ body: large })).resolves.toMatchObject({ status: 200 })
    expect(storedBody()).toBe(large)
  })

  test.each<[string, (plain: Uint8Array) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', (plain) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ['zstd', zstdCompressSync],
    ['gzip', (plain) => Buffer.concat([gzipSync(plain), Buffer.from('garbage')])],
  ])('10 MiB in %s', async (encoding, compress) => {
    const large = Buffer.from(`${H1}\n{"type":"attachment","length":${10 * MiB}}\n${'0123456789abcdef'.repeat((10 * MiB) / 16)}`)
    await expect(server.send(encoded(encoding, compress(large)))).resolves.toMatchObject({ status: 200 })
    expect(storedBody() === large.toString()).toBe(true)
  })
})

describe('refused, with nothing stored:', () => {
  const bomb = Buffer.alloc(256 * MiB)
  const cases: [string, () => Sent, number, string][] = [
    ['32 plain text called gzip', () => encoded('gzip', body), 400, 'invalid compression container'],
    ['33 truncated gzip', () => encoded('gzip', gzipSync(body).subarray(0, -4)), 400, 'invalid compression container'],
    ['35 an unknown encoding', () => encoded('foo', body), 415, 'unsupported content encoding'],
    ['three encodings', () => encoded('gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(body)))), 415, 'unsupported content encoding'],
    ['56 no bytes', () => ({ body: '' }), 400, 'empty request body'],
    ['56 no bytes in gzip', () => encoded('gzip', gzipSync('')), 400, 'empty request body'],
    ['140 a gzip bomb', () => encoded('gzip', gzipSync(bomb)), 413, 'envelope exceeded size limits'],
    ['140 a brotli bomb', () => encoded('br', brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })), 413, 'envelope exceeded size limits'],
    ['140 zstd in zstd', () => encoded('zstd, zstd', zstdCompressSync(zstdCompressSync(bomb))), 413, 'envelope exceeded size limits'],
    ['140 gzip in gzip, one of them named', () => encoded('gzip', gzipSync(gzipSync(body))), 400, 'invalid event envelope'],
    ['a body over 20 MiB in chunks', () => ({ body: Array.from({ length: 21 }, () => Buffer.alloc(MiB, 32)) }), 413, "size limits for type 'envelope'"],
  ]
  test.each(cases)('%s', async (_name, make, status, detail) => {
    const sent = make()
    const before = process.memoryUsage.rss()
    const started = performance.now()
    const answer = await server.send(sent)
    expect(answer).toMatchObject({ status, json: { detail: expect.stringContaining(detail) } })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(performance.now() - started).toBeLessThan(2000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * MiB)
    expect(server.stored).toEqual([])
  })
})

test('bombs do not hold up the event loop', async () => {
  const bomb = gzipSync(Buffer.alloc(256 * MiB))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const answers = await Promise.all(Array.from({ length: 6 }, () => server.send(encoded('gzip', bomb))))
  delay.disable()
  expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(413))
  expect(delay.max / 1e6).toBeLessThan(250)
})

test('156 a client that goes away in the middle leaves nothing, and the next is served', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(`POST /api/42/envelope/?sentry_key=${KEY} HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{}`)
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
  })
  expect(server.stored).toEqual([])
  await expect(server.send({ body })).resolves.toMatchObject({ status: 200 })
})

describe('/store/', () => {
  const path = '/api/42/store/'
  const json = JSON.stringify({ event_id: ID1, message: 'hello' })
  const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')

  test.each<[string, Sent]>([
    ['JSON', { body: json }],
    ['37 base64 of zlib', { body: base64(deflateSync(json)) }],
    ['base64 of JSON, in lines', { body: base64(json).replace(/(.{20})/g, '$1\n') }],
    ['gzip', encoded('gzip', gzipSync(json))],
    ['base64 of zlib, called gzip and being it', encoded('gzip', gzipSync(base64(deflateSync(json))))],
  ])('keeps the JSON of %s', async (_name, sent) => {
    await expect(server.send({ ...sent, path })).resolves.toMatchObject({ status: 200, text: `{"id":"${ID1}"}` })
    expect(storedBody()).toBe(json)
    expect(server.stored[0]).toMatchObject({ type: 'store.received', eventId: ID1 })
  })

  test('38 NaN is left to the fold', async () => {
    await expect(server.send({ path, body: '{"extra":NaN}' })).resolves.toMatchObject({ status: 200, json: { id: expect.stringMatching(/^[0-9a-f]{32}$/) } })
    expect(storedBody()).toBe('{"extra":NaN}')
  })

  test('39 Content-Type application/x-sentry-envelope makes it an envelope', async () => {
    await expect(server.send({ path, body, headers: { ...A, 'content-type': 'application/x-sentry-envelope; charset=utf-8' } })).resolves.toMatchObject({ status: 200 })
    expect(server.stored[0]).toMatchObject({ type: 'envelope.received', eventId: ID1 })
  })

  test('an id that is missing or nil is replaced, and the one answered is stored', async () => {
    for (const text of ['{}', '{broken', `{"event_id":"${'0'.repeat(32)}"}`, '{"event_id":5}']) {
      const { status, json: answer } = await server.send({ path, body: text })
      expect(status).toBe(200)
      expect(answer.id).toMatch(/^[0-9a-f]{32}$/)
      expect(answer.id).not.toBe('0'.repeat(32))
      expect(server.stored.at(-1)!.eventId).toBe(answer.id)
    }
  })

  test.each<[string, Sent, number, string]>([
    ['an id that is none', { body: '{"event_id":"zzz"}' }, 400, 'invalid event id'],
    ['no bytes', { body: '' }, 400, 'empty request body'],
    ['an array', { body: '[]' }, 400, 'invalid JSON data: neither an object nor base64'],
    ['base64 of nothing known', { body: base64('hello there') }, 400, 'invalid JSON data: base64 of neither an object nor zlib'],
    ['base64 of broken zlib', { body: base64(deflateSync(json).subarray(0, 20)) }, 400, 'invalid JSON data: corrupt zlib'],
    ['base64 of a zlib bomb', { body: base64(deflateSync(Buffer.alloc(64 * MiB, 0x7b))) }, 413, "size limits for type 'event'"],
    ['an event over 1 MiB', { body: `{"a":"${'x'.repeat(MiB)}"}` }, 413, "size limits for type 'event'"],
  ])('refuses %s', async (_name, sent, status, detail) => {
    await expect(server.send({ ...sent, path })).resolves.toMatchObject({ status, json: { detail: expect.stringContaining(detail) } })
    expect(server.stored).toEqual([])
  })
})

test('gunzip of what is stored needs nothing of ours', async () => {
  await server.send({ body })
  expect(gunzipSync(server.stored[0]!.payload).toString()).toBe(body.toString())
})
