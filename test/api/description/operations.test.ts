// Every operation of the document against the real server: each is asked for at least once, and answers what it says it does
// (test/api/answers.ts looks at every answer).

import { afterAll, beforeAll, expect, test } from 'vitest'
import { routeAccess } from '../../../core/access.ts'
import { reflectsPosition } from '../../../core/contract/openapi/document.ts'
import { operations } from '../../../core/contract/operations/all.ts'
import { startWorld, type Call, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.app.stop())

/** Reads that need more than the names in their path. */
const reads = (names: Record<string, string>): Record<string, Call> => {
  const compare = { query: `?with=${names.other}` }
  return {
    'GET /api/0/organizations/:org/issues-count/': { query: '?query=is:unresolved&query=' },
    'GET /api/0/organizations/:org/live/': { query: '?after=1', headers: { accept: 'application/json' } },
    'GET /api/0/organizations/:org/shortids/:issue/': { params: { issue: names.shortId! } },
    'GET /api/0/issues/:issue/compare/': compare, 'GET /api/0/organizations/:org/issues/:issue/compare/': compare,
    'GET /api/0/issues/:issue/events/:event/compare/': compare, 'GET /api/0/organizations/:org/issues/:issue/events/:event/compare/': compare,
  }
}

/** There is no way to have them do what their name says. */
const alwaysRefused = ['POST /api/0/organizations/:org/code-mappings/bulk/']

test('every route of the API that the server has is described, and nothing else is', () => {
  const registered = world.app.routes.filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/0/')).map(({ method, url }) => `${method} ${url}`)
  expect(Object.keys(operations).toSorted()).toEqual([...new Set(registered)].toSorted())
  expect(registered.filter((route) => !(route in routeAccess))).toEqual([])
})

test('every read answers, with the status, the type and the headers that are described', async () => {
  const special = reads(world.names)
  const wrong: string[] = []
  for (const route of Object.keys(operations).filter((one) => one.startsWith('GET '))) {
    const { status = 200, paged = false, contentType = 'application/json' } = operations[route]!
    const reply = await world.call(route, special[route])
    const got = [reply.status, reply.headers.get('content-type')?.split(';')[0], reply.headers.has('link'), reply.headers.has('x-refold-position')]
    const said = [status, special[route]?.headers ? 'application/json' : contentType, paged, reflectsPosition(route)]
    if (JSON.stringify(got) !== JSON.stringify(said)) wrong.push(`${route}: ${JSON.stringify(got)} instead of ${JSON.stringify(said)} ${reply.status >= 300 ? JSON.stringify(reply.body) : ''}`)
  }
  expect(wrong).toEqual([])
})

test('every write does something', async () => {
  const { ok, names } = world
  const project = '/api/0/projects/:org/:project/'
  const organization = '/api/0/organizations/:org/'
  await ok('PUT /api/0/users/me/', { body: { name: 'Ada L.' } })
  await ok(`PUT ${project}`, { body: { name: 'The shop', dataScrubber: false } })
  await ok(`PUT ${organization}`, { body: { quotas: [] } })
  await ok(`PUT ${project}keys/:key/`, { body: { name: 'Third', rateLimit: { count: 5, window: 60 } } })
  await ok(`PUT ${organization}releases/:version/`, { body: { url: 'https://example.com' } })
  await ok(`PUT ${project}releases/:version/`, { body: { dateReleased: '2026-11-02T10:00:00Z' } })
  await ok(`PUT ${organization}group-search-views/:view/`, { body: { name: 'Ours' } })
  await ok(`PUT ${organization}group-search-views/starred/order/`, { body: { view_ids: [names.view] } })
  await ok(`POST ${project}create-sample/`)
  await ok(`POST ${project}scrubbing/test/`, { body: { event: { extra: { password: 'x' } } } })
  await ok(`POST ${project}grouping/check/`, { body: { rules: 'type:A -> a' } })
  await ok(`POST ${project}grouping/dry-run/`, { body: { event: { message: 'x' } } })
  for (const base of ['/api/0/issues/:issue/', `${organization}issues/:issue/`]) {
    await ok(`PUT ${base}`, { body: { status: 'resolved' } })
    for (const notes of ['comments', 'notes']) {
      names.comment = String((await ok(`POST ${base}${notes}/`, { body: { text: 'first' } })).id)
      await ok(`PUT ${base}${notes}/:comment/`, { body: { text: 'second' } })
      await ok(`DELETE ${base}${notes}/:comment/`)
    }
    await ok(`PUT ${project}issues/`, { query: `?id=${names.issue}&id=${names.other}`, body: { merge: 1 } })
    const keys = (await ok(`GET ${base}hashes/`)) as unknown as { id: string }[]
    await ok(`PUT ${base}unmerge/`, { body: { sides: [[keys[1]!.id]] } })
    await ok(`PUT ${project}issues/`, { query: `?id=${names.issue}&id=${names.other}`, body: { merge: 1 } })
    await ok(`DELETE ${base}hashes/`, { query: `?id=${encodeURIComponent(keys[1]!.id)}` })
  }
  await ok(`PUT ${organization}issues/`, { query: `?id=${names.issue}`, body: { status: 'unresolved' } })
  await ok(`PUT ${project}issues/`, { query: `?id=${names.issue}`, body: { status: 'resolved' } })

  const second = String((await ok(`POST ${project}generations/`, { body: { version: 'v1', revision: null } })).id)
  await ok(`PUT ${project}generations/:generation/`, { params: { generation: second }, body: { paused: true } })
  const { token } = await ok(`GET ${project}generations/:generation/diff/`)
  await ok(`POST ${project}generations/:generation/apply/`, { body: { token } })
  await ok(`POST ${project}generations/rollback/`, { body: {} })
  await ok(`DELETE ${project}generations/:generation/`)

  await ok('POST /api/0/accept-invite/:invitation/:secret/', { body: { name: 'Ben', password: world.owner.password } })
  const members = (await ok(`GET ${organization}members/`)) as unknown as { id: string; email: string }[]
  names.member = members.find(({ email }) => email === 'ben@example.com')!.id
  await ok(`PUT ${organization}members/:member/`, { body: { orgRole: 'owner' } })
  await ok('DELETE /api/0/organizations/:org/members/me/') // Ben is signed in
  await ok('POST /api/0/auth/login/', { body: { username: world.owner.email, password: world.owner.password } })
  names.member = String((await ok(`POST ${organization}members/`, { body: { email: 'eve@example.com' } })).id)
  await ok(`DELETE ${organization}members/:member/`)
  await destroy()
})

/** What ends things, from the small to the large. */
async function destroy(): Promise<void> {
  const { ok, names } = world
  const project = '/api/0/projects/:org/:project/'
  const organization = '/api/0/organizations/:org/'
  await ok(`DELETE ${organization}group-search-views/:view/`)
  await ok(`POST ${project}keys/:key/rotate/`, { body: {} })
  await ok(`DELETE ${project}keys/:key/`)
  await ok(`DELETE ${organization}releases/:version/`, { params: { version: 'shop@2.0.0' } })
  await ok(`DELETE ${project}releases/:version/`, { params: { version: 'shop@3.0.0' } })
  await ok(`DELETE ${organization}org-auth-tokens/:token/`)
  await ok('DELETE /api/0/api-tokens/:id/')
  await ok('DELETE /api/0/issues/:issue/')
  await ok(`DELETE ${organization}issues/:issue/`, { params: { issue: names.other! } })
  await ok(`DELETE ${project}issues/`, { query: `?id=${names.third}` })
  await ok(`DELETE ${organization}issues/`, { query: `?id=${names.fourth}` })
  const [bundle] = (await ok(`GET ${project}files/artifact-bundles/`)) as unknown as { bundleId: string }[]
  await ok(`DELETE ${project}files/artifact-bundles/`, { query: `?bundleId=${bundle!.bundleId}` })
  const [file] = (await ok(`GET ${project}files/dsyms/`)) as unknown as { id: string }[]
  await ok(`DELETE ${project}files/dsyms/`, { query: `?id=${file!.id}` })
  await ok(`DELETE ${project}`, { params: { project: 'spare' } })
  await ok('PUT /api/0/users/me/password/', { body: { password: world.owner.password, new: 'another horse battery' } })
  await ok('DELETE /api/0/auth/')
}

test('no operation went unseen, and each has answered with the status that is described', () => {
  expect(Object.keys(operations).filter((route) => !world.answered.has(route) && !alwaysRefused.includes(route))).toEqual([])
  const others = [...world.answered].filter(([route, statuses]) => !statuses.includes(operations[route]!.status ?? (operations[route]!.answer || operations[route]!.contentType ? 200 : 204)))
  expect(others).toEqual([])
})
