// The worked examples of grouping.md 5.8, told to the model and to the real fold: every `issues()` compares the tables of
// all generations with the model before it answers. An event's `type` is its key before (v1), `color` its key after a
// change of the rules.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { parseConfiguration, type Configuration } from '../../../core/grouping/configuration.ts'
import { verify } from '../../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { issuesUnder, liveGeneration, type ModelIssue } from './model.ts'
import { openProject, type ProjectUnderTest } from './project.ts'
import { mergeOf, unmergeOf } from './steps.ts'

let database: TestDatabase
let project: ProjectUnderTest
let on: { project: number }
beforeAll(async () => {
  database = await createTestDatabase({ max: 3 })
})
let projects = 0
beforeEach(async () => {
  project = await openProject(database.pool, ++projects)
  on = { project: projects }
})
afterEach(async () => {
  expect((await verify(database.url)).differences).toEqual([])
})
afterAll(() => database.drop())

let sent = 0
const event = (before: string, after: string): Promise<number> => project.add({ event: { id: String(++sent), type: before, color: after, value: '', function: 'run' } })
const change = (rules: string): Promise<number> => project.add({ decision: { type: 'grouping.revised', data: { ...on, rules, frameRules: '' } } })
const request = (grouping: Configuration): Promise<number> => project.add({ decision: { type: 'grouping.requested', data: { ...on, grouping } } })
const apply = (generation: number): Promise<number> => project.add({ decision: { type: 'grouping.applied', data: { ...on, generation, accepted: [] } } })

/** A candidate under new rules. */
const build = async (rules = 'error.type:* -> {{ tags.color }}'): Promise<number> => request({ version: 'v1', revision: await change(rules) })
/** The project's first generation has the position of the project's creation. */
const rollback = (): Promise<number> => apply(project.base)

const live = (): ModelIssue[] => issuesUnder(project.log, liveGeneration(project.log).configuration)
const find = (position: number): ModelIssue => live().find(({ events }) => events.some((fact) => fact.position === position))!
const about = (id: number): { project: number; issue: number; keys: string[]; grouping: Configuration } =>
  ({ ...on, issue: find(id).id, keys: find(id).keys.map(({ key }) => key), grouping: parseConfiguration(liveGeneration(project.log).configuration) })
const decide = (decision: Decision): Promise<number> => project.add({ decision })
const merge = (...ids: number[]): Promise<number> => decide(mergeOf(project.log, ids.map(find)))
/** Each of the ids leaves the issue of `from`, with its key. */
const unmerge = (from: number, ...ids: number[]): Promise<number> =>
  decide(unmergeOf(project.log, find(from), ids.map((id) => find(from).keys.filter(({ events }) => events.some((fact) => fact.position === id)).map(({ key }) => key))))

const issues = async (): Promise<Record<number, { events: number; status: string; assignee: string | null; comments: number }>> =>
  Object.fromEntries((await project.check()).map(({ id, events, status, assignee, comments }) => [id, { events: events.length, status, assignee, comments: comments.length }]))
/** Where an old link leads. */
const leadsTo = async (id: number): Promise<number> => {
  await project.check()
  const { rows } = await database.pool.query('select k.issue_id::int as id from event_key e join issue_key k on k.generation = e.generation and k.id = e.key_id where e.position = $1 and e.generation = $2', [id, liveGeneration(project.log).id])
  return rows[0]!.id
}

test('1. join: the smaller id, the assignee of the one that has one, and after a rollback both with their own counts', async () => {
  const [a, b] = [await event('a', 'x'), await event('b', 'x')]
  await event('b', 'x')
  await decide({ type: 'issue.assigned', data: { ...about(b), assignee: 'user:1' } })
  await apply(await build())
  expect(await issues()).toMatchObject({ [a]: { events: 3, assignee: 'user:1' } })
  expect(await leadsTo(b)).toBe(a)
  await rollback()
  expect(await issues()).toMatchObject({ [a]: { events: 1, assignee: null }, [b]: { events: 2, assignee: 'user:1' } })
})

test('2. split: both parts inherit the resolve, and one regresses alone', async () => {
  const [p, q] = [await event('k', 'p'), await event('k', 'q')]
  await decide({ type: 'issue.resolved', data: about(p) })
  await apply(await build())
  expect(await issues()).toMatchObject({ [p]: { status: 'resolved' }, [q]: { status: 'resolved' } })
  await event('k', 'q')
  expect(await issues()).toMatchObject({ [p]: { status: 'resolved' }, [q]: { status: 'unresolved', events: 2 } })
  await rollback()
  expect(await issues()).toEqual({ [p]: { events: 3, status: 'unresolved', assignee: null, comments: 0 } })
  expect(await leadsTo(q)).toBe(p)
})

test('3. mixed: each new issue has the states of its events, and comments stay with the event they name', async () => {
  const [a, b] = [await event('a', 'x'), await event('b', 'x')]
  const y = await event('b', 'y')
  await decide({ type: 'issue.ignored', data: { ...about(b), substatus: 'archived_forever' } })
  await decide({ type: 'comment.added', data: { ...about(b), text: 'known' } })
  await apply(await build())
  expect(await issues()).toMatchObject({ [a]: { status: 'unresolved', events: 2, comments: 1 }, [y]: { status: 'ignored', events: 1, comments: 0 } })
  expect(await leadsTo(b)).toBe(a)
})

test('4. merge, then upgrade: they stay together; unmerged there, they are separate here too', async () => {
  const [d, c] = [await event('d', 's'), await event('c', 'r')]
  await merge(d, c)
  expect(Object.keys(await issues())).toEqual([`${d}`])
  await apply(await build())
  expect(Object.keys(await issues())).toEqual([`${d}`])
  await unmerge(d, c)
  expect(Object.keys(await issues())).toEqual([`${d}`, `${c}`])
  await rollback()
  expect(Object.keys(await issues())).toEqual([`${d}`, `${c}`])
})

test('5. unmerged stays unmerged: the next event goes where its key is; a key that joins both does so until a rollback', async () => {
  const [d, c] = [await event('d', 'z'), await event('c', 'z')]
  await merge(d, c)
  await unmerge(d, c)
  await event('c', 'z')
  expect(await issues()).toMatchObject({ [d]: { events: 1 }, [c]: { events: 2 } })
  await apply(await build())
  expect(await leadsTo(c)).toBe(d)
  await rollback()
  expect(await issues()).toMatchObject({ [d]: { events: 1 }, [c]: { events: 2 } })
})

test('6. ids do not swap', async () => {
  const [first, second] = [await event('a', 'x'), await event('b', 'y')]
  await merge(second, first)
  expect(await leadsTo(second)).toBe(first)
  await unmerge(first, second)
  expect(Object.keys(await issues())).toEqual([`${first}`, `${second}`])
})

test('7. a rule joins, and its removal is another candidate, equal to the tables before', async () => {
  const [first, second] = [await event('TimeoutError', 'a'), await event('TimeoutError2', 'b')]
  await apply(await build('error.type:TimeoutError* -> timeouts, {{ stack.function }}'))
  expect(await issues()).toMatchObject({ [first]: { events: 2 } })
  expect(find(first).keys[0]!.key).toMatch(/^fp:/)
  await apply(await build(''))
  expect(await issues()).toMatchObject({ [first]: { events: 1 }, [second]: { events: 1 } })
})

test('8. race: the first events of a key at once are one issue, the first', async () => {
  const positions = await Promise.all([event('a', 'x'), event('a', 'x')])
  project.log.facts.sort((a, b) => a.position - b.position)
  expect(await issues()).toMatchObject({ [Math.min(...positions)]: { events: 2 } })
})

test('9. a bulk merge by mistake: one unmerge gives back all, with their numbers', async () => {
  const ids: number[] = []
  for (let n = 0; n < 40; n++) ids.push(await event(`type ${n}`, `${n % 7}`))
  await build()
  await merge(...ids)
  expect(await issues()).toMatchObject({ [ids[0]!]: { events: 40 } })
  await unmerge(ids[0]!, ...ids.slice(1))
  expect(Object.keys(await issues())).toEqual(ids.map(String))
})
