// What comes beside events, folded from real facts: attachments, feedback, client reports, what the door refused; and settings that
// act from their place in the log on.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewEnvelope } from '../../ingest/log/append.ts'
import { appendEnvelopes } from '../../ingest/log/append.ts'
import { verify } from '../../projections/verify.ts'
import { frameItems, type Item } from '../envelope.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { failure, foldAll, givenDecisions, givenProject, newId } from '../given.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await givenProject(database.pool, 1, 'shop')
  await givenProject(database.pool, 2, 'web')
})
afterAll(async () => {
  const { differences } = await verify(database.url)
  const { rows: parked } = await database.pool.query('select position, error from parked')
  await database.drop()
  expect({ differences, parked }).toEqual({ differences: [], parked: [] })
})

function envelope(eventId: string | null, items: Item[], over: Partial<NewEnvelope> = {}): NewEnvelope {
  return { projectId: 1, type: 'envelope.received', actor: 'key:1', remoteAddr: '127.0.0.1', sdk: 'sentry.test/1', eventId, meta: { client: 'sentry.test/1' }, encoding: 'n', payload: frameItems(eventId, items), ...over }
}

async function given(...envelopes: NewEnvelope[]): Promise<void> {
  await appendEnvelopes(database.pool, envelopes)
  await foldAll(database.pool)
}

const event = (over: Record<string, unknown> = {}): Item => [{ type: 'event' }, JSON.stringify(failure('TypeError', 'no card', over))]
const file = (name: string, body = 'x'): Item => [{ type: 'attachment', filename: name, content_type: 'text/html' }, body]

async function outcomes(project = 1): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ kind: string; count: number }>(
    `select concat_ws('/', category, outcome, nullif(reason, '')) as kind, sum(count)::int as count from outcome_hour where project_id = $1 group by 1 order by 1`,
    [project],
  )
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]))
}

/** What came in addition while `act` ran. */
async function outcomesOf(act: () => Promise<unknown>, project = 1): Promise<Record<string, number>> {
  const before = await outcomes(project)
  await act()
  const after = await outcomes(project)
  return Object.fromEntries(Object.entries(after).flatMap(([kind, count]) => (count > (before[kind] ?? 0) ? [[kind, count - (before[kind] ?? 0)]] : [])))
}

test('attachments are rows beside their event, by a clean name', async () => {
  const id = newId()
  expect(await outcomesOf(() => given(envelope(id, [event(), file('../../etc/passwd\r\nX: y'), file('')])))).toEqual({ 'attachment/accepted': 2, 'error/accepted': 1 })
  const { rows } = await database.pool.query(`select name, content_type, type, size::int as size, item, replace(event_id::text, '-', '') as event from attachment order by item`)
  expect(rows).toEqual([
    { name: 'passwdX: y', content_type: 'text/html', type: 'event.attachment', size: 1, item: 1, event: id },
    { name: 'attachment', content_type: 'text/html', type: 'event.attachment', size: 1, item: 2, event: id },
  ])
})

test('with an event that came before, its attachments count as duplicates; alone they are late ones', async () => {
  const id = newId()
  await given(envelope(id, [event()]))
  expect(await outcomesOf(() => given(envelope(id, [event(), file('a.txt')])))).toEqual({ 'attachment/duplicate/event_id': 1, 'error/duplicate/event_id': 1 })
  expect(await outcomesOf(() => given(envelope(id, [file('late.txt')])))).toEqual({ 'attachment/accepted': 1 })
  const { rows } = await database.pool.query(`select name from attachment where event_id = $1`, [id])
  expect(rows).toEqual([{ name: 'late.txt' }])
})

test('a deleted issue takes the attachments of its events with it, late ones too, and those of no other', async () => {
  const [gone, other] = [newId(), newId()]
  await given(envelope(gone, [event({ fingerprint: ['gone'] }), file('a.txt')]), envelope(other, [event({ fingerprint: ['other'] }), file('b.txt')]), envelope(gone, [file('late.txt')]))
  const { rows: [held] } = await database.pool.query<{ issue: number; key: string }>(
    'select k.issue_id::int as issue, k.key from event e join event_key m on m.position = e.position join issue_key k on k.generation = m.generation and k.id = m.key_id where e.event_id = $1',
    [gone],
  )
  await givenDecisions(database.pool, { type: 'issue.deleted', data: { project: 1, issue: held!.issue, keys: [held!.key] } })
  await foldAll(database.pool)
  expect((await database.pool.query('select name from attachment where event_id = any($1::uuid[])', [[gone, other]])).rows).toEqual([{ name: 'b.txt' }])
})

test('a bad event takes its attachments with it and leaves the other items alone', async () => {
  const report: Item = [{ type: 'user_report' }, JSON.stringify({ event_id: newId(), name: 'Ada', email: 'ada@example.com', comments: 'it broke' })]
  expect(await outcomesOf(() => given(envelope(newId(), [[{ type: 'event' }, '{broken'], file('a.txt'), report, [{ type: 'session' }, '{}']])))).toEqual({
    'attachment/invalid/invalid_json': 1, 'error/invalid/invalid_json': 1, 'feedback/accepted': 1, 'session/unsupported/kept': 1,
  })
})

test('of reports about one event the last one wins', async () => {
  const id = newId()
  const report = (comments: string | null): NewEnvelope => envelope(id, [[{ type: 'user_report' }, JSON.stringify({ event_id: id, name: 'Ada', email: null, comments })]])
  await given(report('first'), report('second'))
  const { rows } = await database.pool.query(`select name, email, message, source from feedback where event_id = $1`, [id])
  expect(rows).toEqual([{ name: 'Ada', email: '', message: 'second', source: 'report' }])
})

test('feedback has an id of its own, the event it is about, and its name from the user', async () => {
  const [id, about] = [newId(), newId()]
  const feedback = { contexts: { feedback: { message: 'slow', associated_event_id: about, source: 'widget' } }, user: { name: 'Ada', email: 'ada@example.com' } }
  await given(envelope(id, [[{ type: 'feedback' }, JSON.stringify(feedback)], file('shot.png')]))
  const { rows } = await database.pool.query(`select feedback_id, name, email, message, source, replace(own_id::text, '-', '') as own from feedback where event_id = $1`, [about])
  expect(rows).toEqual([{ feedback_id: `feedback:${id}`, name: 'Ada', email: 'ada@example.com', message: 'slow', source: 'widget', own: id }])
  expect(await outcomesOf(() => given(envelope(newId(), [[{ type: 'feedback' }, '{}']])))).toEqual({ 'feedback/invalid/empty_feedback': 1 })
})

test('client reports become outcomes with reasons from a bounded vocabulary', async () => {
  const discarded = [
    { reason: 'before_send', category: 'error', quantity: 3 }, { reason: 'before_send', category: 'error', quantity: 2 }, { reason: 'sample_rate', category: 'transaction', quantity: 1 },
    { reason: 'x'.repeat(5_000), category: 'made up', quantity: 1 }, { reason: 'ignored', category: 'error', quantity: -1 }, { reason: 'ignored', category: 'error', quantity: 1e18 }, null, 5,
  ]
  expect(await outcomesOf(() => given(envelope(null, [[{ type: 'client_report' }, JSON.stringify({ timestamp: 1, discarded_events: discarded })]])))).toEqual({
    'error/client_discard/before_send': 5, 'internal/accepted': 1, 'transaction/client_discard/sample_rate': 1, 'unknown/client_discard/other': 1,
  })
  const flood = Array.from({ length: 10_000 }, (_, index) => ({ reason: `r${index}`, category: `c${index}`, quantity: 1 }))
  expect(await outcomesOf(() => given(envelope(null, [[{ type: 'client_report' }, JSON.stringify({ discarded_events: flood })]])))).toEqual({ 'internal/accepted': 1, 'unknown/client_discard/other': 200 })
})

test('what the door refused counts for the project it named, or for none', async () => {
  const entry = { category: 'error', outcome: 'rejected', reason: 'unknown_key', quantity: 7, detail: 'The key does not exist.\0', sdk: 'sentry.python/2', lastSeen: '2026-11-22T10:20:30.000Z' }
  const payload = Buffer.from(JSON.stringify({ entries: [{ ...entry, project: 2 }, { ...entry, project: 999 }, { ...entry, project: null }] }))
  await given({ projectId: null, type: 'outcomes.recorded', actor: 'system:door', remoteAddr: null, sdk: null, eventId: null, meta: {}, encoding: 'n', payload })
  expect(await outcomes(2)).toEqual({ 'error/rejected/unknown_key': 7 })
  expect(await outcomes(0)).toEqual({ 'error/rejected/unknown_key': 14 })
  const { rows } = await database.pool.query(`select quantity::int as quantity, detail, sdk, last_seen from latest_outcome where project_id = 2`)
  expect(rows).toEqual([{ quantity: 7, detail: 'The key does not exist.\uFFFD', sdk: 'sentry.python/2', last_seen: new Date(entry.lastSeen) }])
})

test('items that the door left out of an envelope count with it', async () => {
  const refused = [{ category: 'transaction', outcome: 'rate_limited' as const, reason: 'quota', quantity: 2 }]
  expect(await outcomesOf(() => given(envelope(newId(), [event()], { meta: { refused, client: 'x/\ud800\0' } })))).toEqual({ 'error/accepted': 1, 'transaction/rate_limited/quota': 2 })
})

test('settings act on what comes after them in the log, also in the same batch', async () => {
  const before = newId()
  const after = newId()
  const secret = { extra: { note: 'kept' }, user: { id: '7', ip_address: '203.0.113.9' } }
  await appendEnvelopes(database.pool, [envelope(before, [event(secret)])])
  await givenDecisions(database.pool, { type: 'project.configured', data: { id: 1, settings: { filters: { browserExtensions: false, legacyBrowsers: false, localhost: false, webCrawlers: false, errorMessages: ['*no card*'], releases: [] } } } })
  expect(await outcomesOf(() => given(envelope(after, [event(secret), file('a.txt')])))).toEqual({ 'attachment/filtered/error_message': 1, 'error/accepted': 1, 'error/filtered/error_message': 1 })
  await givenDecisions(database.pool, { type: 'project.configured', data: { id: 1, settings: { filters: { errorMessages: [] } } } })
})
