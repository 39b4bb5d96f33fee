// What is answered 200 is never lost, also when PostgreSQL is (architecture 3): stopped, then killed, under steady load.

import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../projections/verify.ts'
import { eventually } from '../eventually.ts'
import { newId } from '../given.ts'
import { owner, startServerProcess, type ServerProcess } from '../server-process.ts'
import { addProject, type TestProject } from '../server.ts'
import { makeFolder } from './log/storage.ts'
import { sendSteadily } from './steady.ts'
import { startStoppablePostgres, type StoppablePostgres } from './stoppable-postgres.ts'

/** `OUTAGE_SECONDS=30 npx vitest run test/ingest/outage.test.ts` for a longer one. */
const outageSeconds = Number(process.env.OUTAGE_SECONDS ?? 3)

let postgres: StoppablePostgres
let server: ServerProcess
let project: TestProject
const dataDir = makeFolder()
beforeAll(async () => {
  postgres = await startStoppablePostgres()
  server = await startServerProcess(postgres.url, { env: { DATA_DIR: dataDir, LOG_LEVEL: 'info' } })
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2, pipeline: true })
  project = await addProject(pool, server.url, 'shop')
  await pool.end()
})
afterAll(async () => {
  await server.end('SIGTERM')
  await postgres.remove()
})

async function untilFolded(): Promise<void> {
  await eventually(60_000, 'everything is appended and folded', async () => {
    if (existsSync(path.join(dataDir, 'spool'))) return undefined
    const [row] = await postgres.query<{ behind: string }>(`select h.position - c.position as behind from log_head h, checkpoint c where c.name = 'main'`)
    return row!.behind === '0' || undefined
  })
}

async function signIn(): Promise<string> {
  const response = await fetch(`${server.url}/api/0/auth/login/`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: server.url }, body: JSON.stringify({ username: owner.email, password: owner.password }),
  })
  expect(response.status).toBe(200)
  return response.headers.get('set-cookie')!.split(';')[0]!
}

const readIssues = async (cookie: string): Promise<{ status: number; count: number }> => {
  const response = await fetch(`${server.url}/api/0/projects/refold/shop/issues/`, { headers: { cookie } })
  const body = (await response.json()) as { count: string }[]
  return { status: response.status, count: response.ok ? body.reduce((sum, issue) => sum + Number(issue.count), 0) : 0 }
}

test('every envelope that is answered 200 is in the log once, in the order of its connection; nobody is refused, and nothing has to be restarted', async () => {
  const cookie = await signIn()
  const listens = new AbortController()
  const live = await fetch(`${server.url}/api/0/organizations/refold/live/`, { headers: { cookie }, signal: listens.signal })
  const messages: string[] = []
  const listening = (async () => {
    for await (const text of live.body!.pipeThrough(new TextDecoderStream())) messages.push(text)
  })().catch(() => undefined)

  const steady = sendSteadily(project.dsn, { connections: 16, perSecond: 500 })
  const storedCount = (): number => steady.stored.reduce((sum, ids) => sum + ids.length, 0)
  const after = (count: number): Promise<true> => eventually(30_000 + 4 * count, `${count} more are answered`, async () => storedCount() >= from + count || undefined)
  let from = storedCount()
  await after(500)
  await postgres.stop()
  from = storedCount()
  await after(500 * outageSeconds)
  expect((await readIssues(cookie)).status, 'reads say that they cannot').toBe(503)
  const unknown = await fetch(`${server.url}/api/${project.id}/envelope/?sentry_key=${newId()}`, { method: 'POST', body: '{}' })
  expect(unknown.status, 'a key that is not known is not refused for good').toBe(503)
  await postgres.start()
  await sleep(3_000)
  postgres.kill()
  from = storedCount()
  await after(1_000)
  await postgres.start()
  from = storedCount()
  await after(500)
  steady.ended = true
  await steady.done
  await untilFolded()

  const logged = await readLogged()
  expect(steady.stored.map((ids) => findInOrder(logged, ids))).toEqual(steady.stored)
  expect(steady.refused).toEqual(new Map())

  expect(await readIssues(cookie), 'the session lives on, and the issues have all events').toEqual({ status: 200, count: logged.length })
  const heard = messages.length
  await sendOne()
  await eventually(20_000, 'the live stream that was open all the time tells of the next event', async () => messages.slice(heard).some((text) => text.includes('event: issues')) || undefined)
  expect(server.output()).toContain('kept on disk')
  expect((await verify(postgres.url)).differences).toEqual([])
  listens.abort()
  await listening
}, 150_000 + 5_000 * outageSeconds)

test('what waits on disk when the server is killed, or told to stop, while the database is away, its successor appends', async () => {
  const stored: string[][] = []
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    await sendOne() // the key is known from now on
    await postgres.stop()
    const steady = sendSteadily(project.dsn, { connections: 8, perSecond: 400 })
    await eventually(30_000, '300 are answered', async () => steady.stored.flat().length >= 300 || undefined)
    const ending = server.end(signal)
    steady.ended = true
    await steady.done
    expect(await ending).toBe(signal === 'SIGTERM' ? 0 : signal)
    expect(existsSync(path.join(dataDir, 'spool'))).toBe(true)
    stored.push(...steady.stored)
    await postgres.start()
    server = await startServerProcess(postgres.url, { port: server.port, env: { DATA_DIR: dataDir, LOG_LEVEL: 'info' } })
    await untilFolded()
  }
  const logged = await readLogged()
  expect(stored.map((ids) => findInOrder(logged, ids))).toEqual(stored)
}, 150_000)

test('with nothing to keep envelopes in, the answer is 503 and when to come back, until the database is', async () => {
  await server.end('SIGTERM')
  server = await startServerProcess(postgres.url, { port: server.port, env: { DATA_DIR: dataDir, SPOOL_MAX_MB: '0' } })
  await sendOne()
  await postgres.stop()
  const { origin, username: key, pathname } = new URL(project.dsn)
  const send = (): Promise<Response> => fetch(`${origin}/api${pathname}/envelope/?sentry_key=${key}`, { method: 'POST', body: '{}\n{"type":"event"}\n{}' })
  for (let i = 0; i < 20; i++) {
    const answer = await send()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
  }
  expect(server.output().match(/refused with 503/g)).toHaveLength(1)
  await postgres.start()
  await eventually(20_000, 'envelopes are taken again', async () => (await send()).ok || undefined)
}, 60_000)

/** Event ids in the log's order; fails when one is there twice. */
async function readLogged(): Promise<string[]> {
  const rows = await postgres.query<{ id: string }>(`select replace(event_id::text, '-', '') as id from log where kind = 'e' and type = 'envelope.received' order by position`)
  const ids = rows.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  return ids
}

/** Those of `ids` that are logged, in the log's order. */
function findInOrder(logged: string[], ids: string[]): string[] {
  const wanted = new Set(ids)
  return logged.filter((id) => wanted.has(id))
}

async function sendOne(): Promise<void> {
  const one = sendSteadily(project.dsn, { connections: 1, perSecond: 50 })
  await eventually(10_000, 'one is answered', async () => one.stored[0]!.length > 0 || undefined)
  one.ended = true
  await one.done
}
