// Protocol 8.7: client reports, feedback, cron pings, and the default scrubbing.

import { expect } from 'vitest'
import { EV, H1, ID1, ID2, event, item, lines, type Case, type Sent, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const discarded = (timestamp: unknown, entries: unknown[]): string => item('client_report', JSON.stringify({ timestamp, discarded_events: entries }))
const beforeSend = { reason: 'before_send', category: 'error', quantity: 3 }
const bad = [{ ...beforeSend, quantity: -1 }, { ...beforeSend, quantity: 2 ** 40 }, { ...beforeSend, quantity: 1.5 }, { reason: 5, category: [], quantity: '3' }, null, 'x', {}]
const reports = (timestamp: unknown): Variant => ({
  name: String(timestamp), send: lines('{}', discarded(timestamp, [beforeSend, ...bad])), json: {}, stored: 0, outcomes: ['error client_discard before_send 3', 'internal accepted * 1'],
})
/** 1,250 a report, as its size allows. */
const manyReasons: Sent[] = Array.from({ length: 8 }, (_, n) => lines('{}', discarded(1, Array.from({ length: 1_250 }, (_each, m) => ({ reason: `r${n}-${m}`, category: `c${m}`, quantity: 1 })))))
const cron = (query: string, over: Variant = {}): Variant => ({ name: query, send: { method: 'GET', headers: {}, path: `/api/$PROJECT/cron/job/$KEY/${query}` }, status: 202, stored: 0, kept: [['check_in', expect.any(Number) as number]], ...over })

const userReport = item('user_report', JSON.stringify({ event_id: ID1, name: 'Ada', email: 'ada@example.com', comments: 'It broke.' }))
const feedback = item('feedback', JSON.stringify({ event_id: ID2, user: { email: 'ada@example.com', name: 'Ada' }, contexts: { feedback: { message: 'It broke.', associated_event_id: ID1, url: 'https://shop.example/' } } }))

async function listFeedback({ read }: Seen): Promise<unknown> {
  const answer = await read('user-feedback/')
  expect(answer.status).toBe(200)
  return answer.json()
}

const filtered = '[Filtered]'
const planted = 'planted-8a1f'
/** What was planted is in no answer of the API about the event. */
async function checkGone({ read }: Seen): Promise<void> {
  for (const path of [`events/${ID1}/`, `events/${ID1}/json/`]) expect(await (await read(path)).text(), path).not.toContain(planted)
}

export const reportsAndScrubbing: Case[] = [
  {
    id: 132, given: 'a cron ping', of: [
      cron('?status=error'),
      cron('?status=ok&check_in_id=9ec79c33ec9942ab8353589fcb2e04dc&environment=prod&duration=12.3'),
      cron('', { name: 'no status', status: 400, kept: [] }),
      { name: 'POST', send: { path: '/api/$PROJECT/cron/job/$KEY/', headers: { 'content-type': 'application/json' }, body: '{"status":"ok"}' }, status: 202, stored: 0 },
    ],
  },
  {
    id: 133, given: 'client reports in all their forms', of: [
      ...[1_795_357_833.1, '2026-11-22T14:30:33Z', undefined].map(reports),
      { name: '10,000 reasons', send: manyReasons, json: {}, stored: 0, check: ({ outcomes }) => expect(outcomes.length).toBeLessThan(100) },
    ],
  },
  {
    id: 134, given: 'a report before its event', of: [{
      send: [lines(H1, userReport), lines(H1, EV)],
      check: async (seen) => expect(await listFeedback(seen)).toMatchObject([{ eventID: ID1, name: 'Ada', email: 'ada@example.com', comments: 'It broke.' }]),
    }],
  },
  {
    id: 135, given: 'a feedback with an attachment', of: [{
      send: [lines(H1, EV), lines(`{"event_id":"${ID2}"}`, feedback, item('attachment', 'hello', { filename: 'screenshot.png', content_type: 'image/png' }))],
      check: async (seen) => {
        expect(await listFeedback(seen)).toMatchObject([{ email: 'ada@example.com', name: 'Ada', comments: 'It broke.' }])
        expect(JSON.stringify(await listFeedback(seen))).toContain('screenshot.png')
      },
    }],
  },
  {
    id: 136, given: 'secrets by their names', of: [
      event({ extra: { password: planted, Author: planted, n: { api_key: 1 }, ok: 'true' } }, { context: { password: filtered, Author: filtered, ok: 'true' } }, {
        check: async (seen) => {
          expect([undefined, null, filtered]).toContain(((await seen.view()).context.n as { api_key?: unknown } | undefined)?.api_key)
          await checkGone(seen)
        },
      }),
    ],
  },
  {
    id: 137, given: 'secrets in a request', of: [
      event(
        { request: { url: `https://x/?token=${planted}`, headers: { Authorization: `Bearer ${planted}` }, cookies: `sessionid=${planted}`, data: `{"secret":"${planted}"}` } },
        { entry: { request: { headers: [['Authorization', filtered]], cookies: [['sessionid', filtered]], query: [['token', filtered]], data: { secret: filtered } } } },
        { check: checkGone },
      ),
      event({ request: { url: 'https://x/', query_string: `token=${planted}&a=1`, headers: [['Cookie', `sessionid=${planted}; a=1`]] } }, { entry: { request: { query: [['token', filtered], ['a', '1']] } } }, { check: checkGone }),
    ],
  },
  {
    id: 138, given: 'a message with card and address, an error that speaks of a password', of: [
      event(
        { message: 'card 4111 1111 1111 1111 user a@b.co', exception: [{ type: 'E', value: 'password=1' }] },
        { title: 'E: password=1', message: 'card [Filtered] user [email]', entry: { exception: { values: [{ value: 'password=1' }] } } },
      ),
      event({ message: 'card 4111 1111 1111 1111' }, { title: 'card [Filtered]' }),
    ],
  },
  {
    id: 139, given: 'a password in a URL among variables', of: [
      event(
        { exception: [{ type: 'E', value: 'v', stacktrace: { frames: [{ function: 'f', vars: { db: `postgres://u:${planted}@h/x` } }] } }] },
        { entry: { exception: { values: [{ stacktrace: { frames: [{ vars: { db: 'postgres://u:[Filtered]@h/x' } }] } }] } } },
        { check: checkGone },
      ),
    ],
  },
]
