// A Node program with the newest @sentry/node against the real server: what it throws is an issue two seconds after its end.

import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../core/contract/event.ts'
import type { Issue } from '../../core/contract/issue.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.stop())

/** Resolves with the exit code. */
function runProgram(scenario: string): Promise<number | null> {
  const program = path.join(import.meta.dirname, 'program.ts')
  const child = spawn(process.execPath, [program, scenario], { env: { PATH: process.env.PATH, DSN: server.project.dsn }, stdio: 'ignore' })
  return new Promise((resolve) => child.on('exit', resolve))
}

/** `title` may be the value alone: @sentry/node gives a message a stack trace, and then Sentry's rules title it by its function. */
const findIssue = (title: string, count = 1): Promise<Issue> =>
  eventually(2_000, `"${title}" with ${count} events`, async () => {
    const { data } = await server.client.issues(server.project.slug)
    return data.find((issue) => (issue.title === title || issue.metadata.value === title) && issue.count === String(count))
  })

const latestEvent = async (issue: Issue): Promise<Event> => (await server.client.issueEvent(issue.id, 'latest')).data

describe('within two seconds after a program ended', () => {
  test('an uncaught error is an unhandled issue with its place', async () => {
    expect(await runProgram('uncaught')).toBe(1)
    const issue = await findIssue('TypeError: no card was given')
    expect(issue).toMatchObject({ level: 'fatal', isUnhandled: true, status: 'unresolved', metadata: { type: 'TypeError', value: 'no card was given', function: 'checkout' } })
    expect(issue.culprit).toBe('checkout(program.ts)')
  })

  test('an unhandled rejection is an unhandled issue', async () => {
    await runProgram('rejection')
    expect(await findIssue('RangeError: the amount is negative')).toMatchObject({ level: 'error', isUnhandled: true })
  })

  test('a chained error is titled by the outer one and shows its cause', async () => {
    await runProgram('cause')
    const issue = await findIssue('Error: the order failed')
    expect(issue).toMatchObject({ level: 'error', isUnhandled: false })
    const { entries } = await latestEvent(issue)
    expect(entries.flatMap((entry) => (entry.type === 'exception' ? entry.data.values : [])).map(({ value }) => value)).toEqual(['the stock is unknown', 'the order failed'])
  })

  test('a message has its level, tags, user and breadcrumbs', async () => {
    await runProgram('message')
    const issue = await findIssue('stock is low')
    expect(issue).toMatchObject({ level: 'warning', isUnhandled: false, userCount: 1 })
    const event = await latestEvent(issue)
    for (const tag of [{ key: 'shop', value: 'north' }, { key: 'release', value: 'shop@1.2.3' }, { key: 'environment', value: 'testing' }]) expect(event.tags).toContainEqual(tag)
    expect(event.user).toMatchObject({ id: '42', email: 'ada@example.com' })
    const crumbs = event.entries.flatMap((entry) => (entry.type === 'breadcrumbs' ? entry.data.values : []))
    expect(crumbs.map(({ message }) => message)).toContain('two items')
    expect(event.sdk?.name).toBe('sentry.javascript.node')
  })
})

test('the same error of two programs is one issue with two events', async () => {
  const { slug } = server.project
  const before = (await server.client.issues(slug)).data.find((issue) => issue.title.startsWith('TypeError: no card'))
  const count = Number(before?.count ?? 0)
  await Promise.all([runProgram('uncaught'), runProgram('uncaught')])
  await findIssue('TypeError: no card was given', count + 2)
})
