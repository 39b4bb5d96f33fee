// What the ways in answer when nothing may come in: crashes and check-ins a success with nothing in it, the others a refusal (protocol 2.1, 3).
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { categories } from '../../../../core/quota/categories.ts'
import { writeDump } from '../../../core/minidump/write-dump.ts'
import { A, EV, ID1, KEY, knownKey, startSdkServer } from '../start-sdk-server.ts'
import type { SdkServer, Sent } from '../start-sdk-server.ts'
import { writeForm } from './stored.ts'

const files = writeForm([], [{ field: 'a', name: 'a.txt', bytes: 'x' }])
const dsn = encodeURIComponent(`http://${KEY}@h/42`)
const sent = {
  envelope: { body: `{}\n${EV}` },
  store: { path: '/api/42/store/', body: '{}' },
  pixel: { method: 'GET', path: `/api/42/store/?sentry_key=${KEY}&sentry_data={}`, headers: {} },
  security: { path: '/api/42/security/', headers: { ...A, 'content-type': 'application/csp-report' }, body: '{}' },
  minidump: { path: '/api/42/minidump/', body: writeDump() },
  unreal: { path: `/api/42/unreal/${KEY}/`, headers: {}, body: 'x' },
  attachments: { path: `/api/42/events/${ID1}/attachments/`, headers: { ...A, ...files.headers }, body: files.body },
  cron: { path: '/api/42/cron/job/?status=ok' },
  dialog: { path: `/api/embed/error-page/?dsn=${dsn}&eventId=${ID1}`, headers: {}, body: 'comments=hi' },
} satisfies Record<string, Sent>

describe('over every quota', () => {
  let server: SdkServer
  beforeAll(async () => {
    const key = knownKey(3, 42, { settings: { quotas: [{ categories: [...categories], count: 0, window: 3600 }] } })
    server = await startSdkServer({ findKey: () => key })
  })
  afterAll(() => server.close())
  beforeEach(() => void (server.stored.length = server.recorded.length = 0))

  test.each([['minidump', 200], ['unreal', 200], ['cron', 202]] as const)('%s is a success with nothing kept, and counted', async (way, status) => {
    await expect(server.send(sent[way])).resolves.toMatchObject({ status })
    expect(server.stored).toEqual([])
    expect(server.recorded).toContainEqual(expect.objectContaining({ outcome: 'rate_limited' }))
  })

  test.each(['envelope', 'store', 'pixel', 'security', 'attachments', 'dialog'] as const)('%s is 429 with both headers, and counted', async (way) => {
    const answer = await server.send(sent[way])
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/), 'x-sentry-rate-limits': expect.stringMatching(/^\d+:/), 'access-control-allow-origin': '*' } })
    expect(server.stored).toEqual([])
    expect(server.recorded).toContainEqual(expect.objectContaining({ outcome: 'rate_limited' }))
  })

  test('the script of the dialog is still there', async () => {
    await expect(server.send({ ...sent.dialog, method: 'GET' })).resolves.toMatchObject({ status: 200 })
  })
})

test('an event whose attachments alone are over their quota comes in, and says so', async () => {
  const key = knownKey(3, 42, { settings: { quotas: [{ categories: ['attachment'], count: 0, window: 3600 }] } })
  const server = await startSdkServer({ findKey: () => key })
  await expect(server.send(sent.minidump)).resolves.toMatchObject({ status: 200, headers: { 'x-sentry-rate-limits': expect.stringContaining('attachment') } })
  expect(server.stored).toHaveLength(1)
  await server.close()
})

describe.each(Object.entries(sent))('%s', (_way, request: Sent) => {
  let server: SdkServer
  beforeAll(async () => {
    const key = knownKey(3, 42, { settings: { allowedDomains: ['shop.example'] } })
    server = await startSdkServer({ findKey: () => key })
  })
  afterAll(() => server.close())

  test('is refused to pages of other domains', async () => {
    const from = (origin: string): Sent => ({ ...request, headers: { ...(request.headers ?? A), origin } })
    await expect(server.send(from('https://evil.example'))).resolves.toMatchObject({ status: 403, headers: { 'access-control-allow-origin': '*' } })
    expect((await server.send(from('https://shop.example'))).status).toBeLessThan(300)
  })

  test('is 503 while nothing can be stored, never a success', async () => {
    server.mode = 'fail'
    await expect(server.send(request)).resolves.toMatchObject({ status: 503 })
    server.mode = 'commit'
  })
})
