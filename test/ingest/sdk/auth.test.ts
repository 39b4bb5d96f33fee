// Routing, CORS and authentication over HTTP: the rows of protocol 8.1 that concern /envelope/ and /store/, ids in front.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { A, EV, H1, ID1, KEY, disabledKey, otherKey, startSdkServer } from './start-sdk-server.ts'
import type { SdkServer, Sent } from './start-sdk-server.ts'

const body = `${H1}\n${EV}`
const unsigned = `${H1.slice(0, -1)},"dsn":`
const withDsn = (dsn: string): string => `${unsigned}"${dsn}"}\n${EV}`
const header = (value: string): Sent => ({ headers: { 'x-sentry-auth': value } })
const query = (text: string): Sent => ({ headers: {}, path: `/api/42/envelope/?${text}` })
const authorization = (value: string): Sent => ({ headers: { authorization: value } })

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

describe('stored, and answered with the id:', () => {
  const cases: [string, Sent][] = [
    ['4 without the slash at the end', { path: '/api/42/envelope' }],
    ['5 with doubled slashes', { path: '//api/42//envelope/' }],
    ['store without the slash at the end', { path: '/api/42/store', body: `{"event_id":"${ID1}"}` }],
    ['11 lower-case scheme, no spaces', header(`sentry sentry_key=${KEY},sentry_version=7`)],
    ['12 Authorization', authorization(`Sentry sentry_key=${KEY}, sentry_version=7`)],
    ['Authorization Basic', authorization(`Basic ${btoa(`${KEY}:`)}`)],
    ['13 query string', query(`sentry_key=${KEY}&sentry_version=7&sentry_client=sentry.javascript.browser%2F11.12.0`)],
    ['14 the DSN in the envelope, another host', { headers: {}, body: withDsn(`https://${KEY}@other.host/prefix/42`) }],
    ['17 the same key in header and query', { path: `/api/42/envelope/?sentry_key=${KEY}` }],
    ['the same key in all places', { headers: { ...A, authorization: `Sentry sentry_key=${KEY}` }, path: `/api/42/envelope/?sentry_key=${KEY}`, body: withDsn(`http://${KEY}@h/42`) }],
    ['19 an empty header and a query string', { headers: { 'x-sentry-auth': '' }, path: `/api/42/envelope/?sentry_key=${KEY}` }],
    ['a Basic user of a proxy and a header', { headers: { ...A, authorization: `Basic ${btoa('admin:secret')}` } }],
    ['a Bearer token and a header', { headers: { ...A, authorization: 'Bearer abc' } }],
    ['version 7.0', header(`Sentry sentry_key=${KEY}, sentry_version=7.0`)],
    ['version 2.0', header(`Sentry sentry_key=${KEY}, sentry_version=2.0`)],
    ['no version', header(`Sentry sentry_key=${KEY}`)],
    ['a secret, a timestamp and an unknown pair', header(`Sentry sentry_key=${KEY}, sentry_secret=x, sentry_timestamp=1, what=ever, junk`)],
    ['24 an upper-case key', header(`Sentry sentry_key=${KEY.toUpperCase()}`)],
    ['157 the key twice in the query: the first', query(`sentry_key=${KEY}&sentry_key=${otherKey}`)],
    ['157 a thousand parameters', query(`${'a=1&'.repeat(1000)}sentry_key=${KEY}`)],
  ]
  test.each(cases)('%s', async (_name, sent) => {
    const answer = await server.send({ body, ...sent })
    expect(answer).toMatchObject({ status: 200, text: `{"id":"${ID1}"}`, headers: { 'content-type': expect.stringMatching(/^application\/json/) } })
    expect(server.stored).toMatchObject([{ projectId: 42, actor: 'key:3', eventId: ID1 }])
  })

  test.each([
    undefined,
    '',
    'text/plain;charset=UTF-8',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/x-sentry-envelope',
    'garbage',
    ';;',
  ])('26 Content-Type %j', async (type) => {
    const answer = await server.send({ body, headers: type === undefined ? A : { ...A, 'content-type': type } })
    expect(answer).toMatchObject({ status: 200, text: `{"id":"${ID1}"}` })
    expect(Buffer.from(server.stored[0]!.payload).toString()).toBe(body)
  })
})

describe('refused, with nothing stored:', () => {
  const forbidden = 'event submission rejected with_reason: ProjectId'
  const cases: [string, Sent, number, string, string?][] = [
    ['6 a project that is no number', { path: '/api/abc/envelope/' }, 400, 'bad project path parameter'],
    ['a negative project', { path: '/api/-1/envelope/' }, 400, 'bad project path parameter'],
    ['a project beyond 2^53', { path: '/api/9007199254740993/store/' }, 400, 'bad project path parameter'],
    ['7 an unknown project', { path: '/api/999999/envelope/' }, 403, forbidden],
    ['7 an unknown key', header(`Sentry sentry_key=${'a'.repeat(32)}`), 403, forbidden],
    ["7 another project's key", header(`Sentry sentry_key=${otherKey}`), 403, forbidden],
    ['7 an unknown project named by its envelope', { headers: {}, path: '/api/999999/envelope/', body: withDsn(`http://${KEY}@h/999999`) }, 403, forbidden],
    ['24 a disabled key', header(`Sentry sentry_key=${disabledKey}`), 403, forbidden],
    ['8 GET', { method: 'GET' }, 405, 'method not allowed'],
    ['8 PUT on store', { method: 'PUT', path: '/api/42/store/' }, 405, 'method not allowed'],
    ['15 a DSN of another project', { body: withDsn(`https://${KEY}@h/43`) }, 400, 'invalid event envelope', 'project id mismatch between envelope and request'],
    ['16 a DSN with another key', { body: withDsn(`https://${otherKey}@h/42`) }, 400, 'invalid event envelope', 'public key mismatch between envelope and request'],
    ['a DSN alone, of another project', { headers: {}, body: withDsn(`https://${otherKey}@h/43`) }, 400, 'invalid event envelope', 'project id mismatch between envelope and request'],
    ['a DSN alone, with a key that is none', { headers: {}, body: withDsn('https://abc@h/42') }, 400, 'bad sentry DSN public key'],
    ['18 two keys', { path: `/api/42/envelope/?sentry_key=${otherKey}` }, 401, 'multiple authorization payloads detected'],
    ['20 no key anywhere', { headers: {}, body: `{}\n${EV}` }, 401, 'bad envelope authentication header'],
    ['20 no key anywhere, store', { headers: {}, path: '/api/42/store/', body: '{}' }, 401, 'missing authorization information'],
    ['a header of another scheme alone', { headers: { authorization: 'Bearer x' }, path: '/api/42/store/' }, 401, 'missing authorization information'],
    ['a header without key', header('Sentry sentry_version=7'), 401, 'missing public key in auth header'],
    ['21 version 8', header(`Sentry sentry_key=${KEY}, sentry_version=8`), 400, 'unsupported protocol version (8)'],
    ['version 1', query(`sentry_key=${KEY}&sentry_version=1`), 400, 'unsupported protocol version (1)'],
    ['22 version abc', header(`Sentry sentry_key=${KEY}, sentry_version=abc`), 401, 'bad x-sentry-auth header', 'invalid value for version'],
    ['23 key xyz', header('Sentry sentry_key=xyz'), 400, 'bad sentry DSN public key'],
    ["25 key %00'--", query("sentry_key=%00'--"), 400, 'bad sentry DSN public key'],
    ['an unknown path of a project', { path: '/api/42/upload/' }, 404, 'not found'],
    ['an unknown path, GET', { method: 'GET', path: '/api/42/a/b' }, 404, 'not found'],
  ]
  test.each(cases)('%s', async (_name, sent, status, detail, cause) => {
    const answer = await server.send({ body, ...sent })
    expect(answer).toMatchObject({ status, json: cause ? { detail, causes: [cause] } : { detail } })
    expect(answer.json.causes?.length).toBe(cause ? 1 : undefined)
    expect(answer.headers['x-sentry-error']).toBe(cause ? `${detail}: ${cause}` : detail)
    expect(server.stored).toEqual([])
  })

  test('157 a header of 64 KiB', async () => {
    await expect(server.send(header(`Sentry sentry_key=${'x'.repeat(65_536)}`))).resolves.toMatchObject({ status: 431 })
  })
})

describe('a browser', () => {
  const Origin = 'https://x'

  test('9 is answered its preflight, whoever asks for whatever project', async () => {
    const asked = 'content-type,x-sentry-auth,sentry-trace,baggage'
    for (const path of ['/api/42/envelope/', '/api/999/store', '/api/42/security/']) {
      const { status, headers } = await server.send({ method: 'OPTIONS', path, headers: { Origin, 'Access-Control-Request-Headers': asked } })
      expect(status).toBe(204)
      expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-max-age': '3600', 'access-control-allow-methods': expect.stringContaining('POST') })
      expect(String(headers['access-control-allow-headers']).split(', ')).toEqual(expect.arrayContaining(asked.split(',')))
    }
  })

  test.each<[number, Sent & { mode?: SdkServer['mode'] }]>([
    [200, {}],
    [400, { path: '/api/abc/envelope/' }],
    [401, { headers: {}, path: '/api/42/store/' }],
    [403, header(`Sentry sentry_key=${disabledKey}`)],
    [404, { path: '/api/42/nothing/' }],
    [405, { method: 'DELETE' }],
    [413, { headers: { ...A, 'content-length': String(21 * 1024 * 1024) }, body: Buffer.alloc(21 * 1024 * 1024) }],
    [415, { headers: { ...A, 'content-encoding': 'foo' } }],
    [429, { mode: 'full' }],
    [503, { mode: 'fail' }],
  ])('10 can read the answer %i', async (status, { mode = 'commit', ...sent }) => {
    server.mode = mode
    const answer = await server.send({ body, ...sent, headers: { ...(sent.headers ?? A), Origin } })
    server.mode = 'commit'
    expect(answer.status).toBe(status)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin')
    const exposed = String(answer.headers['access-control-expose-headers']).toLowerCase().split(', ')
    expect(exposed).toEqual(expect.arrayContaining(['x-sentry-rate-limits', 'retry-after', 'x-sentry-error']))
  })
})

test('the web API below /api/0/ is left alone', async () => {
  await expect(server.send({ method: 'GET', path: '/api/0/projects/' })).resolves.toMatchObject({ status: 200, json: { web: true } })
  for (const path of ['/api/0/envelope/', '/api/0/store/', '/api/0/nothing/']) {
    const answer = await server.send({ path, body })
    expect(answer).toMatchObject({ status: 404, json: { error: 'Not Found' } })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  }
})

describe('when it cannot be stored', () => {
  test('a full buffer is 429 with every category by name', async () => {
    server.mode = 'full'
    const { status, headers } = await server.send({ body })
    server.mode = 'commit'
    expect(status).toBe(429)
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
    // Case 94, and never the empty list of categories.
    expect(headers['x-sentry-rate-limits']).toMatch(/^\d+:[a-z_;]+:(organization|project|key)(:[\w-]*)?$/)
    expect(headers['x-sentry-rate-limits']).toMatch(/[:;]error[;:]/)
  })

  test('a failed append is 503 without Retry-After', async () => {
    server.mode = 'fail'
    const { status, headers, json } = await server.send({ body })
    server.mode = 'commit'
    expect({ status, detail: json.detail, retry: headers['retry-after'] }).toEqual({ status: 503, detail: 'failed to queue envelope', retry: undefined })
  })

  test('keys that cannot be read are 503', async () => {
    const away = await startSdkServer({ findKey: () => Promise.reject(new Error('the database is away')) })
    await expect(away.send({ body })).resolves.toMatchObject({ status: 503, json: { detail: 'failed to queue envelope' } })
    await away.close()
  })
})
