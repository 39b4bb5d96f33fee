// Releases: from events, and from what people and build servers say of them.

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Decision } from '../../core/decisions.ts'
import { hashTag, hashTagKey } from '../../core/event/tag-hash.ts'
import { verify } from '../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenDecisions, givenEvents, givenProject, newId } from '../given.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await givenProject(database.pool, 1, 'shop')
  await givenProject(database.pool, 2, 'web')
})
afterEach(async () => {
  try {
    expect((await verify(database.url)).differences).toEqual([])
    expect((await database.pool.query('select error from parked')).rows).toEqual([])
  } finally {
    await database.drop()
  }
})

const changed = (version: string, data: Omit<Extract<Decision, { type: 'release.changed' }>['data'], 'version' | 'projects'> = {}, projects = [1]): Decision => ({ type: 'release.changed', data: { version, projects, ...data } })
const deployed = (version: string, environment: string, projects = [1]): Decision => ({ type: 'deploy.created', data: { version, projects, environment, name: null, url: null, startedAt: null, finishedAt: '2026-03-08T20:00:00Z' } })
const at = (minute: number): string => `2026-03-08T20:${String(minute).padStart(2, '0')}:00.000Z`
const event = (release: string, minute: number, over: object = {}): Record<string, unknown> => failure('A', '', { release, timestamp: at(minute), ...over })

async function rows(columns: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(`select ${columns} from release order by project_id, first_position`)).rows
}

test('a release begins with its first event and counts those that are accepted, in each project for itself', async () => {
  const id = newId()
  await givenEvents(database.pool, 2, [event('1.0', 5)])
  const [first] = await givenEvents(database.pool, 1, [event('1.0', 9, { event_id: id }), event('1.0', 9, { event_id: id }), event('1.0', 3), event('1.1', 4), failure('A', '')])
  await foldAll(database.pool, 2)
  const { rows: log } = await database.pool.query('select recorded_at from log where position = $1', [first])
  expect(await rows('project_id, version, first_position::int, created_at, events::int, status, refs, commits')).toMatchObject([
    { project_id: 1, version: '1.0', first_position: first, created_at: log[0].recorded_at, events: 2, status: 'open', refs: '[]', commits: '[]' },
    { project_id: 1, version: '1.1', first_position: first! + 3, events: 1 },
    { project_id: 2, version: '1.0', events: 1 },
  ])
})

test('of a release what is said is set, and the rest stays', async () => {
  const commits = [{ id: 'a1', repository: null, authorName: 'Jo', authorEmail: null, message: 'fix \u0000', timestamp: null }]
  const refs = [{ repository: 'shop', commit: 'a1', previousCommit: null }]
  const first = await givenDecisions(database.pool, changed('1.0', { url: 'https://example.com', commits, startedAt: '2026-03-08T21:00:00+01:00' }))
  await foldAll(database.pool)
  await givenEvents(database.pool, 1, [event('1.0', 9)])
  await givenDecisions(database.pool, changed('1.0', { refs, releasedAt: '2026-03-09T00:00:00Z', status: 'archived' }), changed('1.0', { startedAt: null }))
  await foldAll(database.pool)
  const [row] = await rows('first_position::int, url, started_at, released_at, status, refs, commits, events::int')
  expect(row).toMatchObject({ first_position: first, url: 'https://example.com', started_at: null, released_at: new Date('2026-03-09T00:00:00Z'), status: 'archived', events: 1 })
  expect([JSON.parse(row!.refs as string), JSON.parse(row!.commits as string)]).toEqual([refs, commits])
})

test('a project that does not exist has no release, and takes none from the others', async () => {
  await givenDecisions(database.pool, changed('1.0', {}, [7, 2, 2]), deployed('1.1', 'production', [7, 1]))
  await foldAll(database.pool)
  expect(await rows('project_id, version')).toEqual([{ project_id: 1, version: '1.1' }, { project_id: 2, version: '1.0' }])
})

test('a deleted release takes its deploys along; what comes later makes another', async () => {
  const first = await givenDecisions(database.pool, changed('1.0', { url: 'https://example.com' }, [1, 2]), deployed('1.0', 'staging', [1, 2]), deployed('1.1', 'staging')) // of the last of them
  await foldAll(database.pool)
  await givenDecisions(database.pool, deployed('1.0', 'production'), { type: 'release.deleted', data: { version: '1.0', projects: [1] } })
  const [again] = await givenEvents(database.pool, 1, [event('1.0', 1)])
  await givenDecisions(database.pool, deployed('1.0', 'later'))
  await foldAll(database.pool)
  expect(await rows('project_id, version, first_position::int, url, events::int')).toEqual([
    { project_id: 1, version: '1.1', first_position: first, url: null, events: 0 }, { project_id: 1, version: '1.0', first_position: again, url: null, events: 1 },
    { project_id: 2, version: '1.0', first_position: first - 2, url: 'https://example.com', events: 0 },
  ])
  const deploys = await database.pool.query('select project_id, version, environment, finished_at from deploy order by project_id, id')
  expect(deploys.rows.map((row) => [row.project_id, row.version, row.environment])).toEqual([[1, '1.1', 'staging'], [1, '1.0', 'later'], [2, '1.0', 'staging']])
  expect(deploys.rows[0].finished_at).toEqual(new Date('2026-03-08T20:00:00Z'))
})

test('the size of the batches changes nothing', { timeout: 120_000 }, async () => {
  const version = fc.constantFrom('1.0', '1.1', 'a1b2c3d')
  const projects = fc.subarray([1, 2, 7], { minLength: 1 })
  const step = fc.oneof(
    fc.record({ do: fc.constant('event' as const), project: fc.constantFrom(1, 2), version, minute: fc.nat(59) }),
    fc.record({ do: fc.constantFrom('change' as const, 'delete' as const, 'deploy' as const), version, projects, url: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), commit: fc.option(fc.constantFrom('x', 'y')) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), fc.integer({ min: 1, max: 6 }), async (steps, size) => {
      const one = await createTestDatabase({ max: 3 })
      await givenProject(one.pool, 1, 'shop')
      await givenProject(one.pool, 2, 'web')
      for (const current of steps) {
        if (current.do === 'event') await givenEvents(one.pool, current.project, [event(current.version, current.minute)])
        else if (current.do === 'deploy') await givenDecisions(one.pool, deployed(current.version, 'production', current.projects))
        else if (current.do === 'delete') await givenDecisions(one.pool, { type: 'release.deleted', data: { version: current.version, projects: current.projects } })
        else {
          const commits = current.commit === null ? {} : { commits: [{ id: current.commit, repository: null, authorName: null, authorEmail: null, message: null, timestamp: null }] }
          await givenDecisions(one.pool, changed(current.version, { ...(current.url !== undefined && { url: current.url }), ...commits }, current.projects))
        }
      }
      await foldAll(one.pool, size)
      const { differences } = await verify(one.url) // folds in one large batch
      await one.drop()
      expect(differences).toEqual([])
    }),
    { numRuns: 5 },
  )
})

test('an event is found by its tags, a key by the words of its newest event and by the frames of its first', async () => {
  const { pool } = database
  const [first] = await givenEvents(pool, 1, [failure('A', 'one', { fingerprint: ['a'], user: { id: '7', email: 'jo@example.com' }, tags: { city: 'Zürich' } })])
  await foldAll(pool)
  const found = async (hash: number): Promise<number[]> => (await pool.query('select position::int from event where tags @> array[$1::int]', [hash])).rows.map((row) => row.position)
  for (const hash of [hashTag('city', 'Zürich'), hashTagKey('city'), hashTag('level', 'error'), hashTag('user', 'id:7'), hashTag('user.id', '7'), hashTag('user.email', 'jo@example.com')]) expect(await found(hash)).toEqual([first])
  expect(await found(hashTag('city', 'Bern'))).toEqual([])
  const other = { filename: 'Other.js', function: 'run', lineno: 3, in_app: true }
  await givenEvents(pool, 1, [failure('A', 'TWO', { fingerprint: ['b'], exception: { values: [{ type: 'A', value: 'TWO', stacktrace: { frames: [other] } }] } })])
  await givenEvents(pool, 1, [failure('A', 'THREE', { fingerprint: ['a'] })])
  await foldAll(pool)
  expect((await pool.query('select text, frames from key_text order by key_id')).rows).toEqual([
    { text: 'a: three\nrun(app.js)', frames: 'app.js\trun\t' }, { text: 'a: two\nrun(other.js)', frames: 'other.js\trun\t' },
  ])
})
