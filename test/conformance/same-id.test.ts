import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, newId } from '../given.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { settle } from './seen.ts'
import { formatRequest, openWire } from './wire.ts'

const clients = 16
const rounds = 10

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server?.stop())

test('an event that 16 clients send at once is one event, and 15 duplicates', async () => {
  const port = Number(new URL(server.url).port)
  const path = `/api/${server.project.id}/envelope/?sentry_key=${new URL(server.project.dsn).username}`
  const wires = Array.from({ length: clients }, () => openWire(port))
  for (let round = 0; round < rounds; round++) {
    const id = newId()
    const request = formatRequest(path, [], Buffer.from(`{"event_id":"${id}"}\n{"type":"event"}\n${JSON.stringify(failure('Error', 'all at once'))}`))
    const replies = await Promise.all(wires.map((wire) => wire.ask(request)))
    for (const reply of replies) expect(reply).toMatchObject({ status: 200, body: `{"id":"${id}"}` })
  }
  for (const wire of wires) wire.close()
  await settle(server)

  const outcomes = await server.pool.query<{ outcome: string; count: number }>('select outcome, sum(count)::integer as count from outcome_hour where project_id = $1 group by 1 order by 1', [server.project.id])
  expect(outcomes.rows).toEqual([{ outcome: 'accepted', count: rounds }, { outcome: 'duplicate', count: rounds * (clients - 1) }])
  const { data } = await server.client.issues(server.project.slug)
  expect(data.map(({ count }) => count)).toEqual([String(rounds)])
})
