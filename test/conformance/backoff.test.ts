import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendDecisions } from '../../ingest/log/decisions.ts'
import { eventually } from '../eventually.ts'
import { runCommand, useProgram } from '../sdk/programs.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { look, settle } from './seen.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server?.stop())

/** Runs it against a project whose errors are used up. The first error is refused at the door, the second is never sent. */
async function checkBackoff(slug: string, run: (dsn: string) => Promise<{ code: number | null; output: string }>): Promise<void> {
  const project = await server.addProject(slug)
  const quotas = [{ categories: ['error' as const], count: 0, window: 86_400 }]
  await appendDecisions(server.pool, { decisions: [{ type: 'project.configured', data: { id: project.id, settings: { quotas } } }], actor: 'system:test' })
  await settle(server)
  const ended = await run(project.dsn)
  expect(ended.code, ended.output).toBe(0)
  const outcomes = await eventually(15_000, 'what the door refused is written down', async () => {
    await settle(server)
    const seen = await look(server, project, [])
    return seen.outcomes.some(({ outcome }) => outcome === 'rate_limited') ? seen.outcomes : undefined
  })
  expect(outcomes.filter(({ outcome, category }) => outcome === 'rate_limited' && category === 'error')).toMatchObject([{ count: 1 }])
  expect(outcomes).toContainEqual({ category: 'error', outcome: 'client_discard', reason: 'ratelimit_backoff', count: 1 })
}

test('#95 @sentry/node waits as long as it was told, and says what it left out', { timeout: 60_000 }, () =>
  checkBackoff('node', (DSN) => runCommand([process.execPath, path.join(import.meta.dirname, 'backoff-node.ts')], { env: { PATH: process.env.PATH, DSN } })))

describe('Python', () => {
  const run = useProgram({
    name: 'python',
    tools: [['python3', '-c', 'import venv, ensurepip']],
    // Not the folder of python.test.ts, which may be filling it at this moment.
    fetch: (cache) => [['python3', '-m', 'venv', `${cache}-backoff`], [`${cache}-backoff/bin/pip`, 'install', '--quiet', '-r', 'requirements.txt']],
    build: () => [],
    start: (cache) => [`${cache}-backoff/bin/python`, path.join(import.meta.dirname, 'backoff.py')],
  })

  test('#96 sentry-sdk waits as long as it was told, and says what it left out', { timeout: 60_000 }, () => checkBackoff('python', (dsn) => run('', dsn)))
})
