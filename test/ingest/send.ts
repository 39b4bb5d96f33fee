// One request to the SDK side of a real server, told from the DSN alone.
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { newId } from '../given.ts'

export type Answer = { status: number; headers: Headers; text: string }

/** Items as `[type, payload]`; a payload that is no text is written as JSON. `key` and `project` stand in for those of the DSN. */
export async function sendItems(dsn: string, items: [type: string, payload: unknown][], options: { headers?: Record<string, string>; key?: string; eventId?: string } = {}): Promise<Answer> {
  const eventId = options.eventId ?? newId()
  const body = [JSON.stringify({ event_id: eventId }), ...items.flatMap(([type, payload]) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    return [JSON.stringify({ type, length: Buffer.byteLength(text) }), text]
  })].join('\n')
  return post(dsn, 'envelope/', body, options)
}

/** `path` below the project. */
export async function post(dsn: string, path: string, body: BodyInit, { headers = {}, key }: { headers?: Record<string, string>; key?: string } = {}): Promise<Answer> {
  const { origin, username, pathname } = new URL(dsn)
  const response = await fetch(`${origin}/api${pathname}/${path}`, { method: 'POST', body, headers: { 'x-sentry-auth': `Sentry sentry_version=7, sentry_client=sentry.test/1.0, sentry_key=${key ?? username}`, ...headers } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** What the log holds of a project, bodies inflated; `refused` of each. */
export async function readLog(pool: pg.Pool, projectId: number): Promise<{ body: string; refused: unknown }[]> {
  const { rows } = await pool.query<{ encoding: string; payload: Buffer; meta: string }>(
    "select encoding, payload, meta from log where kind = 'e' and project_id = $1 order by position",
    [projectId],
  )
  return rows.map(({ encoding, payload, meta }) => ({ body: (encoding === 'g' ? gunzipSync(payload) : payload).toString(), refused: (JSON.parse(meta) as { refused?: unknown }).refused }))
}
