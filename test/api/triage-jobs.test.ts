// What jobs of the running server do about decisions: open archived issues again, and delete what is left of a project.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { failure, givenEvents } from '../given.ts'
import { startTestServer, type TestServer } from '../server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const call = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${server.url}/api/0/${path}`, { method, headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) })
const wait = <T>(what: string, check: () => Promise<T | undefined>): Promise<T> => eventually(60_000, what, check)
/** Through the door, so that the fold is woken. */
const send = (dsn: string, event: Record<string, unknown>): Promise<Response> => {
  const { origin, username, pathname } = new URL(dsn)
  return fetch(`${origin}/api${pathname}/store/?sentry_key=${username}`, { method: 'POST', body: JSON.stringify(event) })
}

test('an issue that was archived until its next event is opened again by it', { timeout: 120_000 }, async () => {
  await send(server.project.dsn, failure('Once', 'x'))
  const [issue] = await wait('an issue', async () => {
    const { data } = await server.client.issues('shop')
    return data.length > 0 ? data : undefined
  })
  expect((await call('PUT', `issues/${issue!.id}/`, { status: 'ignored', statusDetails: { ignoreCount: 1 } })).status).toBe(200)
  await send(server.project.dsn, failure('Once', 'x'))
  const opened = await wait('it is open', async () => {
    const found = (await (await call('GET', `issues/${issue!.id}/`)).json()) as { status: string; substatus: string; activity: { type: string; data: object; user: unknown }[] }
    // Both: what is read of an issue, and of its past, is not of one moment.
    return found.status === 'unresolved' && found.activity.length === 3 ? found : undefined
  })
  expect(opened).toMatchObject({ status: 'unresolved', substatus: 'ongoing', activity: [{ type: 'set_unresolved', data: { reason: 'events' }, user: null }, { type: 'set_ignored' }, {}] })
})

test('a deleted project refuses its SDKs, and nothing of it stays in the tables', { timeout: 120_000 }, async () => {
  const gone = await server.addProject('gone')
  await givenEvents(server.pool, gone.id, [failure('A', 'x'), failure('B', 'x')])
  expect((await send(gone.dsn, failure('C', 'x'))).status).toBe(200)
  await wait('three issues', async () => ((await server.client.issues('gone')).data.length === 3 ? true : undefined))
  expect((await call('DELETE', 'projects/refold/gone/')).status).toBe(204)
  await wait('the key is refused', async () => ((await send(gone.dsn, failure('D', 'x'))).status === 403 ? true : undefined))
  const left = async (): Promise<number> =>
    (await server.pool.query<{ rows: number }>(`select (select count(*) from event where project_id = $1)::int + (select count(*) from issue where project_id = $1)::int as rows`, [gone.id])).rows[0]!.rows
  await wait('the rows are gone', async () => ((await left()) === 0 ? true : undefined))
})
