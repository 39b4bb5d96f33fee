// What an SDK does, without one: puts events into envelopes and posts them to the DSN.

import { randomBytes } from 'node:crypto'
import { frameItems, type Item } from '../envelope.ts'

export type SentryEvent = Record<string, unknown>

/** The id that the server has answered, so the event is in the log. Throws on any other answer than 200. */
export async function sendEvent(dsn: string, event: SentryEvent): Promise<string> {
  const response = await postEvent(dsn, event)
  if (!response.ok) throw new Error(`the envelope was answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

function postEvent(dsn: string, event: SentryEvent): Promise<Response> {
  const { origin, pathname, username } = new URL(dsn)
  const eventId = String(event.event_id ?? randomBytes(16).toString('hex'))
  const body = [{ event_id: eventId, sent_at: new Date().toISOString() }, { type: 'event' }, { ...event, event_id: eventId }]
  return fetch(`${origin}/api${pathname}/envelope/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${username}, sentry_client=sentry.test/1.0` },
    body: body.map((line) => JSON.stringify(line)).join('\n'),
  })
}

/** An envelope as it stands; the id that the server has answered. */
export async function sendText(dsn: string, envelope: string): Promise<string> {
  const { origin, pathname, username } = new URL(dsn)
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body: envelope })
  if (!response.ok) throw new Error(`the envelope was answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

/** One envelope of these items, each with its length. Throws on any other answer than 200. */
export async function sendItems(dsn: string, eventId: string, items: readonly Item[]): Promise<void> {
  const { origin, pathname, username } = new URL(dsn)
  const response = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body: frameItems(eventId, items) })
  if (!response.ok) throw new Error(`the envelope was answered ${response.status}: ${await response.text()}`)
}

/** A file and the words of a user about an event. */
export const aboutEvent = (eventId: string): Item[] => [
  [{ type: 'attachment', filename: 'screenshot.png', content_type: 'image/png' }, Buffer.from('89504e470d0a1a0a', 'hex')],
  [{ type: 'user_report' }, JSON.stringify({ event_id: eventId, name: 'Ada Lovelace', email: 'ada@example.com', comments: 'I pressed Pay and the page went blank.\nMy card was charged twice.' })],
]

/** At most 16 at a time, so their order in the log is not that of the list. */
export async function sendEvents(dsn: string, events: readonly SentryEvent[]): Promise<string[]> {
  const ids: string[] = []
  const rest = [...events.entries()]
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next; next = rest.shift()) ids[next[0]] = await sendEvent(dsn, next[1])
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return ids
}

/** The cookie of a new session, `name=value`. */
export async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/api/0/auth/login/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: email, password }) })
  const cookie = response.headers.get('set-cookie')?.split(';', 1)[0]
  if (cookie === undefined) throw new Error(`signing in was answered ${response.status}`)
  return cookie
}

/** For `addCookies` of a browser context. */
export function browserCookie(url: string, cookie: string): { name: string; value: string; url: string } {
  const at = cookie.indexOf('=')
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url }
}
