import Fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LiveMessage } from '../../core/contract/live.ts'
import { startHub, type Hub } from '../../projections/live/hub.ts'
import { registerLiveRoutes } from '../../projections/live/routes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'

let database: TestDatabase
let hub: Hub
let app: FastifyInstance
let address: string
beforeAll(async () => {
  database = await createTestDatabase()
  hub = await startHub(database.url, database.pool, pino({ level: 'silent' }))
  app = Fastify({ routerOptions: { ignoreTrailingSlash: true } })
  registerLiveRoutes(app, { hub, build: 'test' })
  address = await app.listen({ host: '127.0.0.1', port: 0 })
  await givenProject(database.pool, 1, 'shop')
  await foldAll(database.pool)
})
afterAll(async () => {
  await app.close()
  await hub.stop()
  await database.drop()
})

const url = (query = ''): string => `${address}/api/0/organizations/refold/live/${query}`

/** Reads a stream until `enough` says so, at most 5 s. */
async function readStream(path: string, enough: (messages: LiveMessage[]) => boolean, onOpen: () => unknown = () => undefined): Promise<LiveMessage[]> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), 5_000)
  const messages: LiveMessage[] = []
  const response = await fetch(path, { signal: abort.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  void onOpen()
  let text = ''
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
        text = text.slice(end + 2)
        if (fields.event) messages.push({ event: fields.event, data: JSON.parse(fields.data!) } as LiveMessage)
      }
      if (enough(messages)) break
    }
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
  return messages
}

const sendTwo = async (type: string): Promise<void> => {
  await givenEvents(database.pool, 1, [failure(type, 'x', { user: { id: '1' } }), failure(type, 'x')])
  await foldAll(database.pool)
}

test('a stream says hello, then which issues are new and what became of the events', async () => {
  const messages = await readStream(url(), (all) => all.some((message) => message.event === 'outcome'), () => sendTwo('Streamed'))
  expect(messages[0]).toMatchObject({ event: 'hello', data: { build: 'test' } })
  const issues = messages.find((message) => message.event === 'issues')
  expect(issues).toMatchObject({ data: { project: 'shop', created: [expect.any(String)], patches: [{ count: '2', userCount: 1, status: 'unresolved', substatus: 'new', assignedTo: null }] } })
  const patch = issues?.event === 'issues' ? issues.data.patches[0] : undefined
  expect(patch?.stats24h).toHaveLength(24)
  expect(patch?.stats24h.reduce((sum, [, count]) => sum + count, 0)).toBe(2)
  expect(messages.find((message) => message.event === 'outcome')).toMatchObject({ data: { project: 'shop', outcome: { outcome: 'accepted', shortId: expect.stringMatching(/^SHOP-/) } } })
})

test('who was away for a moment gets what was missed; who was away too long is told to refetch', async () => {
  const before = hub.position()
  await sendTwo('Missed')
  const isNew = (message: LiveMessage): boolean => message.event === 'issues' && message.data.position > before
  await expect.poll(() => hub.since(before)?.some(isNew), { timeout: 5_000 }).toBe(true)
  const missed = await readStream(url(`?after=${before}`), (all) => all.some(isNew))
  expect(missed.some(isNew)).toBe(true)
  const [, gap] = await readStream(url('?after=1'), (all) => all.length >= 2)
  expect(gap).toMatchObject({ event: hub.since(1) === null ? 'gap' : 'issues' })
})

test('long polling answers at once with what was missed, else when something happens', async () => {
  const poll = (after: number): Promise<{ position: number; messages: LiveMessage[] }> =>
    fetch(url(`?after=${after}`), { headers: { accept: 'application/json' } }).then((response) => response.json() as Promise<{ position: number; messages: LiveMessage[] }>)
  const waiting = poll(hub.position())
  await sendTwo('Polled')
  const answer = await waiting
  expect(answer.messages.length).toBeGreaterThan(0)
  expect(answer.position).toBeGreaterThanOrEqual(answer.messages[0]!.data.position)
})

test('a burst is at most one message per project and second', async () => {
  let messages = 0
  const unsubscribe = hub.subscribe((message) => void (messages += message.event === 'issues' ? 1 : 0))
  const end = performance.now() + 1_500
  while (performance.now() < end) await sendTwo('Burst')
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  unsubscribe()
  expect(messages).toBeGreaterThanOrEqual(2)
  expect(messages).toBeLessThanOrEqual(4)
})
