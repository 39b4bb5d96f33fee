// P-03 and P-04 below the page: a request with a mistake in it, and what the web API says a moment later.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../server.ts'
import { post, sendItems } from '../send.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.stop())

const event: [string, unknown] = ['event', { message: 'hello world' }]
const latest = async (reason: string): Promise<unknown> => (await server.client.outcomes(server.project.slug)).data.find((outcome) => outcome.reason === reason)

test('one mistake after the other is told, each soon after it was made', async () => {
  expect((await sendItems(server.project.dsn, [event], { key: '1'.repeat(32) })).status).toBe(403)
  await expect.poll(() => latest('unknown_key'), { timeout: 10_000 }).toMatchObject({ outcome: 'rejected', detail: "The key does not exist. Compare it with the project's DSN.", sdk: 'sentry.test/1.0' })
  expect((await sendItems(server.project.dsn, [event], { key: 'nonsense' })).status).toBe(400)
  await expect.poll(() => latest('bad_key'), { timeout: 10_000 }).toMatchObject({ outcome: 'rejected' })
  expect((await post(server.project.dsn, 'envelope/', 'no envelope')).status).toBe(400)
  await expect.poll(() => latest('malformed'), { timeout: 10_000 }).toMatchObject({ detail: expect.stringContaining('(byte 0)') as string })
  expect((await sendItems(server.project.dsn, [event])).status).toBe(200)
})

test('a wrong key does not stand in the way of the right one', async () => {
  expect((await sendItems(server.project.dsn, [event], { key: '2'.repeat(32) })).status).toBe(403)
  expect((await sendItems(server.project.dsn, [event])).status).toBe(200)
})

test("another project's key and projects that there are not are counted, and make no rows of their own", async () => {
  const other = await server.addProject('other')
  expect((await sendItems(server.project.dsn, [event], { key: new URL(other.dsn).username })).status).toBe(403)
  await expect.poll(() => latest('wrong_project'), { timeout: 10_000 }).toMatchObject({ outcome: 'rejected', quantity: 1 })
  const nowhere = new URL(server.project.dsn)
  for (let id = 900_000; id < 900_020; id++) {
    nowhere.pathname = `/${id}`
    expect((await sendItems(nowhere.href, [event])).status).toBe(403)
  }
  const rows = async (): Promise<unknown> =>
    (await server.pool.query("select project_id, sum(quantity)::int as quantity from latest_outcome where reason = 'wrong_project' group by project_id order by project_id")).rows
  await expect.poll(rows, { timeout: 20_000 }).toEqual([{ project_id: 0, quantity: 20 }, { project_id: server.project.id, quantity: 1 }])
})
