// sentry-cli sends events and stored envelopes (protocol, case 182): the real binary, which npm has for Linux on x64 only.

import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Event } from '../../core/contract/event.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { runCommand } from './programs.ts'

const binary = path.join(import.meta.dirname, '../../node_modules/@sentry/cli-linux-x64/bin/sentry-cli')

let server: TestServer
let folder: string

beforeAll(async () => {
  server = await startTestServer()
  folder = await mkdtemp(path.join(tmpdir(), 'refold-cli-'))
})
afterAll(async () => {
  await server?.stop()
  if (folder) await rm(folder, { recursive: true })
})

beforeEach(({ task, skip }) => {
  if (existsSync(binary)) return
  task.meta.skipped = 'sentry-cli: not on this machine'
  skip(task.meta.skipped)
})

/** What it printed. The home folder is empty, so that no settings of this machine matter. */
async function runCli(...args: string[]): Promise<string> {
  const { code, output } = await runCommand([binary, ...args], { env: { PATH: process.env.PATH, HOME: folder, SENTRY_DSN: server.project.dsn } })
  expect(code, output).toBe(0)
  return output
}

const findEvent = (id: string): Promise<Event> =>
  eventually(10_000, `event ${id}`, async () => (await server.client.event(server.project.slug, id).catch(() => undefined))?.data)

async function storeEnvelope(id: string, message: string): Promise<string> {
  const file = path.join(folder, `${id}.envelope`)
  const event = { level: 'warning', message, release: 'shop@1.2.3', tags: { shop: 'north' } }
  await writeFile(file, [{ event_id: id }, { type: 'event' }, event].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

test('send-event is shown with all that its options say, under the id it printed', async () => {
  const output = await runCli('send-event', '-m', 'hi', '--level', 'warning', '--tag', 'a:b', '--release', 'shop@1.2.3', '--env', 'testing', '--user', 'id:7', '--extra', 'tins:2')
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
  await runCli('send-envelope', ...options, await storeEnvelope(id, message))
  const event = await findEvent(id)
  expect(event).toMatchObject({ eventID: id, title: message, level: 'warning', release: { version: 'shop@1.2.3' }, errors: [] })
  expect(event.tags).toContainEqual({ key: 'shop', value: 'north' })
})
