// Deciding about issues in Sentry's words, one by one and in bulk, and what deleting takes: through the real server into the real log.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IssueDetail } from '../../core/contract/issue.ts'
import { deleteGenerationRows } from '../../projections/generations/builds.ts'
import { deleteProjectRows } from '../../projections/deletions/projects.ts'
import { verify } from '../../projections/verify.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject, newId } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

let app: App
let token: string
beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
  await app.pool.query(`select setval('key_id_seq', 1000), setval('project_id_seq', 1000)`)
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'other')
})
afterAll(async () => {
  await foldAll(app.pool)
  expect((await app.pool.query('select position, error from parked')).rows).toEqual([])
  expect((await verify(app.database.url)).differences).toEqual([])
  await app.stop()
})

let kinds = 0
/** Ids of issues with one event each. */
const issuesOf = async (count: number, project = 1, over: Record<string, unknown> = {}): Promise<number[]> => {
  const ids = await givenEvents(app.pool, project, Array.from({ length: count }, () => failure(`Error${++kinds}`, 'x', over)))
  await foldAll(app.pool)
  return ids
}
const again = async (kind: number, over: Record<string, unknown> = {}): Promise<number> => {
  const [position] = await givenEvents(app.pool, 1, [failure(`Error${kind}`, 'x', over)])
  await foldAll(app.pool)
  return position!
}
const read = async (id: number): Promise<IssueDetail> => {
  await foldAll(app.pool)
  return (await app.ask('GET', `/api/0/issues/${id}/`, { token })).body as IssueDetail
}
const put = (id: number, body: unknown, headers: Record<string, string> = {}): Promise<Reply> => app.ask('PUT', `/api/0/issues/${id}/`, { token, body, headers })
const inShop = '/api/0/projects/refold/shop/issues/'
const refoldOf = ({ body }: Reply): { changed: string[]; skipped: { id: string; detail: string }[]; position: number; more?: boolean; next?: string | null } => (body as { refold: never }).refold

describe('resolved in a release', () => {
  test('an issue waits for a later one: events of older ones, and of none, do not open it again', async () => {
    const [id] = (await issuesOf(1, 1, { release: 'shop@1.9.0' })) as [number]
    const kind = kinds
    const answer = await put(id, { status: 'resolvedInNextRelease' })
    expect([answer.status, answer.body]).toEqual([200, { status: 'resolved', substatus: null, statusDetails: { inNextRelease: true } }])
    expect(await read(id)).toMatchObject({ status: 'resolved', statusDetails: { inNextRelease: true, actor: { email: 'ada@example.com' } } })
    await again(kind, { release: 'shop@1.9.0' })
    await again(kind)
    expect(await read(id)).toMatchObject({ status: 'resolved', count: '3' })
    await again(kind, { release: 'shop@1.10.0' })
    const opened = await read(id)
    expect(opened).toMatchObject({ status: 'unresolved', substatus: 'regressed', statusDetails: {} })
    expect(opened.activity.map(({ type, data }) => [type, data])).toEqual([
      ['set_regression', { version: 'shop@1.10.0' }], ['set_resolved_in_release', { version: '', current_release_version: 'shop@1.9.0' }], ['first_seen', {}],
    ])
    await put(id, { status: 'resolved', statusDetails: { inRelease: 'latest' } })
    expect(await read(id)).toMatchObject({ status: 'resolved', statusDetails: { inRelease: 'shop@1.10.0' } })
    await again(kind, { release: 'shop@1.10.0' })
    expect(await read(id)).toMatchObject({ status: 'unresolved', substatus: 'regressed' })
  })

  test('is refused where the project has no such release', async () => {
    const [id] = (await issuesOf(1, 2)) as [number]
    expect((await put(id, { status: 'resolved', statusDetails: { inRelease: 'nine' } })).body).toEqual({ statusDetails: ['This project has no release nine.'] })
    expect((await put(id, { status: 'resolved', statusDetails: { inNextRelease: true } })).body).toEqual({ statusDetails: ['This project has no releases yet.'] })
  })
})

describe('one issue', () => {
  test('is archived for a time, for events, for users or until it escalates, and says so', async () => {
    const [id] = (await issuesOf(1)) as [number]
    const { body } = await put(id, { status: 'ignored', statusDetails: { ignoreDuration: 60, ignoreCount: 5 } })
    const { statusDetails } = body as { statusDetails: { ignoreUntil: string } }
    expect(body).toMatchObject({ status: 'ignored', substatus: 'archived_until_condition_met', statusDetails: { ignoreCount: 5 } })
    expect(Math.abs(Date.parse(statusDetails.ignoreUntil) - Date.now() - 3_600_000)).toBeLessThan(60_000)
    expect((await read(id)).statusDetails).toEqual({ ...statusDetails, ignoreUserCount: null, actor: expect.objectContaining({ email: 'ada@example.com' }) })
    // As sentry-cli and older clients say it.
    expect((await put(id, { status: 'muted', snoozeDuration: 30 })).body).toMatchObject({ status: 'ignored', substatus: 'archived_until_condition_met' })
    expect((await put(id, { status: 'muted', snoozeDuration: null })).body).toEqual({ status: 'ignored', substatus: 'archived_forever', statusDetails: {} })
    await put(id, { status: 'ignored', substatus: 'archived_until_escalating' })
    expect(await read(id)).toMatchObject({ status: 'ignored', substatus: 'archived_until_escalating', statusDetails: {} })
  })

  test('is put back exactly as it was: what it was called, the very time, the very release', async () => {
    const [id] = (await issuesOf(1, 1, { release: 'shop@1.9.0' })) as [number]
    for (const substatus of ['new', 'ongoing', 'regressed', 'escalating'] as const) {
      await put(id, { status: 'resolved' })
      expect((await put(id, { status: 'unresolved', substatus })).body).toEqual({ status: 'unresolved', substatus, statusDetails: {} })
      expect(await read(id)).toMatchObject({ status: 'unresolved', substatus, statusDetails: {} })
    }
    await put(id, { inbox: false })
    await put(id, { status: 'unresolved', substatus: 'new' })
    expect(await read(id)).toMatchObject({ substatus: 'new' })
    const ignoreUntil = '2099-01-02T03:04:05.678Z'
    await put(id, { status: 'ignored', substatus: 'archived_until_condition_met', statusDetails: { ignoreUntil, ignoreUserCount: 7 } })
    expect(await read(id)).toMatchObject({ status: 'ignored', statusDetails: { ignoreUntil, ignoreCount: null, ignoreUserCount: 7 } })
    await put(id, { status: 'resolved', statusDetails: { inNextRelease: true, afterRelease: 'shop@1.9.0' } })
    expect(await read(id)).toMatchObject({ status: 'resolved', statusDetails: { inNextRelease: true, afterRelease: 'shop@1.9.0' } })
    expect((await put(id, { status: 'unresolved', statusDetails: { afterRelease: 'shop@1.9.0' } })).status).toBe(400)
  })

  test('is reviewed, assigned by address, and named by both words for its comments', async () => {
    const [id] = (await issuesOf(1)) as [number]
    expect(await read(id)).toMatchObject({ substatus: 'new' })
    expect((await put(id, { inbox: false, assignedTo: 'Ada@example.com', hasSeen: true })).body).toMatchObject({ inbox: false, hasSeen: true, assignedTo: { email: 'ada@example.com' } })
    const taken = await read(id)
    expect(taken).toMatchObject({ status: 'unresolved', substatus: 'ongoing', assignedTo: { name: 'ada' } })
    expect(taken.activity.find(({ type }) => type === 'assigned')!.data).toMatchObject({ assignee: `user:${taken.assignedTo!.id}`, assigneeName: 'ada', assigneeEmail: 'ada@example.com' })
    await app.ask('POST', `/api/0/issues/${id}/notes/`, { token, body: { text: 'on it' } })
    await foldAll(app.pool)
    expect((await app.ask('GET', `/api/0/issues/${id}/notes/`, { token })).body).toMatchObject([{ data: { text: 'on it' } }])
  })

  test('refuses what it cannot do with a sentence', async () => {
    const [id] = (await issuesOf(1)) as [number]
    const stranger = await app.person(`${newId()}@example.com`, 'member')
    await app.pool.query('update account set projects = array[2] where id = $1', [stranger.id])
    const refusals: [unknown, object][] = [
      [{ status: 'ignored', substatus: 'archived_until_condition_met' }, { statusDetails: ['Until what? Give ignoreDuration, ignoreUntil, ignoreCount or ignoreUserCount.'] }],
      [{ status: 'ignored', substatus: 'archived_forever', statusDetails: { ignoreCount: 3 } }, { statusDetails: ['Conditions go with archived_until_condition_met.'] }],
      [{ status: 'resolved', statusDetails: { ignoreCount: 3 } }, { statusDetails: ['These conditions go with the status ignored.'] }],
      [{ status: 'ignored', statusDetails: { ignoreCount: 3, ignoreWindow: 60 } }, { statusDetails: [expect.stringMatching(/^Use inNextRelease/)] }],
      // In UTC the first two are of years that no fact can hold.
      ...['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', 'tomorrow'].map((ignoreUntil): [unknown, object] => [{ status: 'ignored', statusDetails: { ignoreUntil } }, { statusDetails: ['Use a time such as 2026-11-22T14:30:34Z.'] }]),
      [{ status: 'resolved', statusDetails: { afterRelease: 'shop@1.9.0' } }, { statusDetails: ['Give inNextRelease with afterRelease.'] }],
      [{ status: 'resolved', substatus: 'ongoing' }, { substatus: ['This substatus does not go with this status.'] }],
      [{ assignedTo: 'team:3' }, { assignedTo: ['There is no such user.'] }],
      [{ assignedTo: `user:${stranger.id}` }, { assignedTo: ['This user does not belong to the project.'] }],
      [{ isBookmarked: true }, { isBookmarked: ['Refold has no bookmarks.'] }],
      [{ status: null, snoozeDuration: null }, { non_field_errors: ['Give a status or an assignee.'] }],
    ]
    for (const [body, fields] of refusals) expect(await put(id, body), JSON.stringify(body)).toMatchObject({ status: 400, body: fields })
  })

  test('is not changed by somebody who has not seen what it is now', async () => {
    const [id] = (await issuesOf(1)) as [number]
    const seen = (await app.ask('GET', `/api/0/issues/${id}/`, { token })).headers.get('x-refold-position')!
    const first = await put(id, { status: 'resolved' }, { 'if-match': `"${seen}"` })
    expect(first.status).toBe(200)
    const late = await put(id, { status: 'ignored' }, { 'if-match': seen })
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('changed'), current: { id: String(id), status: 'resolved', position: Number(first.headers.get('x-refold-position')) } } })
    expect((await put(id, { status: 'ignored', expected: { position: Number(seen) } })).status).toBe(409)
    expect((await put(id, { status: 'ignored' }, { 'if-match': first.headers.get('x-refold-position')! })).status).toBe(200)
    expect((await put(id, { status: 'ignored' }, { 'if-match': 'abc' })).status).toBe(400)
    const bulk = await app.ask('PUT', `${inShop}?id=${id}`, { token, body: { status: 'resolved' }, headers: { 'if-match': seen } })
    expect(refoldOf(bulk)).toMatchObject({ changed: [], skipped: [{ id: String(id), detail: expect.stringContaining('changed') }] })
  })
})

describe('many issues', () => {
  test('named, found by a query, by a status, or all of them, as sentry-cli asks', async () => {
    const ids = await issuesOf(4, 2, { level: 'fatal' })
    const inOther = '/api/0/projects/refold/other/issues/'
    const [one, two, three] = ids.map(String) as [string, string, string]
    const bulk = (query: string, body: object = { status: 'resolved' }): Promise<Reply> => app.ask('PUT', inOther + query, { token, body })
    expect(refoldOf(await bulk(`?query=level:fatal`)).changed.toSorted()).toEqual(ids.map(String).toSorted())
    await foldAll(app.pool)
    expect(refoldOf(await bulk(`?id=${one}&id=${two}&id=999999&status=unresolved`))).toMatchObject({
      changed: [], skipped: [{ id: '999999' }, { id: one, detail: 'It is not unresolved.' }, { id: two, detail: 'It is not unresolved.' }],
    })
    expect(refoldOf(await bulk(`?status=resolved`, { status: 'unresolved' })).changed).toContain(three)
    await foldAll(app.pool)
    const all = await bulk('', { status: 'muted', snoozeDuration: null })
    expect(refoldOf(all).changed).toHaveLength(5)
    expect((await bulk('?query=is:nonsense')).status).toBe(400)
    const retried = { token, body: { status: 'resolved' }, headers: { 'idempotency-key': crypto.randomUUID() } }
    const [first, second] = [await app.ask('PUT', `${inOther}?id=${one}`, retried), await app.ask('PUT', `${inOther}?id=${one}`, retried)]
    expect(refoldOf(second)).toEqual(refoldOf(first))
  })

  test('of several projects at once, but only of those that one may see', async () => {
    const [[mine], [theirs]] = [await issuesOf(1, 1), await issuesOf(1, 2)]
    const member = await app.person(`${newId()}@example.com`, 'member')
    await app.pool.query('update account set projects = array[1] where id = $1', [member.id])
    const path = `/api/0/organizations/refold/issues/?id=${mine}&id=${theirs}`
    expect(refoldOf(await app.ask('PUT', path, { token: member.token, body: { status: 'resolved' } }))).toMatchObject({ changed: [String(mine)], skipped: [{ id: String(theirs) }] })
    expect(refoldOf(await app.ask('PUT', path, { token, body: { status: 'resolved' } })).changed).toEqual([String(theirs)])
    expect((await app.ask('PUT', `${path}&project=2&project=other`, { token, body: { status: 'unresolved' } })).body).toMatchObject({ refold: { changed: [String(theirs)] } })
    expect((await app.ask('PUT', `${path}&project=other`, { token: member.token, body: { status: 'resolved' } })).status).toBe(404)
    expect((await app.ask('PUT', path, { token, body: { merge: 1 } })).body).toEqual({ id: ['Issues of several projects cannot be merged.'] })
  })

  test('more than a thousand: a query is refused with the number, all of them are done a thousand at a time', { timeout: 60_000 }, async () => {
    await givenProject(app.pool, 3, 'large')
    await issuesOf(1_005, 3)
    const inLarge = '/api/0/projects/refold/large/issues/'
    expect(await app.ask('PUT', `${inLarge}?query=Error`, { token, body: { status: 'resolved' } })).toMatchObject({ status: 400, body: { query: [expect.stringContaining('1005 issues match')] } })
    const first = refoldOf(await app.ask('PUT', `${inLarge}?status=unresolved`, { token, body: { status: 'resolved' } }))
    expect([first.changed.length, first.more]).toEqual([1_000, true])
    await foldAll(app.pool)
    const second = refoldOf(await app.ask('PUT', `${inLarge}?status=unresolved`, { token, body: { status: 'resolved' } }))
    expect([second.changed.length, second.more]).toEqual([5, undefined])
    await foldAll(app.pool)
    // What is changed goes on matching: the cursor leads past it.
    const archive = async (rest: string) => refoldOf(await app.ask('PUT', `${inLarge}?query=Error&limit=1000${rest}`, { token, body: { status: 'ignored' } }))
    const begun = await archive('')
    expect([begun.changed.length, begun.more]).toEqual([1_000, true])
    await foldAll(app.pool)
    const ended = await archive(`&cursor=${begun.next}`)
    expect([ended.changed.length, ended.more, ended.next]).toEqual([5, undefined, null])
    // A request whose answer was lost is sent again: what it did no longer matches, and what is left is not led past.
    const reopen = (rest: string, headers: Record<string, string> = {}): Promise<Reply> => app.ask('PUT', `${inLarge}?query=is:ignored&limit=1000${rest}`, { token, headers, body: { status: 'unresolved' } })
    const named = { 'idempotency-key': crypto.randomUUID() }
    const lost = refoldOf(await reopen('', named))
    await foldAll(app.pool)
    const told = refoldOf(await reopen('', named))
    expect([told.changed.length, told.position]).toEqual([1_000, lost.position])
    expect(refoldOf(await reopen(`&cursor=${told.next}`))).toMatchObject({ changed: { length: 5 }, next: null })
    await foldAll(app.pool)
    for (const bad of ['query=Error&limit=1000&cursor=1:2:1', 'query=Error&query=x']) expect([bad, (await app.ask('PUT', `${inLarge}?${bad}`, { token, body: { status: 'ignored' } })).status]).toEqual([bad, 400])
    expect((await app.ask('PUT', `${inLarge}?query=Error&limit=1001`, { token, body: { status: 'ignored' } })).status).toBe(400)
    expect(refoldOf(await app.ask('PUT', `${inLarge}?query=Error&limit=1000&environment=nowhere`, { token, body: { status: 'resolved' } })).changed).toEqual([])
    expect(refoldOf(await app.ask('PUT', `${inLarge}?query=Error&limit=1000&end=2001-01-01`, { token, body: { status: 'resolved' } })).changed).toEqual([])
  })
})

describe('deleting', () => {
  test('an issue takes its events and frees its key; what was received stays counted', async () => {
    const eventId = newId()
    const [id] = (await issuesOf(1, 1, { event_id: eventId })) as [number]
    const kind = kinds
    await put(id, { status: 'ignored' })
    const received = async (): Promise<number> => (await app.pool.query('select sum(events)::int as events from project_hour where project_id = 1')).rows[0].events
    const before = await received()
    const deleted = await app.ask('DELETE', `/api/0/issues/${id}/`, { token })
    expect([deleted.status, refoldOf(deleted).changed]).toEqual([202, [String(id)]])
    await foldAll(app.pool)
    for (const path of [`/api/0/issues/${id}/`, `/api/0/projects/refold/shop/events/${eventId}/`]) expect((await app.ask('GET', path, { token })).status, path).toBe(404)
    expect((await put(id, { status: 'resolved' })).status).toBe(404)
    expect(await received()).toBe(before)
    const next = await again(kind, { event_id: eventId })
    expect(await read(next)).toMatchObject({ id: String(next), status: 'unresolved', count: '1' })
  })

  test('many, by id or query, never all of them by accident; nobody without event:admin', async () => {
    const ids = (await issuesOf(3, 1, { level: 'debug' })).map(String)
    expect((await app.ask('DELETE', inShop, { token })).status).toBe(400)
    const weak = await app.person(`${newId()}@example.com`, 'owner', ['event:write'])
    expect((await app.ask('DELETE', `${inShop}?id=${ids[0]}`, { token: weak.token })).status).toBe(403)
    expect(refoldOf(await app.ask('DELETE', `${inShop}?id=${ids[0]}&id=${ids[1]}&id=${ids[1]}`, { token })).changed).toEqual(ids.slice(0, 2))
    await foldAll(app.pool)
    const last = { token, headers: { 'idempotency-key': crypto.randomUUID() } }
    const first = await app.ask('DELETE', `${inShop}?query=level:debug`, last)
    expect(refoldOf(first).changed).toEqual([ids[2]])
    await foldAll(app.pool)
    expect(refoldOf(await app.ask('DELETE', `${inShop}?query=level:debug`, last)), 'asked again').toEqual(refoldOf(first))
  })

  test('a key refuses its SDKs; a project is gone at once, and what was stored of it soon', async () => {
    await givenProject(app.pool, 9, 'gone')
    const [id] = (await issuesOf(1, 9, { release: 'gone@1' })) as [number]
    const made = (await app.ask('POST', '/api/0/projects/refold/gone/keys/', { token, body: { name: 'Spare' } })).body as { id: string }
    await foldAll(app.pool)
    expect((await app.ask('DELETE', `/api/0/projects/refold/gone/keys/${made.id}/`, { token })).status).toBe(204)
    await foldAll(app.pool)
    expect((await app.pool.query('select id from project_key where project_id = 9')).rows).toHaveLength(1)
    const weak = await app.person(`${newId()}@example.com`, 'member')
    expect((await app.ask('DELETE', '/api/0/projects/refold/gone/', { token: weak.token })).status).toBe(403)
    expect((await app.ask('DELETE', '/api/0/projects/refold/gone/', { token })).status).toBe(204)
    // An SDK and a person that were under way.
    await givenEvents(app.pool, 9, [failure('Late', 'x')])
    await givenDecisions(app.pool, { type: 'issue.resolved', data: { project: 9, issue: id, keys: ['x'] } })
    await foldAll(app.pool)
    for (const path of ['/api/0/projects/refold/gone/', `/api/0/issues/${id}/`]) expect((await app.ask('GET', path, { token })).status).toBe(404)
    expect((await app.pool.query(`select count::int from outcome_hour where project_id = 0 and outcome = 'rejected' and reason = 'unknown_key'`)).rows).toEqual([{ count: 1 }])
    const generation = (await app.pool.query(`select generation::int as id from generation_build b join generation g on g.id = b.generation where g.project_id = 9 and g.state = 'discarded' and b.position > 0`)).rows[0].id
    expect((await verify(app.database.url)).differences).toEqual([])
    while ((await deleteGenerationRows(app.pool, generation, 100)) + (await deleteProjectRows(app.pool, generation, 100)) > 0);
    for (const table of ['event', 'project_hour', 'outcome_hour', 'release']) expect((await app.pool.query(`select from ${table} where project_id = 9`)).rowCount, table).toBe(0)
    expect((await app.pool.query('select from issue where generation = $1', [generation])).rowCount).toBe(0)
    // The slug is free.
    expect((await app.ask('POST', '/api/0/projects/refold/', { token, body: { name: 'Gone', slug: 'gone' } })).status).toBe(201)
  })
})
