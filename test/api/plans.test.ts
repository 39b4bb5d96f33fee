// The read SQL as the planner sees it at a size where it matters: an index whatever is asked, and few rows looked at.

import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBounded } from '../../projections/bounded.ts'
import { givenProject, foldAll } from '../given.ts'
import { startApp, type App } from './app.ts'
import { fillLarge } from './large.ts'

const issues = 50_000
const events = 1_000_000
const from = 1_000

let app: App
let token: string
/** `bounded`: asked under the settings of projections/bounded.ts. */
const asked: { text: string; values: unknown[]; bounded: boolean }[] = []
const recorded = new WeakSet<PoolClient>()

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('ada@example.com')).token
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  await givenProject(app.pool, 3, 'api')
  await foldAll(app.pool)
  const { rows } = await app.pool.query<{ generation: number }>('select generation::int as generation from project order by id')
  await fillLarge(app.pool, [
    { project: 1, generation: rows[0]!.generation, issues: issues - 2_000, events: events - 20_000, from },
    { project: 2, generation: rows[1]!.generation, issues: 2_000, events: 20_000, from: from + events },
  ])
  app.pool.on('acquire', (client) => {
    if (recorded.has(client)) return
    recorded.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    let bounded = false
    Object.assign(client, {
      query: (text: unknown, values?: unknown, ...more: unknown[]) => {
        if (typeof text === 'string' && /^(begin|commit|rollback)/.test(text)) bounded = text.startsWith('begin')
        else if (typeof text === 'string' && !text.startsWith('explain')) asked.push({ text, values: Array.isArray(values) ? values : [], bounded })
        return query(text, values, ...more)
      },
    })
  })
}, 120_000)
afterAll(() => app.stop())

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; 'Rows Removed by Index Recheck'?: number; Plans?: Plan[] }
const large = /\b(event|issue|event_key|issue_key|issue_hour|issue_tag|key_text|activity|release)\b/

function listNodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(listNodes)]
}

const encode = (text: string): string => encodeURIComponent(text)
const list = '/api/0/projects/refold/shop/issues/'
const everywhere = '/api/0/organizations/refold/issues/'
const issue = `/api/0/issues/${from + 2}/`
const nowhere = '0'.repeat(32)

/** What one page needs: the rows of a page, and of what is beside it. */
const few = 30_000
/** Every issue once, with its key and one look-up. */
const walked = 4 * issues

/** [query, rows that may be looked at for the page and its number of hits]. */
const searches: [string, number][] = [
  ['', few], ['is:unresolved', few], ['is:resolved', few], ['!is:archived', few], ['is:new', few], ['is:ongoing', few], ['is:[regressed, escalating]', walked], ['is:for_review', few], ['is:assigned', walked], ['is:unassigned', few],
  ['assigned:me', walked], ['assigned:nobody@example.com', walked], ['level:fatal', few], ['!level:error', few], ['platform:node', few], ['platform:cobol', walked], ['type:error', few],
  ['release:latest', few], ['release:shop@1.77.0', few], ['release:shop@1.7*', walked], ['release:*.0', few], ['!release:shop@1.77.0', few], ['firstRelease:shop@1.77.0', few], ['firstRelease:shop@1.7*', walked],
  ['environment:production', few], ['environment:[staging, qa]', few], ['environment:nowhere', few], ['error.type:Error7', walked], ['error.type:NoError', few], ['error.value:*nothing*', few], ['error.handled:false', few], ['error.unhandled:true', few],
  ['message:failed', few], ['title:*operation*', few], ['culprit:run*', few], ['transaction:/none', few], ['operation failed', few], ['"operation failed" Error12', few], ['nowheretobefound', few], ['zq', walked], ['"a b c"', walked],
  ['stack.filename:src/nothing.js', few], ['stack.function:handle*', few], ['stack.module:shop.nothing', few],
  ['user.id:77', few], ['user.email:user77@example.com', few], ['user.email:*@example.com', few], ['user.ip:203.0.113.7', few], ['http.url:*', few], ['http.method:GET', few],
  ['browser:Chrome', few], ['request_id:c4ca4238a0b923820dcc509a6f75849b', few], ['request_id:c4ca*', walked], ['!browser:Chrome', few], ['has:customer', few], ['!has:customer', walked], ['customer:c7 browser:Chrome level:warning', few],
  ['events:>100', few], ['timesSeen:>490 users:<3', walked], ['firstSeen:>2020-01-01', few], ['lastSeen:-1h', few], ['age:-24h', few], ['age:+5000d', walked], [`id:${from + 7}`, few], [`issue:SHOP-ZZZZZ`, few], ['project:shop', few], ['project:none', few],
]

const paths: [string, number][] = [
  ...['date', 'new', 'freq', 'user'].flatMap((sort): [string, number][] => [[`${list}?sort=${sort}`, few], [`${list}?sort=${sort}&query=`, few], [`${everywhere}?sort=${sort}`, few], [`${list}?sort=${sort}&query=${encode('customer:c7')}`, few]]),
  ...searches.map(([query, rows]): [string, number] => [`${list}?query=${encode(query)}`, rows]),
  // What is skipped is in the index; all issues are of three statuses, each of which may hold them all.
  ...['date', 'new', 'freq', 'user'].map((sort): [string, number] => [`${list}?sort=${sort}&offset=25000&hits=all`, walked]),
  [`${list}?query=&offset=40000&hits=all`, walked],
  [`${list}?query=&offset=1000000`, walked],
  [`${list}?query=${nowhere}`, few],
  [`${list}?environment=staging&statsPeriod=24h`, few],
  [`${everywhere}?query=${encode('release:shop@1.77.0')}`, few],
  ['/api/0/organizations/refold/issues-count/?query=is:unresolved&query=is:regressed', walked],
  [issue, few],
  [`${issue}stats/`, few],
  [`${issue}events/`, few],
  [`${issue}events/latest/`, few],
  [`${issue}comments/`, few],
  [`${issue}tags/`, few],
  [`${issue}tags/browser/values/`, few],
  ...['', 'browser:Chrome', 'title:*7*', 'request_id:c4ca4238a0b923820dcc509a6f75849b', 'browser:Chr*'].flatMap((query): [string, number][] => [
    [`${issue}events/?query=${encode(query)}`, few], [`/api/0/projects/refold/shop/events/?per_page=5&query=${encode(query)}`, 3 * 20_000], [`/api/0/organizations/refold/events/?query=${encode(query)}`, 3 * 20_000],
  ]),
  ['/api/0/projects/refold/shop/environments/', few],
  ['/api/0/projects/refold/shop/tags/', few],
  ['/api/0/projects/refold/shop/tags/request_id/values/?query=c4', few],
  ['/api/0/projects/refold/shop/tags/environment/values/', few],
  ['/api/0/organizations/refold/tags/release/values/?query=shop@1', few],
  // Whatever other projects have sent since.
  ['/api/0/projects/refold/shop/outcomes/', 2_000],
  ['/api/0/projects/refold/shop/keys/', 2_000],
]

describe('with a million events and 50,000 issues', () => {
  test.each(paths)('%s', async (path, bound) => {
    asked.length = 0
    const reply = await app.ask('GET', path, { token })
    // The events are not in the log, so that one answer is 404; its queries ran.
    expect([reply.status, reply.status >= 400 && reply.status !== 404 ? reply.body : '']).toEqual([path.endsWith('/latest/') ? 404 : 200, ''])
    const next = /<http:\/\/localhost:8000([^>]+)>; rel="next"; results="true"/.exec(reply.headers.get('link') ?? '')?.[1]
    if (next !== undefined) expect((await app.ask('GET', next, { token })).status).toBe(200)
    const queries = asked.filter(({ text }) => large.test(text))
    expect(queries.length).toBeGreaterThan(0)
    for (const { text, values, bounded } of queries) {
      const explain = (db: Pick<PoolClient, 'query'>) => db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, timing off, format json) ${text}`, values)
      const { rows } = await (bounded ? readBounded(app.pool, explain) : explain(app.pool))
      const scans = listNodes(rows[0]!['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] !== undefined && large.test(node['Relation Name']))
      const looked = scans.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'], 0)
      // A count that stops at 1,000 may read the issues in any order.
      const sequential = scans.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 && !(text.startsWith('select count(*)') && node['Relation Name'] === 'issue'))
      expect([sequential.map((node) => node['Relation Name']), looked <= bound ? '' : `${Math.round(looked)} rows: ${text}`]).toEqual([[], ''])
    }
  }, 30_000)

  test('a search of events that finds nothing for long goes on where it stopped', async () => {
    // The newest 20,000 are all of web, at positions from there on; the next are those of shop.
    for (const projects of ['', '&project=shop&project=api']) {
      let path = `/api/0/organizations/refold/events/?query=customer:none${projects}`
      for (const stop of [from + events, from + events - 40_000]) {
        const { body, headers } = await app.ask('GET', path, { token })
        expect(body).toMatchObject({ data: [] })
        const [, next, cursor] = /<http:\/\/localhost:8000([^>]+)>; rel="next"; results="true"; cursor="([^"]+)"/.exec(headers.get('link')!)!
        expect(cursor).toBe(`${stop}:0:0`)
        path = next!
      }
    }
  })
})
