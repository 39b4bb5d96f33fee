// What a search finds: golden queries with their answers, and for random queries the same as a filter in memory; pages that stay whole
// while issues come and move.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Issue } from '../../core/contract/issue.ts'
import { parseSearch } from '../../core/search/parse.ts'
import { formatShortId } from '../../core/shortid.ts'
import { readBounded } from '../../projections/bounded.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'
import { filterIssues, givenAnother, givenIssues, sortIssues, type Known } from './search-world.ts'

let app: App
let token: string
let me: string
/** Of shop, in the order in which they were founded. */
let issues: Known[]
let web: Known[]

beforeAll(async () => {
  app = await startApp()
  const ada = await app.person('ada@example.com')
  ;[token, me] = [ada.token, `user:${ada.id}`]
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  await foldAll(app.pool)
  issues = await givenIssues(app.pool, 1, 18)
  web = await givenIssues(app.pool, 2, 3, 4)
  const put = async (path: string, body: object): Promise<void> => expect([(await app.ask('PUT', path, { token, body })).status, path]).toEqual([200, path])
  for (const issue of [issues[2]!, issues[5]!]) await put(`/api/0/issues/${issue.id}/`, { status: 'resolved' })
  await put(`/api/0/issues/${issues[3]!.id}/`, { status: 'ignored', substatus: 'archived_forever' })
  await put(`/api/0/issues/${issues[4]!.id}/`, { assignedTo: me })
  await foldAll(app.pool)
  await put(`/api/0/projects/refold/shop/issues/?id=${issues[6]!.id}&id=${issues[7]!.id}`, { merge: 1 })
  await foldAll(app.pool)
  for (const issue of [issues[2]!, issues[5]!]) issue.status = 'resolved'
  Object.assign(issues[3]!, { status: 'ignored', substatus: 'archived_forever' })
  issues[4]!.assignee = me
  const [kept, gone] = issues.splice(6, 2) as [Known, Known]
  issues.splice(6, 0, { ...kept, keys: [...kept.keys, ...gone.keys] })
})
afterAll(() => app.stop())

const list = '/api/0/projects/refold/shop/issues/'
const get = (path: string): Promise<Reply> => app.ask('GET', path, { token })
const idsOf = (reply: Reply): number[] => {
  expect([reply.status, reply.status === 200 ? '' : reply.body]).toEqual([200, ''])
  return (reply.body as Issue[]).map(({ id }) => Number(id))
}
const find = async (query: string, sort = 'date'): Promise<number[]> => idsOf(await get(`${list}?limit=100&sort=${sort}&query=${encodeURIComponent(query)}`))
const linkOf = (reply: Reply, rel: string): string | undefined => new RegExp(`<http://localhost:8000([^>]+)>; rel="${rel}"; results="true"`).exec(reply.headers.get('link')!)?.[1]

// Numbers are places in `issues`: the most recently seen first. 7 was merged into 6; from there on each is one less than its number in search-world.ts.
test.each<[string, number[]]>([
  ['is:resolved', [2, 5]],
  ['is:archived', [3]],
  ['assigned:me', [4]],
  ['assigned:[me, none] is:unresolved level:fatal users:>=2', [1, 10, 12]],
  ['is:new', [0, 1, 4]],
  ['release:shop@1.1* level:error', [3, 5, 14, 16]],
  ['release:latest', [2, 3, 6, 9, 10, 13, 14]],
  ['page:/cart/p*', [1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 14, 16]],
  ['!has:page', []],
  ['user.email:u7@example.com', [1, 2, 3, 5, 6, 7, 9, 10, 12, 13, 14, 16]],
  ['stack.filename:src/login.js', [2, 7, 13]],
  ['stack.function:r*', [0, 1, 3, 4, 6, 8, 9, 11, 12, 14, 15]],
  ['error.unhandled:true is:unresolved', [0, 6, 8, 11, 14]],
  ['"100%"  CART', [0, 2, 4, 6, 7, 9, 11, 13, 15]],
  ['events:>3', [3, 6, 10, 14]],
  ['age:+10d', [9, 10, 11, 12, 13, 14, 15, 16]],
])('finds for %s what it says', async (query, expected) => {
  expect((await find(query)).map((id) => issues.findIndex((issue) => issue.id === id))).toEqual(expected)
})

// Terms out of what there is, so that most find something and few find all.
const word = fc.constantFrom('unresolved', 'resolved', 'archived', 'new', 'ongoing', 'assigned', 'unassigned', 'for_review', 'archived_forever')
const value = fc.oneof(fc.constantFrom('shop@1.0.0', 'production', '/cart', '/home', 'u7', 'GET', 'run', 'render', 'src/cart.js', 'RangeErrorB', 'shop.load', 'u20@example.com', 'cannot', 'true', 'TypeErrorA: cannot read cart: 100%'), fc.constantFrom('*', 'shop@*', '*/cart*', 'u*', '*r*', 'src/*.js', '*@example.com', '*ErrorA*', '*100%*', '*_*'))
const key = fc.constantFrom('release', 'environment', 'page', 'user.id', 'user.email', 'http.method', 'http.url', 'title', 'culprit', 'message', 'error.type', 'error.value', 'stack.filename', 'stack.function', 'stack.module', 'platform')
const plainTerm = fc.oneof(
  fc.tuple(key, value).map(([name, text]) => `${name}:"${text}"`),
  fc.tuple(key, value, value).map(([name, a, b]) => `${name}:["${a}", "${b}"]`),
  fc.oneof(word, fc.tuple(word, word).map(([a, b]) => `[${a}, ${b}]`)).map((words) => `is:${words}`),
  fc.tuple(fc.constantFrom('events', 'users'), fc.constantFrom('', '>', '>=', '<', '<='), fc.integer({ min: 0, max: 5 })).map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`),
  fc.tuple(fc.constantFrom('firstSeen', 'lastSeen', 'age'), fc.constantFrom('-', '+'), fc.integer({ min: 1, max: 20 })).map(([name, sign, days]) => `${name}:${sign}${days * 24 - 1}h`),
  fc.constantFrom('has:page', 'has:release', 'has:assigned', 'has:user.email', 'has:nothing', 'assigned:me', 'assigned:[me, none]', 'assigned:none', 'assigned:nobody', 'level:[error, fatal]', 'level:warning', 'error.handled:no', 'error.unhandled:true'),
)
const text = fc.constantFrom('cart', 'CANNOT', '"cannot read"', '100%', 'src/', 'or', '"run(shop.run)"', '_', 'error', 'zebra')
const query = fc.array(fc.oneof({ weight: 3, arbitrary: fc.tuple(fc.constantFrom('', '', '!'), plainTerm).map((parts) => parts.join('')) }, { weight: 1, arbitrary: text }), { minLength: 1, maxLength: 4 }).map((terms) => terms.join(' '))
const sort = fc.constantFrom('date', 'new', 'freq', 'user')

describe('any search', () => {
  test('finds what a filter in memory finds, in its order, and says how many', async () => {
    await fc.assert(
      fc.asyncProperty(query, sort, async (asked, by) => {
        const search = parseSearch(asked)
        if ('error' in search) throw new Error(search.error.message)
        const reply = await get(`${list}?limit=100&sort=${by}&query=${encodeURIComponent(asked)}`)
        const expected = sortIssues(filterIssues(issues, search.terms, me, new Date()), by).map(({ id }) => id)
        expect([idsOf(reply), reply.headers.get('x-hits')]).toEqual([expected, String(expected.length)])
      }),
      { numRuns: 200 },
    )
  })
})

test('an issue is found by its short id, also one that it had before a merge', async () => {
  const [kept, other] = [issues[6]!, web[0]!]
  const gone = kept.id + kept.keys[0]!.length
  expect(await find(`issue:[${formatShortId('shop', gone)}, ${issues[0]!.id}]`)).toEqual([issues[0]!.id, kept.id])
  expect(await find(`issue:[${formatShortId('web', kept.id)}, ${formatShortId('web', other.id)}, nonsense]`)).toEqual([])
})

describe('the issues of several projects', () => {
  const everywhere = '/api/0/organizations/refold/issues/'

  test('are one list, in one order, of what the viewer may see', async () => {
    for (const by of ['date', 'new', 'freq', 'user']) expect(idsOf(await get(`${everywhere}?limit=100&query=&sort=${by}`))).toEqual(sortIssues([...issues, ...web], by).map(({ id }) => id))
    expect(idsOf(await get(`${everywhere}?query=&project=web`)).toSorted()).toEqual(web.map(({ id }) => id).toSorted())
    expect(idsOf(await get(`${everywhere}?query=project:web&project=-1`))).toHaveLength(web.length)
    const { token: theirs } = await app.person('ben@example.com', 'member', ['event:read'])
    await app.pool.query(`update account set projects = '{2}' where email = 'ben@example.com'`)
    const seen = (path: string): Promise<Reply> => app.ask('GET', path, { token: theirs })
    expect(idsOf(await seen(`${everywhere}?query=`)).toSorted()).toEqual(web.map(({ id }) => id).toSorted())
    expect((await seen(`${everywhere}?project=shop`)).status).toBe(404)
    expect(idsOf(await seen(`${everywhere}?query=${formatShortId('shop', issues[0]!.id)}`))).toEqual([])
    expect((await seen('/api/0/organizations/refold/events/')).body).toMatchObject({ data: expect.not.arrayContaining([expect.objectContaining({ project: 'shop' })]) })
  })

  test('are found directly by an id, which says the event too', async () => {
    const { body } = await get(`/api/0/issues/${web[0]!.id}/events/latest/`)
    const { eventID } = body as { eventID: string }
    const hit = await get(`${everywhere}?query=${eventID}`)
    expect([hit.headers.get('x-sentry-direct-hit'), hit.body]).toEqual(['1', [expect.objectContaining({ id: String(web[0]!.id), matchingEventId: eventID })]])
    expect(idsOf(await get(`${everywhere}?query=${formatShortId('web', web[1]!.id)}&shortIdLookup=1`))).toEqual([web[1]!.id])
  })
})

test('pages neither repeat nor hide an issue while others come and move, in both directions', async () => {
  const before = await find('')
  const moved = [issues.at(-1)!, issues[8]!]
  let fresh = 30
  const disturb = async (): Promise<void> => {
    await givenIssues(app.pool, 1, 1, fresh++)
    if (moved.length > 0) await givenAnother(app.pool, 1, moved.pop()!)
  }
  const still = before.filter((id) => !moved.some((issue) => issue.id === id))
  const walk = async (from: string, rel: string): Promise<{ ids: number[]; last: string }> => {
    const ids: number[] = []
    for (let path = from; ; ) {
      const reply = await get(path)
      ids.push(...(rel === 'next' ? idsOf(reply) : idsOf(reply).toReversed()))
      await disturb()
      const next = linkOf(reply, rel)
      if (next === undefined || ids.length > 200) return { ids, last: path }
      path = next
    }
  }
  const forward = await walk(`${list}?query=&limit=4`, 'next')
  expect(forward.ids.filter((id) => still.includes(id))).toEqual(still)
  expect(new Set(forward.ids).size).toBe(forward.ids.length)
  const back = await walk(forward.last, 'previous')
  expect(back.ids.filter((id) => still.includes(id))).toEqual(still.toReversed())
  expect(new Set(back.ids).size).toBe(back.ids.length)
})

test('letters of any language are found as they are written', async () => {
  const [id] = await givenEvents(app.pool, 1, [failure('ÉcoleError', 'naïve Ünïcode 世界')])
  await foldAll(app.pool)
  for (const query of ['title:*École*', 'error.type:ÉcoleError', 'error.value:naïve*', 'école', '世界', 'message:ÜNÏCODE']) expect([query, await find(query)]).toEqual([query, [id]])
  const { body } = await get(`/api/0/issues/${id}/events/?query=${encodeURIComponent('title:*École*')}`)
  expect(body).toHaveLength(1)
})

test('a search that takes too long is stopped, and its connection is free again', async () => {
  const slow = readBounded(app.pool, async (client) => {
    await client.query('set local statement_timeout = 50')
    await client.query('select pg_sleep(60)')
  })
  await expect(slow).rejects.toMatchObject({ code: 'searchTooSlow' })
  expect((await app.pool.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '0' }])
})
