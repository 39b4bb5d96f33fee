// Protocol 8.1: DSN, routing, CORS, authentication.

import { expect } from 'vitest'
import { envelopeUrl, parseDsn } from '../../core/envelope/dsn.ts'
import { A, EV, H1, ID1, MiB, item, type Case, type Sent, type Variant } from './case.ts'
import type { Seen } from './seen.ts'

const id = { id: ID1 }
const header = (value: string): Sent => ({ headers: { 'x-sentry-auth': value } })
const query = (text: string): Sent => ({ headers: {}, path: `/api/$PROJECT/envelope/?${text}` })
const withDsn = (dsn: string, headers: Sent['headers'] = {}): Sent => ({ headers, body: `{"event_id":"${ID1}","dsn":"${dsn}"}\n${EV}` })
const unknown = { status: 403, json: { detail: 'event submission rejected with_reason: ProjectId' } }

const Origin = 'https://x'
const asked = 'content-type,x-sentry-auth,sentry-trace,baggage'
const readable = {
  'access-control-allow-origin': /^\*$/,
  'access-control-expose-headers': /^(?=.*x-sentry-rate-limits)(?=.*retry-after)(?=.*x-sentry-error)/i,
  'cross-origin-resource-policy': /^cross-origin$/,
}
const checkDsn = (dsn: string, url: string, prefix: string) => (): void => {
  const parsed = parseDsn(dsn)!
  expect({ url: envelopeUrl(parsed), prefix: parsed.prefix }).toEqual({ url, prefix })
  expect(parsed).not.toHaveProperty('secret')
}
const contentTypes = [undefined, 'text/plain;charset=UTF-8', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/x-sentry-envelope', 'garbage']

export const door: Case[] = [
  { id: 1, given: 'a DSN', of: [{ check: checkDsn('http://KEY@h:8000/42', 'http://h:8000/api/42/envelope/', '') }] },
  { id: 2, given: 'a DSN with a secret and a prefix', of: [{ check: checkDsn('https://KEY:SECRET@h/a/b/42', 'https://h/a/b/api/42/envelope/', '/a/b') }] },
  {
    id: 3, given: 'the DSN that Refold issues', of: [{
      check: async ({ server }) => {
        const { username, pathname } = new URL((await server.client.keys('shop')).data[0]!.dsn.public)
        expect(username).toMatch(/^[0-9a-f]{32}$/)
        expect(pathname).toMatch(/^\/[1-9]\d*$/)
      },
    }],
  },
  { id: 4, given: 'no slash at the end', of: [{ send: { path: '/api/$PROJECT/envelope' }, json: id }] },
  { id: 5, given: 'doubled slashes', of: [{ send: { path: '//api/$PROJECT//envelope/' }, json: id }] },
  { id: 6, given: 'a project that is no number', of: [{ send: { path: '/api/abc/envelope/' }, status: 400, says: /project (path|id)/ }] },
  {
    id: 7, given: 'an unknown project', of: [
      { send: { path: '/api/999999/envelope/' }, ...unknown },
      { name: 'the same answer for an unknown key', send: header(`Sentry sentry_key=${'a'.repeat(32)}`), ...unknown },
      { name: "and for another project's key", send: header('Sentry sentry_key=$OTHER'), ...unknown },
    ],
  },
  { id: 8, given: 'GET', of: [{ send: { method: 'GET' }, status: 405, headers: { 'content-type': /^application\/json/ }, says: /^\{/ }] },
  {
    id: 9, given: 'a preflight, without authentication', of: [{
      send: { method: 'OPTIONS', headers: { Origin, 'Access-Control-Request-Headers': asked } }, status: [200, 204], stored: 0,
      headers: { 'access-control-allow-origin': /^\*$/, 'access-control-allow-methods': /\bPOST\b/, 'access-control-max-age': /^3600$/ },
      check: ({ answers }) => expect(String(answers[0]!.headers['access-control-allow-headers']).split(/, ?/)).toEqual(expect.arrayContaining(asked.split(','))),
    }],
  },
  {
    id: 10, given: 'a browser that is refused', of: [
      { name: '401', send: { headers: { Origin }, body: '{}\n{"type":"event"}\n{}' }, status: 401, headers: readable },
      { name: '413', send: { headers: { ...A, Origin }, body: `${H1}\n${item('event', 'x'.repeat(MiB + 1))}` }, status: 413, headers: readable },
      { name: '429', settings: { quotas: [{ categories: ['error'], count: 0, window: 60 }] }, send: { headers: { ...A, Origin } }, status: 429, headers: readable },
    ],
  },
  { id: 11, given: 'the scheme in lower case, no spaces', of: [{ send: header('sentry sentry_key=$KEY,sentry_version=7'), json: id }] },
  { id: 12, given: 'Authorization', of: [{ send: { headers: { authorization: 'Sentry sentry_key=$KEY, sentry_version=7' } }, json: id }] },
  { id: 13, given: 'the key in the query string alone', of: [{ send: query('sentry_key=$KEY&sentry_version=7&sentry_client=sentry.javascript.browser%2F11.12.0'), json: id }] },
  { id: 14, given: 'the DSN in the envelope alone, of another host', of: [{ send: withDsn('https://$KEY@other.host/prefix/$PROJECT'), json: id }] },
  { id: 15, given: 'a DSN of another project beside the header', of: [{ send: withDsn('https://$KEY@h/$ELSEWHERE', A), status: 400, says: /invalid event envelope/ }] },
  { id: 16, given: 'a DSN with another key beside the header', of: [{ send: withDsn('https://$OTHER@h/$PROJECT', A), status: 400 }] },
  { id: 17, given: 'the same key twice', of: [{ send: { path: '/api/$PROJECT/envelope/?sentry_key=$KEY' }, json: id }] },
  { id: 18, given: 'two different keys', of: [{ send: { path: '/api/$PROJECT/envelope/?sentry_key=$OTHER' }, status: 401 }] },
  { id: 19, given: 'an empty header and a query string', of: [{ send: { headers: { 'x-sentry-auth': '' }, path: '/api/$PROJECT/envelope/?sentry_key=$KEY' }, json: id }] },
  { id: 20, given: 'no key anywhere', of: [{ send: { headers: {}, body: `{}\n${EV}` }, status: 401 }] },
  { id: 21, given: 'version 8', of: [{ send: header('Sentry sentry_key=$KEY, sentry_version=8'), status: 400, says: /unsupported protocol version/ }] },
  { id: 22, given: 'version abc', of: [{ send: header('Sentry sentry_key=$KEY, sentry_version=abc'), status: 401 }] },
  { id: 23, given: 'key xyz', of: [{ send: header('Sentry sentry_key=xyz'), status: [400, 403] }] },
  {
    id: 24, given: 'keys in upper case, and switched off', of: [
      { name: 'upper case', send: { headers: {}, path: '/api/$PROJECT/envelope/?sentry_key=$KEY' }, check: checkUpperCase },
      { name: 'switched off', send: header('Sentry sentry_key=$DISABLED'), ...unknown },
    ],
  },
  { id: 25, given: 'a key with NUL and SQL', of: [{ send: query("sentry_key=%00'--"), status: [400, 403] }] },
  {
    id: 26, given: 'any Content-Type', of: contentTypes.map((type): Variant => ({
      name: String(type), send: { headers: type === undefined ? A : { ...A, 'content-type': type } }, json: id, kept: [['event', 41]], shows: { message: 'hello world' },
    })),
  },
]

async function checkUpperCase({ project, server }: Seen): Promise<void> {
  const { rows } = await server.pool.query<{ key: string }>('select public_key as key from project_key where project_id = $1 and is_active', [project.id])
  const statuses = await Promise.all([1, 2, 3].map(async () => (await fetch(`${server.url}/api/${project.id}/envelope/?sentry_key=${rows[0]!.key.toUpperCase()}`, { method: 'POST', body: '{}' })).status))
  expect([[200, 200, 200], [403, 403, 403]]).toContainEqual(statuses)
}
