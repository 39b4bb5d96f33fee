// What every answer of the web API has in common, and that no other way of asking gets around the gate (access.test.ts).

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from '../../ingest/server.ts'
import { readConfig } from '../../core/config.ts'
import { startApp, type App } from './app.ts'

let app: App
let token: string
beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
})
afterAll(() => app.stop())

const concrete = (url: string): string => url.replace(':org', 'refold').replace(/:\w+/g, '1')

describe('the gate', () => {
  test('a server with a route that declares none refuses to start', async () => {
    const read = readConfig({})
    if ('problems' in read) throw new Error('unreachable')
    const server = createServer({ config: read.config, log: false, build: 'x', pool: app.pool, sessionSecret: 's'.repeat(32), findIssues: async () => ({ ids: [], next: null }), onDecided: () => undefined, routes: [(scope) => void scope.get('/api/0/open/', () => 'oops')] })
    await expect(server.ready()).rejects.toThrow('GET /api/0/open/ is not in the access table')
  })

  test('no other spelling of a path gets around the gate', async () => {
    for (const { method, url, access } of app.routes) {
      if (access === 'public' || method === 'HEAD') continue
      for (const path of [concrete(url).replaceAll('/', '//'), concrete(url).replace('/0/', '/%30/'), concrete(url).slice(0, -1)]) {
        const { status } = await app.ask(method, path, method === 'GET' || method === 'DELETE' ? {} : { body: {} })
        expect([method, path, [401, 404].includes(status)]).toEqual([method, path, true])
        const foreign = await app.ask(method, path, { token, headers: { authorization: 'Bearer nonsense' } })
        expect([method, path, [401, 404].includes(foreign.status)]).toEqual([method, path, true])
      }
    }
  })

  test('no GET changes the log', async () => {
    const before = await app.pool.query('select position from log_head')
    for (const { method, url } of app.routes) if (method === 'GET') await app.ask('GET', concrete(url), { token })
    expect((await app.pool.query('select position from log_head')).rows).toEqual(before.rows)
  })

  test('another organization is not found', async () => {
    expect((await app.ask('GET', '/api/0/organizations/evil/projects/', { token })).status).toBe(404)
  })
})

describe('requests from other sites', () => {
  test('that would change state with the cookie are refused; our own and tokens are not', async () => {
    const cookie = await app.signIn('ada@example.com')
    const change = (headers: Record<string, string>) => app.ask('PUT', '/api/0/users/me/', { body: { name: 'Ada' }, headers: { cookie, ...headers } })
    const foreign = await change({ origin: 'https://evil.example' })
    expect([foreign.status, foreign.body]).toEqual([403, { detail: 'This request came from another site. Use the app itself, or an API token.' }])
    expect((await change({ origin: 'null' })).status).toBe(403)
    expect((await change({})).status).toBe(403)
    expect((await change({ origin: app.origin })).status).toBe(200)
    expect((await change({ origin: 'http://localhost:8000' })).status).toBe(200)
    expect((await app.ask('POST', '/api/0/projects/refold/', { token, body: { name: 'x' }, headers: { origin: 'https://evil.example' } })).status).toBe(201)
    expect((await app.ask('POST', '/api/0/auth/login/', { body: {}, headers: { origin: 'https://evil.example' } })).status).toBe(403)
  })
})

describe('every answer', () => {
  test('carries the security headers, the build and a request id, and no foreign origin is allowed', async () => {
    for (const path of ['/', '/api/0/', '/api/0/nothing/', '/_health/']) {
      const { headers } = await app.ask('GET', path, { headers: { origin: 'https://evil.example' } })
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
      )
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('x-refold-build')]).toEqual(['nosniff', 'same-origin', 'test'])
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('is exactly one detail when something is wrong', async () => {
    const cases: [string, string, object, number, unknown][] = [
      ['GET', '/api/0/nothing/', {}, 404, { detail: 'The requested resource does not exist.' }],
      ['PATCH', '/api/0/users/me/', {}, 405, { detail: 'Method not allowed.' }],
      ['POST', '/api/0/projects/refold/', { token, body: '{"name":' }, 400, { detail: expect.any(String) }],
      ['POST', '/api/0/projects/refold/', { token, body: '{"name":"x","__proto__":{"a":1}}' }, 400, { detail: expect.any(String) }],
      ['POST', '/api/0/projects/refold/', { token, body: { name: 'x'.repeat(1_100_000) } }, 413, { detail: 'The request body is too large.' }],
      ['POST', '/api/0/projects/refold/', { token, body: 'name=x', headers: { 'content-type': 'text/plain' } }, 400, expect.any(Object)],
      ['GET', '/api/0/projects/refold/%00/', { token }, 400, { detail: 'The request is not valid.' }],
      ['GET', '/api/0/projects/refold/%E0%A4%A/', { token }, 400, { detail: expect.any(String) }],
    ]
    for (const [method, path, ask, status, body] of cases) {
      const answer = await app.ask(method, path, ask)
      expect([path, answer.status, answer.body]).toEqual([path, status, body])
      expect([path, answer.headers.get('content-type')]).toEqual([path, expect.stringMatching(/^application\/json(;|$)/)])
    }
  })

  test('never redirects a path with or without slashes', async () => {
    for (const path of ['/api/0', '/api/0/', '/api//0/users/me', '/_health']) expect([200, 401]).toContain((await app.ask('GET', path)).status)
  })

  test('says 503 while the database is away', async () => {
    const lost = await startApp()
    await lost.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
    const query = lost.pool.query
    Object.assign(lost.pool, { query: () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })) })
    const { status, body, headers } = await lost.ask('GET', '/api/0/auth/config/')
    expect([status, body, headers.get('retry-after')]).toEqual([503, { detail: 'The database cannot be reached. Try again in a moment.' }, '2'])
    Object.assign(lost.pool, { query })
    await lost.stop()
  })
})
