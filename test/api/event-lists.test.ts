// Lists of events inside a query, the neighbours of one, tags with their values, and counts over time.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectEvent, eventTable, type EventRow } from '../../core/contract/event.ts'
import { tagValue, type TagValue } from '../../core/contract/tag.ts'
import type { TagFacet } from '../../core/contract/issue.ts'
import { formatShortId } from '../../core/shortid.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

const idOf = (n: number): string => n.toString(16).padStart(32, 'e')
const now = Math.floor(Date.now() / 1000)

let app: App
let token: string
/** Of one issue, event n: by the hour back from now. */
let positions: number[]
let issue: string

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  const events = Array.from({ length: 12 }, (_, n) => failure('TypeError', 'no cart', {
    event_id: idOf(n), timestamp: now - (11 - n) * 3_600, level: n % 4 === 0 ? 'fatal' : 'error', environment: n % 2 === 0 ? 'production' : 'staging', release: `r${Math.floor(n / 6)}`,
    user: { id: `u${n % 3}`, email: `u${n % 3}@example.com` }, tags: { page: n % 2 === 0 ? `/cart/${n}` : '/home', risky: ['=1+1', '+2', '@x', 'plain, "quoted"'][n % 4] },
  }))
  positions = await givenEvents(app.pool, 1, events)
  await givenEvents(app.pool, 2, [failure('Other', 'elsewhere', { event_id: idOf(99), release: 'w1' })])
  await foldAll(app.pool)
  issue = `/api/0/issues/${positions[0]}/`
})
afterAll(() => app.stop())

const get = (path: string, headers: Record<string, string> = {}): Promise<Reply> => app.ask('GET', path, { token, headers })
const numbersOf = (reply: Reply): number[] => {
  expect([reply.status, reply.status === 200 ? '' : reply.body]).toEqual([200, ''])
  return (reply.body as EventRow[]).map(({ eventID }) => Number.parseInt(eventID.slice(20).replace(/^e+/, '') || '0', 16))
}
const linkOf = (reply: Reply, rel: string): string | undefined => new RegExp(`<http://localhost:8000([^>]+)>; rel="${rel}"; results="true"`).exec(reply.headers.get('link')!)?.[1]

describe('events', () => {
  test('of an issue come with the fields and tags that are asked for, and refuse what is none', async () => {
    const reply = await get(`${issue}events/?field=page&field=level&field=user.email&field=nothing&per_page=2`)
    expect([reply.status, (reply.body as EventRow[]).map((row) => row.refold?.fields)]).toEqual([200, [
      { page: '/home', level: 'error', 'user.email': 'u2@example.com', nothing: null },
      { page: '/cart/10', level: 'error', 'user.email': 'u1@example.com', nothing: null },
    ]])
    expect((await get(`${issue}events/?field=count()`)).status).toBe(400)
    expect((await get(`${issue}events/?per_page=1`)).body).not.toHaveProperty('0.refold')
  })

  test.each<[string, number[]]>([
    ['level:fatal', [8, 4, 0]],
    ['environment:production release:r0', [4, 2, 0]],
    ['page:/home !release:r1', [5, 3, 1]],
    ['page:/cart/*', [10, 8, 6, 4, 2, 0]],
    ['page:/cart/8', [8]],
    ['user.id:u1', [10, 7, 4, 1]],
    ['user.email:[u0@example.com, u1@example.com] level:fatal', [4, 0]],
    ['error.type:TypeError error.unhandled:false', []],
    ['timestamp:-150m', [11, 10, 9]],
    ['release:latest', [11, 10, 9, 8, 7, 6]],
    ['has:nothing', []],
    ['CART title:Type*', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    [`id:${idOf(5)}`, [5]],
    ['project:web', []],
  ])('of an issue and of its project are found by %s', async (query, expected) => {
    for (const path of [`${issue}events/`, '/api/0/projects/refold/shop/events/']) expect([path, numbersOf(await get(`${path}?query=${encodeURIComponent(query)}`))]).toEqual([path, expected])
  })

  test('come in pages inside the query, in both directions', async () => {
    const first = await get(`${issue}events/?query=environment:staging&per_page=4`)
    const second = await get(linkOf(first, 'next')!)
    expect([numbersOf(first), numbersOf(second), linkOf(second, 'next')]).toEqual([[11, 9, 7, 5], [3, 1], undefined])
    expect(numbersOf(await get(linkOf(second, 'previous')!))).toEqual([11, 9, 7, 5])
  })

  test('are narrowed by environment and time', async () => {
    expect(numbersOf(await get(`${issue}events/?environment=production&statsPeriod=5h`))).toEqual([10, 8])
    expect(numbersOf(await get(`${issue}events/?start=${now - 5 * 3_600 - 60}&end=${new Date((now - 3 * 3_600 + 60) * 1000).toISOString()}`))).toEqual([8, 7, 6])
  })

  test('have their neighbours inside the query', async () => {
    const { body } = await get(`${issue}events/latest/?query=level:fatal`)
    expect(body).toMatchObject({ eventID: idOf(8), previousEventID: idOf(4), nextEventID: null })
    expect((await get(`${issue}events/oldest/?environment=staging`)).body).toMatchObject({ eventID: idOf(1), previousEventID: null, nextEventID: idOf(3) })
    expect((await get(`${issue}events/${idOf(4)}/?query=level:fatal`)).body).toMatchObject({ previousEventID: idOf(0), nextEventID: idOf(8), refold: { index: 5, of: 12 } })
    expect((await get(`${issue}events/latest/?query=page:nowhere`)).status).toBe(404)
  })

  test('of a project are what sentry-cli reads', async () => {
    const events = projectEvent.array().parse((await get('/api/0/projects/refold/shop/events/?per_page=2')).body)
    expect(events[1]).toMatchObject({ eventID: idOf(10), project: 1, title: 'TypeError: no cart', user: { id: 'u1', email: 'u1@example.com' }, tags: expect.arrayContaining([{ key: 'page', value: '/cart/10' }]) })
  })

  test('of several projects are a table of the fields that are asked for', async () => {
    const table = async (rest: string) => eventTable.parse((await get(`/api/0/organizations/refold/events/?${rest}`)).body)
    const usual = await table('per_page=2')
    expect(usual.data[0]).toMatchObject({ id: idOf(99), title: 'Other: elsewhere', project: 'web', release: 'w1' })
    expect(usual.data[1]).toMatchObject({ id: idOf(11), issue: formatShortId('shop', positions[0]!), environment: 'staging', user: 'id:u2' })
    const { data, meta } = await table('field=id&field=page&field=user.email&field=issue.id&query=level:fatal&project=shop')
    expect(data).toEqual([8, 4, 0].map((n) => ({ id: idOf(n), page: `/cart/${n}`, 'user.email': `u${n % 3}@example.com`, 'issue.id': positions[0] })))
    expect(meta.fields).toEqual({ id: 'string', page: 'string', 'user.email': 'string', 'issue.id': 'integer' })
    expect((await table('dataset=logs')).data).toEqual([])
    expect((await get('/api/0/organizations/refold/events/?field=count()')).status).toBe(400)
  })

  test('are not asked what only issues know, nor too much', async () => {
    expect((await get(`${issue}events/?query=is:unresolved`)).body).toEqual({ detail: '"is" cannot be asked of events at character 1: expected a key of events.' })
    expect((await get(`${issue}events/?query=error.type:*x*`)).status).toBe(400)
    expect((await get(`${issue}events/?start=yesterday`)).body).toEqual({ start: [expect.any(String)] })
  })
})

describe('tags', () => {
  test('of an issue come with their values, by count or by time, in pages', async () => {
    expect((await get(`${issue}tags/?key=page&key=level&limit=1`)).body).toMatchObject([{ key: 'level', totalValues: 12, topValues: [{ value: 'error', count: 9 }] }, { key: 'page', uniqueValues: 7, topValues: [{ value: '/home', count: 6 }] }])
    expect(((await get(`${issue}tags/`)).body as TagFacet[]).map(({ key }) => key)).not.toContain('user.email')
    expect((await get(`${issue}tags/page/`)).body).toMatchObject({ key: 'page', totalValues: 12 })
    expect((await get(`${issue}tags/nothing/`)).status).toBe(404)
    for (const sort of ['count', 'date']) {
      const whole = tagValue.array().parse((await get(`${issue}tags/page/values/?sort=${sort}`)).body).map(({ value }) => value)
      expect([whole[0], whole.length]).toEqual(['/home', 7])
      const paged: string[] = []
      let last = ''
      for (let path: string | undefined = `${issue}tags/page/values/?sort=${sort}&per_page=3`; path !== undefined; ) {
        const reply: Reply = await get((last = path))
        paged.push(...(reply.body as TagValue[]).map(({ value }) => value))
        path = linkOf(reply, 'next')
      }
      expect(paged).toEqual(whole)
      expect(((await get(linkOf(await get(last), 'previous')!)).body as TagValue[]).map(({ value }) => value)).toEqual(whole.slice(3, 6))
    }
  })

  test('as a table for spreadsheets hold no formulas', async () => {
    const { body, headers } = await get(`${issue}tags/risky/values/`, { accept: 'text/csv' })
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(String(body).split('\r\n').map((line) => line.split('",')[0]!.slice(1)).toSorted()).toEqual(['', "'+2", "'=1+1", "'@x", 'plain, ""quoted""', 'value'].toSorted())
  })

  test('of projects are completed by their first letters, releases by how new they are', async () => {
    const values = async (path: string): Promise<[string, number][]> => ((await get(`/api/0/${path}`)).body as TagValue[]).map(({ value, count }) => [value, count])
    expect((await get('/api/0/projects/refold/shop/tags/')).body).toEqual(expect.arrayContaining([{ key: 'page', name: 'page' }, { key: 'environment', name: 'environment' }]))
    expect((await get('/api/0/projects/refold/web/tags/page/')).status).toBe(404)
    expect(await values('projects/refold/shop/tags/page/values/?query=/cart/1')).toEqual([['/cart/10', 1]])
    expect(await values('projects/refold/shop/tags/environment/values/')).toEqual([['production', 6], ['staging', 6]])
    expect(await values('organizations/refold/tags/release/values/')).toEqual([['w1', 1], ['r1', 6], ['r0', 6]])
    expect(await values('organizations/refold/tags/release/values/?query=r&project=shop')).toEqual([['r1', 6], ['r0', 6]])
    const page = await get('/api/0/projects/refold/shop/tags/page/values/?per_page=5')
    expect((await get(linkOf(page, 'next')!)).body).toMatchObject([{ value: '/cart/8' }, { value: '/home' }].slice(-2))
  })
})

test('events are counted over time', async () => {
  const sum = ({ body }: Reply): number => (body as [number, number][]).reduce((total, [, count]) => total + count, 0)
  const day = await get(`${issue}stats/`)
  expect([(day.body as unknown[]).length, sum(day)]).toEqual([24, 12])
  const days = await get(`${issue}stats/?resolution=1d&since=${now - 10 * 86_400}`)
  expect([(days.body as unknown[]).length, sum(days)]).toEqual([11, 12])
  expect(sum(await get('/api/0/projects/refold/shop/stats/?stat=received'))).toBe(12)
  expect(sum(await get('/api/0/projects/refold/shop/stats/?stat=rejected'))).toBe(0)
  for (const bad of ['stat=x', 'resolution=1s', 'since=0', `since=${now}&until=1`]) expect([bad, (await get(`/api/0/projects/refold/shop/stats/?${bad}`)).status]).toEqual([bad, 400])
})
