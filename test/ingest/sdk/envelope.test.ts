// What is answered and stored for an envelope over HTTP: ids (protocol 8.3), item types and caps (8.4), what is kept of the request.
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { frameEnvelope } from '../../../core/envelope/frame.ts'
import { A, EV, H1, ID1, ID2, KEY, startSdkServer } from './start-sdk-server.ts'
import type { SdkServer } from './start-sdk-server.ts'

const MiB = 1024 * 1024
const newId = expect.stringMatching(/^(?!0{32})[0-9a-f]{32}$/)
const item = (type: string, payload: string): string => `{"type":"${type}","length":${payload.length}}\n${payload}`
const sized = (type: string, size: number): string => item(type, 'x'.repeat(size))

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

/** Type and size of each item, per stored body. */
function storedItems(): [string, number][][] {
  return server.stored.map(({ payload, encoding }) => {
    const framed = frameEnvelope(encoding === 'g' ? gunzipSync(payload) : payload)
    if ('error' in framed) throw new Error(framed.causes.join())
    return framed.items.map(({ type, payload: { length } }) => [type, length])
  })
}

describe('the answer is', () => {
  test.each<[string, string, unknown]>([
    ['54 {} for a session', `{}\n{"type":"session"}\n{}`, {}],
    ['{} for a client report and a log', '{}\n{"type":"client_report"}\n{}\n{"type":"log"}\n{}', {}],
    ['55 {} for an empty envelope', '{}', {}],
    ['the id of the header even without items', H1, { id: ID1 }],
    ['the id of the header for a session', `${H1}\n{"type":"session"}\n{}`, { id: ID1 }],
    ['65 the id of the header, not of the payload', `${H1}\n{"type":"event"}\n{"event_id":"${ID2}"}`, { id: ID1 }],
    ['66 the id in 32 lower-case hex digits', `{"event_id":"9EC79C33-EC99-42AB-8353-589FCB2E04DC"}\n${EV}`, { id: ID1 }],
    ['67 the id of the payload', `{}\n{"type":"event"}\n{"event_id":"${ID2}"}`, { id: ID2 }],
    ['67 the id of the second payload', `{}\n{"type":"attachment"}\nx\n{"type":"event"}\n{"event_id":"${ID2}"}`, { id: ID2 }],
    ['68 a new id', `{}\n${EV}`, { id: newId }],
    ['68 a new id for an attachment', '{}\n{"type":"attachment"}\n{"event_id":"x"}', { id: newId }],
    ['a new id when the payload has none that is valid', `{}\n{"type":"event"}\n{"event_id":"../../etc/passwd"}`, { id: newId }],
    ['a new id instead of nil ones', `{"event_id":"${'0'.repeat(32)}"}\n{"type":"event"}\n{"event_id":"${'0'.repeat(32)}"}`, { id: newId }],
    ['74 the id of an event that is no JSON', `${H1}\n{"type":"event"}\n{broken`, { id: ID1 }],
  ])('%s', async (_name, body, json) => {
    const answer = await server.send({ body })
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.json).toEqual(json)
    if (body.includes('\n')) expect(server.stored).toMatchObject([{ eventId: answer.json.id ?? null }])
    else expect(server.stored).toEqual([])
  })

  test.each([
    ['45', `${H1}\n{"type":"event","length":3}\n{"a":1}\n`, 'missing newline'],
    ['57', `[]\n${EV}`, 'not a JSON object'],
    ['69', `{"event_id":"zzz"}\n${EV}`, 'invalid event id'],
    ['144', `{"a":${'['.repeat(50_000)}`, 'nested deeper'],
  ])('%s 400 with the cause for what cannot be framed', async (_name, body, cause) => {
    const { status, json } = await server.send({ body })
    expect({ status, json }).toEqual({ status: 400, json: { detail: 'invalid event envelope', causes: [expect.stringContaining(cause)] } })
    expect(server.stored).toEqual([])
  })

  test('71 the same both times', async () => {
    for (const _ of [1, 2]) await expect(server.send({ body: `${H1}\n${EV}` })).resolves.toMatchObject({ status: 200, json: { id: ID1 } })
    expect(server.stored).toHaveLength(2)
  })

  test('142 413 for a million items', async () => {
    await expect(server.send({ body: `{}${'\n{"type":"x"}\n'.repeat(1_000_000)}` })).resolves.toMatchObject({ status: 413, json: { detail: expect.stringContaining("'envelope'") } })
  })

  test('an X-Sentry-Error of one short line of ASCII, whatever was sent', async () => {
    const { status, headers } = await server.send({ headers: { 'x-sentry-auth': `Sentry sentry_key=${KEY}, sentry_version=${'9'.repeat(9)}` } })
    expect(status).toBe(400)
    expect(headers['x-sentry-error']).toMatch(/^[\x20-\x7e]{1,200}$/)
  })
})

describe('one fact carries at most one event:', () => {
  test('72 two events are two facts under one id', async () => {
    await expect(server.send({ body: `${H1}\n${item('event', '{"n":1}')}\n${item('attachment', 'a\nb')}\n${item('event', '{"n":22}')}\n${item('session', '{}')}\n` })).resolves.toMatchObject({ status: 200, json: { id: ID1 } })
    expect(storedItems()).toEqual([
      [
        ['event', 7],
        ['attachment', 3],
        ['session', 2],
      ],
      [['event', 8]],
    ])
    expect(server.stored.map((fact) => fact.eventId)).toEqual([ID1, ID1])
  })

  test('73 an event and a transaction stay together', async () => {
    await server.send({ body: `${H1}\n${item('event', '{}')}\n${item('transaction', '{}')}` })
    expect(storedItems()).toHaveLength(1)
  })
})

describe('items', () => {
  test.each(['transaction', 'span', 'log', 'trace_metric', 'profile', 'profile_chunk', 'replay_event', 'replay_recording', 'replay_video', 'statsd', 'metric_buckets', 'otel_span', 'nel', 'raw_security', 'quantum_trace'])(
    '76 of type %s are kept raw',
    async (type) => {
      await expect(server.send({ body: `${H1}\n${item(type, '\0\n\u0001')}` })).resolves.toMatchObject({ status: 200 })
      expect(storedItems()).toEqual([[[type, 3]]])
    },
  )

  test('77 in a container need not match its count', async () => {
    await expect(server.send({ body: '{}\n{"type":"log","item_count":2}\n{"items":[1,2,3]}' })).resolves.toMatchObject({ status: 200 })
  })

  test('79 an event of 1 MiB is taken, one byte more is 413 that names the type', async () => {
    await expect(server.send({ body: `${H1}\n${sized('event', MiB)}` })).resolves.toMatchObject({ status: 200 })
    await expect(server.send({ body: `${H1}\n${sized('event', MiB + 1)}` })).resolves.toMatchObject({
      status: 413,
      headers: { 'access-control-allow-origin': '*' },
      json: { detail: "envelope exceeded size limits for type 'event' (https://develop.sentry.dev/sdk/envelopes/#size-limits)" },
    })
    expect(server.stored).toHaveLength(1)
  })

  test.each([
    ['client_report', 100 * 1024],
    ['check_in', 100 * 1024],
    ['transaction', MiB],
    ['log', 12 * MiB],
  ])('%s over its cap is 413', async (type, cap) => {
    await expect(server.send({ body: `{}\n${sized(type, cap)}` })).resolves.toMatchObject({ status: 200 })
    await expect(server.send({ body: `{}\n${sized(type, cap + 1)}` })).resolves.toMatchObject({ status: 413, json: { detail: expect.stringContaining(`'${type}'`) } })
  })

  test('80 of attachments over the cap are left out, the event stays', async () => {
    const headers = { ...A, 'content-encoding': 'gzip' }
    const large = gzipSync(`${H1}\n${sized('attachment', 20 * MiB + 1)}\n${item('event', '{}')}\n${sized('attachment', 5)}`, { level: 1 })
    await expect(server.send({ headers, body: large })).resolves.toMatchObject({ status: 200, json: { id: ID1 } })
    const together = gzipSync(`${H1}\n${[19, 19, 19].map((size) => sized('attachment', size * MiB)).join('\n')}`, { level: 1 })
    await expect(server.send({ headers, body: together })).resolves.toMatchObject({ status: 200 })
    expect(storedItems()).toEqual([
      [
        ['event', 2],
        ['attachment', 5],
      ],
      [
        ['attachment', 19 * MiB],
        ['attachment', 19 * MiB],
      ],
    ])
  })

  test('81 of 101 sessions are all kept', async () => {
    await expect(server.send({ body: `{}${`\n${item('session', '{}')}`.repeat(101)}` })).resolves.toMatchObject({ status: 200 })
    expect(storedItems()[0]).toHaveLength(101)
  })

  test('82, 83 of an attachment alone are kept', async () => {
    await expect(server.send({ body: `${H1}\n${item('attachment', 'hello')}` })).resolves.toMatchObject({ status: 200, json: { id: ID1 } })
    expect(storedItems()).toEqual([[['attachment', 5]]])
  })
})

describe('of the request is kept', () => {
  test('what the fold needs, bounded', async () => {
    const headers = { 'user-agent': 'u'.repeat(2000), origin: 'https://x', referer: 'https://x/page', 'sec-ch-ua-platform': '"Linux"', cookie: 'secret=1' }
    await server.send({ path: `/api/42/envelope/?sentry_key=${KEY}&sentry_client=c%2F1&sentry_release=r&sentry_environment=e`, headers, body: `{"sdk":{"name":"sentry.x","version":"1.2"}}\n${EV}` })
    expect(server.stored[0]).toMatchObject({ projectId: 42, actor: 'key:3', sdk: 'sentry.x/1.2', remoteAddr: '127.0.0.1' })
    expect(server.stored[0]!.meta).toEqual({ ua: 'u'.repeat(512), client: 'c/1', origin: 'https://x', referer: 'https://x/page', release: 'r', environment: 'e', hints: { 'sec-ch-ua-platform': '"Linux"' } })
  })

  test('the User-Agent as client when nothing else names one', async () => {
    await server.send({ path: `/api/42/envelope/?sentry_key=${KEY}`, headers: { 'user-agent': 'curl/8' }, body: `{}\n${EV}` })
    expect(server.stored[0]).toMatchObject({ sdk: 'curl/8', meta: { ua: 'curl/8', client: 'curl/8' } })
  })
})
