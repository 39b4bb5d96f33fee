import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Configuration } from '../../core/grouping/configuration.ts'
import { bringGeneration } from '../../projections/generations/build.ts'
import { readCheckpoint } from '../../projections/checkpoint.ts'
import { verify } from '../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'

let database: TestDatabase
/** What the test expects to be set aside. */
let parked: string[]
beforeEach(async () => {
  database = await createTestDatabase()
  parked = []
  await givenProject(database.pool, 1, 'shop')
})
afterEach(async () => {
  try {
    expect((await verify(database.url)).differences).toEqual([])
    expect((await database.pool.query('select error from parked order by position')).rows.map((row) => row.error)).toEqual(parked)
  } finally {
    await database.drop()
  }
})

const v1: Configuration = { version: 'v1', revision: 0 }

const issuesOf = async (generation?: number): Promise<Record<string, unknown>[]> =>
  (await database.pool.query(
    `select i.id::int, i.events::int, i.status, i.assignee, i.comments from issue i join project p on p.id = i.project_id where i.generation = coalesce($1, p.generation) order by i.id`,
    [generation ?? null],
  )).rows
const keysOf = async (issue: number): Promise<string[]> =>
  (await database.pool.query('select k.key from issue_key k join project p on p.generation = k.generation where k.issue_id = $1 order by k.id', [issue])).rows.map((row) => row.key)
const on = async (issue: number, grouping?: Configuration): Promise<{ project: number; issue: number; keys: string[]; grouping?: Configuration }> => ({ project: 1, issue, keys: await keysOf(issue), ...(grouping && { grouping }) })

/** Asks for a generation under rules, and builds it. */
async function givenCandidate(rules: string): Promise<{ id: number; grouping: Configuration }> {
  const revision = rules === '' ? 0 : await givenDecisions(database.pool, { type: 'grouping.revised', data: { project: 1, rules, frameRules: '' } })
  const grouping: Configuration = { version: 'v1', revision }
  const id = await givenDecisions(database.pool, { type: 'grouping.requested', data: { project: 1, grouping } })
  await foldAll(database.pool)
  await bringGeneration(database.pool, id, await readCheckpoint(database.pool))
  return { id, grouping }
}

async function apply(generation: number): Promise<void> {
  await givenDecisions(database.pool, { type: 'grouping.applied', data: { project: 1, generation, accepted: [] } })
  await foldAll(database.pool)
}

describe('a candidate', () => {
  test('joins what its rules join, and changes nothing of the live generation', async () => {
    const [a, b] = await givenEvents(database.pool, 1, [failure('A', '1'), failure('B', '2'), failure('A', '1')])
    await foldAll(database.pool)
    const before = await issuesOf()
    const { id } = await givenCandidate('error.type:* -> all')
    expect(await issuesOf()).toEqual(before)
    expect(before.map((row) => row.id)).toEqual([a, b])
    expect(await issuesOf(id)).toEqual([{ id: a, events: 3, status: 'unresolved', assignee: null, comments: 0 }])
  })

  test('is applied, follows what comes, and is rolled back to what would have been', async () => {
    const [a, b] = await givenEvents(database.pool, 1, [failure('A', '1'), failure('B', '2')])
    await foldAll(database.pool)
    const { rows } = await database.pool.query<{ generation: number }>('select generation::int from project')
    await givenDecisions(database.pool, { type: 'issue.resolved', data: await on(b!) })
    const { id } = await givenCandidate('error.type:* -> all')
    expect(await issuesOf(id)).toMatchObject([{ id: a, status: 'unresolved', events: 2 }])
    await givenEvents(database.pool, 1, [failure('B', '2')])
    await apply(id)
    expect(await issuesOf()).toMatchObject([{ id: a, events: 3, status: 'unresolved' }])
    await givenEvents(database.pool, 1, [failure('A', '1')])
    await apply(rows[0]!.generation)
    expect(await issuesOf()).toMatchObject([{ id: a, events: 2, status: 'unresolved' }, { id: b, events: 2, status: 'unresolved' }])
  })

  test('splits: both parts inherit, then go their own ways (worked example 2)', async () => {
    const first = await givenCandidate('error.type:* -> all')
    await apply(first.id)
    const [a, b] = await givenEvents(database.pool, 1, [failure('A', '1'), failure('B', '2')])
    await foldAll(database.pool)
    await givenDecisions(database.pool, { type: 'issue.resolved', data: await on(a!, first.grouping) })
    const { id } = await givenCandidate('')
    expect(await issuesOf(id)).toMatchObject([{ id: a, status: 'resolved' }, { id: b, status: 'resolved' }])
    await givenEvents(database.pool, 1, [failure('B', '2')])
    await apply(id)
    expect(await issuesOf()).toMatchObject([{ id: a, status: 'resolved' }, { id: b, status: 'unresolved', events: 2 }])
  })
})

test('a generation under rules that do not exist is set aside, and no project stops for it', async () => {
  const at = await givenDecisions(database.pool, { type: 'grouping.requested', data: { project: 1, grouping: { version: 'v1', revision: 999 } } })
  await givenDecisions(database.pool, { type: 'grouping.applied', data: { project: 1, generation: at, accepted: [] } })
  const [a] = await givenEvents(database.pool, 1, [failure('A', '1')])
  await foldAll(database.pool)
  expect(await issuesOf()).toMatchObject([{ id: a, events: 1 }])
  parked = ['project 1 has no rules revision 999', `generation ${at} cannot be applied`]
})

describe('a merge', () => {
  test('adds up, and an unmerge gives the old ids and numbers back', async () => {
    const [a, b, c] = await givenEvents(database.pool, 1, [failure('A', ''), failure('B', ''), failure('C', ''), failure('B', '')])
    await foldAll(database.pool)
    const before = await issuesOf()
    const sides = await Promise.all([a!, b!, c!].map(async (issue) => ({ issue, keys: await keysOf(issue) })))
    await givenDecisions(database.pool, { type: 'issue.merged', data: { project: 1, issue: a!, sides, grouping: v1 } })
    await foldAll(database.pool)
    expect(await issuesOf()).toMatchObject([{ id: a, events: 4 }])
    await givenDecisions(database.pool, { type: 'issue.unmerged', data: { project: 1, issue: a!, sides: [sides[2]!.keys], rest: [...sides[0]!.keys, ...sides[1]!.keys], grouping: v1 } })
    await foldAll(database.pool)
    expect(await issuesOf()).toMatchObject([{ id: a, events: 3 }, { id: c, events: 1 }])
    await givenDecisions(database.pool, { type: 'issue.unmerged', data: { project: 1, issue: a!, sides: [sides[1]!.keys], rest: sides[0]!.keys, grouping: v1 } })
    await foldAll(database.pool)
    expect(await issuesOf()).toEqual(before)
  })

  test('holds under another configuration (worked example 4)', async () => {
    const [a, b] = await givenEvents(database.pool, 1, [failure('A', ''), failure('B', ''), failure('C', '')])
    await foldAll(database.pool)
    const sides = await Promise.all([a!, b!].map(async (issue) => ({ issue, keys: await keysOf(issue) })))
    await givenDecisions(database.pool, { type: 'issue.merged', data: { project: 1, issue: a!, sides, grouping: v1 } })
    const { id, grouping } = await givenCandidate('error.type:A -> a\nerror.type:B -> b')
    expect(await issuesOf(id)).toMatchObject([{ id: a, events: 2 }, { id: b! + 1, events: 1 }])
    await apply(id)
    const keys = await keysOf(a!)
    await givenDecisions(database.pool, { type: 'issue.unmerged', data: { project: 1, issue: a!, sides: [keys.slice(1)], rest: keys.slice(0, 1), grouping } })
    await foldAll(database.pool)
    expect((await issuesOf()).map((row) => row.id)).toEqual([a, b, b! + 1])
    const { rows } = await database.pool.query<{ id: number }>(`select id::int from generation where state = 'retired'`)
    await apply(rows[0]!.id)
    expect((await issuesOf()).map((row) => row.id)).toEqual([a, b, b! + 1])
  })
})
