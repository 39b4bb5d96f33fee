// Releases and deploys over the web API: what is kept of what build scripts say, who may say it of which project, and how they are listed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deploy, Release, ReleaseCommit, ReleaseInfo, ReleaseMarker } from '../../core/contract/release.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

let app: App
let token: string
/** Sees only `web`. */
let webToken: string

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('eva@example.com')).token
  const web = await app.person('ben@example.com', 'member')
  webToken = web.token
  await app.pool.query('update account set projects = $2 where id = $1', [web.id, [2]])
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  await givenProject(app.pool, 3, 'many')
  await foldAll(app.pool)
})
afterAll(() => app?.stop())

/** Asks below the organization, then folds what that appended. */
async function ask(method: string, path: string, body?: unknown, { as = token, headers = {} }: { as?: string; headers?: Record<string, string> } = {}): Promise<Reply> {
  const reply = await app.ask(method, `/api/0/organizations/refold/${path}`, { token: as, headers, ...(body !== undefined && { body }) })
  await foldAll(app.pool)
  return reply
}
const make = (version: string, more: object = { projects: ['shop'] }, as = token): Promise<Reply> => ask('POST', 'releases/', { version, ...more }, { as })
const show = async (version: string, as = token): Promise<ReleaseInfo> => (await ask('GET', `releases/${encodeURIComponent(version)}/`, undefined, { as })).body as ReleaseInfo
const slugs = ({ projects }: Release): string[] => projects.map(({ slug }) => slug)
const countDecisions = async (): Promise<number> => Number((await app.pool.query<{ count: string }>(`select count(*) from log where kind = 'd'`)).rows[0]!.count)

describe('a release', () => {
  test('is made with 201 and known with 208; made again it keeps its dates, and nothing is recorded', async () => {
    const first = await make('shop@1.0.0', { projects: ['shop'], dateStarted: '2026-01-02T03:04:05.123456789Z' })
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ version: 'shop@1.0.0', shortVersion: '1.0.0', versionInfo: { package: 'shop' }, dateStarted: '2026-01-02T03:04:05.123Z', status: 'open' })
    const decisions = await countDecisions()
    const again = await make('shop@1.0.0', { projects: ['shop'], dateStarted: '2026-02-02T00:00:00+01:00' })
    expect(again).toMatchObject({ status: 208, body: { dateStarted: '2026-01-02T03:04:05.123Z' } })
    expect(await countDecisions()).toBe(decisions)
  })

  test('is answered as decided before the fold has passed it', async () => {
    const unfolded = (method: string, path: string, body: object): Promise<Reply> => app.ask(method, `/api/0/organizations/refold/${path}`, { token, body })
    expect((await unfolded('POST', 'releases/', { version: 'quick', projects: [1] })).status).toBe(201)
    expect((await unfolded('POST', 'releases/', { version: 'quick', projects: [1] })).status).toBe(208)
    expect(await unfolded('PUT', 'releases/quick/', { dateReleased: '2026-03-01T00:00:00Z', refs: [{ repository: 'acme/shop', commit: 'abc' }] })).toMatchObject({ status: 200, body: { dateReleased: '2026-03-01T00:00:00.000Z', ref: 'abc' } })
    expect((await unfolded('POST', 'releases/quick/deploys/', { environment: 'prod' })).status).toBe(201)
    await foldAll(app.pool)
    expect(await show('quick')).toMatchObject({ dateReleased: '2026-03-01T00:00:00.000Z', ref: 'abc', deployCount: 1 })
  })

  test('is made by who sees one project as if nobody had made it in another, also before the fold has passed that', async () => {
    const unfolded = (as: string, project: string, dateStarted: string): Promise<Reply> => app.ask('POST', '/api/0/organizations/refold/releases/', { token: as, body: { version: 'apart', projects: [project], dateStarted } })
    await unfolded(token, 'shop', '2026-01-01T00:00:00Z')
    expect(await unfolded(webToken, 'web', '2026-02-02T00:00:00Z')).toMatchObject({ status: 201, body: { dateStarted: '2026-02-02T00:00:00.000Z', projects: [{ slug: 'web' }] } })
    await foldAll(app.pool)
  })

  test('that nobody knows can be neither changed nor deleted nor shown, and made only of a project', async () => {
    for (const [method, below] of [['GET', ''], ['PUT', ''], ['DELETE', ''], ['GET', 'commits/'], ['GET', 'deploys/'], ['POST', 'deploys/'], ['GET', 'previous-with-commits/']] as const) {
      const body = method === 'PUT' ? {} : method === 'POST' ? { environment: 'prod' } : undefined
      expect((await ask(method, `releases/unknown/${below}`, body)).status, `${method} ${below}`).toBe(404)
    }
    expect(await make('unknown', {})).toMatchObject({ status: 400, body: { projects: ['No project has this release yet. Name those that it is of.'] } })
    expect(await make('unknown', { projects: [], status: 'archived' })).toMatchObject({ status: 400 })
  })

  test('is changed in all projects that have it unless some are named', async () => {
    await make('both', { projects: ['shop', 2] })
    expect(await make('both', { projects: [], status: 'archived' })).toMatchObject({ status: 208, body: { status: 'archived' } })
    await ask('PUT', 'releases/both/', { projects: ['web'], status: 'open', url: 'https://example.com/both' })
    expect(await show('both')).toMatchObject({ status: 'open', url: 'https://example.com/both' })
    expect((await app.ask('GET', '/api/0/projects/refold/shop/releases/both/', { token })).body).toMatchObject({ status: 'archived', url: null, projects: [{ slug: 'shop' }] })
    // Many scripts name a content type with every request.
    expect((await app.ask('DELETE', '/api/0/projects/refold/shop/releases/both/', { token, headers: { 'content-type': 'application/json' } })).status).toBe(204)
    await foldAll(app.pool)
    expect(slugs(await show('both'))).toEqual(['web'])
  })

  test('that events name is known by them, has its new issues counted, and is not deleted', async () => {
    await givenEvents(app.pool, 1, [failure('A', 'one', { release: 'größer c@2' }), failure('B', 'two', { release: 'größer c@2' })])
    await foldAll(app.pool)
    expect(await show('größer c@2')).toMatchObject({ newGroups: 2, projects: [{ slug: 'shop' }], firstEvent: expect.any(String) as string })
    expect((await make('größer c@2')).status).toBe(208)
    expect(await ask('DELETE', `releases/${encodeURIComponent('größer c@2')}/`)).toMatchObject({ status: 400, body: { detail: 'This release is referenced by active issues and cannot be removed.' } })
  })

  test.each([
    [{ version: '' }, 'version'], [{ version: '.' }, 'version'], [{ version: '..' }, 'version'], [{ version: 'a/b' }, 'version'], [{ version: 'Latest' }, 'version'], [{ version: 'a\nb' }, 'version'], [{ version: 'a\tb' }, 'version'],
    [{ version: 'v'.repeat(251) }, 'version'], [{ version: '1', projects: ['nowhere'] }, 'projects'], [{ version: '1', dateReleased: 'tomorrow' }, 'dateReleased'], [{ version: '1', dateReleased: '9999-12-31T23:59:59-14:00' }, 'dateReleased'],
    [{ version: '1', status: 'gone' }, 'status'], [{ version: '1', commits: Array.from({ length: 1_001 }, () => ({ id: 'a' })) }, 'commits'], [{ version: '1', commits: [{ id: '' }] }, 'commits'], [{}, 'version'], [{ version: '1', url: 'https://example.com/' + 'x'.repeat(2_001) }, 'url'], [{ version: '1', url: 'javascript:alert(1)' }, 'url'],
  ])('is refused with a sentence for its field: %o', async (body, field) => {
    expect(await ask('POST', 'releases/', { projects: ['shop'], ...body })).toMatchObject({ status: 400, body: { [field]: expect.any(Array) as string[] } })
  })

  test('has at most 250 characters, wherever it is asked for', async () => {
    const longest = 'ü'.repeat(250)
    expect((await make(longest)).status).toBe(201)
    expect((await show(longest)).version).toBe(longest)
    expect((await ask('GET', `releases/${'v'.repeat(251)}/`)).status).toBe(404)
  })

  test('is made once by a command that is sent twice', async () => {
    const headers = { 'idempotency-key': '9ec79c33-ec99-42ab-8353-589fcb2e04dc' }
    await make('twice')
    const first = await ask('POST', 'releases/twice/deploys/', { environment: 'prod' }, { headers })
    const second = await ask('POST', 'releases/twice/deploys/', { environment: 'prod' }, { headers })
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect((await show('twice')).deployCount).toBe(1)
  })
})

describe('commits', () => {
  const commit = { id: 'a'.repeat(40), author_name: 'Ann', author_email: 'ann@example.com', message: 'mend\0it', timestamp: '2026-11-22T14:30:34+00:00', repository: 'acme/shop', patch_set: [{ path: 'a.js', type: 'M' }] }

  test('are replaced, cut to what is kept, and found as those of the release before', async () => {
    await make('c1')
    await make('c2')
    expect((await ask('GET', 'releases/c2/previous-with-commits/')).body).toEqual({})
    await ask('PUT', 'releases/c1/', { commits: [{ id: 'old' }] })
    await ask('PUT', 'releases/c1/', { commits: [commit, { id: 'b'.repeat(99), message: 'm'.repeat(5_000) }] })
    const commits = (await ask('GET', 'releases/c1/commits/')).body as ReleaseCommit[]
    expect(commits).toMatchObject([
      { id: commit.id, message: 'mend\uFFFDit', author: { name: 'Ann', email: 'ann@example.com' }, repository: { name: 'acme/shop' }, dateCreated: '2026-11-22T14:30:34.000Z' },
      { id: 'b'.repeat(64), message: 'm'.repeat(500), author: null, repository: null, dateCreated: null },
    ])
    const previous = (await ask('GET', 'releases/c2/previous-with-commits/')).body as ReleaseInfo
    expect(previous).toMatchObject({ version: 'c1', commitCount: 2, lastCommit: { id: commit.id }, authors: [{ name: 'Ann' }] })
    expect(previous).toEqual(await show('c1'))
  })

  test('may be told as refs instead, of which the first is shown', async () => {
    await make('refs', { projects: ['shop'], refs: [{ repository: 'acme/shop', commit: 'abc', previousCommit: 'aaa' }, { repository: 'acme/web', commit: 'def', previousCommit: null }] })
    expect(await show('refs')).toMatchObject({ ref: 'abc', commitCount: 0, lastCommit: null })
    await ask('PUT', 'releases/refs/', { refs: [] })
    expect((await show('refs')).ref).toBeNull()
  })

  test('may name more files than fit into the body of other requests', async () => {
    const patch_set = Array.from({ length: 20_000 }, (_, number) => ({ path: `vendor/package/${number}/with/a/long/path/index.js`, type: 'A' }))
    await make('vendored')
    expect(await ask('PUT', 'releases/vendored/', { commits: [{ ...commit, patch_set }] })).toMatchObject({ status: 200, body: { commitCount: 1 } })
  })

  test('may be a thousand', async () => {
    await make('large', { projects: ['web'], commits: Array.from({ length: 1_000 }, (_, number) => ({ ...commit, id: String(number) })) })
    expect(await show('large')).toMatchObject({ commitCount: 1_000, lastCommit: { id: '0' } })
  })
})

describe('a person who sees only web', () => {
  test('makes, changes and deletes releases of it alone', async () => {
    await make('shared', { projects: ['shop', 'web'] })
    expect(slugs(await show('shared', webToken))).toEqual(['web'])
    expect(await make('shared', { projects: ['shop'] }, webToken)).toMatchObject({ status: 400, body: { projects: ['There is no project shop.'] } })
    expect(await ask('PUT', 'releases/shared/', { url: 'https://example.com/web' }, { as: webToken })).toMatchObject({ status: 200, body: { projects: [{ slug: 'web' }] } })
    expect((await app.ask('GET', '/api/0/projects/refold/shop/releases/shared/', { token })).body).toMatchObject({ url: null })
    expect((await app.ask('PUT', '/api/0/projects/refold/shop/releases/shared/', { token: webToken, body: {} })).status).toBe(404)
    expect((await ask('DELETE', 'releases/shared/', undefined, { as: webToken })).status).toBe(204)
    expect(slugs(await show('shared'))).toEqual(['shop'])
    expect((await ask('DELETE', 'releases/shared/', undefined, { as: webToken })).status).toBe(404)
  })

  test('reads of no release of another project, nor what it was deployed to', async () => {
    await make('secret', { projects: ['shop'] })
    await ask('POST', 'releases/secret/deploys/', { environment: 'hidden' })
    for (const below of ['', 'commits/', 'deploys/', 'previous-with-commits/']) expect((await ask('GET', `releases/secret/${below}`, undefined, { as: webToken })).status, below).toBe(404)
    expect((await ask('POST', 'releases/secret/deploys/', { environment: 'prod' }, { as: webToken })).status).toBe(404)
    const listed = (await ask('GET', 'releases/?per_page=100', undefined, { as: webToken })).body as ReleaseInfo[]
    expect(listed.length).toBeGreaterThan(0)
    expect(new Set(listed.flatMap(slugs))).toEqual(new Set(['web']))
    expect((await ask('GET', 'releases/?project=shop', undefined, { as: webToken })).status).toBe(404)
    const markers = (await ask('GET', 'releases/stats/', undefined, { as: webToken })).body as ReleaseMarker[]
    expect(new Set(markers.flatMap(({ projects }) => projects))).toEqual(new Set(['web']))
  })
})

describe('lists', () => {
  const versions = Array.from({ length: 7 }, (_, number) => `Many@${number}`)
  beforeAll(async () => {
    for (const version of versions) await make(version, { projects: ['many'] })
  })

  const page = async (path: string): Promise<{ versions: string[]; next: string | undefined; previous: string | undefined }> => {
    const { body, headers } = await ask('GET', path)
    const cursorOf = (rel: string): string | undefined => new RegExp(`rel="${rel}"; results="true"; cursor="([^"]+)"`).exec(headers.get('link') ?? '')?.[1]
    return { versions: (body as ReleaseInfo[]).map(({ version }) => version), next: cursorOf('next'), previous: cursorOf('previous') }
  }

  test('go newest first, page by page there and back, whatever is added meanwhile', async () => {
    const first = await page('releases/?project=many&per_page=3')
    expect(first).toMatchObject({ versions: ['Many@6', 'Many@5', 'Many@4'], previous: undefined })
    const second = await page(`releases/?project=many&per_page=3&cursor=${first.next}`)
    await make(versions[1]!, { projects: ['many'], url: 'https://example.com' })
    const third = await page(`releases/?project=3&per_page=3&cursor=${second.next}`)
    expect([second.versions, third.versions, third.next]).toEqual([['Many@3', 'Many@2', 'Many@1'], ['Many@0'], undefined])
    const back = await page(`releases/?project=many&per_page=3&cursor=${third.previous}`)
    expect(back.versions).toEqual(second.versions)
  })

  test('keep what begins as asked, or is open', async () => {
    expect((await page('releases/?query=many%40&limit=2')).versions).toEqual(['Many@6', 'Many@5'])
    expect((await page('releases/?query=any')).versions).toEqual([])
    await make('Many@6', { projects: [], status: 'archived' })
    expect((await page('releases/?project=many&status=open&limit=1')).versions).toEqual(['Many@5'])
    expect((await page('releases/?project=many&status=archived')).versions).toEqual(['Many@6'])
  })

  test('of a release’s deploys have one entry for all its projects', async () => {
    await make('deployed', { projects: ['shop', 'many'] })
    for (const environment of ['staging', 'prod']) await ask('POST', 'releases/deployed/deploys/', { environment, dateFinished: '2026-05-01T00:00:00Z' })
    await ask('POST', 'releases/deployed/deploys/', { environment: 'shop only', projects: ['shop'] })
    const deploys = (await ask('GET', 'releases/deployed/deploys/')).body as Deploy[]
    expect(deploys.map(({ environment }) => environment)).toEqual(['shop only', 'prod', 'staging'])
    expect(deploys[1]).toMatchObject({ dateFinished: '2026-05-01T00:00:00.000Z', dateStarted: null })
    expect(await ask('POST', 'releases/deployed/deploys/', { environment: 'prod', projects: ['web'] })).toMatchObject({ status: 400 })
    expect(await ask('POST', 'releases/deployed/deploys/', { environment: 'a\nb' })).toMatchObject({ status: 400 })
  })

  test('as places on a time line say when each was released, in which projects', async () => {
    await make('marked', { projects: ['shop', 'many'], dateReleased: new Date(Date.now() - 3_600_000).toISOString() })
    const markers = (await ask('GET', 'releases/stats/?statsPeriod=24h')).body as ReleaseMarker[]
    expect(markers.find(({ version }) => version === 'marked')!.projects).toEqual(['shop', 'many'])
    expect(markers.map(({ date }) => date)).toEqual(markers.map(({ date }) => date).toSorted().toReversed())
    expect((await ask('GET', 'releases/stats/?statsPeriod=ever')).status).toBe(400)
  })
})

test('code mappings are refused in so many words', async () => {
  const body = { project: 'shop', repository: 'acme/shop', defaultBranch: 'main', mappings: [{ stackRoot: 'a', sourceRoot: 'b' }] }
  expect(await ask('POST', 'code-mappings/bulk/', body)).toMatchObject({ status: 400, body: { detail: 'Code mappings are not kept here, so nothing was stored.' } })
  expect((await ask('POST', 'code-mappings/bulk/', { ...body, project: 'nowhere' })).status).toBe(400)
})
