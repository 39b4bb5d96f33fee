// What refused requests leave behind, over HTTP: the project, the reason of a fixed vocabulary, a sentence, and no secret of the request.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NewOutcome } from '../../../ingest/outcomes/recorder.ts'
import { A, EV, H1, KEY, disabledKey, otherKey, startSdkServer, type SdkServer, type Sent } from '../sdk/start-sdk-server.ts'

const body = `${H1}\n${EV}`
const auth = (value: string): Sent => ({ headers: { 'x-sentry-auth': value } })
const withKey = (key: string): Sent => auth(`Sentry sentry_key=${key}, sentry_client=sentry.python/2.1.0`)
const wrong = '1'.repeat(32)

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.recorded.length = 0))

test.each<[string, Sent, Partial<NewOutcome>]>([
  ['a key that does not exist', withKey(wrong), { project: 42, reason: 'unknown_key', detail: "The key does not exist. Compare it with the project's DSN.", sdk: 'sentry.python/2.1.0' }],
  ['a key that is switched off', withKey(disabledKey), { project: 42, reason: 'disabled_key' }],
  ["another project's key", withKey(otherKey), { project: 42, reason: 'wrong_project' }],
  ['no key', { headers: {}, path: '/api/42/store/' }, { project: 42, reason: 'no_auth' }],
  ['no key anywhere', { headers: {} }, { project: 42, reason: 'no_auth' }],
  ['an authorization without a key', auth('Sentry sentry_version=7'), { reason: 'bad_auth' }],
  ['a key that is none', withKey('xyz'), { reason: 'bad_key' }],
  ['two keys', { path: `/api/42/envelope/?sentry_key=${otherKey}` }, { reason: 'several_keys' }],
  ['a new protocol', auth(`Sentry sentry_key=${KEY}, sentry_version=8`), { reason: 'protocol_version', detail: 'Only versions 2 to 7 of the protocol are supported.' }],
  ['a path without a project', { path: '/api/abc/envelope/' }, { project: null, reason: 'bad_project' }],
  ['broken framing', { body: `${H1}\n{"type":event}\n{}` }, { project: 42, reason: 'malformed', detail: 'The request cannot be read. Item header is not valid JSON (byte 48).' }],
  ['no body', { body: '' }, { reason: 'empty_body' }],
  ['text called gzip', { headers: { ...A, 'content-encoding': 'gzip' } }, { reason: 'bad_encoding' }],
  ['an encoding nobody knows', { headers: { ...A, 'content-encoding': 'foo' } }, { reason: 'unknown_encoding' }],
  ['an id that is none', { path: '/api/42/store/', body: '{"event_id":"xyz"}' }, { reason: 'bad_event_id' }],
  ['a large event', { body: `{}\n{"type":"event"}\n${'x'.repeat(1024 * 1024 + 1)}` }, { outcome: 'too_large', reason: 'too_large', detail: expect.stringContaining("type 'event'") as string }],
  ['1,001 items', { headers: { ...A, 'content-encoding': 'gzip' }, body: gzipSync(`{}${'\n{"type":"x"}\n'.repeat(1_001)}`) }, { outcome: 'too_large', reason: 'too_many_items' }],
])('%s', async (_name, sent, expected) => {
  const { status } = await server.send({ body, ...sent })
  expect(status).toBeGreaterThanOrEqual(400)
  expect(server.recorded).toHaveLength(1)
  expect(server.recorded[0]).toMatchObject({ category: 'error', outcome: 'rejected', quantity: 1, ...expected })
})

test.each(['full', 'fail'] as const)('what cannot be stored (%s) is recorded as held back', async (mode) => {
  server.mode = mode
  await server.send({ body })
  server.mode = 'commit'
  expect(server.recorded).toMatchObject([{ project: 42, outcome: 'rate_limited', reason: 'backpressure' }])
})

test('everything about keys reads the same to who sends', async () => {
  const answers = await Promise.all([wrong, disabledKey, otherKey].map((key) => server.send({ body, ...withKey(key) })))
  answers.push(await server.send({ body, path: '/api/999999/envelope/' }))
  expect(new Set(answers.map(({ status, text, headers }) => `${status} ${text} ${headers['x-sentry-error'] as string}`)).size).toBe(1)
})

test('no key and no text of the request is in what is recorded', async () => {
  const secret = 'hunter2'
  await server.send({ body, headers: { 'x-sentry-auth': `Sentry sentry_key=${wrong}, sentry_client=${wrong}`, 'user-agent': secret, cookie: secret } })
  await server.send({ body: `{"a":"${secret}"}\n{"type":"${secret}","length":"${secret}"}\n`, headers: { ...A, 'user-agent': `${secret} (${secret})` } })
  await server.send({ body: secret, path: `/api/42/store/?q=${secret}` })
  await server.send({ body, headers: { 'x-sentry-auth': `Sentry sentry_key=${secret}, sentry_version=${secret}` } })
  const text = JSON.stringify(server.recorded.map((outcome) => ({ ...outcome, sdk: null })))
  expect(server.recorded).toHaveLength(4)
  expect(text).not.toContain(secret)
  expect(JSON.stringify(server.recorded)).not.toContain(wrong)
})

test('what is taken in leaves nothing', async () => {
  await server.send({ body })
  await server.send({ body: '{}' })
  expect(server.recorded).toEqual([])
})
