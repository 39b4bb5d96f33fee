// sentry-cli sends events and stored envelopes (protocol case 182).

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../../core/contract/event.ts'
import { eventually } from '../../eventually.ts'
import { startTestServer, type TestServer } from '../../server.ts'
import { useSentryCli } from './program.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.stop())

const cli = useSentryCli(() => ({ SENTRY_DSN: server.project.dsn }))

const findEvent = (id: string): Promise<Event> =>
  eventually(10_000, `event ${id}`, async () => (await server.client.event(server.project.slug, id).catch(() => undefined))?.data)

async function storeEnvelope(id: string, message: string): Promise<string> {
  const file = path.join(cli.folder, `${id}.envelope`)
  const event = { level: 'warning', message, release: 'shop@1.2.3', tags: { shop: 'north' } }
  await writeFile(file, [{ event_id: id }, { type: 'event' }, event].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

test('send-event is shown with all that its options say, under the id it printed (#182)', async () => {
  const output = await cli.run('send-event', '-m', 'hi', '--level', 'warning', '--tag', 'a:b', '--release', 'shop@1.2.3', '--env', 'testing', '--user', 'id:7', '--extra', 'tins:2')
  const printed = /Event id: ([0-9a-f-]{36})/.exec(output)?.[1]
  expect(printed, output).toBeDefined()
  const event = await findEvent(printed!.replaceAll('-', ''))
  expect(event).toMatchObject({ title: 'hi', level: 'warning', release: { version: 'shop@1.2.3' }, environment: 'testing', user: { id: '7' }, context: { tins: '2' }, sdk: { name: 'sentry-cli' }, errors: [] })
  expect(event.tags).toContainEqual({ key: 'a', value: 'b' })
})

test.each([
  ['read and written afresh', '9ec79c33ec9942ab8353589fcb2e04dc', []],
  ['as it is', '3cabf235750e407cae7f3dc83f92a6a8', ['--raw']],
])('send-envelope of a file, %s, is shown under the id in its header', async (how, id, options) => {
  const message = `kept in a file, ${how}`
  await cli.run('send-envelope', ...options, await storeEnvelope(id, message))
  const event = await findEvent(id)
  expect(event).toMatchObject({ eventID: id, title: message, level: 'warning', release: { version: 'shop@1.2.3' }, errors: [] })
  expect(event.tags).toContainEqual({ key: 'shop', value: 'north' })
})
