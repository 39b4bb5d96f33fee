// A regroup while everything goes on: events arrive, somebody reads, the server is killed. What must hold always is asserted; how long it
// takes is printed. SCALE_EVENTS=200000 SCALE_ISSUES=2000 SCALE_RATE=500 is the size of the acceptance.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Diff, Generation } from '../../core/contract/grouping.ts'
import { scopes } from '../../core/access.ts'
import { createToken } from '../../ingest/auth/tokens.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { failure, foldAll, givenDecisions, givenEvents } from '../given.ts'
import { sendSteadily } from '../ingest/steady.ts'
import { addProject, verifyAndDrop, type TestProject } from '../server.ts'
import { freePort, startServerProcess, type ServerProcess } from '../server-process.ts'

const events = Number(process.env.SCALE_EVENTS ?? 3_000)
const issues = Number(process.env.SCALE_ISSUES ?? 100)
const perSecond = Number(process.env.SCALE_RATE ?? 50)
const patienceMs = 60_000 + events * 5

let database: TestDatabase
let server: ServerProcess
let project: TestProject
let token: string

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const port = await freePort()
  project = await addProject(pool, `http://127.0.0.1:${port}`, 'shop')
  await givenDecisions(pool, { type: 'project.configured', data: { id: project.id, settings: { quotas: [] } } })
  for (let from = 0; from < events; from += 500) {
    await givenEvents(pool, project.id, Array.from({ length: Math.min(500, events - from) }, (_, index) => makeEvent(from + index)))
  }
  await foldAll(pool)
  // From the begin of the transaction that flips to its end: so long are its rows locked.
  await pool.query('create table flip (ms float8 not null)')
  await pool.query(`create function note_flip() returns trigger language plpgsql as
    $$ begin insert into flip values (extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000); return null; end $$`)
  await pool.query(`create constraint trigger note_flip after update on project deferrable initially deferred
    for each row when (old.generation <> new.generation) execute function note_flip()`)
  server = await startServerProcess(database.url, { port })
  const account = await pool.query<{ id: number }>('select id from account')
  token = (await createToken(pool, account.rows[0]!.id, { name: 'test', scopes })).token
}, patienceMs)

afterAll(async () => {
  await server.end('SIGTERM')
  await verifyAndDrop(database)
}, patienceMs)

function makeEvent(index: number): Record<string, unknown> {
  return failure(`Error${index % issues}`, 'no', { user: { id: String(index % 997) }, tags: { region: `eu-${index % 3}`, order: String(index % 5_000) }, release: `shop@1.${index % 20}` })
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; data: T }> {
  const response = await fetch(`${server.url}/api/0/projects/refold/shop/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, data: (await response.json()) as T }
}

/** A rule that makes a tenth of what ends in this digit, and the generation asked for with it. */
async function askFor(digit: number): Promise<string> {
  expect((await ask('POST', 'grouping/revisions/', { rules: `error.type:Error*${digit} -> ends-in-${digit}` })).status).toBe(201)
  const { status, data } = await ask<Generation>('POST', 'generations/', {})
  expect(status).toBe(201)
  return data.id
}

type Built = { state: string; position: number; events: number }
const readBuilt = async (id: string): Promise<Built | undefined> =>
  (await database.pool.query<Built>('select state, position::float8 as position, events::float8 as events from generation_build where generation = $1', [id])).rows[0]
const isReady = (id: string): Promise<true> => eventually(patienceMs, `generation ${id} is built`, async () => (await readBuilt(id))?.state === 'ready' || undefined)
const countAll = async (generation: string): Promise<number> => (await database.pool.query<{ count: number }>('select count(*)::int as count from event_key where generation = $1', [generation])).rows[0]!.count

test('a build goes on from where it was after each of three kill -9', async () => {
  const id = await askFor(1)
  for (let kill = 1; kill <= 3; kill++) {
    await eventually(patienceMs, 'it is under way', async () => {
      const built = await readBuilt(id)
      return built?.state === 'ready' || (built?.events ?? 0) >= (events * kill) / 5 || undefined
    })
    const { port } = server
    await server.end('SIGKILL')
    const before = (await readBuilt(id))!
    server = await startServerProcess(database.url, { port })
    expect((await readBuilt(id))!.position).toBeGreaterThanOrEqual(before.position)
  }
  await isReady(id)
  expect((await readBuilt(id))!.events).toBe(events)
  expect(await countAll(id)).toBe(events)
}, patienceMs)

test('build, preview, apply and rollback, while events arrive and somebody reads', async () => {
  const steady = sendSteadily(project.dsn, { connections: 8, perSecond })
  const reader = startReader()
  await sleep(events / 100 + 1_000)
  const normal = reader.take()
  const started = performance.now()
  const id = await askFor(2)
  await isReady(id)
  const buildMs = performance.now() - started
  const diff = await ask<Diff>('GET', `generations/${id}/diff/?limit=1`)
  expect(diff).toMatchObject({ status: 200, data: { complete: true, summary: { addsUp: true, merges: { from: issues / 10, into: 1 } } } })
  const applied = await ask('POST', `generations/${id}/apply/`, { token: diff.data.token })
  expect(applied).toMatchObject({ status: 200 })
  await isLive(id)
  const rolledBack = await ask<{ generation: string }>('POST', 'generations/rollback/', {})
  expect(rolledBack.status).toBe(200)
  await isLive(rolledBack.data.generation)
  const during = reader.take()
  await reader.stop()
  steady.ended = true
  await steady.done
  expect([...normal.failed, ...during.failed]).toEqual([])
  expect([...steady.refused]).toEqual([])
  const sent = steady.stored.reduce((sum, ids) => sum + ids.length, 0)
  await eventually(patienceMs, 'all is folded', async () => (await countAll(rolledBack.data.generation)) === events + sent || undefined)
  const flips = await database.pool.query<{ ms: number }>('select ms from flip')
  expect(flips.rows).toHaveLength(2)
  console.log(`${events} events of ${issues} issues, ${sent} more meanwhile: built in ${Math.round(buildMs)} ms (${Math.round((events / buildMs) * 1_000)}/s), ` +
    `flips of ${flips.rows.map(({ ms }) => `${ms.toFixed(0)} ms`).join(' and ')}, reads p95 ${normal.p95.toFixed(0)} ms before and ${during.p95.toFixed(0)} ms meanwhile (${normal.reads} and ${during.reads})`)
}, patienceMs * 2)

const isLive = (id: string): Promise<true> =>
  eventually(patienceMs, `generation ${id} is live`, async () => (await ask<Generation>('GET', `generations/${id}/`)).data.state === 'live' || undefined)

type Taken = { p95: number; reads: number; failed: number[] }

/** Reads the stream of issues again and again, ten times a second. */
function startReader(): { take(): Taken; stop(): Promise<void> } {
  let times: number[] = []
  let failed: number[] = []
  const run = { ended: false }
  const done = (async () => {
    while (!run.ended) {
      const started = performance.now()
      const { status, data } = await ask<unknown[]>('GET', 'issues/?query=is:unresolved&limit=50').catch(() => ({ status: 0, data: [] }))
      times.push(performance.now() - started)
      if (status !== 200 || data.length === 0) failed.push(status)
      await sleep(100)
    }
  })()
  return {
    take() {
      const sorted = times.toSorted((a, b) => a - b)
      const taken = { p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, reads: sorted.length, failed }
      ;[times, failed] = [[], []]
      return taken
    },
    async stop() {
      run.ended = true
      await done
    },
  }
}
