// What a preview says of people's decisions, how long it stays one, and what a rollback would find.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { diff as diffSchema, groupingState, type Diff } from '../../core/contract/grouping.ts'
import { nameConfiguration, parseConfiguration } from '../../core/grouping/configuration.ts'
import { compileRules } from '../../core/grouping/rules/compile.ts'
import { advanceGeneration } from '../../projections/generations/build.ts'
import { buildGeneration, catchUpGeneration } from '../../projections/generations/building.ts'
import { presentGenerations } from '../../projections/generations/present.ts'
import { findRollback, previewGeneration } from '../../projections/generations/preview.ts'
import { findGeneration } from '../../projections/generations/queries.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'
import { startApp, type App } from './app.ts'

let app: App
let token: string
let number = 0
/** A project of its own for each test, with one issue for each of the types; `a` is the first. */
let project: number
let slug: string
let a: number
let b: number
let c: number

beforeAll(async () => {
  app = await startApp()
  token = (await app.person('eva@example.com')).token
})
afterAll(() => app.stop())
beforeEach(async () => {
  project = ++number
  slug = `shop${project}`
  await givenProject(app.pool, project, slug)
  ;[a, b, c] = (await givenEvents(app.pool, project, ['TypeError', 'KeyError', 'RangeError'].map((type) => failure(type, 'x')))) as [number, number, number]
  await foldAll(app.pool)
})

type Config = ReturnType<typeof parseConfiguration>

async function live(): Promise<{ generation: number; config: Config }> {
  const { rows } = await app.pool.query<{ generation: number; version: Config['version']; revision: number }>(
    'select g.id::float8 as generation, g.version, g.revision::float8 as revision from project p join generation g on g.id = p.generation where p.id = $1', [project],
  )
  const { generation, version, revision } = rows[0]!
  return { generation, config: { version, revision } }
}

async function keysOf(...issues: number[]): Promise<string[]> {
  const { rows } = await app.pool.query<{ key: string }>('select key from issue_key where generation = $1 and issue_id = any($2) order by id', [(await live()).generation, issues])
  return rows.map(({ key }) => key)
}

async function merge(...issues: number[]): Promise<void> {
  const sides = await Promise.all(issues.map(async (issue) => ({ issue, keys: await keysOf(issue) })))
  await givenDecisions(app.pool, { type: 'issue.merged', data: { project, issue: Math.min(...issues), sides, grouping: (await live()).config } })
  await foldAll(app.pool)
}

/** The keys that `leaving` had before they were merged leave `issue`. */
async function unmerge(issue: number, sides: string[][]): Promise<number> {
  const rest = (await keysOf(issue)).filter((key) => !sides.flat().includes(key))
  const position = await givenDecisions(app.pool, { type: 'issue.unmerged', data: { project, issue, sides, rest, grouping: (await live()).config } })
  await foldAll(app.pool)
  return position
}

async function request(rules: string, version: 'v1' | 'v2' = 'v1'): Promise<number> {
  const revision = rules === '' ? 0 : await givenDecisions(app.pool, { type: 'grouping.revised', data: { project, rules, frameRules: '' } })
  const generation = await givenDecisions(app.pool, { type: 'grouping.requested', data: { project, grouping: { version, revision } } })
  await foldAll(app.pool)
  expect(await buildGeneration(app.pool, generation)).toBe('ready')
  return generation
}

async function applyIt(generation: number): Promise<void> {
  await givenDecisions(app.pool, { type: 'grouping.applied', data: { project, generation, accepted: [] } })
  await foldAll(app.pool)
}

const diffOf = async (generation: number): Promise<Diff> => diffSchema.parse((await app.ask('GET', `/api/0/projects/refold/${slug}/generations/${generation}/diff/`, { token })).body)
const conflictsOf = async (generation: number): Promise<unknown> => (await diffOf(generation)).conflicts.map(({ id, issues, into }) => [Number(id), issues.map((issue) => Number(issue.id)), Number(into.id)])
const together = 'error.type:TypeError -> one\nerror.type:KeyError -> one'

describe('what people took apart', () => {
  test('and a rule would bring together is a conflict, named with who and when, and with a rule that keeps them apart', async () => {
    const [, second] = [await keysOf(a), await keysOf(b)]
    await merge(a, b)
    const unmerged = await unmerge(a, [second])
    const candidate = await request(together)
    const { conflicts, complete } = await diffOf(candidate)
    expect(complete).toBe(true)
    expect(conflicts).toMatchObject([{ id: String(unmerged), user: { email: 'eva@example.com' }, issues: [{ id: String(a) }, { id: String(b) }], into: { id: String(a), title: 'KeyError: x' } }])
    expect(await previewGeneration(app.pool, project, candidate)).toMatchObject({ ready: true, conflicts: [unmerged] })
    const suggested = conflicts[0]!.suggestedRule!
    expect(compileRules(suggested)).toHaveProperty('rules')
    expect(await conflictsOf(await request(`${suggested}\n${together}`))).toEqual([])
  })

  test('is no conflict where it stays apart, was never merged, or was merged again', async () => {
    const second = await keysOf(b)
    await merge(a, b)
    await unmerge(a, [second])
    expect(await conflictsOf(await request('error.type:RangeError -> alone'))).toEqual([])
    expect(await conflictsOf(await request('error.type:KeyError -> two\nerror.type:RangeError -> two'))).toEqual([])
    const candidate = await request(together)
    expect(await conflictsOf(candidate)).toHaveLength(1)
    await merge(a, b)
    expect(await catchUpGeneration(app.pool, candidate, 10_000)).toBe(true)
    expect(await conflictsOf(candidate)).toEqual([])
  })

  test('in several sides is one conflict for each issue that holds two of them, whatever configuration was live then', async () => {
    const [second, third] = [await keysOf(b), await keysOf(c)]
    await merge(a, b, c)
    const unmerged = await unmerge(a, [second, third])
    // Under v2 the keys of the decision are not those of the live generation any more.
    await applyIt(await request('', 'v2'))
    expect(await conflictsOf(await request('error.type:KeyError -> two\nerror.type:RangeError -> two', 'v2'))).toEqual([[unmerged, [b, c], b]])
    expect(await conflictsOf(await request('error.type:* -> all', 'v2'))).toEqual([[unmerged, [a, b, c], a]])
  })
})

test('also what was taken apart under a configuration that was live in between stays apart', async () => {
  await merge(a, b)
  await applyIt(await request('', 'v2'))
  const { rows } = await app.pool.query<{ key: string }>('select key from issue_key where generation = $1 and id = $2', [(await live()).generation, b])
  const unmerged = await unmerge(a, [rows.map(({ key }) => key)])
  await applyIt(await request('error.type:RangeError -> alone', 'v2'))
  expect(await conflictsOf(await request(together, 'v2'))).toEqual([[unmerged, [a, b], a]])
})

test('a generation knows the keys of every decision, however small its steps are', async () => {
  const second = await keysOf(b)
  await merge(a, b)
  await unmerge(a, [second])
  await applyIt(await request('', 'v2'))
  await applyIt(await request('error.type:RangeError -> alone', 'v2'))
  const candidate = await givenDecisions(app.pool, { type: 'grouping.requested', data: { project, grouping: { version: 'v2', revision: 0 } } })
  await foldAll(app.pool)
  let steps = 1
  while (!(await advanceGeneration(app.pool, candidate, { limit: 1 })).reached) steps++
  expect(steps).toBeGreaterThan(5)
})

describe('the token of a preview', () => {
  const tokenOf = async (generation: number): Promise<string | undefined> => (await previewGeneration(app.pool, project, generation))?.token

  test('stays while events arrive and issues are decided, and is another after new rules or another apply', async () => {
    const candidate = await request(together)
    const first = await tokenOf(candidate)
    expect((await diffOf(candidate)).token).toBe(first)
    await givenEvents(app.pool, project, [failure('TypeError', 'x')])
    await givenDecisions(app.pool, { type: 'issue.resolved', data: { project, issue: c, keys: await keysOf(c), grouping: (await live()).config } })
    await foldAll(app.pool)
    await catchUpGeneration(app.pool, candidate, 10_000)
    expect(await tokenOf(candidate)).toBe(first)
    const other = await request('error.type:* -> all')
    const second = await tokenOf(candidate)
    expect(second).not.toBe(first)
    expect(await tokenOf(other)).not.toBe(second)
    await applyIt(other)
    // Built against what is not live any more: not a preview of anything until it is built again.
    expect(await previewGeneration(app.pool, project, candidate)).toMatchObject({ ready: false })
    expect(await diffOf(candidate)).toMatchObject({ complete: false, token: null })
    expect(await buildGeneration(app.pool, candidate)).toBe('ready')
    expect([first, second]).not.toContain(await tokenOf(candidate))
  })

  test('is another when a conflict is new', async () => {
    const second = await keysOf(b)
    await merge(a, b)
    const candidate = await request(together)
    const before = await tokenOf(candidate)
    await unmerge(a, [second])
    await catchUpGeneration(app.pool, candidate, 10_000)
    expect(await tokenOf(candidate)).not.toBe(before)
  })
})

test('the same configuration, folded afresh, changes nothing; the same algorithm under other keys changes nothing that anybody sees', async () => {
  expect(await diffOf(await request(''))).toMatchObject({ complete: true, changes: [], conflicts: [], summary: { events: 3, stay: 3, rekeyed: 0, addsUp: true } })
  expect(await diffOf(await request('', 'v2'))).toMatchObject({ complete: true, changes: [], summary: { events: 3, stay: 0, rekeyed: 3, redirects: 0, addsUp: true } })
})

test('of a change of very many issues the hundred with most events are shown, and all are counted', async () => {
  await givenEvents(app.pool, project, Array.from({ length: 240 }, (_, index) => failure(`Many${index % 120}Error`, 'x')))
  await foldAll(app.pool)
  const { changes, summary } = await diffOf(await request('error.type:*Error -> all'))
  expect(summary).toMatchObject({ events: 243, merges: { from: 123, into: 1 }, redirects: 122, addsUp: true })
  expect(changes).toMatchObject([{ beforeCount: 123, afterCount: 1, after: [{ events: 243 }] }])
  expect(changes[0]!.before.map(({ events }) => events)).toEqual(Array.from({ length: 100 }, () => 2))
  expect(changes[0]!.links).toHaveLength(100)
})

test('a preview whose sums differ says so', async () => {
  const candidate = await request(together)
  expect((await diffOf(candidate)).summary).toMatchObject({ events: 3, addsUp: true })
  await app.pool.query('update issue set events = events + 1 where generation = $1 and id = $2', [(await live()).generation, c])
  expect((await diffOf(candidate)).summary.addsUp).toBe(false)
})

describe('rolling back', () => {
  const rollbackOf = async (): Promise<unknown> => {
    const { rollback } = groupingState.parse((await app.ask('GET', `/api/0/projects/refold/${slug}/grouping/`, { token })).body)
    return rollback && [Number(rollback.generation.id), rollback.needsBuild]
  }

  test('finds the generation that was live before, and its diff shows the way back', async () => {
    const first = (await live()).generation
    expect([await rollbackOf(), await findRollback(app.pool, project)]).toEqual([null, null])
    const candidate = await request(together)
    await applyIt(candidate)
    expect(await rollbackOf()).toEqual([first, false])
    await givenEvents(app.pool, project, [failure('TypeError', 'x'), failure('KeyError', 'x')])
    await foldAll(app.pool)
    await catchUpGeneration(app.pool, first, 10_000)
    const { summary, changes, complete, token: back } = await diffOf(first)
    expect([complete, back]).toEqual([true, (await previewGeneration(app.pool, project, first))!.token])
    expect(summary).toMatchObject({ events: 5, stay: 1, splits: { from: 1, into: 2 }, redirects: 0, addsUp: true })
    expect(changes).toMatchObject([{ kind: 'split', before: [{ id: String(a), events: 4 }], after: [{ id: String(a), events: 2 }, { id: String(b), events: 2 }] }])
    await applyIt(first)
    expect(await rollbackOf()).toEqual([candidate, false])
  })

  test('needs a build after a decision that names keys it does not know; the generation says until when it is kept', async () => {
    const first = (await live()).generation
    await applyIt(await request('', 'v2'))
    expect(await rollbackOf()).toEqual([first, false])
    await givenDecisions(app.pool, { type: 'issue.resolved', data: { project, issue: a, keys: await keysOf(a), grouping: (await live()).config } })
    await foldAll(app.pool)
    expect(await rollbackOf()).toEqual([first, true])
    const [kept] = await presentGenerations(app.pool, [(await findGeneration(app.pool, project, first))!])
    expect(Date.parse(kept!.keepUntil!) - Date.parse(kept!.retiredAt!)).toBe(30 * 86_400_000)
  })
})

describe('progress', () => {
  test('has a rate, and with it the time that is left, only while it is worked on', async () => {
    const row = (await findGeneration(app.pool, project, await request(together)))!
    const at = (seconds: number): Date => new Date(seconds * 1_000)
    const progress = async (build: Partial<NonNullable<typeof row.build>>) => (await presentGenerations(app.pool, [{ ...row, build: { ...row.build!, events: 500, total: 2_000, startedAt: at(100), updatedAt: at(110), ...build } }]))[0]!.progress
    expect(await progress({ state: 'running' })).toMatchObject({ done: 500, total: 2_000, rate: 50, etaSeconds: 30 })
    expect(await progress({ state: 'running', events: 2_010 })).toMatchObject({ done: 2_010, total: 2_010, etaSeconds: 0 })
    for (const still of [{ state: 'paused' }, { state: 'queued' }, { state: 'ready' }, { state: 'running', events: 0 }, { state: 'running', updatedAt: at(100) }] as const) {
      expect(await progress(still)).toMatchObject({ rate: null, etaSeconds: null })
    }
  })

  test('does not count the time that it stood still', async () => {
    const generation = await givenDecisions(app.pool, { type: 'grouping.requested', data: { project, grouping: { version: 'v2', revision: 0 } } })
    await foldAll(app.pool)
    await advanceGeneration(app.pool, generation, { limit: 1 })
    await app.pool.query(`update generation_build set started_at = started_at - interval '1 hour', updated_at = updated_at - interval '1 hour' where generation = $1`, [generation])
    expect(await buildGeneration(app.pool, generation)).toBe('ready')
    const { rows } = await app.pool.query<{ seconds: number }>('select extract(epoch from finished_at - started_at)::float8 as seconds from generation_build where generation = $1', [generation])
    expect(rows[0]!.seconds).toBeLessThan(600)
    expect((await findGeneration(app.pool, project, generation))!.build).toMatchObject({ watch: nameConfiguration((await live()).config), events: 3, behind: 0 })
  })
})
