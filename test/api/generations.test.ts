// Generations over the API: real events, a rule that merges two issues and splits a third, and what the preview says of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { event as eventSchema } from '../../core/contract/event.ts'
import { compared, diff as diffSchema, generation as generationSchema, groupingState, issueHash, revision as revisionSchema, type Diff } from '../../core/contract/grouping.ts'
import { formatShortId } from '../../core/shortid.ts'
import { previewGeneration } from '../../projections/generations/preview.ts'
import { bringGeneration } from '../../projections/generations/build.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

let app: App
let token: string
/** Two timeouts of 3 and 2 events, one issue of 4 events from two pages, one that stays. */
let [slow, slower, cart, other]: number[] = []
let eva: string
let revision: number
let candidate: number

const rules = 'error.type:TimeoutError -> timeouts title="Database timeout"\ntags.page:checkout -> checkout, {{ default }}'
const project = '/api/0/projects/refold/shop/'
const get = (path: string): Promise<Reply> => app.ask('GET', path, { token })
const getDiff = async (query = '', generation = candidate): Promise<Diff> => diffSchema.parse((await get(`${project}generations/${generation}/diff/${query}`)).body)
const live = { version: 'v1', revision: 0 } as const

/** Folds all, brings the generation there and says that it is built, as the job does. */
async function build(generation: number): Promise<void> {
  await bringGeneration(app.pool, generation, await foldAll(app.pool))
  await app.pool.query(`update generation_build set state = 'ready', finished_at = now() where generation = $1`, [generation])
}

/** The key of the issue with this id in the live generation. */
async function keysOf(issue: number): Promise<string[]> {
  const { rows } = await app.pool.query<{ key: string }>('select k.key from issue_key k join project p on p.generation = k.generation where p.id = 1 and k.issue_id = $1 order by k.id', [issue])
  return rows.map(({ key }) => key)
}

beforeAll(async () => {
  app = await startApp()
  const person = await app.person('eva@example.com')
  token = person.token
  eva = `user:${person.id}`
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  const positions = await givenEvents(app.pool, 1, [
    failure('TimeoutError', 'orders'), failure('TimeoutError', 'stock'), failure('KeyError', 'id', { tags: { page: 'home' } }), failure('RangeError', 'amount'),
    failure('TimeoutError', 'orders'), failure('TimeoutError', 'orders'), failure('TimeoutError', 'stock'),
    failure('KeyError', 'id', { tags: { page: 'checkout' } }), failure('KeyError', 'id', { tags: { page: 'checkout' } }), failure('KeyError', 'id'),
  ])
  ;[slow, slower, cart, other] = positions
  await foldAll(app.pool)
  await givenDecisions(
    app.pool,
    { type: 'issue.resolved', data: { project: 1, issue: slower!, keys: await keysOf(slower!), grouping: live } },
    { type: 'issue.assigned', data: { project: 1, issue: slower!, keys: await keysOf(slower!), grouping: live, assignee: eva } },
  )
  revision = await givenDecisions(app.pool, { type: 'grouping.revised', data: { project: 1, rules, frameRules: '' } })
  candidate = await givenDecisions(app.pool, { type: 'grouping.requested', data: { project: 1, grouping: { version: 'v1', revision } } })
  await foldAll(app.pool)
})
afterAll(() => app.stop())

describe('a generation', () => {
  test('is queued when it was asked for, and its diff is empty and not complete', async () => {
    const asked = generationSchema.parse((await get(`${project}generations/${candidate}/`)).body)
    expect(asked).toMatchObject({ state: 'queued', version: 'v1', revision: String(revision), user: { email: 'eva@example.com' }, appliedAt: null, thenApply: false, progress: { done: 0, total: null, rate: null, etaSeconds: null } })
    expect(await getDiff()).toMatchObject({ complete: false, token: null, summary: { events: 0, addsUp: true }, changes: [] })
    expect(await previewGeneration(app.pool, 1, candidate)).toMatchObject({ ready: false, conflicts: [] })
  })

  test('is a candidate once it is built, beside the live one', async () => {
    await build(candidate)
    const all = generationSchema.array().parse((await get(`${project}generations/`)).body)
    expect(all.map(({ id, state }) => [id, state])).toEqual([[String(candidate), 'candidate'], ['1', 'live']])
    expect(all[0]!.progress).toMatchObject({ done: 10, total: 10, rate: null, lag: 0, parked: 0, error: null })
    expect(all[1]!.progress).toBeNull()
    const state = groupingState.parse((await get(`${project}grouping/`)).body)
    expect(state).toMatchObject({ live: { id: '1', state: 'live' }, revision: { id: String(revision), rules }, versions: ['v1', 'v2'], rollback: null })
    expect(state.generations).toEqual(all)
  })

  test('of another project, or none, is not found', async () => {
    for (const path of [`/api/0/projects/refold/web/generations/${candidate}/`, `${project}generations/${candidate + 1}/`, `${project}generations/x/`, `${project}generations/0/diff/`, `${project}generations/1/diff/`]) {
      expect([path, (await get(path)).status]).toEqual([path, 404])
    }
    expect(await previewGeneration(app.pool, 2, candidate)).toBeNull()
  })
})

test('revisions come in pages, newest first', async () => {
  const second = await givenDecisions(app.pool, { type: 'grouping.revised', data: { project: 1, rules, frameRules: 'stack.module:x -app' } })
  await foldAll(app.pool)
  const [first, next] = [await get(`${project}grouping/revisions/?limit=1`), await get(`${project}grouping/revisions/?limit=1&cursor=${second}:0:0`)]
  expect([first, next].map(({ body }) => revisionSchema.array().parse(body).map(({ id, frameRules }) => [id, frameRules]))).toEqual([[[String(second), 'stack.module:x -app']], [[String(revision), '']]])
  expect(first.headers.get('link')).toContain(`rel="next"; results="true"; cursor="${second}:0:0"`)
})

describe('the preview', () => {
  test('says what merges, what splits and what changes with it, and adds up', async () => {
    const { summary, changes, complete, token } = await getDiff()
    expect([complete, token]).toEqual([true, expect.stringMatching(/^[0-9a-f]{16}$/)])
    expect(summary).toEqual({
      events: 10, stay: 1, rekeyed: 0, merges: { from: 2, into: 1 }, splits: { from: 1, into: 2 }, mixed: { from: 0, into: 0 },
      statusChanges: 1, assigneeChanges: 1, redirects: 1, parked: 0, liveParked: 0, addsUp: true,
    })
    const side = ({ id, events }: { id: string; events: number }): [number, number] => [Number(id), events]
    expect(changes.map((change) => [change.kind, change.before.map(side), change.after.map(side)])).toEqual([
      ['merged', [[slow, 3], [slower, 2]], [[slow, 5]]],
      ['split', [[cart, 4]], [[cart, 2], [cart! + 5, 2]]],
    ])
    expect(changes[0]).toMatchObject({
      beforeCount: 2, afterCount: 1,
      links: [{ from: String(slow), to: String(slow), events: 3 }, { from: String(slower), to: String(slow), events: 2 }],
      after: [{ title: 'Database timeout', status: 'unresolved', assignedTo: { email: 'eva@example.com' } }],
      // One is open, so the whole is; one is Eva's, so the whole is.
      stateChanges: [{ id: String(slow), assignee: { from: null, to: eva } }, { id: String(slower), status: { from: 'resolved', to: 'unresolved' } }],
    })
  })

  test('shows also what stays when asked, in pages that are the list', async () => {
    const whole = (await getDiff('?all=1')).changes.map(({ before }) => Number(before[0]!.id))
    expect(whole).toEqual([slow, cart, other])
    const pages: number[] = []
    for (let query: string | undefined = '?all=1&limit=1'; query !== undefined; ) {
      const reply = await get(`${project}generations/${candidate}/diff/${query}`)
      pages.push(...(reply.body as Diff).changes.map(({ before }) => Number(before[0]!.id)))
      const next: string | undefined = /<[^>]*(\?[^>]+)>; rel="next"; results="true"/.exec(reply.headers.get('link')!)?.[1]
      query = next
    }
    expect(pages).toEqual(whole)
    expect((await get(`${project}generations/${candidate}/diff/?cursor=x`)).status).toBe(400)
  })
})

describe('a candidate', () => {
  const list = `${project}issues/`
  const ids = (reply: Reply): number[] => (reply.body as { id: string }[]).map(({ id }) => Number(id)).sort((a, b) => a - b)

  test('can be looked at like the live one, and every answer says which it is', async () => {
    const [now, then] = [await get(list), await get(`${list}?generation=${candidate}`)]
    expect([ids(now), now.headers.get('x-refold-generation'), now.headers.get('x-hits')]).toEqual([[slow, cart, other], '1', '3'])
    expect([ids(then), then.headers.get('x-refold-generation'), then.headers.get('x-hits')]).toEqual([[slow, cart, other, cart! + 5], String(candidate), '4'])
    const counts = (query: string) => get(`/api/0/organizations/refold/issues-count/?query=is:unresolved${query}`)
    expect([(await counts('&project=shop')).body, (await counts(`&project=shop&generation=${candidate}`)).body]).toEqual([{ 'is:unresolved': 3 }, { 'is:unresolved': 4 }])
    const detail = await get(`/api/0/issues/${slow}/?generation=${candidate}`)
    expect([detail.body, detail.headers.get('x-refold-generation')]).toMatchObject([{ title: 'Database timeout', count: '5', refold: { generation: String(candidate) } }, String(candidate)])
    expect((await get(`/api/0/issues/${slow}/events/?generation=${candidate}`)).body).toHaveLength(5)
    expect((await get(`/api/0/issues/${slow}/tags/?generation=${candidate}`)).headers.get('x-refold-generation')).toBe(String(candidate))
    expect(ids(await get(`${list}?generation=${candidate}&query=${formatShortId('shop', cart! + 5)}`))).toEqual([cart! + 5])
  })

  test('has its own redirects', async () => {
    expect((await get(`/api/0/issues/${slower}/`)).status).toBe(200)
    const moved = await get(`/api/0/issues/${slower}/hashes/?generation=${candidate}`)
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `/api/0/issues/${slow}/hashes/?generation=${candidate}`])
  })

  test('that is unknown, of another project or nonsense is said to be', async () => {
    for (const [generation, status] of [['999', 404], ['2', 404], ['0', 400], ['x', 400], [`${candidate}&generation=1`, 400]] as const) {
      const paths = [list, `/api/0/issues/${slow}/`, `/api/0/issues/${slow}/events/latest/`, '/api/0/organizations/refold/issues-count/?project=shop&query=x', `/api/0/issues/${slow}/compare/?with=${slower}`]
      for (const path of paths) expect([path, generation, (await get(`${path}${path.includes('?') ? '&' : '?'}generation=${generation}`)).status]).toEqual([path, generation, status])
    }
    expect((await get(`/api/0/organizations/refold/issues-count/?query=x&generation=${candidate}`)).status).toBe(400)
  })
})

describe('why grouped', () => {
  test('an event says its rule and line, and what became of its frames, as its generation saw it', async () => {
    const grouping = async (query: string) => eventSchema.parse((await get(`/api/0/issues/${slow}/events/oldest/${query}`)).body).refold.grouping
    expect(await grouping('')).toMatchObject({ version: 'v1', strategy: expect.any(String), frames: { exceptions: [[{ used: false, reason: 'v1 does not look at frames' }]] } })
    expect(await grouping(`?generation=${candidate}`)).toMatchObject({
      version: 'fp', components: [['F', 'timeouts']], title: 'Database timeout', rule: { line: 1, text: rules.split('\n')[0] },
    })
  })

  test('an issue lists its keys with their newest events', async () => {
    const hashes = issueHash.array().parse((await get(`/api/0/issues/${slow}/hashes/`)).body)
    expect(hashes).toMatchObject([{ id: (await keysOf(slow!))[0], events: 3, title: 'TimeoutError: orders', latestEvent: { eventID: expect.stringMatching(/^[0-9a-f]{32}$/) }, text: expect.stringContaining('type: TimeoutError') }])
  })

  test('two issues differ in a component, and what makes two one can be seen before it is applied', async () => {
    const compare = async (query: string) => compared.parse((await get(`/api/0/issues/${slow}/compare/?with=${query}`)).body)
    const now = await compare(String(slower))
    expect([now.a.issue, now.b.issue, now.difference]).toEqual([String(slow), String(slower), { index: 1, text: 'the first\'s message is orders, the second\'s is stock' }])
    const then = await compare(`${slower}&generation=${candidate}`)
    expect(then).toMatchObject({ a: { issue: String(slow), key: then.b.key }, b: { issue: String(slow), rule: { line: 1 } }, difference: null })
    expect(then.a.eventID).not.toBe(then.b.eventID)
    expect((await compare(String(slow))).difference).toBeNull()
  })

  test('events are compared by their ids; what is not there is not found', async () => {
    const { body } = await get(`/api/0/issues/${cart}/events/?limit=10`)
    const [newest, checkout] = (body as { eventID: string }[]).map(({ eventID }) => eventID)
    const pair = async (query: string) => (await get(`/api/0/issues/${cart}/events/${newest}/compare/?with=${checkout}${query}`)).body
    expect(await pair('')).toMatchObject({ a: { eventID: newest }, b: { eventID: checkout }, difference: null })
    expect(await pair(`&generation=${candidate}`)).toMatchObject({ a: { issue: String(cart) }, b: { issue: String(cart! + 5) }, difference: { text: expect.any(String) } })
    for (const [query, status] of [['', 400], ['?with=', 400], ['?with=1&with=2', 400], ['?with=999', 404], [`?with=${'0'.repeat(32)}`, 404]] as const) expect([query, (await get(`/api/0/issues/${cart}/compare/${query}`)).status]).toEqual([query, status])
  })
})
