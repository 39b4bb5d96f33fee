// Commands that change what belongs together, through the real server into the real log and its fold: merge, unmerge, rules, generations.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generation as generationSchema, revision as revisionSchema } from '../../core/contract/grouping.ts'
import { formatShortId } from '../../core/shortid.ts'
import { applyGeneration } from '../../ingest/commands/change-grouping.ts'
import { bringGeneration } from '../../projections/generations/build.ts'
import { createGenerationControl } from '../../projections/generations/control.ts'
import { failure, foldAll, givenEvents, givenProject } from '../given.ts'
import { startApp, type App, type Reply } from './app.ts'

let app: App
let token: string
let member: string
/** Three issues of `shop`, one of `web`. */
let [a, b, c, foreign]: number[] = []
const v1 = { version: 'v1', revision: 0 }

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('eva@example.com')).token
  member = (await app.person('ben@example.com', 'member')).token
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  ;[a, b, c] = await givenEvents(app.pool, 1, [failure('A', 'a'), failure('B', 'b'), failure('C', 'c')])
  ;[foreign] = await givenEvents(app.pool, 2, [failure('A', 'a')])
  await foldAll(app.pool)
})
afterAll(() => app.stop())

/** Asks, then folds what it appended. */
async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const reply = await app.ask(method, `/api/0/${path}`, { token, headers, ...(body === undefined ? {} : { body }) })
  await foldAll(app.pool)
  return reply
}
const shop = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => ask(method, `projects/refold/shop/${path}`, body, headers)
const merge = (...ids: (number | string)[]) => shop('PUT', `issues/?${ids.map((id) => `id=${id}`).join('&')}`, { merge: 1 })
const position = ({ headers }: Reply): number => Number(headers.get('x-refold-position'))

async function lastDecision(): Promise<{ type: string; data: Record<string, unknown> }> {
  const { rows } = await app.pool.query<{ type: string; payload: Buffer }>(`select type, payload from log where kind = 'd' order by position desc limit 1`)
  return { type: rows[0]!.type, data: JSON.parse(rows[0]!.payload.toString()) as Record<string, unknown> }
}
const head = async (): Promise<number> => Number((await app.pool.query<{ position: string }>('select position from log_head')).rows[0]!.position)

/** Issue id -> its keys, in the live generation of `shop`. */
async function issues(): Promise<Map<number, string[]>> {
  const { rows } = await app.pool.query<{ issue: number; keys: string[] }>(
    'select k.issue_id::float8 as issue, array_agg(k.key order by k.id) as keys from issue_key k join project p on p.generation = k.generation where p.id = 1 group by 1 order by 1',
  )
  return new Map(rows.map(({ issue, keys }) => [issue, keys]))
}
const liveGeneration = async (): Promise<string> => (await app.pool.query<{ generation: string }>('select generation from project where id = 1')).rows[0]!.generation

describe('merging', () => {
  test('answers as Sentry does, names every side with its keys, and old ids go on working', async () => {
    const note = (await ask('POST', `issues/${b}/comments/`, { text: 'mine' })).body as { id: string }
    const before = await issues()
    const merged = await merge(b!, formatShortId('shop', a!))
    expect([merged.status, merged.body]).toEqual([200, { merge: { parent: String(a), children: [String(b)] } }])
    expect(await lastDecision()).toEqual({
      type: 'issue.merged',
      data: { project: 1, issue: a, sides: [{ issue: a, keys: before.get(a!) }, { issue: b, keys: before.get(b!) }], grouping: v1 },
    })
    expect([...(await issues()).keys()]).toEqual([a, c])
    expect((await ask('PUT', `issues/${b}/`, { status: 'ignored' })).status).toBe(200)
    expect(await lastDecision()).toMatchObject({ type: 'issue.ignored', data: { issue: a, keys: [...before.get(a!)!, ...before.get(b!)!], grouping: v1 } })
    expect((await ask('PUT', `issues/${a}/comments/${note.id}/`, { text: 'still mine' })).status).toBe(200)
    expect((await ask('DELETE', `issues/${b}/comments/${note.id}/`)).status).toBe(204)
  })

  test('is refused with what to do: one issue, two names of it, another project, another change with it', async () => {
    const before = await head()
    expect((await merge(c!)).body).toEqual({ id: ['Name 2 to 15000 issues with ?id=, or in the body as ids.'] })
    expect((await merge(c!, c!)).status).toBe(400)
    expect((await merge(a!, b!)).body).toEqual({ id: ['Name at least two different issues to merge them. These are one issue already.'] })
    const other = await merge(a!, foreign!)
    expect([other.status, other.body]).toEqual([404, { detail: `This project has no issue ${foreign}.` }])
    expect((await merge(formatShortId('web', c!), a!)).body).toEqual({ detail: `This project has no issue ${formatShortId('web', c!)}.` })
    expect((await merge('nonsense', a!)).status).toBe(404)
    expect((await shop('PUT', `issues/?id=${a}&id=${c}`, { merge: 1, status: 'resolved' })).status).toBe(400)
    expect((await ask('PUT', `projects/refold/none/issues/?id=${a}&id=${c}`, { merge: 1 })).status).toBe(404)
    expect(await head()).toBe(before)
  })

  test('and resolving at once: the decision waits for the merge and names the merged issue', async () => {
    const merging = await app.ask('PUT', `/api/0/projects/refold/shop/issues/`, { token, body: { merge: true, ids: [a, String(c)] } })
    expect(merging.body).toEqual({ merge: { parent: String(a), children: [String(c)] } })
    const [resolved] = await Promise.all([app.ask('PUT', `/api/0/issues/${c}/`, { token, body: { status: 'resolved' } }), foldAll(app.pool)])
    expect(resolved.status).toBe(200)
    expect((await lastDecision()).data).toMatchObject({ issue: a, keys: (await issues()).get(a!) })
    await foldAll(app.pool)
  })
})

describe('unmerging', () => {
  test('names keys of the issue, leaves one, and gives the old ids back', async () => {
    const [first, second, third] = (await issues()).get(a!)!
    const unmerge = (...sides: (string | undefined)[][]) => ask('PUT', `issues/${c}/unmerge/`, { sides })
    expect((await unmerge(['v1:nothing'])).body).toEqual({ sides: ['This issue has no key v1:nothing.'] })
    expect((await unmerge([first, second], [third])).body).toEqual({ sides: ['At least one key must stay.'] })
    expect((await unmerge()).status).toBe(400)
    const done = await unmerge([second])
    expect([done.status, done.body]).toEqual([200, { issue: String(a), sides: [[second]], rest: [first, third] }])
    expect([...(await issues()).keys()]).toEqual([a, b])
    const hashes = await ask('DELETE', `organizations/refold/issues/${a}/hashes/?id=${third}`)
    expect([hashes.status, hashes.body]).toEqual([202, { issue: String(a), sides: [[third]], rest: [first] }])
    expect([...(await issues()).keys()]).toEqual([a, b, c])
    expect((await ask('DELETE', `issues/${a}/hashes/?id=${first}`)).body).toEqual({ id: ['Events with one key cannot be unmerged; write a rule.'] })
    expect((await ask('DELETE', `issues/${a}/hashes/`)).status).toBe(400)
    expect((await ask('PUT', 'issues/999999/unmerge/', { sides: [['x']] })).status).toBe(404)
  })

  test('and merging again with the command id of before: answered as the first time, nothing appended', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const once = () => shop('PUT', `issues/?id=${b}&id=${c}`, { merge: 1 }, headers)
    const first = await once()
    expect(first.body).toEqual({ merge: { parent: String(b), children: [String(c)] } })
    const before = await head()
    const second = await once()
    expect([second.status, second.body, position(second)]).toEqual([200, first.body, position(first)])
    expect(await head()).toBe(before)
    const keys = (await issues()).get(b!)!
    expect((await ask('DELETE', `issues/${b}/hashes/?id=${keys[1]}`)).status).toBe(202)
  })
})

describe('saving rules', () => {
  const save = (rules: string, frameRules = '') => shop('POST', 'grouping/revisions/', { rules, frameRules })
  test('says every problem with line and column, in both languages', async () => {
    const before = await head()
    const { status, body } = await save('# fine\nnonsense', 'app:yes +what')
    expect([status, body]).toMatchObject([400, { detail: 'These rules have problems.', problems: [{ language: 'rules', line: 2, column: expect.any(Number) }, { language: 'frameRules', line: 1 }] }])
    expect((await shop('POST', 'grouping/revisions/', { rules: 'x'.repeat(70_000) })).body).toEqual({ rules: ['At most 64 KB.'] })
    expect((await app.ask('POST', '/api/0/projects/refold/shop/grouping/revisions/', { token: member, body: { rules: '' } })).status).toBe(403)
    expect(await head()).toBe(before)
  })
  test('makes a revision; the same text again is that revision', async () => {
    const made = await save('error.type:A -> one')
    const again = await save('error.type:A -> one')
    expect([made.status, again.status]).toEqual([201, 200])
    expect(revisionSchema.parse(made.body)).toMatchObject({ id: String(position(made)), rules: 'error.type:A -> one', frameRules: '', user: { email: 'eva@example.com' } })
    expect(again.body).toEqual(made.body)
    expect((await shop('GET', 'grouping/revisions/')).body).toEqual([made.body])
  })
})

const rules = 'error.type:A -> one\nerror.type:B -> one'

/** What the build job does. */
async function build(generation: string): Promise<void> {
  await bringGeneration(app.pool, Number(generation), await foldAll(app.pool))
  await app.pool.query(`update generation_build set state = 'ready', finished_at = now() where generation = $1`, [generation])
}
async function request(body: object = {}): Promise<string> {
  return generationSchema.parse((await shop('POST', 'generations/', body)).body).id
}
const preview = async (generation: string) => (await createGenerationControl(app.pool, () => undefined).preview(1, Number(generation)))!
const apply = async (generation: string, over: object = {}, headers?: Record<string, string>) =>
  shop('POST', `generations/${generation}/apply/`, { token: (await preview(generation)).token, ...over }, headers)
/** As the build job applies what was asked for with `thenApply`. */
async function applyBuilt(generation: string) {
  const done = await applyGeneration({ pool: app.pool, control: createGenerationControl(app.pool, () => undefined) }, Number(generation), 'system:build')
  await foldAll(app.pool)
  return done
}

describe('a generation', () => {
  let first: string
  test('is asked for once, with the live version and the newest rules', async () => {
    const made = await shop('POST', 'generations/', {})
    const newest = ((await shop('GET', 'grouping/revisions/')).body as { id: string }[])[0]!.id
    first = String(position(made))
    expect([made.status, generationSchema.parse(made.body)]).toMatchObject([201, { id: first, state: 'queued', version: 'v1', revision: newest, user: { email: 'eva@example.com' }, progress: { done: 0 } }])
    const again = await shop('POST', 'generations/', { version: 'v1', revision: newest })
    expect([again.status, again.body]).toMatchObject([200, { id: first }])
    expect((await shop('POST', 'generations/', { revision: '1' })).body).toEqual({ revision: ['This project has no such revision.'] })
    expect((await shop('POST', 'generations/', { version: 'v9' })).status).toBe(400)
    expect((await ask('POST', 'projects/refold/web/generations/', { revision: newest })).status).toBe(400)
    expect((await app.ask('POST', '/api/0/projects/refold/shop/generations/', { token: member, body: {} })).status).toBe(403)
  })

  test('is paused and goes on, as long as it is built', async () => {
    const put = (generation: string, paused: boolean) => shop('PUT', `generations/${generation}/`, { paused })
    expect([(await put(first, true)).body, (await put(first, true)).body]).toMatchObject([{ state: 'paused' }, { state: 'paused' }])
    expect((await put(first, false)).body).toMatchObject({ id: first, state: 'queued' })
    expect([(await put(await liveGeneration(), true)).status, (await put('999999', true)).status]).toEqual([409, 404])
    expect((await ask('PUT', `projects/refold/web/generations/${first}/`, { paused: true })).status).toBe(404)
    await build(first)
    expect((await put(first, true)).body).toEqual({ detail: 'This generation is not being built.', code: 'notBuilding' })
  })

  test('is applied only after its preview, as it is now', async () => {
    const before = await head()
    const none = await shop('POST', `generations/${first}/apply/`, {})
    expect([none.status, none.body]).toEqual([422, { detail: 'Preview it first: GET …/diff/ gives the token.', code: 'previewNeeded' }])
    const { token: seen } = await preview(first)
    await shop('POST', 'grouping/revisions/', { rules })
    const stale = await shop('POST', `generations/${first}/apply/`, { token: seen })
    expect([stale.status, stale.body]).toEqual([409, { detail: 'Preview is out of date. Build it again.', code: 'previewStale' }])
    expect((await apply(await request())).body).toMatchObject({ code: 'notBuilt' })
    await app.pool.query('update generation_build set parked = 1 where generation = $1', [first])
    expect((await apply(first)).body).toMatchObject({ code: 'parkedMore' })
    await app.pool.query('update generation_build set parked = 0 where generation = $1', [first])
    expect((await shop('POST', 'generations/999999/apply/', { token: 'x' })).status).toBe(404)
    const { rows } = await app.pool.query(`select type from log where kind = 'd' and type = 'grouping.applied' and position > $1`, [before])
    expect(rows).toEqual([])
  })

  test('that would undo an unmerge is not applied until that is accepted, nor by itself', async () => {
    await merge(a!, b!)
    const key = (await issues()).get(a!)![1]
    const unmerged = String(position(await ask('PUT', `issues/${a}/unmerge/`, { sides: [[key]] })))
    const joined = await request()
    await build(joined)
    const { status, body } = await apply(joined)
    expect([status, body]).toMatchObject([409, { code: 'conflictsOpen', conflicts: expect.arrayContaining([unmerged]) }])
    expect(await applyBuilt(joined)).toEqual({ refused: 'conflictsOpen' })
    expect((await shop('POST', 'generations/rollback/', {})).body).toEqual({ detail: 'There is nothing to roll back to.', code: 'noRollback' })
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const accept = (body as { conflicts: string[] }).conflicts
    const applied = await apply(joined, { accept }, headers)
    expect([applied.status, applied.body]).toEqual([200, { generation: joined, position: position(applied) }])
    expect(await liveGeneration()).toBe(joined)
    expect([...(await issues()).keys()]).toEqual([a, c])
    const again = await shop('POST', `generations/${joined}/apply/`, { token: 'any' }, headers)
    expect([again.status, position(again)]).toEqual([200, position(applied)])
    expect((await shop('POST', `generations/${joined}/apply/`, { token: 'any' })).body).toMatchObject({ code: 'generationLive' })
  })

  test('that was live before comes back, and takes no change while it is only looked at', async () => {
    const joined = await liveGeneration()
    const back = await shop('POST', 'generations/rollback/', {})
    expect([back.status, back.body]).toEqual([200, { generation: await liveGeneration(), position: position(back) }])
    expect([...(await issues()).keys()]).toEqual([a, b, c])
    for (const [method, path, body] of [
      ['PUT', `issues/${a}/?generation=${joined}`, { status: 'resolved' }],
      ['POST', `issues/${a}/comments/?generation=${joined}`, { text: 'x' }],
      ['PUT', `projects/refold/shop/issues/?id=${a}&generation=${joined}`, { status: 'resolved' }],
      ['PUT', `projects/refold/shop/issues/?id=${a}&id=${c}&generation=${joined}`, { merge: 1 }],
      ['PUT', `issues/${a}/unmerge/?generation=${joined}`, { sides: [['x']] }],
    ] as const) {
      const refused = await ask(method, path, body)
      expect([path, refused.status, refused.body]).toEqual([path, 400, { detail: 'Only the live generation can be changed. Leave out ?generation=.' }])
    }
    expect((await ask('PUT', `issues/${a}/?generation=${await liveGeneration()}`, { status: 'resolved' })).status).toBe(200)
    expect((await apply(joined, { accept: (await preview(joined)).conflicts.map(String) })).status, 'again, and nothing is built').toBe(200)
    expect([...(await issues()).keys()]).toEqual([a, c])
    expect((await shop('POST', 'generations/rollback/')).status).toBe(200)
  })

  test('whose successor took decisions is built again before it comes back, and then applied by itself', async () => {
    const before = await liveGeneration()
    const next = await request({ version: 'v2', revision: null })
    await build(next)
    expect((await apply(next)).status).toBe(200)
    await ask('PUT', `issues/${c}/`, { status: 'ignored' })
    expect((await lastDecision()).data).toMatchObject({ grouping: { version: 'v2', revision: 0 } })
    const back = await shop('POST', 'generations/rollback/', {})
    const { generation } = back.body as { generation: string }
    expect([back.status, (await lastDecision()).data]).toEqual([202, { project: 1, grouping: v1, thenApply: true }])
    expect(generation).not.toBe(before)
    expect((await shop('POST', 'generations/rollback/', {})).body).toMatchObject({ generation })
    expect(await applyBuilt(generation)).toEqual({ refused: 'notBuilt' })
    await build(generation)
    expect(await applyBuilt(generation)).toEqual({ position: await head() })
    expect(await liveGeneration()).toBe(generation)
  })

  test('is discarded unless it is live, and cannot be applied then', async () => {
    const discard = (generation: string) => shop('DELETE', `generations/${generation}/`)
    const [gone, again] = [await discard(first), await discard(first)]
    expect([gone.status, gone.body, again.status]).toEqual([202, { generation: first, position: position(gone) }, 202])
    expect(await lastDecision()).toEqual({ type: 'grouping.discarded', data: { project: 1, generation: Number(first) } })
    expect((await shop('POST', `generations/${first}/apply/`, { token: 'x' })).body).toMatchObject({ code: 'generationDiscarded' })
    expect((await discard(await liveGeneration())).body).toEqual({ detail: 'This generation is the live one.', code: 'generationLive' })
    expect([(await discard('999999')).status, (await ask('DELETE', `projects/refold/web/generations/${first}/`)).status]).toEqual([404, 404])
  })
})
