// A project as it is after years: events of many issues, releases, users and tags, appended to the real log as the server keeps them
// and folded from there. The same numbers give the same events, but for their times, which end now.

import { gzipSync } from 'node:zlib'
import type pg from 'pg'
import { appendEnvelopes, type NewEnvelope } from '../../ingest/log/append.ts'
import { createFolder } from '../../projections/advance.ts'

export type Seed = { project: number; events: number; issues: number }

const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Opera']
const environments = ['production', 'production', 'production', 'staging', 'development']
const levels = ['error', 'error', 'error', 'error', 'warning', 'fatal', 'info']
const days = 28

/** Folds while it appends, a batch each; resolves when both are done. */
export async function seedEvents(pool: pg.Pool, seed: Seed, onProgress: (events: number) => void = () => undefined): Promise<void> {
  const folder = createFolder(pool)
  const batch = 1_000
  for (let from = 0; from < seed.events; from += batch) {
    const envelopes = Array.from({ length: Math.min(batch, seed.events - from) }, (_, index) => makeEnvelope(seed, from + index))
    await Promise.all([appendEnvelopes(pool, envelopes), from === 0 ? undefined : folder.step()])
    onProgress(from)
  }
  while ((await folder.step()).folded > 0);
  await pool.query('vacuum analyze')
}

export function eventIdOf(index: number): string {
  return (0x1000_0000_0000 + index).toString(16).padStart(32, 'a')
}

/** Every issue has one event; the others go to few of them, as in life. */
function issueOf({ issues }: Seed, index: number): number {
  return index < issues ? index : Math.floor(issues * random(index) ** 4)
}

function makeEnvelope(seed: Seed, index: number): NewEnvelope {
  const eventId = eventIdOf(index)
  const issue = issueOf(seed, index)
  const user = Math.floor(random(index * 7 + 1) * 50_000)
  const at = Date.now() - Math.floor((1 - index / seed.events) * days * 86_400_000)
  const event = {
    event_id: eventId, platform: 'javascript', timestamp: at / 1000, level: levels[issue % levels.length], environment: environments[index % environments.length],
    release: `shop@1.${Math.floor((index / seed.events) * 200)}.0`, transaction: `/page/${issue % 300}`, user: { id: String(user), email: `user${user}@example.com` },
    tags: { browser: browsers[index % browsers.length], customer: `c${user % 500}`, request_id: eventId.slice(16) },
    exception: {
      values: [{
        type: `Error${issue % 97}`, value: `operation ${nameOf(issue)} failed`,
        stacktrace: { frames: [{ filename: 'node_modules/framework.js', function: 'dispatch', lineno: 10, in_app: false }, { filename: `src/${nameOf(issue)}.js`, function: `handle${nameOf(issue)}`, lineno: 20 + (issue % 50), in_app: true }] },
      }],
    },
  }
  const payload = gzipSync(Buffer.from(`${JSON.stringify({ event_id: eventId })}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}`), { level: 1 })
  return { projectId: seed.project, type: 'envelope.received', actor: 'key:1', remoteAddr: '203.0.113.7', sdk: 'sentry.javascript.browser/11.0.0', eventId, meta: {}, encoding: 'g', payload }
}

/** A word without digits for each number: grouping takes numbers out of messages. */
export function nameOf(number: number): string {
  return number.toString(26).replaceAll(/./g, (digit) => String.fromCodePoint(97 + Number.parseInt(digit, 26)))
}

/** From 0 to 1, always the same for a number (mulberry32). */
function random(number: number): number {
  let a = (number + 0x6d2b79f5) | 0
  a = Math.imul(a ^ (a >>> 15), a | 1)
  a ^= a + Math.imul(a ^ (a >>> 7), a | 61)
  return ((a ^ (a >>> 14)) >>> 0) / 4_294_967_296
}
