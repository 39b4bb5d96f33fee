import Fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantedScopes, type Viewer } from '../../core/access.ts'
import { generation, type Generation } from '../../core/contract/grouping.ts'
import type { LiveMessage } from '../../core/contract/live.ts'
import { bringGeneration } from '../../projections/generations/build.ts'
import { startHub, type Hub } from '../../projections/live/hub.ts'
import { notifyGeneration } from '../../projections/live/notice.ts'
import { registerLiveRoutes } from '../../projections/live/routes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'

let database: TestDatabase
let hub: Hub
let app: FastifyInstance
let address: string
/** Who asks. */
const viewer: Viewer = { userId: 1, email: 'ada@example.com', name: 'Ada', role: 'member', via: 'session', actor: 'user:1', scopes: grantedScopes('member'), projects: 'all' }
beforeAll(async () => {
  database = await createTestDatabase()
  hub = await startHub(database.url, database.pool, pino({ level: 'silent' }))
  app = Fastify({ routerOptions: { ignoreTrailingSlash: true } })
  app.decorateRequest('viewer', null)
  app.addHook('onRequest', async (request) => {
    request.viewer = { ...viewer, projects: request.headers['x-projects'] === undefined ? 'all' : new Set([Number(request.headers['x-projects'])]) }
  })
  registerLiveRoutes(app, { hub, build: 'test', commentEveryMs: 100, resolveAgain: async (request) => (request.headers['x-removed'] === undefined ? viewer : null) })
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

test('a generation is told when it is asked for, at most twice a second while it is built, and when it is applied', async () => {
  const told: Generation[] = []
  const start = performance.now()
  const unsubscribe = hub.subscribe((message) => void (message.event === 'generation' && told.push(generation.parse(message.data.generation))))
  const id = await givenDecisions(database.pool, { type: 'grouping.requested', data: { project: 1, grouping: { version: 'v2', revision: 0 } } })
  await foldAll(database.pool)
  await expect.poll(() => told, { timeout: 5_000 }).toMatchObject([{ id: String(id), state: 'queued', version: 'v2' }])
  await bringGeneration(database.pool, id, await foldAll(database.pool))
  for (const end = performance.now() + 1_200; performance.now() < end; ) await notifyGeneration(database.pool, 1, id)
  await expect.poll(() => told.at(-1)?.progress?.done, { timeout: 5_000 }).toBeGreaterThan(0)
  await givenDecisions(database.pool, { type: 'grouping.applied', data: { project: 1, generation: id, accepted: [] } })
  await foldAll(database.pool)
  await expect.poll(() => told.filter(({ state }) => state === 'live' || state === 'retired').map((each) => each.id).toSorted(), { timeout: 5_000 }).toEqual(['1', String(id)].toSorted())
  unsubscribe()
  expect(told.filter((each) => each.id === String(id)).length).toBeLessThanOrEqual((performance.now() - start) / 500 + 1)
})

test('nobody is told of a project they do not belong to', async () => {
  const poll = (project: number): Promise<unknown> =>
    fetch(url(`?after=${hub.position()}`), { headers: { accept: 'application/json', 'x-projects': String(project) } }).then((response) => response.json())
  const before = hub.position()
  const [foreign, own] = [poll(2), poll(1)]
  await sendTwo('Secret')
  expect(JSON.stringify(await own)).toContain('Secret')
  expect(hub.since(before, (project) => project === 2)).toEqual([])
  await givenProject(database.pool, 2, 'web')
  await foldAll(database.pool)
  await givenEvents(database.pool, 2, [failure('Theirs', 'x')])
  await foldAll(database.pool)
  const told = JSON.stringify(await foreign)
  expect([told.includes('Theirs'), told.includes('Secret')]).toEqual([true, false])
})

test('a stream ends once its reader is removed', async () => {
  const response = await fetch(url(), { headers: { 'x-removed': '1' } })
  expect(await response.text()).toMatch(/^id: \d+\nevent: hello\n/)
})
