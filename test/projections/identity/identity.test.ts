// The real fold, in Postgres, against the model and the laws of grouping.md 7 ("Identity"). Law 9, that nothing alerts,
// and law 10, retention, have nothing to test yet: there are no alerts and no compaction.
// IDENTITY_RUNS=500 runs each law 500 times; a failure prints seed and path to run it again.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { parseConfiguration } from '../../../core/grouping/configuration.ts'
import { acceptedEvents, generationsOf, liveGeneration } from './model.ts'
import { expectVerified, openProject, settle, type ProjectUnderTest } from './project.ts'
import { arbitrarySteps, planStep, unmergeOf } from './steps.ts'
import { dumpGeneration } from './tables.ts'

const numRuns = Number(process.env.IDENTITY_RUNS ?? 12)
const timeout = 30_000 + numRuns * 15_000

/** Holds for a project that lived through any steps. Its database is left only where the law fails. */
async function always<T>(steps: fc.Arbitrary<T>, law: (project: ProjectUnderTest, steps: T) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(steps, async (drawn) => {
    const project = await openProject()
    try {
      await law(project, drawn)
    } finally {
      await project.drop()
    }
  }), { numRuns })
}

test('every generation shows what the model says, live, candidate or retired, whatever the batches and interruptions', { timeout }, () =>
  always(arbitrarySteps(40), async (project, steps) => {
    await project.take(steps)
    await project.check()
    await expectVerified(project)
  }))

test('a generation that was caught up equals one built from the beginning, row by row', { timeout }, () =>
  always(arbitrarySteps(40), async (project, steps) => {
    await project.take(steps)
    const old = await settle(project.database, project.log)
    for (const { configuration } of old) await project.add({ decision: { type: 'grouping.requested', data: { project: 1, grouping: parseConfiguration(configuration) } } })
    const all = await settle(project.database, project.log)
    for (const [index, { id, configuration }] of old.entries()) {
      const fresh = all[old.length + index]!
      expect(await dumpGeneration(project.database.pool, fresh.id), `${configuration}: ${fresh.id} built now, ${id} before`).toEqual(await dumpGeneration(project.database.pool, id))
    }
  }))

test('the events of every generation add up', { timeout }, () =>
  always(arbitrarySteps(30), async (project, steps) => {
    await project.take(steps)
    const accepted = acceptedEvents(project.log).length
    for (const { id } of await settle(project.database, project.log)) {
      const { rows } = await project.database.pool.query(
        `select (select coalesce(sum(events), 0)::int from issue where generation = $1) as issues, (select coalesce(sum(events), 0)::int from issue_key where generation = $1) as keys,
                (select coalesce(sum(events), 0)::int from issue_hour where generation = $1) as hours, (select count(*)::int from event_key where generation = $1) as events`, [id])
      expect(rows).toEqual([{ issues: accepted, keys: accepted, hours: accepted, events: accepted }])
    }
  }))

test('there and back again, without a decision in between, is as if neither had been applied', { timeout }, () =>
  always(fc.tuple(arbitrarySteps(20), arbitrarySteps(8, { quiet: true }), arbitrarySteps(12)), async (project, [before, between, after]) => {
    await project.take(before)
    const { id, configuration } = liveGeneration(project.log)
    const other: Decision = { type: 'grouping.requested', data: { project: 1, grouping: { version: configuration === 'v2' ? 'v1' : 'v2', revision: 0 } } }
    const there = await project.add({ decision: { type: 'grouping.applied', data: { project: 1, generation: await project.add({ decision: other }), accepted: [] } } })
    await project.take(between.filter((step) => step.do !== 'apply' && step.do !== 'discard'))
    const back = await project.add({ decision: { type: 'grouping.applied', data: { project: 1, generation: id, accepted: [] } } })
    await project.take(after)
    const without = await openProject()
    try {
      for (const fact of project.log.facts.slice(1)) {
        const isThereOrBack = fact.position === there || fact.position === back
        await without.add(isThereOrBack ? { decision: { type: 'grouping.revised', data: { project: 1, rules: '', frameRules: '' } } } : fact)
      }
      const kept = await settle(project.database, project.log)
      await settle(without.database, without.log)
      expect(generationsOf(without.log).filter(({ state }) => state === 'live').map((one) => one.id)).toEqual([liveGeneration(project.log).id])
      for (const generation of kept) {
        expect(await dumpGeneration(without.database.pool, generation.id, { clockless: true })).toEqual(await dumpGeneration(project.database.pool, generation.id, { clockless: true }))
      }
    } finally {
      await without.drop()
    }
  }))

test('an unmerge right after a merge leaves every table of every generation as it was', { timeout }, () =>
  always(fc.tuple(arbitrarySteps(30), fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 4 })), async (project, [steps, issues]) => {
    await project.take(steps)
    const merge = planStep(project.log, { do: 'merge', issues })
    if (!merge || !('decision' in merge) || merge.decision.type !== 'issue.merged') return
    const dump = async (): Promise<unknown> => {
      const dumps = []
      for (const { id } of await settle(project.database, project.log)) dumps.push({ id, ...(await dumpGeneration(project.database.pool, id)), activity: [] })
      return dumps
    }
    const before = await dump()
    await project.add(merge)
    const { issue, sides } = merge.decision.data
    const merged = (await project.check()).find(({ id }) => id === issue)!
    await project.add({ decision: unmergeOf(project.log, merged, sides.filter((side) => side.issue !== issue).map(({ keys }) => keys)) })
    expect(await dump()).toEqual(before)
  }))

test('a log in one piece gives the same tables as one that was folded while it grew', { timeout }, () =>
  always(arbitrarySteps(30), async (project, steps) => {
    await project.take(steps)
    const copy = await openProject()
    try {
      for (const fact of project.log.facts.slice(1)) await copy.add(fact)
      const generations = await settle(project.database, project.log)
      await settle(copy.database, copy.log)
      for (const { id } of generations) {
        expect(await dumpGeneration(copy.database.pool, id, { clockless: true })).toEqual(await dumpGeneration(project.database.pool, id, { clockless: true }))
      }
    } finally {
      await copy.drop()
    }
  }))
