// Reports of browsers (protocol 2.10): what is let in, and that each report is a fact with an id of its own.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { KEY, startSdkServer } from '../start-sdk-server.ts'
import type { Answer, SdkServer } from '../start-sdk-server.ts'
import { readBody } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

const path = `/api/42/security/?sentry_key=${KEY}&sentry_environment=live&sentry_release=shop%401`
const send = (body: string | Uint8Array, type = 'application/csp-report', more: Record<string, string> = {}): Promise<Answer> =>
  server.send({ path, body, headers: { ...(type && { 'content-type': type }), ...more } })

const csp = '{"csp-report":{"document-uri":"https://shop.example/","blocked-uri":"https://evil.example/x.js","violated-directive":"script-src"}}'
const violation = { type: 'csp-violation', url: 'https://shop.example/', body: { blockedURL: 'inline' } }

test('86 a report of the old format is kept as it came, with what only the request knows', async () => {
  await expect(send(csp)).resolves.toMatchObject({ status: 200, text: '' })
  expect(server.stored).toMatchObject([{ type: 'security.received', projectId: 42, actor: 'key:3', eventId: expect.stringMatching(/^[0-9a-f]{32}$/), meta: { release: 'shop@1', environment: 'live' } }])
  expect(readBody(server.stored[0]!).toString()).toBe(csp)
})

test('a compressed report is kept compressed', async () => {
  const body = gzipSync(csp)
  await expect(send(body, 'application/csp-report', { 'content-encoding': 'gzip' })).resolves.toMatchObject({ status: 200 })
  expect(server.stored).toMatchObject([{ encoding: 'g', payload: new Uint8Array(body) }])
})

test('87 each report of a list is a fact with an id of its own', async () => {
  const reports = [violation, { type: 'deprecation', body: {} }, 7]
  await expect(send(JSON.stringify(reports), 'application/reports+json')).resolves.toMatchObject({ status: 200, text: '' })
  expect(server.stored.map((fact) => JSON.parse(readBody(fact).toString()))).toEqual(reports)
  expect(new Set(server.stored.map(({ eventId }) => eventId)).size).toBe(3)
})

test('the hundred and first report is refused, and that is counted once', async () => {
  await expect(send(JSON.stringify(Array.from({ length: 130 }, () => violation)), 'application/reports+json')).resolves.toMatchObject({ status: 200 })
  expect(server.stored).toHaveLength(100)
  expect(server.stored.flatMap(({ meta }) => meta.refused ?? [])).toEqual([{ category: 'security', outcome: 'invalid', reason: 'too_many_items', quantity: 30 }])
})

test.each(['{"csp-report":', 'not json', '[{]', `${'['.repeat(200_000)}`])('what cannot be parsed is kept as it came: %.20s', async (body) => {
  await expect(send(body)).resolves.toMatchObject({ status: 200 })
  expect(readBody(server.stored[0]!).toString()).toBe(body)
})

test('reports nested a hundred thousand levels deep are kept', async () => {
  await expect(send(`[${'['.repeat(100_000)}${']'.repeat(100_000)}]`)).resolves.toMatchObject({ status: 200 })
  expect(server.stored).toHaveLength(1)
})

describe('refused, with nothing stored:', () => {
  test.each([
    ['88 HTML', 'text/html', csp, 415],
    ['no type', '', csp, 415],
    ['a form', 'application/x-www-form-urlencoded', csp, 415],
    ['an empty body', 'application/csp-report', '', 400],
    ['more than 1 MiB', 'application/csp-report', `{"csp-report":"${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('%s', async (_name, type, body, status) => {
    await expect(send(body, type)).resolves.toMatchObject({ status, headers: { 'access-control-allow-origin': '*' } })
    expect(server.stored).toEqual([])
  })

  test('a key that does not exist', async () => {
    await expect(server.send({ path: `/api/42/security/?sentry_key=${'a'.repeat(32)}`, headers: { 'content-type': 'application/json' }, body: csp })).resolves.toMatchObject({ status: 403 })
  })
})

test.each(['application/json', 'application/expect-ct-report+json', 'Application/CSP-Report; charset=utf-8'])('%s is let in', async (type) => {
  await expect(send(csp, type)).resolves.toMatchObject({ status: 200 })
})

test('an empty list leaves nothing', async () => {
  await expect(send('[]', 'application/reports+json')).resolves.toMatchObject({ status: 200 })
  expect(server.stored).toEqual([])
})
