// Saving rules, and building, applying, rolling back and discarding generations, through the real server into the real log and its fold.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generation as generationSchema, revision as revisionSchema } from '../../core/contract/grouping.ts'
import { applyGeneration } from '../../ingest/commands/change-grouping.ts'
import { bringGeneration } from '../../projections/generations/build.ts'
import { createGenerationControl } from '../../projections/generations/control.ts'
import { verify } from '../../projections/verify.ts'
import { foldAll } from '../given.ts'
import { positionOf, startShop, type Shop } from './shop.ts'

let place: Shop
let [a, b, c] = [0, 0, 0]
const v1 = { version: 'v1', revision: 0 }
beforeAll(async () => {
  place = await startShop()
  ;({ a, b, c } = place)
})
afterAll(() => place.app.stop())

describe('saving rules', () => {
  const save = (rules: string, frameRules = '') => place.shop('POST', 'grouping/revisions/', { rules, frameRules })
  test('says every problem with line and column, in both languages', async () => {
    const before = await place.head()
    const { status, body } = await save('# fine\nnonsense', 'app:yes +what')
    expect([status, body]).toMatchObject([400, { detail: 'These rules have problems.', problems: [{ language: 'rules', line: 2, column: expect.any(Number) }, { language: 'frameRules', line: 1 }] }])
    expect((await place.shop('POST', 'grouping/revisions/', { rules: 'x'.repeat(70_000) })).body).toEqual({ rules: ['At most 64 KB.'] })
    expect((await place.app.ask('POST', '/api/0/projects/refold/shop/grouping/revisions/', { token: place.member, body: { rules: '' } })).status).toBe(403)
    expect(await place.head()).toBe(before)
  })
  test('makes a revision; the same text again is that revision', async () => {
    const made = await save('error.type:A -> one')
    const again = await save('error.type:A -> one')
    expect([made.status, again.status]).toEqual([201, 200])
    expect(revisionSchema.parse(made.body)).toMatchObject({ id: String(positionOf(made)), rules: 'error.type:A -> one', frameRules: '', user: { email: 'eva@example.com' } })
    expect(again.body).toEqual(made.body)
    expect((await place.shop('GET', 'grouping/revisions/')).body).toEqual([made.body])
  })
})

const rules = 'error.type:A -> one\nerror.type:B -> one'

/** What the build job does. */
async function build(generation: string): Promise<void> {
  await bringGeneration(place.app.pool, Number(generation), await foldAll(place.app.pool))
  await place.app.pool.query(`update generation_build set state = 'ready', finished_at = now() where generation = $1`, [generation])
}
async function request(body: object = {}): Promise<string> {
  return generationSchema.parse((await place.shop('POST', 'generations/', body)).body).id
}
const preview = async (generation: string) => (await createGenerationControl(place.app.pool, () => undefined).preview(1, Number(generation)))!
const apply = async (generation: string, over: object = {}, headers?: Record<string, string>) =>
  place.shop('POST', `generations/${generation}/apply/`, { token: (await preview(generation)).token, ...over }, headers)
/** As the build job applies what was asked for with `thenApply`. */
async function applyBuilt(generation: string) {
  const done = await applyGeneration({ pool: place.app.pool, control: createGenerationControl(place.app.pool, () => undefined) }, Number(generation), 'system:build')
  await foldAll(place.app.pool)
  return done
}

describe('a generation', () => {
  let first: string
  test('is asked for once, with the live version and the newest rules', async () => {
    const made = await place.shop('POST', 'generations/', {})
    const newest = ((await place.shop('GET', 'grouping/revisions/')).body as { id: string }[])[0]!.id
    first = String(positionOf(made))
    expect([made.status, generationSchema.parse(made.body)]).toMatchObject([201, { id: first, state: 'queued', version: 'v1', revision: newest, user: { email: 'eva@example.com' }, progress: { done: 0 } }])
    const again = await place.shop('POST', 'generations/', { version: 'v1', revision: newest })
    expect([again.status, again.body]).toMatchObject([200, { id: first }])
    expect((await place.shop('POST', 'generations/', { revision: '1' })).body).toEqual({ revision: ['This project has no such revision.'] })
    expect((await place.shop('POST', 'generations/', { version: 'v9' })).status).toBe(400)
    expect((await place.ask('POST', 'projects/refold/web/generations/', { revision: newest })).status).toBe(400)
    expect((await place.app.ask('POST', '/api/0/projects/refold/shop/generations/', { token: place.member, body: {} })).status).toBe(403)
  })

  test('is paused and goes on, as long as it is built', async () => {
    const put = (generation: string, paused: boolean) => place.shop('PUT', `generations/${generation}/`, { paused })
    expect([(await put(first, true)).body, (await put(first, true)).body]).toMatchObject([{ state: 'paused' }, { state: 'paused' }])
    expect((await put(first, false)).body).toMatchObject({ id: first, state: 'queued' })
    expect([(await put(await place.liveGeneration(), true)).status, (await put('999999', true)).status]).toEqual([409, 404])
    expect((await place.ask('PUT', `projects/refold/web/generations/${first}/`, { paused: true })).status).toBe(404)
    await build(first)
    expect((await put(first, true)).body).toEqual({ detail: 'This generation is not being built.', code: 'notBuilding' })
  })

  test('is applied only after its preview, as it is now', async () => {
    const before = await place.head()
    const none = await place.shop('POST', `generations/${first}/apply/`, {})
    expect([none.status, none.body]).toEqual([422, { detail: 'Preview it first: GET …/diff/ gives the token.', code: 'previewNeeded' }])
    const { token: seen } = await preview(first)
    await place.shop('POST', 'grouping/revisions/', { rules })
    const stale = await place.shop('POST', `generations/${first}/apply/`, { token: seen })
    expect([stale.status, stale.body]).toEqual([409, { detail: 'Preview is out of date. Build it again.', code: 'previewStale' }])
    expect((await apply(await request())).body).toMatchObject({ code: 'notBuilt' })
    await place.app.pool.query('update generation_build set parked = 1 where generation = $1', [first])
    expect((await apply(first)).body).toMatchObject({ code: 'parkedMore' })
    await place.app.pool.query('update generation_build set parked = 0 where generation = $1', [first])
    expect((await place.shop('POST', 'generations/999999/apply/', { token: 'x' })).status).toBe(404)
    const { rows } = await place.app.pool.query(`select type from log where kind = 'd' and type = 'grouping.applied' and position > $1`, [before])
    expect(rows).toEqual([])
  })

  test('that would undo an unmerge is not applied until that is accepted, nor by itself', async () => {
    await place.merge(a, b)
    const key = (await place.issues()).get(a)![1]
    const unmerged = String(positionOf(await place.ask('PUT', `issues/${a}/unmerge/`, { sides: [[key]] })))
    const joined = await request()
    await build(joined)
    const { status, body } = await apply(joined)
    expect([status, body]).toMatchObject([409, { code: 'conflictsOpen', conflicts: expect.arrayContaining([unmerged]) }])
    expect(await applyBuilt(joined)).toEqual({ refused: 'conflictsOpen' })
    expect((await place.shop('POST', 'generations/rollback/', {})).body).toEqual({ detail: 'There is nothing to roll back to.', code: 'noRollback' })
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const accept = (body as { conflicts: string[] }).conflicts
    const applied = await apply(joined, { accept }, headers)
    expect([applied.status, applied.body]).toEqual([200, { generation: joined, position: positionOf(applied) }])
    expect(await place.liveGeneration()).toBe(joined)
    expect([...(await place.issues()).keys()]).toEqual([a, c])
    const again = await place.shop('POST', `generations/${joined}/apply/`, { token: 'any' }, headers)
    expect([again.status, positionOf(again)]).toEqual([200, positionOf(applied)])
    expect((await place.shop('POST', `generations/${joined}/apply/`, { token: 'any' })).body).toMatchObject({ code: 'generationLive' })
  })

  test('that was live before comes back, and takes no change while it is only looked at', async () => {
    const joined = await place.liveGeneration()
    const back = await place.shop('POST', 'generations/rollback/', {})
    expect([back.status, back.body]).toEqual([200, { generation: await place.liveGeneration(), position: positionOf(back) }])
    expect([...(await place.issues()).keys()]).toEqual([a, b, c])
    for (const [method, path, body] of [
      ['PUT', `issues/${a}/?generation=${joined}`, { status: 'resolved' }],
      ['POST', `issues/${a}/comments/?generation=${joined}`, { text: 'x' }],
      ['PUT', `projects/refold/shop/issues/?id=${a}&generation=${joined}`, { status: 'resolved' }],
      ['PUT', `projects/refold/shop/issues/?id=${a}&id=${c}&generation=${joined}`, { merge: 1 }],
      ['PUT', `issues/${a}/unmerge/?generation=${joined}`, { sides: [['x']] }],
    ] as const) {
      const refused = await place.ask(method, path, body)
      expect([path, refused.status, refused.body]).toEqual([path, 400, { detail: 'Only the live generation can be changed. Leave out ?generation=.' }])
    }
    expect((await place.ask('PUT', `issues/${a}/?generation=${await place.liveGeneration()}`, { status: 'resolved' })).status).toBe(200)
    expect((await apply(joined, { accept: (await preview(joined)).conflicts.map(String) })).status, 'again, and nothing is built').toBe(200)
    expect([...(await place.issues()).keys()]).toEqual([a, c])
    expect((await place.shop('POST', 'generations/rollback/')).status).toBe(200)
  })

  test('whose successor took decisions is built again before it comes back, and then applied by itself', async () => {
    const before = await place.liveGeneration()
    const next = await request({ version: 'v2', revision: null })
    await build(next)
    expect((await apply(next)).status).toBe(200)
    await place.ask('PUT', `issues/${c}/`, { status: 'ignored' })
    expect((await place.lastDecision()).data).toMatchObject({ grouping: { version: 'v2', revision: 0 } })
    const back = await place.shop('POST', 'generations/rollback/', {})
    const { generation } = back.body as { generation: string }
    expect([back.status, (await place.lastDecision()).data]).toEqual([202, { project: 1, grouping: v1, thenApply: true }])
    expect(generation).not.toBe(before)
    expect((await place.shop('POST', 'generations/rollback/', {})).body).toMatchObject({ generation })
    expect(await applyBuilt(generation)).toEqual({ refused: 'notBuilt' })
    await build(generation)
    expect(await applyBuilt(generation)).toEqual({ position: await place.head() })
    expect(await place.liveGeneration()).toBe(generation)
  })

  test('is discarded unless it is live, and cannot be applied then', async () => {
    const discard = (generation: string) => place.shop('DELETE', `generations/${generation}/`)
    const [gone, again] = [await discard(first), await discard(first)]
    expect([gone.status, gone.body, again.status]).toEqual([202, { generation: first, position: positionOf(gone) }, 202])
    expect(await place.lastDecision()).toEqual({ type: 'grouping.discarded', data: { project: 1, generation: Number(first) } })
    expect((await place.shop('POST', `generations/${first}/apply/`, { token: 'x' })).body).toMatchObject({ code: 'generationDiscarded' })
    expect((await discard(await place.liveGeneration())).body).toEqual({ detail: 'This generation is the live one.', code: 'generationLive' })
    expect([(await discard('999999')).status, (await place.ask('DELETE', `projects/refold/web/generations/${first}/`)).status]).toEqual([404, 404])
  })
})

test('after all of it the tables are what the log says', async () => {
  await foldAll(place.app.pool)
  expect((await place.app.pool.query('select position, error from parked')).rows).toEqual([])
  expect((await verify(place.app.database.url)).differences).toEqual([])
})
