// Commands on projects and issues: through the real server into the real log.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProject } from '../../../ingest/commands/create-project.ts'
import { startApp, type App } from '../../api/app.ts'
import { failure, foldAll, givenEvents, givenProject, newId } from '../../given.ts'

let app: App
let token: string
let issue: number
beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
  await givenProject(app.pool, 900, 'given')
  ;[issue] = (await givenEvents(app.pool, 900, [failure('TypeError', 'x')])) as [number]
  await foldAll(app.pool)
})
afterAll(() => app.stop())

const decisions = async (): Promise<string[]> => (await app.pool.query(`select type from log where kind = 'd' order by position`)).rows.map(({ type }) => type)
const put = (path: string, body: unknown) => app.ask('PUT', path, { token, body })

describe('creating a project', () => {
  test('appends it with its key, answers the position, and shows once folded', async () => {
    const woken = app.decided()
    const { status, body, headers } = await app.ask('POST', '/api/0/projects/refold/', { token, body: { name: 'Web Shop', platform: 'node' } })
    expect(app.decided()).toBe(woken + 1)
    expect([status, body]).toMatchObject([201, { slug: 'web-shop', name: 'Web Shop', platform: 'node', firstEvent: null }])
    expect((await decisions()).slice(-2)).toEqual(['project.created', 'key.created'])
    const position = headers.get('x-refold-position')
    const [read] = await Promise.all([app.ask('GET', `/api/0/projects/refold/web-shop/?after=${position}`, { token }), foldAll(app.pool)])
    const { dateCreated: _a, ...made } = body as Record<string, unknown>
    const { dateCreated: _b, ...folded } = read.body as Record<string, unknown>
    expect(folded).toEqual(made)
    const keys = (await app.ask('GET', '/api/0/projects/refold/web-shop/keys/', { token })).body as { public: string; dsn: { public: string } }[]
    expect(keys).toHaveLength(1)
    expect(keys[0]!.dsn.public).toBe(`http://${keys[0]!.public}@localhost:8000/${String(made.id)}`)
  })

  test('twice at once with one slug makes one, also while the fold lags', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => app.ask('POST', '/api/0/teams/refold/any/projects/', { token, body: { name: 'Race', slug: 'race' } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(11).fill(409)])
    expect(answers.find(({ status }) => status === 409)!.body).toEqual({ detail: 'A project with this slug already exists.' })
  })

  test('repeated with the same command id is answered with the first one', async () => {
    const commandId = crypto.randomUUID()
    const make = () => app.ask('POST', '/api/0/projects/refold/', { token, body: { name: 'Once' }, headers: { 'idempotency-key': commandId } })
    const [first, second] = [await make(), await make()]
    expect(second.headers.get('x-refold-position')).toBe(first.headers.get('x-refold-position'))
    expect((second.body as { slug: string }).slug).toBe('once')
    expect((await app.ask('POST', '/api/0/projects/refold/', { token, body: { name: 'x' }, headers: { 'idempotency-key': 'no uuid' } })).status).toBe(400)
  })

  test('a key that is asked for twice with one command id is made once; the id means something else with another method', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const keys = '/api/0/projects/refold/given/keys/'
    const twice = async (path: string, body: object): Promise<{ id: string; public: string }> => {
      const [first, second] = [await app.ask('POST', path, { token, body, headers }), await app.ask('POST', path, { token, body, headers })]
      expect([second.status, second.headers.get('x-refold-position')]).toEqual([201, first.headers.get('x-refold-position')])
      expect(second.body).toEqual({ ...(first.body as object), dateCreated: expect.any(String) })
      return second.body as { id: string; public: string }
    }
    const made = await twice(keys, { name: 'Once' })
    const rotated = await twice(`${keys}${made.id}/rotate/`, {})
    expect(rotated.public).not.toBe(made.public)
    expect((await decisions()).slice(-2)).toEqual(['key.created', 'key.created'])
    await app.ask('PUT', `${keys}${made.id}/`, { token, body: { isActive: false }, headers })
    expect((await app.ask('DELETE', `${keys}${made.id}/`, { token, headers })).status).toBe(204)
    expect((await decisions()).slice(-2)).toEqual(['key.changed', 'key.deleted'])
    await foldAll(app.pool)
  })

  test('names what is wrong with each field', async () => {
    const { status, body } = await app.ask('POST', '/api/0/projects/refold/', { token, body: { name: ' ', slug: 'No!' } })
    expect([status, body]).toEqual([400, { name: ['Give the project a name.'], slug: ['Use 1 to 50 lower-case letters, digits and dashes.'] }])
  })

  test('works for the CLI without a server', async () => {
    expect(await createProject(app.pool, { name: 'Cli' }, { actor: 'system:cli' })).toMatchObject({ slug: 'cli', publicKey: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(await createProject(app.pool, { name: 'Cli', slug: 'cli' }, { actor: 'system:cli' })).toEqual({ refused: 'slugTaken' })
  })
})

describe('changing a project', () => {
  test('renames it and switches a key off; what changes nothing appends nothing', async () => {
    await put('/api/0/projects/refold/given/', { name: 'Given' })
    const made = await app.ask('POST', '/api/0/projects/refold/given/keys/', { token, body: { name: 'Browser' } })
    expect(made.status).toBe(201)
    const key = made.body as { id: string }
    expect((await put(`/api/0/projects/refold/given/keys/${key.id}/`, { isActive: false })).body).toMatchObject({ name: 'Browser', isActive: false })
    const before = await decisions()
    expect(before.slice(-3)).toEqual(['project.changed', 'key.created', 'key.changed'])
    expect((await put(`/api/0/projects/refold/given/keys/${key.id}/`, { isActive: false })).status).toBe(200)
    expect((await put('/api/0/projects/refold/given/', { name: 'Given' })).status).toBe(200)
    expect(await decisions()).toEqual(before)
    expect((await put(`/api/0/projects/refold/once/keys/${key.id}/`, { isActive: true })).status).toBe(404)
  })

  test('rotates a key: another public key with the same name and limits, and the old one until somebody ends it', async () => {
    const keys = '/api/0/projects/refold/given/keys/'
    const made = (await app.ask('POST', keys, { token, body: { name: 'Rotated' } })).body as { id: string; public: string }
    await put(`${keys}${made.id}/`, { rateLimit: { count: 5, window: 60 } })
    const rotated = (await app.ask('POST', `${keys}${made.id}/rotate/`, { token, body: {} })).body as { id: string; public: string }
    expect(rotated).toMatchObject({ name: 'Rotated', isActive: true, rateLimit: { count: 5, window: 60 } })
    expect(rotated.public).not.toBe(made.public)
    const again = (await app.ask('POST', `${keys}${rotated.public}/rotate/`, { token, body: { keepOld: false } })).body as { id: string }
    await foldAll(app.pool)
    const read = async (id: string) => (await app.ask('GET', `${keys}${id}/`, { token })).body
    expect([await read(made.id), await read(rotated.public), await read(again.id)]).toMatchObject([{ isActive: true }, { isActive: false }, { isActive: true, rateLimit: { count: 5, window: 60 } }])
    expect((await app.ask('GET', `${keys}999/`, { token })).status).toBe(404)
  })
})

describe('an issue', () => {
  const at = () => `/api/0/issues/${issue}/`
  const read = async () => {
    await foldAll(app.pool)
    return (await app.ask('GET', at(), { token })).body
  }

  test('is resolved once, reopened, ignored and assigned', async () => {
    const first = await put(at(), { status: 'resolved' })
    expect([first.status, first.body]).toEqual([200, { status: 'resolved', substatus: null, statusDetails: {} }])
    const before = await decisions()
    const again = await put(at(), { status: 'resolved' })
    expect([again.status, again.headers.get('x-refold-position')]).toEqual([200, first.headers.get('x-refold-position')])
    expect(await decisions()).toEqual(before)
    expect(await read()).toMatchObject({ status: 'resolved', substatus: null })
    await put(at(), { status: 'unresolved', substatus: 'ongoing' })
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'ongoing' })
    await put(at(), { status: 'resolved' })
    await put(at(), { status: 'unresolved' })
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'new' })
    await put(`/api/0/organizations/refold/issues/given-${issue}/`, { status: 'resolved' })
    const ada = await app.pool.query('select id from account')
    const assigned = await put(at(), { status: 'ignored', assignedTo: `user:${ada.rows[0]!.id}` })
    expect(assigned.body).toMatchObject({ substatus: 'archived_forever', assignedTo: { type: 'user', email: 'ada@example.com' } })
    expect(await read()).toMatchObject({ status: 'ignored', substatus: 'archived_forever', assignedTo: { name: 'ada' } })
    await put(at(), { assignedTo: '', status: 'unresolved' })
    expect(await read()).toMatchObject({ assignedTo: null })
  })

  test('refuses an unknown user, a condition, an empty change and a missing issue', async () => {
    const before = await decisions()
    expect((await put(at(), { assignedTo: 'user:99999' })).body).toEqual({ assignedTo: ['There is no such user.'] })
    expect((await put(at(), { status: 'resolved', statusDetails: { inNextRelease: true } })).status).toBe(400)
    expect((await put(at(), {})).status).toBe(400)
    expect((await put('/api/0/issues/999999/', { status: 'resolved' })).status).toBe(404)
    expect((await put('/api/0/issues/constructor/', { status: 'resolved' })).status).toBe(404)
    expect(await decisions()).toEqual(before)
  })

  test('survives people deciding at once: every answer is 200 or 409, and the log has no decision that changes nothing', async () => {
    const statuses = ['resolved', 'unresolved', 'ignored', 'resolved', 'unresolved', 'ignored', 'resolved', 'resolved']
    const answers = await Promise.all(statuses.map((status) => put(at(), { status })))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    const types = (await app.pool.query(`select type from log where kind = 'd' and stream = $1 order by position`, [`issue:${issue}`])).rows.map(({ type }) => type)
    expect(types.filter((type, index) => type === types[index - 1])).toEqual([])
  })

  test('in bulk: those named, once; what is of another project is skipped and said', async () => {
    const [one, two] = (await givenEvents(app.pool, 900, [failure('A', 'a'), failure('B', 'b')])) as [number, number]
    await givenProject(app.pool, 901, 'other')
    const [foreign] = (await givenEvents(app.pool, 901, [failure('C', 'c')])) as [number]
    await foldAll(app.pool)
    const before = await decisions()
    const bulk = (ids: (number | string)[]) => put(`/api/0/projects/refold/given/issues/?${ids.map((id) => `id=${id}`).join('&')}`, { status: 'resolved' })
    const skipped = [{ id: String(foreign), detail: 'The requested resource does not exist.' }]
    expect((await bulk([foreign])).body).toMatchObject({ refold: { changed: [], skipped } })
    expect((await bulk(Array.from({ length: 1_001 }, (_, index) => index + 1))).status).toBe(400)
    expect(await decisions()).toEqual(before)
    const done = await bulk([one, foreign, two])
    expect(done.body).toEqual({ status: 'resolved', substatus: null, statusDetails: {}, refold: { changed: [String(one), String(two)], skipped, position: Number(done.headers.get('x-refold-position')) } })
    expect(await decisions()).toEqual([...before, 'issue.resolved', 'issue.resolved'])
    expect((await bulk([one, two])).body).toMatchObject({ refold: { changed: [] } })
  })

  test('carries comments that only their author changes', async () => {
    const other = (await app.person(`${newId()}@example.com`, 'member')).token
    const made = await app.ask('POST', `${at()}comments/`, { token, body: { text: ' seen it ' } })
    expect([made.status, made.body]).toMatchObject([201, { type: 'note', data: { text: 'seen it' }, user: { email: 'ada@example.com' } }])
    const path = `${at()}comments/${(made.body as { id: string }).id}/`
    expect((await app.ask('PUT', path, { token: other, body: { text: 'mine' } })).status).toBe(403)
    expect((await app.ask('DELETE', path, { token: other })).status).toBe(403)
    expect((await put(path, { text: 'fixed' })).status).toBe(200)
    await foldAll(app.pool)
    expect((await app.ask('GET', `${at()}comments/`, { token })).body).toMatchObject([{ id: (made.body as { id: string }).id, type: 'note', data: { text: 'fixed' } }])
    expect((await app.ask('DELETE', path, { token })).status).toBe(204)
    expect((await app.ask('DELETE', path, { token })).status).toBe(404)
    await foldAll(app.pool)
    expect((await app.ask('GET', `${at()}comments/`, { token })).body).toEqual([])
  })
})
