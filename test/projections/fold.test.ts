import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendEnvelopes } from '../../ingest/log/append.ts'
import { advance } from '../../projections/advance.ts'
import { buildTables, projectionTables, verify } from '../../projections/verify.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { eventEnvelope, failure, foldAll, givenDecisions, givenEvents, givenProject, newId } from '../given.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const issues = async (): Promise<Record<string, unknown>[]> => (await database.pool.query('select id::int, title, status, substatus, events::int, users::int from issue order by id')).rows
const keysOf = async (issue: number): Promise<string[]> => (await database.pool.query('select key from issue_key where issue_id = $1', [issue])).rows.map((row) => row.key)
const verified = async (): Promise<unknown> => (await verify(database.url)).differences

describe('events', () => {
  test('two of a kind are one issue, founded at the position of the first', async () => {
    await givenProject(database.pool, 1, 'shop')
    const [first] = await givenEvents(database.pool, 1, [failure('TypeError', 'x is null', { user: { id: '7' } }), failure('TypeError', 'x is null', { user: { id: '8' } }), failure('KeyError', 'id')])
    await foldAll(database.pool)
    expect(await issues()).toEqual([
      { id: first, title: 'TypeError: x is null', status: 'unresolved', substatus: null, events: 2, users: 2 },
      { id: first! + 2, title: 'KeyError: id', status: 'unresolved', substatus: null, events: 1, users: 0 },
    ])
    expect(await verified()).toEqual([])
  })

  test('a duplicate event id counts once, in one batch or across batches', async () => {
    await givenProject(database.pool, 1, 'shop')
    const event = failure('TypeError', 'again', { event_id: newId(), user: { id: '7' } })
    await givenEvents(database.pool, 1, [event, event])
    await foldAll(database.pool)
    await givenEvents(database.pool, 1, [event])
    await foldAll(database.pool)
    expect(await issues()).toMatchObject([{ events: 1, users: 1 }])
    const outcomes = await database.pool.query('select outcome, reason, count::int from outcome_hour order by outcome')
    expect(outcomes.rows).toEqual([{ outcome: 'accepted', reason: '', count: 1 }, { outcome: 'duplicate', reason: 'event_id', count: 2 }])
  })

  test('the same event id in two projects is two events', async () => {
    await givenProject(database.pool, 1, 'shop')
    await givenProject(database.pool, 2, 'web')
    const event = failure('TypeError', 'x', { event_id: newId() })
    await givenEvents(database.pool, 1, [event])
    await givenEvents(database.pool, 2, [event])
    await foldAll(database.pool)
    expect(await issues()).toHaveLength(2)
  })

  test('bad JSON in a good envelope is an invalid outcome, and a transaction is counted, not folded', async () => {
    await givenProject(database.pool, 1, 'shop')
    const invalid = eventEnvelope(1, {}, { payload: Buffer.from('{}\n{"type":"event"}\n{"message":') })
    const other = eventEnvelope(1, {}, { eventId: null, payload: Buffer.from('{}\n{"type":"transaction"}\n{}') })
    await appendEnvelopes(database.pool, [invalid, other])
    await foldAll(database.pool)
    const outcomes = await database.pool.query('select category, outcome, reason, count::int from outcome_hour order by category')
    expect(outcomes.rows).toEqual([
      { category: 'error', outcome: 'invalid', reason: 'invalid_json', count: 1 },
      { category: 'transaction', outcome: 'unsupported', reason: 'kept', count: 1 },
    ])
  })
})

test('the log can be read again over the rows of projects and keys, as an upgrade does, and no key is away meanwhile', async () => {
  const { pool } = database
  await givenProject(pool, 1, 'shop')
  await givenProject(pool, 2, 'web')
  await givenEvents(pool, 1, [failure('A', ''), failure('B', '')])
  await givenDecisions(
    pool,
    { type: 'project.changed', data: { id: 1, slug: 'old', name: 'Old' } },
    { type: 'project.changed', data: { id: 2, slug: 'shop' } },
    { type: 'project.configured', data: { id: 2, settings: { sensitiveFields: ['pin'] } } },
    { type: 'key.changed', data: { id: 2, project: 2, isActive: false, rateLimit: { count: 5, window: 60 } } },
  )
  await foldAll(pool)
  await pool.query('truncate parked, event, issue_key, issue, event_key, issue_hour, issue_tag, project_hour, outcome_hour, activity, latest_outcome, key_text, release, deploy')
  await pool.query('update checkpoint set position = 0')
  while ((await advance(pool, { limit: 1 })).folded > 0) {
    const { rows } = await pool.query('select id, is_active as active from project_key order by id')
    expect(rows).toEqual([{ id: 1, active: true }, { id: 2, active: false }])
  }
  expect(await verified()).toEqual([])
})

describe('triage', () => {
  test('a resolved issue that gets a new event regresses; an ignored one stays ignored', async () => {
    await givenProject(database.pool, 1, 'shop')
    const [a, b] = await givenEvents(database.pool, 1, [failure('A', ''), failure('B', '')])
    await foldAll(database.pool)
    await givenDecisions(
      database.pool,
      { type: 'issue.resolved', data: { project: 1, issue: a!, keys: await keysOf(a!) } },
      { type: 'issue.ignored', data: { project: 1, issue: b!, keys: await keysOf(b!), substatus: 'archived_forever' } },
    )
    await foldAll(database.pool)
    expect((await issues()).map((row) => row.status)).toEqual(['resolved', 'ignored'])
    await givenEvents(database.pool, 1, [failure('A', '', { release: 'shop@2' }), failure('B', '')])
    await foldAll(database.pool)
    expect((await issues()).map((row) => [row.status, row.substatus])).toEqual([['unresolved', 'regressed'], ['ignored', 'archived_forever']])
    const activity = await database.pool.query('select key_id::int as issue, type, actor, data from activity order by position')
    expect(activity.rows.map((row) => [row.issue, row.type, row.actor])).toEqual([
      [a, 'first_seen', null], [b, 'first_seen', null], [a, 'set_resolved', 'user:1'], [b, 'set_ignored', 'user:1'], [a, 'set_regression', null],
    ])
    expect(await verified()).toEqual([])
  })

  test('comments count, can be edited and deleted; the assignee is the last one named', async () => {
    await givenProject(database.pool, 1, 'shop')
    const [id] = await givenEvents(database.pool, 1, [failure('A', '')])
    await foldAll(database.pool)
    const on = { project: 1, issue: id!, keys: await keysOf(id!) }
    const first = await givenDecisions(database.pool, { type: 'comment.added', data: { ...on, text: 'looking' } })
    const second = await givenDecisions(database.pool, { type: 'comment.added', data: { ...on, text: 'oops' } })
    await givenDecisions(
      database.pool,
      { type: 'comment.edited', data: { ...on, comment: first, text: 'fixed in 2.1' } },
      { type: 'comment.deleted', data: { ...on, comment: second } },
      { type: 'issue.assigned', data: { ...on, assignee: 'user:2' } },
    )
    await foldAll(database.pool)
    const notes = await database.pool.query(`select data from activity where type = 'note'`)
    expect(notes.rows.map((row) => JSON.parse(row.data).text)).toEqual(['fixed in 2.1'])
    expect((await database.pool.query('select comments, assignee from issue')).rows).toEqual([{ comments: 1, assignee: 'user:2' }])
    expect(await verified()).toEqual([])
  })
})

describe('laws', () => {
  test('parking one bad fact changes nothing else', async () => {
    await givenProject(database.pool, 1, 'shop')
    const good = [failure('A', ''), failure('B', ''), failure('A', '')].map((event) => eventEnvelope(1, event))
    const unframed = eventEnvelope(1, {}, { payload: Buffer.from('no envelope') })
    const corrupt = eventEnvelope(1, {}, { encoding: 'g', payload: Buffer.from([1, 2, 3]) })
    const homeless = eventEnvelope(99, failure('A', ''))
    const positions = await appendEnvelopes(database.pool, [good[0]!, unframed, good[1]!, corrupt, homeless, good[2]!])
    // Of an issue that is not there: nothing to do, and nothing wrong.
    await givenDecisions(database.pool, { type: 'issue.resolved', data: { project: 1, issue: 4_711, keys: ['v1:none'] } })
    await foldAll(database.pool)
    expect((await issues()).map((row) => [row.title, row.events])).toEqual([['A', 2], ['B', 1]])
    const parked = await database.pool.query('select position::int, error from parked order by position')
    expect(parked.rows.map((row) => row.position)).toEqual([positions[1], positions[3], positions[4]])
    expect(parked.rows.every((row) => row.error.length > 10)).toBe(true)
    expect(await verified()).toEqual([])
  })

  test('a fact that Postgres refuses is found among its batch and parked alone', async () => {
    await givenProject(database.pool, 1, 'shop')
    await database.pool.query(`alter table event add constraint refuse check (title <> 'C')`)
    const positions = await givenEvents(database.pool, 1, ['A', 'B', 'C', 'D', 'C', 'E'].map((type) => failure(type, '')))
    await foldAll(database.pool)
    expect((await issues()).map((row) => row.title)).toEqual(['A', 'B', 'D', 'E'])
    expect((await database.pool.query('select position::int from parked order by position')).rows.map((row) => row.position)).toEqual([positions[2], positions[4]])
  })

  test('so is a decision that fails on a connection with more queries behind it', async () => {
    await givenProject(database.pool, 1, 'web')
    await foldAll(database.pool)
    // The connection knows its statements by now, so that all are sent at once.
    const position = await givenDecisions(database.pool, { type: 'project.created', data: { id: 2, slug: 'shop', name: 'a\0b', platform: null, grouping: 'v2' } })
    await givenProject(database.pool, 3, 'api')
    await foldAll(database.pool)
    expect((await database.pool.query('select position::int, error from parked')).rows).toMatchObject([{ position, error: expect.stringContaining('0x00') }])
    expect((await database.pool.query('select slug from project order by id')).rows).toEqual([{ slug: 'web' }, { slug: 'api' }])
  })

  test('many folding at once fold each fact once', async () => {
    await givenProject(database.pool, 1, 'shop')
    await givenEvents(database.pool, 1, Array.from({ length: 300 }, (_, i) => failure(`E${i % 7}`, '')))
    await Promise.all(Array.from({ length: 4 }, async () => {
      for (let idle = 0; idle < 5; ) idle = (await advance(database.pool, { limit: 20 })).folded === 0 ? idle + 1 : 0
    }))
    await foldAll(database.pool)
    expect((await issues()).reduce((sum, row) => sum + Number(row.events), 0)).toBe(300)
    expect(await verified()).toEqual([])
  })

  test('the result does not depend on the size of the batches, and a fold from scratch is the same', { timeout: 120_000 }, async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('event' as const), type: fc.constantFrom('A', 'B', 'C'), value: fc.constantFrom('', 'one', 'other'), user: fc.option(fc.constantFrom('1', '2', '3')), id: fc.option(fc.constantFrom('a'.repeat(32), 'b'.repeat(32)), { freq: 5 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('issue.resolved' as const, 'issue.reopened' as const, 'comment.added' as const, 'issue.ignored' as const, 'issue.assigned' as const), pick: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.constant({ do: 'poison' as const }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('configure' as const), dropped: fc.subarray(['A*', 'B*']) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (steps, size) => {
        const one = await createTestDatabase({ max: 3 })
        await givenProject(one.pool, 1, 'shop')
        for (const current of steps) {
          if (current.do === 'event') {
            await givenEvents(one.pool, 1, [failure(current.type, current.value, { fingerprint: [current.type], ...(current.user ? { user: { id: current.user } } : {}), ...(current.id ? { event_id: current.id } : {}) })])
          } else if (current.do === 'configure') {
            await givenDecisions(one.pool, { type: 'project.configured', data: { id: 1, settings: { filters: { errorMessages: current.dropped } } } })
          } else if (current.do === 'poison') {
            await appendEnvelopes(one.pool, [eventEnvelope(1, {}, { payload: Buffer.from('{') })])
          } else {
            await foldAll(one.pool, size)
            const { rows } = await one.pool.query<{ id: number; key: string }>('select issue_id::int as id, key from issue_key order by id')
            const target = rows[current.pick % Math.max(rows.length, 1)]
            if (!target) continue
            const on = { project: 1, issue: target.id, keys: [target.key] }
            if (current.do === 'comment.added') await givenDecisions(one.pool, { type: current.do, data: { ...on, text: 'note' } })
            else if (current.do === 'issue.ignored') await givenDecisions(one.pool, { type: current.do, data: { ...on, substatus: 'archived_forever' } })
            else if (current.do === 'issue.assigned') await givenDecisions(one.pool, { type: current.do, data: { ...on, assignee: 'user:1' } })
            else await givenDecisions(one.pool, { type: current.do, data: on })
          }
        }
        await foldAll(one.pool, size)
        const { differences } = await verify(one.url) // folds in one large batch
        const counts = await one.pool.query(`select (select count(*) from event)::int as events, (select coalesce(sum(events), 0) from issue)::int as counted, (select coalesce(sum(events), 0) from issue_hour)::int as hours`)
        await one.drop()
        expect(differences).toEqual([])
        expect(counts.rows[0].counted).toBe(counts.rows[0].events)
        expect(counts.rows[0].hours).toBe(counts.rows[0].events)
      }),
      { numRuns: 12 },
    )
  })

  test('verify finds a row that was changed by hand, and leaves no schema behind', async () => {
    await givenProject(database.pool, 1, 'shop')
    await givenEvents(database.pool, 1, [failure('A', '')])
    await foldAll(database.pool)
    await database.pool.query('update issue set events = 2')
    expect((await verify(database.url)).differences).toMatchObject([{ table: 'issue', missing: 1, unexpected: 1 }])
    expect((await database.pool.query(`select nspname from pg_namespace where nspname like 'verify%'`)).rows).toEqual([])
  })

  test('verify compares every projection table there is', () => {
    const operational = ['invitation', 'artifact_chunk', 'artifact', 'artifact_file']
    const sql = ['0003_projections', '0004_intake', '0008_generations', '0009_api'].map((name) => readFileSync(new URL(`../../migrations/${name}.sql`, import.meta.url), 'utf8')).join('\n')
    expect([...sql.matchAll(/^create table (\w+)/gm)].flatMap(([, name]) => (operational.includes(name!) ? [] : [name!])).toSorted()).toEqual([...projectionTables, ...buildTables].toSorted())
  })
})
