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

test('rejects with an error of its own per kind, with the server\'s sentence', async () => {
  await expect(client.issue('999999')).rejects.toThrow(MissingError)
  await expect(client.createProject({ name: 'x', slug: 'shop' })).rejects.toThrow(ConflictError)
  await expect(client.createProject({ name: '' })).rejects.toMatchObject({ status: 400, message: 'Give the project a name.', fields: { name: ['Give the project a name.'] } })
  await expect(client.issues('shop', { query: 'is:x' })).rejects.toThrow(InvalidRequestError)
  await expect(createClient({ baseUrl: app.origin, organization: 'refold' }).projects()).rejects.toThrow(UnauthenticatedError)
  const away = createClient({ baseUrl: app.origin, organization: 'refold', fetch: async () => new Response('<html>', { status: 503, headers: { 'retry-after': '7' } }) })
  await expect(away.projects()).rejects.toMatchObject({ constructor: TryAgainError, retryAfter: 7, message: 'The server answered 503.' })
})
