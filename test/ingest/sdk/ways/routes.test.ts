// Every address of protocol 2.1: both spellings of its slashes, its methods, preflight, and CORS on every answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { A, EV, ID1, KEY, startSdkServer } from '../start-sdk-server.ts'
import type { SdkServer, Sent } from '../start-sdk-server.ts'
import { writeDump } from '../../../core/minidump/write-dump.ts'
import { writeForm } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())

const report = { headers: { ...A, 'content-type': 'application/reports+json' }, body: '[]' }
const files = writeForm([], [{ field: 'a', name: 'a.txt', bytes: 'x' }])
const dsn = encodeURIComponent(`http://${KEY}@h/42`)

/** Method, path without the slash at its end, query, the rest; what it is answered with. */
const endpoints: [method: string, path: string, query: string, status: number, sent: Sent][] = [
  ['POST', '/api/42/envelope', '', 200, { body: `{}\n${EV}` }],
  ['POST', '/api/42/store', '', 200, { body: '{}' }],
  ['GET', '/api/42/store', `?sentry_key=${KEY}&sentry_data=%7B%7D`, 200, { headers: {} }],
  ['POST', '/api/store', '', 200, { body: '{}' }],
  ['POST', '/api/42/security', '', 200, report],
  ['POST', '/api/42/csp-report', '', 200, report],
  ['POST', '/api/42/nel', '', 200, report],
  ['POST', '/api/42/minidump', '', 200, { body: writeDump() }],
  ['POST', `/api/42/unreal/${KEY}`, '', 200, { headers: {}, body: 'x' }],
  ['POST', `/api/42/events/${ID1}/attachments`, '', 201, { headers: { ...A, ...files.headers }, body: files.body }],
  ['POST', '/api/42/cron/job', '?status=ok', 202, {}],
  ['GET', '/api/42/cron/job', '?status=ok', 202, {}],
  ['POST', `/api/42/cron/job/${KEY}`, '?status=ok', 202, { headers: {} }],
  ['GET', `/api/42/cron/job/${KEY}`, '?status=ok', 202, { headers: {} }],
  ['GET', '/api/embed/error-page', `?dsn=${dsn}&eventId=${ID1}`, 200, { headers: {} }],
  ['POST', '/api/embed/error-page', `?dsn=${dsn}&eventId=${ID1}`, 200, { headers: {}, body: 'comments=hi' }],
]
const paths = [...new Set(endpoints.map(([, path]) => path))]
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': expect.stringContaining('X-Sentry-Rate-Limits'), 'cross-origin-resource-policy': 'cross-origin' }

describe.each(endpoints)('%s %s', (method, path, query, status, sent) => {
  test.each([path, `${path}/`, `/${path.replaceAll('/', '//')}//`])('answers %s, without a redirect and with CORS headers', async (spelling) => {
    const answer = await server.send({ ...sent, method, path: spelling + query })
    expect({ status: answer.status, text: answer.status < 300 || answer.text }).toEqual({ status, text: true })
    expect(answer.headers).toMatchObject(cors)
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
  })
})

describe.each(paths)('%s', (path) => {
  test('answers a preflight for what browsers send', async () => {
    const answer = await server.send({ method: 'OPTIONS', path, headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({ ...cors, 'access-control-allow-methods': 'GET, POST, OPTIONS', 'access-control-allow-headers': expect.stringContaining('content-type') })
  })

  test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s is answered or 405, never a redirect', async (method) => {
    const isServed = endpoints.some(([served, at]) => served === method && at === path)
    const answer = await server.send({ method, path, headers: {} })
    expect(answer.headers).toMatchObject(cors)
    if (isServed) return expect([400, 401, 404]).toContain(answer.status)
    const served = endpoints.filter(([, at]) => at === path).map(([name]) => name)
    expect(answer).toMatchObject({ status: 405, headers: { allow: [...new Set(served), 'OPTIONS'].join(', ') } })
  })
})

test.each(['/api/42/upload/', '/api/42/integration/otlp/v1/traces', '/api/42/otlp/v1/traces/', '/api/42/events/', '/api/42/cron/'])('POST %s is 404 in JSON with CORS headers', async (path) => {
  const answer = await server.send({ path })
  expect(answer).toMatchObject({ status: 404, json: { detail: 'not found' }, headers: cors })
})

test.each(['security', 'minidump', 'cron/job', `unreal/${KEY}`, `events/${ID1}/attachments`])('a project that is no number is 400 at /%s', async (name) => {
  await expect(server.send({ path: `/api/abc/${name}/` })).resolves.toMatchObject({ status: 400, json: { detail: 'bad project path parameter' } })
})

test.each(['security', 'minidump', 'cron/job?status=ok', `events/${ID1}/attachments`, 'store?sentry_data={}'])('nobody is let in without a key at /%s', async (name) => {
  const answer = await server.send({ path: `/api/42/${name}`, headers: {}, method: name.startsWith('store') ? 'GET' : 'POST' })
  expect(answer.status).toBe(401)
})

test('the web API keeps its own addresses', async () => {
  await expect(server.send({ method: 'GET', path: '/api/0/projects/' })).resolves.toMatchObject({ status: 200, text: '{"web":true}' })
})
