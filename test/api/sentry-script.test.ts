// A script that was written from Sentry's public API documentation alone runs unchanged: only host and token are ours.

import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActivityItem, Issue } from '../../core/contract/issue.ts'
import { appendEnvelopes } from '../../ingest/log/append.ts'
import { advance } from '../../projections/advance.ts'
import { eventually } from '../eventually.ts'
import { eventEnvelope, failure } from '../given.ts'
import { runCommand } from '../sdk/programs.ts'
import { organization } from '../server-process.ts'
import { startTestServer, type TestServer } from '../server.ts'

const [recent, old] = [120, 30]
const day = 24 * 60 * 60 * 1000

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await receive(old, 'Old', new Date(Date.now() - 40 * day))
  await receive(recent, 'New', new Date(Date.now() - 20 * day))
  await receive(1, 'Newest', new Date())
})
afterAll(() => server?.stop())

/** Events that came at that time, an issue each. */
async function receive(count: number, type: string, recordedAt: Date): Promise<void> {
  const frames = [{ filename: 'node_modules/web/index.js', function: 'serve', lineno: 70, in_app: false }, { filename: 'app.js', function: 'checkout', lineno: 7, in_app: true }]
  const events = Array.from({ length: count }, (_, number) => failure(`${type}Error`, `number ${number}`, { fingerprint: [type, String(number)], exception: { values: [{ type: `${type}Error`, value: `number ${number}`, stacktrace: { frames } }] } }))
  await appendEnvelopes(server.pool, events.map((event) => eventEnvelope(server.project.id, event, { recordedAt })))
  for (let step = await advance(server.pool); step.folded > 0 || step.busy; step = await advance(server.pool)) if (step.busy) await sleep(10)
}

async function read<T>(below: string): Promise<T> {
  const response = await fetch(`${server.url}/api/0/${below}`, { headers: { authorization: `Bearer ${server.token}` } })
  return (await response.json()) as T
}

test('it lists, resolves what is old, comments, and reads a stack trace', async () => {
  const env = { PATH: process.env.PATH, HOST: server.url, ORG: organization, PROJECT: server.project.slug, TOKEN: server.token }
  const { code, output } = await runCommand([process.execPath, path.join(import.meta.dirname, 'sentry-script.js')], { env })
  expect(code, output).toBe(0)
  const told = JSON.parse(output) as { resolved: string[]; newest: string }
  expect(told).toMatchObject({
    listed: recent + old + 1, newest: 'NewestError: number 0', comment: 'Looking into it.', thrown: 'NewestError: number 0', eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    stack: ['node_modules/web/index.js:70 serve (library)', 'app.js:7 checkout'],
  })
  expect(new Set(told.resolved).size).toBe(old)

  const list = (query: string): Promise<Issue[]> => read(`projects/${organization}/shop/issues/?limit=100&query=${encodeURIComponent(query)}`)
  const resolved = await eventually(10_000, 'they are resolved', async () => {
    const issues = await list('is:resolved')
    return issues.length === old ? issues : undefined
  })
  expect(new Set(resolved.map(({ title }) => title.split(':')[0]))).toEqual(new Set(['OldError']))
  const [newest] = await list('NewestError')
  const notes = await eventually(10_000, 'both comments', async () => {
    const found = await read<ActivityItem[]>(`issues/${newest!.id}/notes/`)
    return found.length === 2 ? found : undefined
  })
  expect(notes.map(({ data }) => data.text)).toEqual(['Found it.', 'Looking into it.'])
})
