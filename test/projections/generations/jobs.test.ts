// What the server does by itself with generations: builds, catches up, applies what was asked to be applied, deletes what was discarded.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { generation as generationSchema, type Generation } from '../../../core/contract/grouping.ts'
import { eventually } from '../../eventually.ts'
import { failure, foldAll, givenEvents } from '../../given.ts'
import { startTestServer, type TestServer } from '../../server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.stop())

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; data: unknown }> {
  const response = await fetch(`${server.url}/api/0/projects/refold/shop/${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, data: (await response.json()) as unknown }
}

/** Of version v1 under rules that make one issue of everything. */
async function askFor(options: { thenApply?: boolean } = {}): Promise<string> {
  await ask('POST', 'grouping/revisions/', { rules: 'error.type:* -> all' })
  const { status, data } = await ask('POST', 'generations/', { version: 'v1', ...options })
  expect(status).toBe(201)
  return (data as Generation).id
}

/** Undefined until it is folded. */
const read = async (id: string): Promise<Generation | undefined> => generationSchema.safeParse((await ask('GET', `generations/${id}/`)).data).data
const reached = (id: string, state: Generation['state']): Promise<Generation> =>
  eventually(20_000, `generation ${id} is ${state}`, async () => {
    const generation = await read(id)
    return generation?.state === state ? generation : undefined
  })
const countRows = async (table: 'event_key' | 'issue', id: string): Promise<number> => (await server.pool.query<{ count: number }>(`select count(*)::int as count from ${table} where generation = $1`, [id])).rows[0]!.count
const given = async (count: number): Promise<void> => {
  await givenEvents(server.pool, server.project.id, Array.from({ length: count }, (_, index) => failure(`Error${index % 7}`, 'no')))
  await foldAll(server.pool)
}

test('a generation that was asked for is built, and a preview brings it to what came in since', async () => {
  await given(50)
  const id = await askFor()
  const { progress } = await reached(id, 'candidate')
  expect(progress).toMatchObject({ done: 50, total: 50, parked: 0, error: null, finishedAt: expect.any(String) })
  expect(await countRows('issue', id)).toBe(1)
  await given(30)
  const { data } = await ask('GET', `generations/${id}/diff/`)
  expect(data).toMatchObject({ complete: true, summary: { events: 80, merges: { from: 7, into: 1 } } })
})

test('one that was asked to be applied goes live when it is built', async () => {
  await given(20)
  const id = await askFor({ thenApply: true })
  await reached(id, 'live')
  expect(await countRows('event_key', id)).toBe(20)
})

test('a pause holds it where it is, and it goes on', async () => {
  await given(10)
  await server.pool.query(`create function pause_builds() returns trigger language plpgsql as $$ begin new.state := 'paused'; return new; end $$`)
  await server.pool.query('create trigger pause_builds before insert on generation_build for each row execute function pause_builds()')
  const id = await askFor()
  await reached(id, 'paused')
  expect(await countRows('event_key', id)).toBe(0)
  expect(await ask('PUT', `generations/${id}/`, { paused: false })).toMatchObject({ status: 200 })
  await reached(id, 'candidate')
})

test('one whose process died is built on by whoever looks', async () => {
  await given(10)
  const id = await askFor()
  await reached(id, 'candidate')
  await server.pool.query(`update generation_build set state = 'running', restart = true, updated_at = now() - interval '1 minute' where generation = $1`, [id])
  expect((await reached(id, 'candidate')).progress).toMatchObject({ done: 10 })
})

test('what was discarded leaves no rows but its history', async () => {
  await given(40)
  const id = await askFor()
  await reached(id, 'candidate')
  expect(await ask('DELETE', `generations/${id}/`)).toMatchObject({ status: 202 })
  await reached(id, 'discarded')
  await eventually(20_000, 'its rows are deleted', async () => (await countRows('event_key', id)) + (await countRows('issue', id)) === 0 || undefined)
  expect((await read(id))!.progress).toMatchObject({ done: 40, finishedAt: expect.any(String) })
})
