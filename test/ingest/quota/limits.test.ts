// Quotas through the real server: protocol 8.5, ids in front, and what people change by API while it runs.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Quota } from '../../../core/quota/quota.ts'
import { eventually } from '../../eventually.ts'
import { startTestServer, type TestProject, type TestServer } from '../../server.ts'
import { post, readLog, sendItems, type Answer } from '../send.ts'

const day = 86_400
const noErrors: Quota = { categories: ['error'], count: 0, window: day }
const headerForm = /^\d+:[a-z_;]*:(organization|project|key)(:[\w-]*(:[\w;]*)?)?(, \d+:[a-z_;]*:(organization|project|key)(:[\w-]*(:[\w;]*)?)?)*$/
const event = { message: 'hello world', level: 'error' }

let server: TestServer
let project: TestProject
let made = 0
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.stop())

/** Sets by API and sends client reports until their answer shows that it is in force: nothing is restarted. */
async function setQuotas(quotas: Quota[] | null): Promise<void> {
  await server.client.updateProject(project.slug, { quotas })
  const expected = (quotas ?? []).some(({ count }) => count === 0)
  await eventually(10_000, 'the quotas are in force', async () => (await sendItems(project.dsn, [['client_report', {}]])).headers.has('x-sentry-rate-limits') === expected || undefined)
}

const limitsOf = (answer: Answer): string => answer.headers.get('x-sentry-rate-limits') ?? ''

describe('with the quota of errors used up', () => {
  let limited: TestProject
  beforeAll(async () => {
    project = limited = await server.addProject('limited')
    await setQuotas([noErrors])
  })
  beforeEach(() => void (project = limited))

  test('90 94 an event is 429, and its answer says for how long to everyone who can read it', async () => {
    const answer = await sendItems(project.dsn, [['event', event]], { headers: { origin: 'https://shop.example' } })
    expect(answer.status).toBe(429)
    const retry = answer.headers.get('retry-after')!
    expect(retry).toMatch(/^[1-9]\d*$/)
    expect(Number(retry)).toBeLessThanOrEqual(day)
    expect(limitsOf(answer)).toBe(`${retry}:error;default;security:project:project_quota`)
    expect(limitsOf(answer)).toMatch(headerForm)
    expect(JSON.parse(answer.text)).toMatchObject({ detail: expect.stringContaining('quota') })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-expose-headers')!.toLowerCase()).toContain('x-sentry-rate-limits')
  })

  test.each<[string, [string, unknown][]]>([
    ['91 a session', [['session', { sid: '1' }]]],
    ['93 a client report', [['client_report', {}]]],
    ['a transaction', [['transaction', {}]]],
  ])('%s is taken in', async (_name, items) => {
    const before = await readLog(server.pool, project.id)
    const answer = await sendItems(project.dsn, items)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect((await readLog(server.pool, project.id)).length).toBe(before.length + 1)
  })

  test('92 of an event and a session the session is taken in, and the log says what was not', async () => {
    const answer = await sendItems(project.dsn, [['event', event], ['attachment', 'file'], ['session', { sid: 'kept' }]])
    expect(answer.status).toBe(200)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(limitsOf(answer)).toMatch(/^\d+:error;default;security:project:project_quota$/)
    const last = (await readLog(server.pool, project.id)).at(-1)!
    expect(last.body).not.toContain('hello world')
    expect(last.body).toContain('"sid":"kept"')
    expect(last.refused).toEqual([
      { category: 'error', outcome: 'rate_limited', reason: 'project_quota', quantity: 1 },
      { category: 'attachment', outcome: 'rate_limited', reason: 'project_quota', quantity: 1 },
    ])
  })

  test('97 a check-in is taken in', async () => {
    const { origin, username, pathname } = new URL(project.dsn)
    const response = await fetch(`${origin}/api${pathname}/cron/nightly/${username}/?status=ok`, { method: 'POST' })
    expect(response.status).toBe(202)
  })

  test('97 a minidump is answered as if it were taken in', async () => {
    const before = await readLog(server.pool, project.id)
    const form = new FormData()
    form.append('upload_file_minidump', new Blob([Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(100)])]), 'crash.dmp')
    const answer = await post(project.dsn, 'minidump/', form)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(await readLog(server.pool, project.id)).toEqual(before)
  })

  test('store and security reports are limited like events', async () => {
    expect((await post(project.dsn, 'store/', JSON.stringify(event))).status).toBe(429)
    expect((await post(project.dsn, 'security/', '{"csp-report":{}}', { headers: { 'content-type': 'application/csp-report' } })).status).toBe(429)
  })

  test('another project is not', async () => {
    expect((await sendItems(server.project.dsn, [['event', event]])).status).toBe(200)
  })

  test('what is refused is recorded by category', async () => {
    await sendItems(project.dsn, [['event', event], ['event', event]])
    await expect
      .poll(async () => (await server.client.outcomes(project.slug)).data.find(({ category, outcome }) => category === 'error' && outcome === 'rate_limited'), { timeout: 10_000 })
      .toMatchObject({ reason: 'project_quota', quantity: expect.any(Number) as number, detail: 'The quota of the project is used up.', sdk: 'sentry.test/1.0' })
  })

  test('98 a quota that is lifted lets them in again, without a restart', async () => {
    await setQuotas(null)
    expect((await sendItems(project.dsn, [['event', event]])).status).toBe(200)
  })
})

describe('a quota of a project of its own', () => {
  beforeEach(async () => void (project = await server.addProject(`limits-${++made}`)))

  test('98 after the window they are accepted again', async () => {
    await server.client.updateProject(project.slug, { quotas: [{ categories: ['error'], count: 1, window: 2 }] })
    await expect.poll(async () => (await sendItems(project.dsn, [['event', event]])).status, { timeout: 10_000 }).toBe(429)
    await expect.poll(async () => (await sendItems(project.dsn, [['event', event]])).status, { timeout: 10_000 }).toBe(200)
  })

  test('a quota lets in exactly as many as it says, however they come', async () => {
    await setQuotas([{ categories: ['span'], count: 0, window: day }, { categories: ['error'], count: 25, window: day }])
    const answers = await Promise.all(Array.from({ length: 60 }, () => sendItems(project.dsn, [['event', event]])))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(25)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35)
    const stored = (await readLog(server.pool, project.id)).filter(({ body }) => body.includes('hello world'))
    expect(stored).toHaveLength(25)
  })

  test('the limit of a key holds for that key alone', async () => {
    const { data: second } = await server.client.createKey(project.slug, { name: 'second' })
    await server.client.updateKey(project.slug, second.id, { rateLimit: { count: 0, window: day } })
    await expect.poll(async () => (await sendItems(second.dsn.public, [['event', event]])).status, { timeout: 10_000 }).toBe(429)
    expect(limitsOf(await sendItems(second.dsn.public, [['event', event]]))).toMatch(/^\d+:error;default;security:key:key_quota$/)
    expect((await sendItems(project.dsn, [['event', event]])).status).toBe(200)
  })

  test('a key that is switched off is refused within seconds, and taken again when it is back', async () => {
    const [key] = (await server.client.keys(project.slug)).data
    expect((await sendItems(project.dsn, [['event', event]])).status).toBe(200)
    await server.client.updateKey(project.slug, key!.id, { isActive: false })
    await expect.poll(async () => (await sendItems(project.dsn, [['event', event]])).status, { timeout: 10_000 }).toBe(403)
    await server.client.updateKey(project.slug, key!.id, { isActive: true })
    await expect.poll(async () => (await sendItems(project.dsn, [['event', event]])).status, { timeout: 10_000 }).toBe(200)
  })

  test('the quota of the installation holds for all projects', async () => {
    const other = await server.addProject(`other-${made}`)
    await server.client.updateOrganization({ quotas: [{ categories: ['transaction'], count: 0, window: day }] })
    try {
      for (const { dsn } of [project, other]) {
        await expect.poll(async () => (await sendItems(dsn, [['transaction', {}]])).status, { timeout: 10_000 }).toBe(429)
        expect(limitsOf(await sendItems(dsn, [['transaction', {}]]))).toMatch(/^\d+:transaction:organization:organization_quota$/)
      }
    } finally {
      await server.client.updateOrganization({ quotas: [] })
    }
  })

  test('80 an attachment over its cap is left out, the event is not', async () => {
    const large = 'x'.repeat(20 * 1024 * 1024 + 1)
    const { gzipSync } = await import('node:zlib')
    const body = `{}\n{"type":"event"}\n{"message":"small"}\n{"type":"attachment","length":${large.length},"filename":"a.txt"}\n${large}`
    expect((await post(project.dsn, 'envelope/', gzipSync(body), { headers: { 'content-encoding': 'gzip' } })).status).toBe(200)
    const [only] = await readLog(server.pool, project.id)
    expect(only!.body.length).toBeLessThan(1_000)
    expect(only!.refused).toEqual([{ category: 'attachment', outcome: 'too_large', reason: 'attachment', quantity: 1 }])
  })
})
