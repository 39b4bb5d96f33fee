// How the built app is served.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { registerProblems } from '../../ingest/problems.ts'
import { registerSpa } from '../../ingest/spa.ts'

const root = mkdtempSync(join(tmpdir(), 'refold-spa-'))
mkdirSync(join(root, 'dist/assets'), { recursive: true })
writeFileSync(join(root, 'dist/index.html'), '<title>app</title>')
writeFileSync(join(root, 'dist/favicon.svg'), '<svg/>')
writeFileSync(join(root, 'dist/assets/main-1a2b.js'), 'run()')
writeFileSync(join(root, 'secret.txt'), 'secret')
afterAll(() => rmSync(root, { recursive: true }))

async function get(path: string, dist = 'dist', accept = 'text/html') {
  const app = Fastify()
  registerProblems(app)
  registerSpa(app, join(root, dist))
  const { statusCode, body, headers } = await app.inject({ url: path, headers: { accept } })
  await app.close()
  return { status: statusCode, body, cache: headers['cache-control'] }
}

test('a page address answers the app, asked for anew each time', async () => {
  for (const path of ['/', '/issues/SHOP-9RK2', '/p/shop/issues?query=is:unresolved']) expect(await get(path)).toEqual({ status: 200, body: '<title>app</title>', cache: 'no-cache' })
})

test('an asset is kept for ever; one that is gone is 404, not the app', async () => {
  expect(await get('/assets/main-1a2b.js')).toEqual({ status: 200, body: 'run()', cache: 'public, max-age=31536000, immutable' })
  const gone = await get('/assets/main-old.js')
  expect([gone.status, gone.cache]).toEqual([404, 'no-store'])
  expect((await get('/favicon.svg')).body).toBe('<svg/>')
})

test('an unknown API path, a request for JSON and a path outside are 404', async () => {
  expect((await get('/api/7/nothing/')).status).toBe(404)
  expect((await get('/issues/SHOP-9RK2', 'dist', 'application/json')).status).toBe(404)
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt']) expect((await get(path)).body).not.toContain('secret')
})

test('without a build it says how to make one', async () => {
  const { status, body } = await get('/', 'missing')
  expect([status, body]).toEqual([503, expect.stringContaining('npm run build')])
})
