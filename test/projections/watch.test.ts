// Issues that are archived until something happens: the job's look at them, and the command that opens them again.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Decision } from '../../core/decisions.ts'
import { reopenIssue } from '../../ingest/commands/reopen.ts'
import { findMetConditions, type MetCondition } from '../../projections/issues/watch.ts'
import { verify } from '../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject } from '../given.ts'

const dayMs = 86_400_000
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await givenProject(database.pool, 1, 'shop')
})
afterAll(async () => {
  await foldAll(database.pool)
  expect((await verify(database.url)).differences).toEqual([])
  await database.drop()
})

type Ignored = Omit<Extract<Decision, { type: 'issue.ignored' }>['data'], 'project' | 'issue' | 'keys'>
let kinds = 0

/** An issue with so many events, archived; further ones of it with `more`. */
async function archived(data: Ignored, before = 1) {
  const kind = `Error${++kinds}`
  const send = async (count: number, over: (index: number) => Record<string, unknown> = () => ({})): Promise<number[]> => {
    const positions = await givenEvents(database.pool, 1, Array.from({ length: count }, (_, index) => failure(kind, 'x', over(index))))
    await foldAll(database.pool)
    return positions
  }
  const [issue] = (await send(before)) as [number]
  const { rows } = await database.pool.query<{ key: string }>('select key from issue_key where id = $1', [issue])
  const decidedAt = await givenDecisions(database.pool, { type: 'issue.ignored', data: { project: 1, issue, keys: [rows[0]!.key], ...data } })
  await foldAll(database.pool)
  return { issue, decidedAt, send }
}

const look = async (issue: number, now = new Date(), since = 0): Promise<MetCondition[]> => (await findMetConditions(database.pool, now, since)).filter((met) => met.issue === issue)
const read = async (issue: number): Promise<unknown> => (await database.pool.query('select status, substatus from issue where id = $1', [issue])).rows[0]

test('until a time, until so many events, until so many users: counted from the decision on', async () => {
  const at = new Date(Date.now() + 3_600_000)
  const timed = await archived({ substatus: 'archived_until_condition_met', until: { at: at.toISOString() } })
  expect(await look(timed.issue, new Date(at.getTime() - 1))).toEqual([])
  expect(await look(timed.issue, at)).toEqual([{ issue: timed.issue, decidedAt: timed.decidedAt, because: 'time' }])

  const counted = await archived({ substatus: 'archived_until_condition_met', until: { events: 3 } }, 5)
  await counted.send(2)
  expect(await look(counted.issue)).toEqual([])
  const [last] = (await counted.send(1)) as [number]
  expect(await look(counted.issue)).toMatchObject([{ because: 'events' }])
  expect(await look(counted.issue, new Date(), last - 1)).toMatchObject([{ because: 'events' }])
  expect(await look(counted.issue, new Date(), last), 'nothing new since the last look').toEqual([])

  const met = await archived({ substatus: 'archived_until_condition_met', until: { users: 2 } })
  await met.send(4, () => ({ user: { id: 'same' } }))
  expect(await look(met.issue)).toEqual([])
  await met.send(1, () => ({ user: { id: 'another' } }))
  expect(await look(met.issue)).toMatchObject([{ because: 'users' }])

  const forever = await archived({ substatus: 'archived_forever' })
  await forever.send(20)
  expect(await look(forever.issue, new Date(Date.now() + 1_000 * dayMs))).toEqual([])
})

test('until it escalates: more than 10 events in 24 hours, and more than twice the usual', async () => {
  const quiet = await archived({ substatus: 'archived_until_escalating' })
  await quiet.send(10)
  expect(await look(quiet.issue)).toEqual([])
  await quiet.send(1)
  expect(await look(quiet.issue)).toMatchObject([{ because: 'escalating' }])
  expect(await look(quiet.issue, new Date(Date.now() + 2 * dayMs)), 'that was long ago').toEqual([])

  // 70 in the week before: 10 a day, so that 20 are usual.
  const loud = await archived({ substatus: 'archived_until_escalating' }, 70)
  await loud.send(20)
  expect(await look(loud.issue)).toEqual([])
  await loud.send(1)
  expect(await look(loud.issue)).toMatchObject([{ because: 'escalating' }])
})

test('the issue is opened again once, however many look at once, and not against a newer decision', async () => {
  const { issue, send } = await archived({ substatus: 'archived_until_escalating' })
  await send(11)
  const [met] = (await look(issue)) as [MetCondition]
  const answers = await Promise.all([1, 2, 3].map(() => reopenIssue(database.pool, met)))
  expect(answers.filter(Boolean)).toHaveLength(1)
  await foldAll(database.pool)
  expect(await read(issue)).toEqual({ status: 'unresolved', substatus: 'escalating' })
  expect(await look(issue)).toEqual([])

  const again = await archived({ substatus: 'archived_until_condition_met', until: { events: 1 } })
  await again.send(1)
  const [stale] = (await look(again.issue)) as [MetCondition]
  const { rows } = await database.pool.query<{ key: string }>('select key from issue_key where id = $1', [again.issue])
  await givenDecisions(database.pool, { type: 'issue.ignored', data: { project: 1, issue: again.issue, keys: [rows[0]!.key], substatus: 'archived_forever' } })
  expect(await reopenIssue(database.pool, stale), 'before the fold knows of it').toBe(false)
  await foldAll(database.pool)
  expect(await reopenIssue(database.pool, stale)).toBe(false)
  expect(await read(again.issue)).toEqual({ status: 'ignored', substatus: 'archived_forever' })
})

test('an issue that waits is opened again also when one that is resolved was merged into it', async () => {
  const waiting = await archived({ substatus: 'archived_until_condition_met', until: { events: 1 } })
  const other = await archived({ substatus: 'archived_forever' })
  const keysOf = async (issue: number): Promise<string[]> => (await database.pool.query<{ key: string }>('select key from issue_key where id = $1', [issue])).rows.map(({ key }) => key)
  const sides = [{ issue: waiting.issue, keys: await keysOf(waiting.issue) }, { issue: other.issue, keys: await keysOf(other.issue) }]
  await givenDecisions(
    database.pool,
    { type: 'issue.resolved', data: { project: 1, ...sides[1]! } },
    { type: 'issue.merged', data: { project: 1, issue: waiting.issue, sides, grouping: { version: 'v1', revision: 0 } } },
  )
  await waiting.send(1)
  const [met] = (await look(waiting.issue)) as [MetCondition]
  expect(met).toEqual({ issue: waiting.issue, decidedAt: waiting.decidedAt, because: 'events' })
  expect(await reopenIssue(database.pool, met)).toBe(true)
  await foldAll(database.pool)
  expect(await read(waiting.issue)).toEqual({ status: 'unresolved', substatus: 'ongoing' })
  expect(await look(waiting.issue)).toEqual([])
})
