// What the read routes answer, over a real log and a real fold.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../core/project/settings.ts'
import { formatShortId } from '../../core/shortid.ts'
import type { Event, EventRow } from '../../core/contract/event.ts'
import { event as eventSchema } from '../../core/contract/event.ts'
import { issue as issueSchema, issueDetail, type Issue, type IssueDetail } from '../../core/contract/issue.ts'
import { organization, outcome, project as projectSchema } from '../../core/contract/project.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject, newId } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

let app: App
let token: string
/** Positions of shop's events: 23 issues, the first with 7 events. */
let positions: number[]
const first = { ids: Array.from({ length: 7 }, newId) }
const foreignId = newId()
let foreign: number

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  const many = first.ids.map((event_id, index) => failure('TypeError', 'cart is 100% null', { event_id, user: { id: String(index) }, tags: { page: index < 5 ? 'cart' : 'home' }, release: `r${index}` }))
  const others = Array.from({ length: 22 }, (_, index) => failure(`Error${index}`, 'other', { timestamp: Date.now() / 1000 - (index % 4) }))
  positions = await givenEvents(app.pool, 1, [...many, ...others])
  ;[foreign] = (await givenEvents(app.pool, 2, [failure('Secret', 'other project', { event_id: foreignId })])) as [number]
  await foldAll(app.pool)
})
afterAll(() => app.stop())

const get = (path: string): Promise<Reply> => app.ask('GET', path, { token })
const list = '/api/0/projects/refold/shop/issues/'
const linkOf = (reply: Reply, rel: string): string | undefined => new RegExp(`<([^>]+)>; rel="${rel}"; results="true"`).exec(reply.headers.get('link')!)?.[1]
const pathOf = (url: string): string => url.replace('http://localhost:8000', '')

async function walk(start: string, rel: 'next' | 'previous'): Promise<{ pages: { id: string }[][]; last: string }> {
  const pages: { id: string }[][] = []
  for (let path: string | undefined = start; path !== undefined; ) {
    const reply = await get(path)
    expect(reply.status).toBe(200)
    pages.push(reply.body as { id: string }[])
    const next = linkOf(reply, rel)
    if (next === undefined) return { pages, last: path }
    path = pathOf(next)
    if (pages.length > 200) throw new Error('the pages have no end')
  }
  throw new Error('unreachable')
}

describe('the issue stream', () => {
  test('all pages together are the list, without doubles, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('date', 'new', 'freq', 'user'), fc.integer({ min: 1, max: 30 }), fc.constantFrom('', 'is:unresolved', 'other'), async (sort, limit, query) => {
        const path = `${list}?sort=${sort}&query=${query}`
        const whole = ((await get(`${path}&limit=100`)).body as Issue[]).map(({ id }) => id)
        const { pages, last } = await walk(`${path}&limit=${limit}`, 'next')
        expect(pages.flat().map(({ id }) => id)).toEqual(whole)
        const back = await walk(last, 'previous')
        expect(back.pages.toReversed().flat().map(({ id }) => id)).toEqual(whole)
      }),
      { numRuns: 25 },
    )
  })

  test('a jump to any row shows the list from there, and the pages go on both ways', async () => {
    const path = `${list}?sort=date`
    const whole = ((await get(`${path}&limit=100`)).body as Issue[]).map(({ id }) => id)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 1, max: 30 }), async (offset, limit) => {
        const start = `${path}&limit=${limit}&offset=${offset}`
        const older = (await walk(start, 'next')).pages.flat()
        expect(older.map(({ id }) => id)).toEqual(whole.slice(offset))
        const newer = (await walk(start, 'previous')).pages.slice(1).toReversed().flat()
        expect(newer.map(({ id }) => id)).toEqual(whole.slice(0, offset))
      }),
      { numRuns: 15 },
    )
  })

  test('is Sentry-shaped, says how many there are, and which generation and position it shows', async () => {
    const reply = await get(`${list}?sort=freq&limit=5`)
    const issues = issueSchema.array().parse(reply.body)
    expect(issues[0]).toMatchObject({ id: String(positions[0]), shortId: formatShortId('shop', positions[0]!), count: '7', userCount: 7, status: 'unresolved', substatus: 'new', project: { slug: 'shop' } })
    expect(issues[0]!.stats['24h']).toHaveLength(24)
    expect(issues[0]!.stats['24h'].reduce((sum, [, count]) => sum + count, 0)).toBe(7)
    expect(['x-hits', 'x-max-hits'].map((name) => reply.headers.get(name))).toEqual(['23', '1000'])
    expect(Number(reply.headers.get('x-refold-position'))).toBeGreaterThanOrEqual(foreign)
    expect(reply.headers.get('x-refold-generation')).toBe('1')
  })

  test('searches title and culprit literally, and finds an event id or a short id directly', async () => {
    const found = async (query: string) => ((await get(`${list}?query=${encodeURIComponent(query)}`)).body as Issue[]).map(({ id }) => Number(id))
    expect(await found('CART 100%')).toEqual([positions[0]])
    expect(await found('"cart is"')).toEqual([positions[0]])
    expect(await found('1_0')).toEqual([])
    expect(await found('is:resolved')).toEqual([])
    expect((await found('!is:resolved')).length).toBe(23)
    expect(await found(first.ids[4]!)).toEqual([positions[0]])
    expect(await found(formatShortId('shop', positions[3]!).toLowerCase())).toEqual([positions[0]])
    expect(await found(formatShortId('not', positions[3]!))).toEqual([]) // only looks like one: text
    expect(await found(foreignId)).toEqual([])
    expect(await found(formatShortId('web', foreign))).toEqual([])
  })

  test('says what is wrong with a query, a limit, a sort and a cursor', async () => {
    expect((await get(`${list}?query=level:>banana`)).body).toEqual({ detail: '">banana" is no value of "level" at character 7: expected fatal, error, warning, info, debug.' })
    for (const bad of ['limit=0', 'limit=101', 'limit=-1', 'limit=1e9', 'limit=x', 'limit=1&limit=2', 'sort=title', 'cursor=x', 'cursor=1:2:3', 'offset=-1', 'offset=x', 'offset=1.5', 'offset=1000001', 'offset=1&cursor=1:2:0', 'hits=1', 'cursor=999999999999999999999:1:0', `query=${'x'.repeat(1001)}`]) {
      expect([bad, (await get(`${list}?${bad}`)).status]).toEqual([bad, 400])
    }
    expect((await get(`${list}?cursor=999999999999999999:1:0`)).status).toBeLessThan(500)
    expect((await get(`${list}?offset=1000000&hits=all`)).body).toEqual([])
  })

  test('counts several queries at once, for one project or all', async () => {
    const counts = (rest: string) => get(`/api/0/organizations/refold/issues-count/?query=is:unresolved&query=cart&query=__proto__${rest}`)
    expect((await counts('&project=shop')).body).toEqual(JSON.parse('{"is:unresolved":23,"cart":1,"__proto__":0}'))
    expect((await counts('')).body).toMatchObject({ 'is:unresolved': 24 })
    expect((await counts('&project=nobody')).status).toBe(404)
  })
})

describe('one issue', () => {
  test('answers to its number and its short id in any case, also of a project that was called otherwise', async () => {
    for (const name of [positions[0], formatShortId('shop', positions[0]!), formatShortId('shop', positions[0]!).toLowerCase(), formatShortId('formerly', positions[0]!)]) {
      for (const path of [`/api/0/issues/${name}/`, `/api/0/organizations/refold/issues/${name}/`]) expect((await get(path)).body).toMatchObject({ id: String(positions[0]) })
    }
    for (const name of [0, -1, 999999, 'x', '9'.repeat(30), formatShortId('web', positions[0]!)]) expect([name, (await get(`/api/0/issues/${name}/`)).status]).toEqual([name, 404])
  })

  test('sends whoever names any other event it holds to the same page under its id, in the words that were used', async () => {
    const [id, shortId] = [String(positions[0]), formatShortId('shop', positions[0]!)]
    for (const [before, after] of [
      [`/api/0/issues/${positions[6]}/`, `/api/0/issues/${id}/`],
      [`/api/0/issues/${formatShortId('shop', positions[5]!).toLowerCase()}/tags/?limit=2&limit=3`, `/api/0/issues/${shortId}/tags/?limit=2&limit=3`],
      [`/api/0/organizations/refold/issues/${positions[6]}/events/latest/?x=%2F`, `/api/0/organizations/refold/issues/${id}/events/latest/?x=%2F`],
      [`/api/0//issues/${positions[6]}/comments`, `/api/0/issues/${id}/comments/`],
    ] as const) {
      const { status, headers, body } = await get(before)
      expect([before, status, headers.get('location'), headers.get('cache-control'), body]).toEqual([before, 301, after, 'no-store', { detail: 'This issue has another id now.', id, shortId }])
    }
  })

  test('carries releases, tags, activity and 30 days', async () => {
    const detail = issueDetail.parse((await get(`/api/0/issues/${positions[0]}/`)).body)
    expect([detail.firstRelease, detail.lastRelease]).toEqual([{ version: 'r0' }, { version: 'r6' }])
    const page = detail.tags.find(({ key }) => key === 'page')!
    expect(page).toMatchObject({ uniqueValues: 2, totalValues: 7, topValues: [{ value: 'cart', count: 5 }, { value: 'home', count: 2 }] })
    expect(detail.tags.find(({ key }) => key === 'user')).toMatchObject({ uniqueValues: 7 })
    expect(detail.stats['30d']).toHaveLength(30)
    expect(detail.activity.map(({ type }) => type)).toEqual(['first_seen'])
    expect(detail.refold.stored).toBe(7)
    expect((await get(`/api/0/issues/${positions[0]}/tags/?limit=1`)).body).toContainEqual(expect.objectContaining({ key: 'page', topValues: [expect.objectContaining({ value: 'cart' })] }))
    expect((await get(`/api/0/issues/${positions[0]}/activities/`)).body).toEqual({ activity: detail.activity })
  })

  test('lists its events in pages, newest first', async () => {
    const { pages } = await walk(`/api/0/issues/${positions[0]}/events/?per_page=3`, 'next')
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
    expect((pages.flat() as EventRow[]).map(({ eventID }) => eventID)).toEqual(first.ids.toReversed())
  })

  test('walks from its oldest event to its newest, one by one, and knows where it is', async () => {
    const seen: [string, number][] = []
    for (let id: string | null = 'oldest'; id !== null; ) {
      const event: Event = eventSchema.parse((await get(`/api/0/issues/${positions[0]}/events/${id}/`)).body)
      seen.push([event.eventID, event.refold.index])
      expect([event.refold.of, event.groupID, event.previousEventID]).toEqual([7, String(positions[0]), seen.at(-2)?.[0] ?? null])
      id = event.nextEventID
    }
    expect(seen).toEqual(first.ids.map((id, index) => [id, index + 1]))
    expect((await get(`/api/0/issues/${positions[0]}/events/latest/`)).body).toMatchObject({ eventID: first.ids[6], refold: { grouping: { version: 'v1', text: expect.stringContaining('TypeError') } } })
  })
})

describe('no path shows what belongs to another project or issue', () => {
  test('reads answer 404', async () => {
    for (const path of [
      `/api/0/projects/refold/shop/events/${foreignId}/`,
      `/api/0/projects/refold/shop/events/${foreignId}/json/`,
      `/api/0/issues/${positions[0]}/events/${foreignId}/`,
      `/api/0/issues/${positions[8]}/events/${first.ids[0]}/`,
      `/api/0/projects/refold/shop/events/${newId()}/`,
      `/api/0/projects/refold/shop/events/nonsense/`,
    ]) {
      const { status, body } = await get(path)
      expect([path, status, body]).toEqual([path, 404, { detail: 'This event is not stored. It may have been removed by retention, or the id is wrong.' }])
    }
  })

  test('commands on a foreign project path change nothing', async () => {
    const { body } = await app.ask('PUT', `${list}?id=${foreign}`, { token, body: { status: 'resolved' } })
    expect(body).toMatchObject({ refold: { changed: [], skipped: [{ id: String(foreign), detail: 'The requested resource does not exist.' }] } })
  })
})

describe('projects', () => {
  test('show what happened in them', async () => {
    organization.array().parse((await get('/api/0/organizations/')).body)
    const projects = projectSchema.array().parse((await get('/api/0/organizations/refold/projects/')).body)
    expect(projects).toMatchObject([{ slug: 'shop', refold: { unresolved: 23, events24h: 29, generation: '1' } }, { slug: 'web', refold: { unresolved: 1 } }])
    expect((await get('/api/0/projects/refold/1/')).body).toEqual({ ...projects[0], ...defaultSettings })
    expect((await get('/api/0/projects/')).body).toEqual(projects)
    const outcomes = outcome.array().parse((await get('/api/0/projects/refold/web/outcomes/')).body)
    expect(outcomes).toMatchObject([{ outcome: 'accepted', eventID: foreignId, issueID: String(foreign), shortId: formatShortId('web', foreign) }])
  })

  test('give an event back byte for byte, as a download', async () => {
    const { body, headers } = await get(`/api/0/projects/refold/shop/events/${first.ids[0]}/json/`)
    expect(body).toMatchObject({ event_id: first.ids[0], exception: { values: [{ type: 'TypeError' }] } })
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect((await get(`/api/0/projects/refold/shop/events/${first.ids[0]!.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}/`)).body).toMatchObject({ eventID: first.ids[0] })
  })
})

test('a read waits for the write it must see, and says so when it takes too long', async () => {
  const position = await givenDecisions(app.pool, { type: 'project.changed', data: { id: 2, name: 'Renamed' } })
  const [read] = await Promise.all([get(`/api/0/projects/refold/web/?after=${position}`), foldAll(app.pool)])
  expect((read.body as { name: string }).name).toBe('Renamed')
  const late = await get(`/api/0/projects/refold/web/?after=${position + 1}`)
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2'])
  expect((await get('/api/0/projects/refold/web/?after=x')).status).toBe(400)
})

test('a regression shows as such', async () => {
  const detail = (await get(`/api/0/issues/${positions[9]}/`)).body as IssueDetail
  await app.ask('PUT', `/api/0/issues/${positions[9]}/`, { token, body: { status: 'resolved' } })
  await givenEvents(app.pool, 1, [failure(detail.metadata.type!, 'other')])
  await foldAll(app.pool)
  expect((await get(`/api/0/issues/${positions[9]}/`)).body).toMatchObject({ status: 'unresolved', substatus: 'regressed', count: '2' })
})
