// Protocol 8.4: what becomes of each type of item, and of what is too large or too many.

import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { A, EV, H1, ID1, MiB, item, lines, multipart, type Case, type Sent, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const json = (type: string): Record<string, unknown> => ({ content_type: `application/vnd.sentry.items.${type}+json`, item_count: 1 })
/** Each alone in an envelope, as it is sent in reality. */
const alone: [name: string, ...items: string[]][] = [
  ['transaction', item('transaction', '{"type":"transaction","transaction":"GET /","spans":[]}')],
  ['span', item('span', '{"version":2,"items":[{"trace_id":"a","name":"GET"}]}', json('span.v2'))],
  ['log', item('log', '{"items":[{"body":"hi","level":"warn"}]}', json('log'))],
  ['trace_metric', item('trace_metric', '{"items":[{"name":"m","value":1}]}', json('trace-metric'))],
  ['profile', item('profile', '{}')],
  ['profile_chunk', item('profile_chunk', '{}', { platform: 'node' })],
  ['replay', item('replay_event', '{"replay_id":"a"}'), item('replay_recording', '{"segment_id":0}\nx\u009c\u0003')],
  ['replay_video', item('replay_video', '\u0081\u0000')],
  ['statsd', item('statsd', 'hits@none:1|c')],
  ['metric_buckets', item('metric_buckets', '[]')],
  ['otel_span', item('otel_span', '{}')],
  ['nel', item('nel', '[]')],
  ['raw_security', item('raw_security', '{"hpkp":{}}')],
]
const keptAlone = (name: string, ...items: string[]): Variant => ({ name, send: lines(H1, ...items), stored: 0, check: ({ items: kept }) => expect(kept).toHaveLength(items.length) })

const security = (type: string, body: unknown): Sent => ({ path: '/api/$PROJECT/security/?sentry_key=$KEY', headers: { 'content-type': type }, body: JSON.stringify(body) })
const csp = { 'document-uri': 'https://shop.example/cart', 'blocked-uri': 'https://host/x.js', 'violated-directive': "script-src 'self'", 'effective-directive': 'script-src' }
const violation = { type: 'csp-violation', url: 'https://shop.example/cart', body: { documentURL: 'https://shop.example/cart', blockedURL: 'https://host/x.js', effectiveDirective: 'script-src' } }
const hello = { filename: 'hello.txt', content_type: 'text/plain', attachment_type: 'event.attachment' }

type Listed = { id: string; name: string; size: number; mimetype?: string }

/** The attachments of the event that the API lists. */
async function listAttachments({ read }: Seen): Promise<Listed[]> {
  const answer = await read(`events/${ID1}/attachments/`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Listed[]
}

async function checkHello(seen: Seen): Promise<void> {
  expect(await listAttachments(seen)).toMatchObject([{ name: 'hello.txt', size: 5 }])
}

async function checkDownload(seen: Seen): Promise<void> {
  const [listed] = await listAttachments(seen)
  expect(listed!.name).toMatch(/^[^/\\\r\n]*$/)
  const answer = await seen.read(`events/${ID1}/attachments/${listed!.id}/?download=1`)
  expect(await answer.text()).toBe('<script>alert(1)</script>')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment\b/)
  expect(answer.headers.get('content-disposition')).not.toContain('..')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-type') ?? '').not.toContain('html')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect(answer.headers.get('x')).toBeNull()
}

export const items: Case[] = [
  { id: 76, given: 'each of the types that are kept unread, alone', of: alone.map(([name, ...each]) => keptAlone(name, ...each)) },
  { id: 77, given: 'a container that miscounts its items', of: [{ send: lines('{}', '{"type":"log","item_count":2}', '{"items":[1,2,3]}'), json: {}, stored: 0, kept: [['log', 17]] }] },
  {
    id: 79, given: 'an event of 1 MiB and one byte', of: [{
      send: lines(H1, item('event', 'x'.repeat(MiB + 1))), status: 413, says: /size limits for type 'event'/, headers: { 'access-control-allow-origin': /^\*$/ }, outcomes: ['error too_large * 1'],
    }],
  },
  {
    id: 80, given: 'an event beside an attachment over the cap', of: [{
      send: { headers: { ...A, 'content-encoding': 'gzip' }, body: gzipSync(`${H1}\n${item('attachment', 'x'.repeat(20 * MiB + 1))}\n${EV}`, { level: 1 }) },
      json: { id: ID1 }, kept: [['event', 41]], shows: { message: 'hello world' }, outcomes: ['attachment too_large * 1', 'default accepted * 1'],
    }],
  },
  { id: 81, given: '101 sessions', of: [{ send: lines('{}', ...Array.from({ length: 101 }, () => item('session', '{}'))), json: {}, stored: 0, check: ({ items: kept }) => expect(kept).toHaveLength(101) }] },
  { id: 82, given: 'an attachment after its event', of: [{ send: [lines(H1, EV), lines(H1, item('attachment', 'hello', hello))], json: { id: ID1 }, check: checkHello }] },
  {
    id: 83, given: 'an attachment of an event that is not there', of: [
      { send: lines(H1, item('attachment', 'hello', hello)), json: { id: ID1 }, stored: 0, kept: [['attachment', 5]] },
      { name: 'and comes later', send: [lines(H1, item('attachment', 'hello', hello)), lines(H1, EV)], json: { id: ID1 }, check: checkHello },
    ],
  },
  {
    id: 84, given: 'a hostile name and type of an attachment', of: [{
      send: lines(H1, EV, item('attachment', '<script>alert(1)</script>', { filename: '../../etc/passwd\r\nX: y', content_type: 'text/html' })), check: checkDownload,
    }],
  },
  {
    id: 85, given: 'a late attachment as a form', of: [{
      send: [lines(H1, EV), { path: `/api/$PROJECT/events/${ID1}/attachments/`, ...multipart([{ name: 'any', filename: 'hello.txt', type: 'text/plain', bytes: 'hello' }]) }],
      status: 201, check: async (seen) => {
        expect(seen.answers[1]!.text).toBe('')
        await checkHello(seen)
      },
    }],
  },
  { id: 86, given: 'a CSP report', of: [{ send: security('application/csp-report', { 'csp-report': csp }), status: [200, 201], stored: 1, shows: { title: "Blocked 'script' from 'host'", type: 'csp' } }] },
  {
    id: 87, given: 'reports of the Reporting API, one of them a violation', of: [{
      send: security('application/reports+json', [violation, { type: 'deprecation', url: 'https://shop.example/', body: { id: 'x' } }]), status: [200, 201], stored: 1,
      shows: { title: "Blocked 'script' from 'host'" },
    }],
  },
  { id: 88, given: 'a report as HTML', of: [{ send: security('text/html', { 'csp-report': csp }), status: 415, headers: { 'access-control-allow-origin': /^\*$/ } }] },
  { id: 89, given: 'a form without its minidump', of: [{ send: { path: '/api/$PROJECT/minidump/', ...multipart([{ name: 'other', bytes: 'x' }]) }, status: 400, says: /missing minidump/ }] },
]
