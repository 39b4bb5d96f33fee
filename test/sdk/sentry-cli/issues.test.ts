// sentry-cli lists what there is and changes issues in bulk, over a connection that fails now and then (protocol cases 178 to 183).

import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutcomeStats } from '../../../core/contract/intake.ts'
import { frameItems } from '../../envelope.ts'
import { eventually } from '../../eventually.ts'
import { organization } from '../../server-process.ts'
import { startTestServer, type TestServer } from '../../server.ts'
import { passOn, type Passed } from '../relay.ts'
import { useSentryCli } from './program.ts'

const issues = 130

let server: TestServer
let between: Server
let passed: Passed[]
/** What the next requests are answered, before any more is passed on. */
let refusals: number[]
let asked: string[]

beforeAll(async () => {
  server = await startTestServer()
  between = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const status = refusals.shift()
    if (status === undefined) return void passOn(request, response, server.url + request.url, (each) => passed.push(each))
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end('{"detail":"not now"}'))
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  await Promise.all(Array.from({ length: issues }, (_, number) => sendEvent(number)))
  await eventually(20_000, `${issues} issues`, async () => ((await countIssues('')) === issues ? true : undefined))
})
afterAll(async () => {
  between?.close()
  await server?.stop()
})
beforeEach(() => {
  passed = []
  refusals = []
  asked = []
})

const address = (): string => `127.0.0.1:${(between.address() as AddressInfo).port}`
const cli = useSentryCli(() => ({
  SENTRY_URL: `http://${address()}`, SENTRY_AUTH_TOKEN: server.token, SENTRY_ORG: organization, SENTRY_PROJECT: 'shop', SENTRY_DSN: Object.assign(new URL(server.project.dsn), { host: address() }).href,
}))

async function sendEvent(number: number): Promise<void> {
  const { username: key, pathname, origin } = new URL(server.project.dsn)
  const event = { message: `trouble ${number}`, fingerprint: [String(number)], user: { id: '7', email: 'ann@example.com' }, tags: { shop: 'north' } }
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${key}`, { method: 'POST', body: frameItems(number.toString(16).padStart(32, 'e'), [[{ type: 'event' }, JSON.stringify(event)]]) })
  expect(response.status).toBe(200)
}

async function read<T>(below: string): Promise<T> {
  const response = await fetch(`${server.url}/api/0/organizations/${organization}/${below}`, { headers: { authorization: `Bearer ${server.token}` } })
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

async function countIssues(query: string): Promise<number> {
  return (await read<Record<string, number>>(`issues-count/?project=shop&query=${encodeURIComponent(query)}`))[query]!
}

async function expectCounts(counts: Record<string, number>): Promise<void> {
  for (const [status, count] of Object.entries(counts)) {
    await eventually(10_000, `${count} issues are ${status}`, async () => ((await countIssues(`is:${status}`)) === count ? true : undefined))
  }
}

const idsIn = (table: string): string[] => [...table.matchAll(/^\| (\d+) /gm)].map(([, id]) => id!)

describe('issues', () => {
  test('are listed page by page, to the end (#178)', async () => {
    const ids = idsIn(await cli.run('issues', 'list'))
    expect(ids).toHaveLength(issues)
    expect(new Set(ids).size).toBe(issues)
    expect(asked.length).toBeGreaterThan(1)
    const last = passed.at(-1)!.answer.headers.link
    expect(last).toMatch(/rel="next"; results="false"/)
    expect(idsIn(await cli.run('issues', 'list', '--query', 'trouble 12', '--max-rows', '5'))).toHaveLength(5)
  })

  test('are resolved, muted and reopened: one of them, all of them, those of a status (#179)', async () => {
    const [one] = idsIn(await cli.run('issues', 'list', '--max-rows', '1'))
    await cli.run('issues', 'resolve', '-i', one!)
    await expectCounts({ resolved: 1, unresolved: issues - 1 })
    await cli.run('issues', 'unresolve', '-s', 'resolved')
    await expectCounts({ resolved: 0, unresolved: issues })
    await cli.run('issues', 'mute', '--all')
    await expectCounts({ ignored: issues })
    await cli.run('issues', 'unresolve', '-s', 'muted')
    await expectCounts({ ignored: 0, unresolved: issues })
  })
})

describe('lists that sentry-cli can read (#180)', () => {
  test.each([
    [['events', 'list', '--show-user', '--show-tags', '--pages', '2'], /trouble \d+.*ann@example\.com/],
    [['projects', 'list'], /\| shop/],
    [['organizations', 'list'], new RegExp(`\\| ${organization}`)],
    [['monitors', 'list'], /^/],
    [['repos', 'list'], /No repos found/],
    [['logs', 'list'], /No logs found/],
  ])('%s', async (args, what) => {
    expect(await cli.run(...args)).toMatch(what)
  })
})

test('monitors run tells twice about one run, and ends as the command did (#181)', async () => {
  expect((await cli.end(['monitors', 'run', 'nightly', '--', 'sh', '-c', 'exit 7'])).code).toBe(7)
  const checkIns = passed.map(({ body }) => JSON.parse(body.toString().trim().split('\n').at(-1)!) as { check_in_id: string; status: string; monitor_slug: string })
  expect(checkIns).toMatchObject([{ status: 'in_progress', monitor_slug: 'nightly' }, { status: 'error', monitor_slug: 'nightly' }])
  expect(checkIns[0]!.check_in_id).toBe(checkIns[1]!.check_in_id)
  expect(passed.map(({ answer }) => answer.status)).toEqual([200, 200])
  await eventually(10_000, 'both are counted, and made nothing of', async () => {
    const { groups } = await read<OutcomeStats>('stats_v2/?statsPeriod=1h&field=sum(quantity)&groupBy=outcome&category=monitor')
    return groups.some(({ by, totals }) => by.outcome === 'unsupported' && totals['sum(quantity)'] === 2) || undefined
  })
})

test('code mappings are refused, which fails the build that uploads them', async () => {
  const file = path.join(cli.folder, 'mappings.json')
  await writeFile(file, JSON.stringify([{ stackRoot: 'com/acme', sourceRoot: 'src/com/acme' }]))
  expect(await cli.end(['code-mappings', 'upload', file, '--repo', 'acme/shop', '--default-branch', 'main'])).toMatchObject({ code: 1, output: expect.stringContaining('Created: 0, Updated: 0, Errors: 1') as string })
  expect(passed.map(({ answer }) => answer.status)).toEqual([400])
})

describe('a server that is in trouble (#183)', () => {
  test('is asked again after 502 and 503', async () => {
    refusals = [502, 503]
    expect(await cli.run('projects', 'list')).toContain('shop')
    expect(asked).toHaveLength(3)
  })

  test('is not asked again after 429', async () => {
    refusals = [429]
    expect(await cli.end(['projects', 'list'])).toMatchObject({ code: 1, output: expect.stringContaining('not now') as string })
    expect(asked).toHaveLength(1)
  })
})
