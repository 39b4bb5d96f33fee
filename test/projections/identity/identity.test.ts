// The real fold, in Postgres, against the model and the laws of grouping.md 7 ("Identity"). Law 9, that nothing alerts,
// and law 10, retention, have nothing to test yet: there are no alerts and no compaction.
// Every run is a project of its own in one database, which is verified whole after each law.
// IDENTITY_RUNS=500 runs each law 500 times; a failure prints the seed and path that bring it back.

import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parseConfiguration } from '../../../core/grouping/configuration.ts'
import { verify } from '../../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import type { NewFact } from './log.ts'
import { acceptedEvents, isDeletion, liveGeneration } from './model.ts'
import { openProject, type ProjectUnderTest } from './project.ts'
import { arbitrarySteps, planStep, unmergeOf } from './steps.ts'
import { dumpGeneration } from './tables.ts'

const numRuns = Number(process.env.IDENTITY_RUNS ?? 10)
const timeout = 120_000 + numRuns * 10_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ max: 3 })
})
afterEach(async () => {
  expect((await verify(database.url)).differences).toEqual([])
}, timeout)
afterAll(() => database.drop())

let projects = 0
/** Holds for a project that lived through any steps. */
const always = <T>(steps: fc.Arbitrary<T>, law: (project: ProjectUnderTest, steps: T) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(steps, async (drawn) => law(await openProject(database.pool, ++projects), drawn)), { numRuns, interruptAfterTimeLimit: timeout / 2, markInterruptAsFailure: true })

/** Without the history where something was deleted: see withoutRetold. */
async function dumpRows({ log }: ProjectUnderTest, generation: number, base?: number): Promise<Record<string, string[]>> {
  const rows = await dumpGeneration(database.pool, generation, base)
  return log.facts.some(isDeletion) ? { ...rows, activity: [] } : rows
}

/** Of every generation: all columns of all rows, positions counted from the creation of the project. */
async function dump(project: ProjectUnderTest): Promise<unknown[]> {
  const dumps: unknown[] = []
  for (const { id } of await project.settle()) dumps.push({ generation: id - project.base, ...(await dumpRows(project, id, project.base)) })
  return dumps
}

test('every generation shows what the model says, live, candidate or retired, whatever the batches and interruptions', { timeout }, () =>
  always(arbitrarySteps(40), async (project, steps) => {
    await project.take(steps)
    await project.check()
  }))

test('a generation that was caught up equals one built from the beginning, row by row', { timeout }, () =>
  always(arbitrarySteps(40), async (project, steps) => {
    await project.take(steps)
    const old = await project.settle()
    for (const { configuration } of old) await project.add({ decision: { type: 'grouping.requested', data: { project: project.log.project, grouping: parseConfiguration(configuration) } } })
    const all = await project.settle()
    for (const [index, { id, configuration }] of old.entries()) {
      const fresh = await dumpRows(project, all[old.length + index]!.id)
      expect(await dumpRows(project, id), `${configuration}, built before and now`).toEqual(fresh)
    }
  }))

test('the events of every generation add up', { timeout }, () =>
  always(arbitrarySteps(30), async (project, steps) => {
    await project.take(steps)
    const accepted = acceptedEvents(project.log).length
    for (const { id } of await project.settle()) {
      const { rows } = await database.pool.query(
        `select (select coalesce(sum(events), 0)::int from issue where generation = $1) as issues, (select coalesce(sum(events), 0)::int from issue_key where generation = $1) as keys,
                (select coalesce(sum(events), 0)::int from issue_hour where generation = $1) as hours, (select count(*)::int from event_key where generation = $1) as events`, [id])
      expect(rows).toEqual([{ issues: accepted, keys: accepted, hours: accepted, events: accepted }])
    }
  }))

test('there and back again, without a decision in between, is as if neither had been applied', { timeout }, () =>
  always(fc.tuple(arbitrarySteps(20), arbitrarySteps(8, { quiet: true }), arbitrarySteps(12)), async (project, [before, between, after]) => {
    await project.take(before)
    const { id, configuration } = liveGeneration(project.log)
    const on = { project: project.log.project }
    const other = await project.add({ decision: { type: 'grouping.requested', data: { ...on, grouping: { version: configuration === 'v2' ? 'v1' : 'v2', revision: 0 } } } })
    const there = await project.add({ decision: { type: 'grouping.applied', data: { ...on, generation: other, accepted: [] } } })
    await project.take(between.filter((step) => step.do !== 'apply' && step.do !== 'discard'))
    const back = await project.add({ decision: { type: 'grouping.applied', data: { ...on, generation: id, accepted: [] } } })
    await project.take(after)
    const nothing: NewFact = { decision: { type: 'grouping.revised', data: { ...on, rules: '', frameRules: '' } } }
    const without = await project.repeat(++projects, (position) => (position === there || position === back ? nothing : undefined))
    const expected = await dump(project)
    expect(await dump(without)).toEqual(expected)
    expect(liveGeneration(without.log).id - without.base).toBe(liveGeneration(project.log).id - project.base)
  }))

test('an unmerge right after a merge leaves every table of every generation as it was, but the history', { timeout }, () =>
  always(fc.tuple(arbitrarySteps(30), fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 4 })), async (project, [steps, issues]) => {
    await project.take(steps)
    const merge = planStep(project.log, { do: 'merge', issues })
    if (!merge || !('decision' in merge) || merge.decision.type !== 'issue.merged') return
    const withoutHistory = async (): Promise<unknown[]> => (await dump(project)).map((generation) => ({ ...(generation as object), activity: [] }))
    const before = await withoutHistory()
    await project.add(merge)
    const { issue, sides } = merge.decision.data
    const merged = (await project.check()).find(({ id }) => id === issue)!
    await project.add({ decision: unmergeOf(project.log, merged, sides.filter((side) => side.issue !== issue).map(({ keys }) => keys)) })
    expect(await withoutHistory()).toEqual(before)
  }))

test('a log in one piece gives the same tables as one that was folded while it grew', { timeout }, () =>
  always(arbitrarySteps(30), async (project, steps) => {
    await project.take(steps)
    const expected = await dump(project)
    expect(await dump(await project.repeat(++projects))).toEqual(expected)
  }))
