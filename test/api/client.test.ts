// The typed client against the real server, and against one that fails as servers do.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AuthenticationError, AuthorizationError, ConflictError, createBareClient, createClient, NetworkError, NotFoundError, RateLimitError, ServerError, UnexpectedAnswerError, ValidationError, type Client,
} from 'refold/client'
import { operations } from '../../core/contract/operations/all.ts'
import { failure, foldAll, givenEvents } from '../given.ts'
import { findRoute } from './answers.ts'
import { startApp, type App } from './app.ts'

let app: App
let client: Client
beforeAll(async () => {
  app = await startApp()
  client = createClient({ baseUrl: app.origin, organization: 'refold', token: (await app.person('ada@example.com')).token })
})
afterAll(() => app.stop())

const folded = async <T>(answer: Promise<T>): Promise<T> => answer.finally(() => foldAll(app.pool))

describe('against the real server', () => {
  test('makes a project, triages an issue and reads its own writes', async () => {
    const { data: project } = await client.createProject({ name: 'Shop' })
    await givenEvents(app.pool, Number(project.id), ['A', 'B', 'C'].map((type) => failure(type, 'x')))
    await foldAll(app.pool)
    const page = await client.issues('shop', { limit: 2, sort: 'new' })
    expect([page.data.length, page.hits, page.previous, page.build]).toEqual([2, 3, undefined, 'test'])
    const rest = await client.issues('shop', { limit: 2, sort: 'new', cursor: page.next! })
    expect([rest.data.length, rest.next]).toEqual([1, undefined])
    const id = page.data[0]!.shortId
    const { position } = await client.updateIssue(id, { status: 'resolved' })
    const [after] = await Promise.all([client.issue(id), foldAll(app.pool)])
    expect([after.data.status, after.position >= position]).toEqual(['resolved', true])
    expect((await client.issueCounts(['is:resolved', ''], ['shop'])).data).toEqual({ 'is:resolved': 1, '': 3 })
  })

  test('walks a list page by page until it ends', async () => {
    const titles: string[] = []
    for await (const issue of client.allIssues('shop', { query: '', sort: 'new', limit: 1 })) titles.push(issue.title)
    expect(titles.toSorted()).toEqual(['A: x', 'B: x', 'C: x'])
  })

  test('merges issues and takes them apart; rules, a generation and what it would change', async () => {
    const ids = (await client.issues('shop', { query: '', sort: 'new' })).data.map(({ id }) => id)
    const [parent, ...children] = ids.toSorted((a, b) => Number(a) - Number(b))
    expect((await folded(client.mergeIssues('shop', ids))).data).toEqual({ merge: { parent, children } })
    const keys = (await client.hashes(parent!)).data.map(({ id }) => id)
    expect((await folded(client.unmergeIssue(parent!, [[keys[1]!], [keys[2]!]]))).data).toEqual({ issue: parent, sides: [[keys[1]], [keys[2]]], rest: [keys[0]] })
    await expect(client.saveRules('shop', { rules: 'type:A' })).rejects.toMatchObject({ status: 400, fields: {}, more: { problems: [{ language: 'rules', line: 1 }] } })
    const revision = (await folded(client.saveRules('shop', { rules: 'type:A -> a' }))).data
    const candidate = (await folded(client.createGeneration('shop', { revision: revision.id }))).data
    expect((await client.updateGeneration('shop', candidate.id, { paused: true })).data.state).toBe('paused')
    expect([(await client.generation('shop', candidate.id)).data.state, (await client.grouping('shop')).data.revision]).toEqual(['paused', revision])
    const { data: diff, next } = await client.diff('shop', candidate.id, { limit: 1 })
    expect([diff.complete, next]).toEqual([false, undefined])
    await expect(client.applyGeneration('shop', candidate.id, { token: 'old' })).rejects.toMatchObject({ status: 409, more: { code: 'previewStale' } })
    await expect(client.rollback('shop')).rejects.toMatchObject({ more: { code: 'noRollback' } })
    expect((await folded(client.discardGeneration('shop', candidate.id))).data.generation).toBe(candidate.id)
  })

  test('a write with the same command id does nothing a second time', async () => {
    const [{ id } = { id: '' }] = (await client.issues('shop', { query: '' })).data
    const commandId = '5fcf9f6e-0f5a-4b6e-9a43-0d9f0c5f2f10'
    const first = await client.addComment(id, 'once', { commandId })
    expect((await folded(client.addComment(id, 'once', { commandId }))).position).toBe(first.position)
    expect((await client.comments(id)).data).toHaveLength(1)
  })

  test('rejects with a class of its own per kind, with the sentence of the server', async () => {
    await expect(client.issue('999999')).rejects.toThrow(NotFoundError)
    await expect(client.createProject({ name: 'x', slug: 'shop' })).rejects.toThrow(ConflictError)
    await expect(client.createProject({ name: '' })).rejects.toMatchObject({ name: 'ValidationError', status: 400, message: 'Give the project a name.', fields: { name: ['Give the project a name.'] } })
    await expect(client.issues('shop', { query: 'is:x' })).rejects.toThrow(ValidationError)
    await expect(createClient({ baseUrl: app.origin, organization: 'refold' }).projects()).rejects.toThrow(AuthenticationError)
    const { token } = await app.person('eve@example.com', 'viewer')
    await expect(createClient({ baseUrl: app.origin, organization: 'refold', token }).createProject({ name: 'x' })).rejects.toThrow(AuthorizationError)
  })
})

test('every call asks for an operation that there is', async () => {
  const asked: string[] = []
  const record: typeof fetch = async (url, init) => {
    asked.push(`${init!.method} ${new URL(String(url)).pathname}`)
    return new Response('{"rows": []}', { headers: { 'content-type': 'application/json' } })
  }
  const calls = Object.entries(createBareClient({ baseUrl: 'http://localhost', organization: 'refold', fetch: record }))
  for (const [name, call] of calls) {
    const before = asked.length
    const made = (call as (...names: string[]) => Promise<unknown> | AsyncGenerator)('one', 'two', 'three')
    await ('next' in made ? made.next().catch(() => undefined) : made)
    expect(asked.length, name).toBe(before + 1)
  }
  const unknown = asked.filter((one) => !Object.hasOwn(operations, findRoute(...(one.split(' ') as [string, string])) ?? ''))
  expect(unknown).toEqual([])
  expect(calls.length).toBeGreaterThan(70)
})

describe('against a server that fails', () => {
  /** Answers one after the other; the last one stays. What was asked is kept. */
  async function withAnswers<T>(answers: ((request: IncomingMessage, response: ServerResponse) => void)[], use: (client: Client, asked: IncomingMessage[]) => Promise<T>, timeoutMs = 5_000): Promise<T> {
    const asked: IncomingMessage[] = []
    const server = createServer((request, response) => {
      asked.push(request)
      answers[Math.min(asked.length, answers.length) - 1]!(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      return await use(createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, organization: 'refold', token: 't', timeoutMs }), asked)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }
  const status = (code: number, headers: Record<string, string> = {}) => (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(code, { 'x-request-id': 'r1', ...headers }).end('<html>')
  const json = (body: unknown) => (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const hangUp = ({ socket }: IncomingMessage): void => void socket.destroy()

  test('tries a read again after a lost connection and a busy server', () =>
    withAnswers([hangUp, status(503, { 'retry-after': '0' }), json([])], async (client, asked) => {
      expect((await client.projects()).data).toEqual([])
      expect(asked).toHaveLength(3)
    }))

  test('tries a write again with the same command id', () =>
    withAnswers([status(502), json({})], async (client, asked) => {
      await client.updateIssue('1', { status: 'resolved' })
      const [first, second] = asked.map(({ headers }) => headers['idempotency-key'])
      expect([first === second, first]).toEqual([true, expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)])
    }))

  test('never tries twice what would be done twice', () =>
    withAnswers([hangUp], async (client, asked) => {
      await expect(client.createKey('shop')).rejects.toThrow(NetworkError)
      expect(asked).toHaveLength(1)
    }))

  test('gives up after two more attempts, at once where the wait is too long, and tells the incident', () =>
    withAnswers([status(503, { 'retry-after': '0' })], async (client, asked) => {
      await expect(client.projects()).rejects.toMatchObject({ constructor: ServerError, retryAfter: 0, requestId: 'r1', message: 'The server answered 503.' })
      expect(asked).toHaveLength(3)
      await withAnswers([status(429, { 'retry-after': '3600' })], async (limited, once) => {
        await expect(limited.projects()).rejects.toMatchObject({ constructor: RateLimitError, retryAfter: 3600 })
        expect(once).toHaveLength(1)
      })
      await withAnswers([status(500)], async (broken, once) => {
        await expect(broken.projects()).rejects.toThrow(ServerError)
        expect(once).toHaveLength(1)
      })
    }))

  test('ends at its deadline, and when it is told to, also while it waits', async () => {
    await withAnswers([() => undefined], async (client) => {
      await expect(client.createKey('shop')).rejects.toThrow('The server did not answer within 0.1 s.')
    }, 100)
    const unfinished = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(200, { 'content-type': 'application/json' }).write('[')
    for (const answer of [status(503, { 'retry-after': '20' }), unfinished]) {
      await withAnswers([answer], async (client) => {
        const aborter = new AbortController()
        const asking = client.projects({ signal: aborter.signal })
        setTimeout(() => aborter.abort(new Error('enough')), 100)
        await expect(asking).rejects.toThrow('enough')
      })
    }
  })

  test('takes any error page, and a body that breaks off for a lost connection', async () => {
    await withAnswers([(_, response) => void response.writeHead(404).end('null')], (client) => expect(client.projects()).rejects.toMatchObject({ constructor: NotFoundError, message: 'The server answered 404.' }))
    await withAnswers([({ socket }, response) => void response.writeHead(200).write('[', () => socket.destroy())], (client) => expect(client.eventMarkdown('shop', '1')).rejects.toThrow(NetworkError))
  })

  test('asks nothing where a name would lead the path elsewhere', () =>
    withAnswers([json({})], async (client, asked) => {
      for (const name of ['..', '.', '']) await expect(client.deleteKey('shop', name)).rejects.toThrow(NotFoundError)
      expect(asked).toEqual([])
    }))

  test('refuses an answer that is not what the operation says, and takes one that says more', async () => {
    await withAnswers([json([{ id: 1 }])], (client) => expect(client.environments('shop')).rejects.toThrow(UnexpectedAnswerError))
    await withAnswers([status(200)], (client) => expect(client.environments('shop')).rejects.toThrow('no JSON'))
    const environment = { id: '1', name: 'production', isHidden: false, tomorrow: true }
    await withAnswers([json([environment])], async (client) => expect((await client.environments('shop')).data).toEqual([environment]))
  })
})
