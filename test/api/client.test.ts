// The typed client against the real server.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConflictError, createClient, InvalidRequestError, MissingError, TryAgainError, UnauthenticatedError, type Client } from '../../core/contract/client.ts'
import { failure, foldAll, givenEvents } from '../given.ts'
import { startApp, type App } from './app.ts'

let app: App
let client: Client
beforeAll(async () => {
  app = await startApp()
  client = createClient({ baseUrl: app.origin, organization: 'refold', token: (await app.person('ada@example.com')).token })
})
afterAll(() => app.stop())

test('makes a project, triages an issue and waits for its own writes', async () => {
  const { data: project } = await client.createProject({ name: 'Shop' })
  await givenEvents(app.pool, Number(project.id), ['A', 'B', 'C'].map((type) => failure(type, 'x')))
  await foldAll(app.pool)
  const page = await client.issues('shop', { limit: 2, sort: 'new' })
  expect([page.data.length, page.hits, page.previous, page.build]).toEqual([2, 3, undefined, 'test'])
  const rest = await client.issues('shop', { limit: 2, sort: 'new', cursor: page.next! })
  expect([rest.data.length, rest.next]).toEqual([1, undefined])
  const id = page.data[0]!.shortId
  const { position } = await client.updateIssue(id, { status: 'resolved' })
  const [after] = await Promise.all([client.issue(id, position), foldAll(app.pool)])
  expect([after.data.status, after.position >= position]).toEqual(['resolved', true])
  expect((await client.issueCounts(['is:resolved', ''], ['shop'])).data).toEqual({ 'is:resolved': 1, '': 3 })
})

test('merges issues and takes them apart; rules, a generation and what it would change', async () => {
  const folded = async <T>(answer: Promise<T>): Promise<T> => answer.finally(() => foldAll(app.pool))
  const ids = (await client.issues('shop', { query: '', sort: 'new' })).data.map(({ id }) => id)
  const [parent, ...children] = ids.toSorted((a, b) => Number(a) - Number(b))
  expect((await folded(client.mergeIssues('shop', ids))).data).toEqual({ merge: { parent, children } })
  const keys = (await client.hashes(parent!)).data.map(({ id }) => id)
  expect((await folded(client.unmergeIssue(parent!, [[keys[1]!], [keys[2]!]]))).data).toEqual({ issue: parent, sides: [[keys[1]], [keys[2]]], rest: [keys[0]] })
  await expect(client.saveRules('shop', { rules: 'type:A' })).rejects.toMatchObject({ status: 400, fields: undefined, more: { problems: [{ language: 'rules', line: 1 }] } })
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

test('rejects with an error of its own per kind, with the server\'s sentence', async () => {
  await expect(client.issue('999999')).rejects.toThrow(MissingError)
  await expect(client.createProject({ name: 'x', slug: 'shop' })).rejects.toThrow(ConflictError)
  await expect(client.createProject({ name: '' })).rejects.toMatchObject({ status: 400, message: 'Give the project a name.', fields: { name: ['Give the project a name.'] } })
  await expect(client.issues('shop', { query: 'is:x' })).rejects.toThrow(InvalidRequestError)
  await expect(createClient({ baseUrl: app.origin, organization: 'refold' }).projects()).rejects.toThrow(UnauthenticatedError)
  const away = createClient({ baseUrl: app.origin, organization: 'refold', fetch: async () => new Response('<html>', { status: 503, headers: { 'retry-after': '7' } }) })
  await expect(away.projects()).rejects.toMatchObject({ constructor: TryAgainError, retryAfter: 7, message: 'The server answered 503.' })
})
