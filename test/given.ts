// Facts for tests, written to the real log the way ingest writes them.

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Scope } from '../core/access.ts'
import type { Decision } from '../core/decisions.ts'
import { hashSecret, makeUserToken } from '../ingest/auth/tokens.ts'
import { appendEnvelopes, type NewEnvelope } from '../ingest/log/append.ts'
import { appendDecisions } from '../ingest/log/decisions.ts'
import { createFolder } from '../projections/advance.ts'

export const newId = (): string => randomBytes(16).toString('hex')

/** An envelope fact with one event item, uncompressed. */
export function eventEnvelope(projectId: number, event: Record<string, unknown>, over: Partial<NewEnvelope> = {}): NewEnvelope {
  const eventId = String(event.event_id ?? newId())
  const payload = Buffer.from(`${JSON.stringify({ event_id: eventId })}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}`)
  return { projectId, type: 'envelope.received', actor: 'key:1', remoteAddr: '127.0.0.1', sdk: 'sentry.test/1', eventId, meta: {}, encoding: 'n', payload, ...over }
}

export const failure = (type: string, value: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  platform: 'node', exception: { values: [{ type, value, stacktrace: { frames: [{ filename: 'app.js', function: 'run', lineno: 3, in_app: true }] } }] }, ...over,
})

/** Appends events of one project and returns their positions. */
export function givenEvents(pool: pg.Pool, projectId: number, events: Record<string, unknown>[]): Promise<number[]> {
  return appendEnvelopes(pool, events.map((event) => eventEnvelope(projectId, event)))
}

export async function givenDecisions(pool: pg.Pool, ...decisions: Decision[]): Promise<number> {
  const answer = await appendDecisions(pool, { decisions, actor: 'user:1' })
  return answer.position
}

/** A project with a key, as `createProject` makes it. */
export async function givenProject(pool: pg.Pool, id: number, slug: string): Promise<{ publicKey: string }> {
  const publicKey = newId()
  await givenDecisions(
    pool,
    { type: 'project.created', data: { id, slug, name: slug, platform: 'node', grouping: 'v1' } },
    { type: 'key.created', data: { id, project: id, publicKey, label: 'Default' } },
  )
  return { publicKey }
}

/** A token that the log says nothing of, so that positions are those of what a test is about. */
export async function givenToken(pool: pg.Pool, accountId: number, scopes: readonly Scope[]): Promise<string> {
  const token = makeUserToken()
  await pool.query(`insert into token (account_id, name, hash, last_characters, scopes) values ($1, 'test', $2, $3, $4)`, [accountId, hashSecret(token), token.slice(-4), scopes])
  return token
}

/** Folds all there is, also while somebody else folds; returns the position reached. */
export async function foldAll(pool: pg.Pool, limit = 1_000): Promise<number> {
  const folder = createFolder(pool, { limit })
  for (;;) {
    const step = await folder.step()
    if (step.busy) await sleep(5)
    else if (step.folded === 0) return step.position
  }
}
