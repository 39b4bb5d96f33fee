// Allowed domains (protocol 2.2): the rule by a table, then over HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mayOriginSend } from '../../../ingest/sdk/origin.ts'
import { A, EV, H1, KEY, knownKey, startSdkServer, type SdkServer } from './start-sdk-server.ts'

test.each<[allowed: string, origin: string, boolean]>([
  ['*', 'https://anything.example', true],
  ['*', 'null', true],
  ['example.com', 'https://example.com', true],
  ['example.com', 'http://example.com:8080', true],
  ['example.com', 'https://www.example.com', false],
  ['example.com', 'https://example.com.evil.net', false],
  ['example.com', 'https://notexample.com', false],
  ['Example.COM', 'https://EXAMPLE.com', true],
  ['*.example.com', 'https://www.example.com', true],
  ['*.example.com', 'https://a.b.example.com', true],
  ['*.example.com', 'https://example.com', true],
  ['*.example.com', 'https://notexample.com', false],
  ['*.example.com', 'https://example.com.evil.net', false],
  ['https://example.com', 'https://example.com', true],
  ['https://example.com', 'http://example.com', false],
  ['https://example.com/', 'https://example.com', true],
  ['https://example.com:8443', 'https://example.com:8443', true],
  ['https://example.com:8443', 'https://example.com', false],
  ['https://example.com:443', 'https://example.com', true],
  ['https://*.example.com:8443', 'https://www.example.com:8443', true],
  ['localhost:3000', 'http://localhost:3000', true],
  ['localhost:3000', 'http://localhost:3001', false],
  ['[::1]:3000', 'http://[::1]:3000', true],
  ['chrome-extension://abcdef', 'chrome-extension://abcdef', true],
  ['example.com', 'null', false],
  ['example.com', 'nonsense', false],
  ['example.com', '', true],
])('%s and %s: %j', (allowed, origin, expected) => expect(mayOriginSend({ origin }, [allowed])).toBe(expected))

test('without an origin the referer counts, with one it does not', () => {
  expect(mayOriginSend({ referer: 'https://example.com/cart?id=1' }, ['example.com'])).toBe(true)
  expect(mayOriginSend({ referer: 'https://evil.net/?https://example.com' }, ['example.com'])).toBe(false)
  expect(mayOriginSend({ origin: 'https://evil.net', referer: 'https://example.com/' }, ['example.com'])).toBe(false)
  expect(mayOriginSend({}, ['example.com'])).toBe(true)
  expect(mayOriginSend({ origin: 'https://example.com' }, [])).toBe(false)
})

describe('a project with allowed domains', () => {
  let server: SdkServer
  beforeAll(async () => {
    const key = knownKey(3, 42, { settings: { allowedDomains: ['example.com', '*.shop.example'] } })
    server = await startSdkServer({ findKey: (publicKey) => (publicKey === KEY ? key : null) })
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.stored.length = 0
    server.recorded.length = 0
  })
  const body = `${H1}\n${EV}`

  test('takes from them, and from servers', async () => {
    for (const headers of [A, { ...A, origin: 'https://example.com' }, { ...A, referer: 'https://a.shop.example/x' }]) expect((await server.send({ body, headers })).status).toBe(200)
  })

  test('refuses others so that a browser can read why, and records it', async () => {
    const answer = await server.send({ body, headers: { ...A, origin: 'https://copy.example' } })
    expect(answer).toMatchObject({ status: 403, json: { detail: 'event submission rejected with_reason: Cors' }, headers: { 'access-control-allow-origin': '*' } })
    expect(server.stored).toEqual([])
    expect(server.recorded).toMatchObject([{ project: 42, category: 'error', outcome: 'rejected', reason: 'origin', quantity: 1, sdk: 't/1' }])
  })

  test('refuses them too when only the envelope names the key', async () => {
    const named = `{"dsn":"http://${KEY}@h/42"}\n${EV}`
    expect((await server.send({ body: named, headers: { origin: 'https://copy.example' } })).status).toBe(403)
    expect((await server.send({ body: named, headers: { origin: 'https://example.com' } })).status).toBe(200)
  })
})
