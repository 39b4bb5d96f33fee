// Laws of scrubbing over any JSON, over hostile texts, and over the corpus.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../core/event/json.ts'
import { readExceptions } from '../../../core/event/stacks.ts'
import { checkPattern } from '../../../core/scrub/patterns.ts'
import { scrubEvent, scrubJson, scrubText } from '../../../core/scrub/scrub.ts'
import { measureCpu } from '../event/given.ts'
import { scrub, settings } from './given.ts'
import { withoutCorpus } from '../grouping/events.ts'

const names = [
  'exception', 'values', 'stacktrace', 'frames', 'vars', 'mechanism', 'data', 'threads', 'breadcrumbs', 'message', 'logentry', 'params', 'formatted', 'request', 'url', 'query_string', 'cookies', 'headers', 'env', 'REMOTE_ADDR', 'user', 'ip_address', 'contexts', 'response', 'trace', 'variables',
  'extra', 'tags', 'sdk', 'client_ip', 'csp', 'blocked_uri', '_meta', '', 'val', 'key', 'name', 'value', 'password', 'token', 'safe', 'mine', 'Cookie', 'User-Agent', 'client.address', 'version', 'constructor', 'toString', '__proto__', 'spans', 'errors', 'api_target',
]
const parts = ['4111111111111111', '4111', '-', ' ', 'Bearer', 'token', '=', ':', '&', ';', '//', 'u:p@', 'a@b.co', '078-05-1120', 'DE89370400440532013000', '10.0.0.1', 'fe80::1', '-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '[Filtered]', 'ACME-7', '%', '+', '?', '#', '{"a":', '{"token":1}', 'x', '\n', 'é', '_', 'otp']
const text = fc.oneof(fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((list) => list.join('')), fc.string(), fc.constant('graphql'))
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, text, fc.constantFrom(null, true, 1, 4111111111111111), fc.array(tie('value'), { maxLength: 4 }), fc.array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 6 }).map(toObject)),
}))
const event = fc.array(fc.tuple(fc.constantFrom(...names), json), { maxLength: 10 }).map(toObject)

/** As JSON.parse makes it: `__proto__` is a field like any other. */
function toObject(pairs: [string, unknown][]): JsonObject {
  return JSON.parse(`{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`) as JsonObject
}

const some = [settings(), settings({ scrubIPAddresses: true, sensitiveFields: ['mine'], safeFields: ['safe'], scrubPatterns: ['ACME-[0-9]+', '[a-z]+d'] }), settings({ dataScrubberDefaults: false, scrubPatterns: ['x+'] })]

test('scrubbing never fails, changes nothing it was given, and a second time nothing more', () => {
  fc.assert(
    fc.property(event, fc.constantFrom(...some), (sent, chosen) => {
      const before = JSON.stringify(sent)
      const once = scrubEvent(sent, chosen)
      expect(JSON.stringify(sent)).toBe(before)
      expect(scrubEvent(once, chosen)).toBe(once)
      expect(scrubEvent(sent, chosen, () => {})).toEqual(once)
      const other = scrubJson(sent, chosen)
      expect(scrubJson(other, chosen)).toBe(other)
      expect('polluted' in {}).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('a scrubbed text stays as it is', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...some), (sent, chosen) => {
      const once = scrubText(sent, chosen)
      expect(scrubText(once, chosen)).toBe(once)
    }),
    { numRuns: 3000 },
  )
})

const secret = 'hunter2hunter2'

test('what has a secret name is nowhere in the event, however deep it lies and in whatever it is wrapped', () => {
  const wrap = fc.constantFrom<(inner: unknown) => unknown>((inner) => ({ a: inner }), (inner) => [inner], (inner) => [1, inner, 2], (inner) => ['name', inner], (inner) => ({ name: 'a', value: inner }), (inner) => JSON.parse(`{"__proto__":${JSON.stringify(inner)}}`) as unknown)
  const plant = fc.constantFrom<unknown>({ Password: secret }, { token: { a: [secret] } }, ['api_key', secret], { key: 'secret', value: secret }, `token=${secret}`, `my password ${secret}`, `Bearer ${secret}`, `https://u:${secret}@h`)
  const place = fc.constantFrom<(inner: unknown) => JsonObject>(
    (inner) => ({ extra: inner }), (inner) => ({ unknown: inner }), (inner) => ({ user: inner }), (inner) => ({ request: { data: inner } }), (inner) => ({ request: { data: JSON.stringify(inner) } }), (inner) => ({ request: { query_string: inner } }), (inner) => ({ request: { headers: inner, env: inner, cookies: inner } }),
    (inner) => ({ breadcrumbs: [{ data: inner, message: inner }] }), (inner) => ({ contexts: { mine: inner } }), (inner) => ({ exception: { values: [{ mechanism: { data: inner }, stacktrace: { frames: [{ vars: inner }] } }] } }), (inner) => ({ logentry: { params: inner } }),
  )
  fc.assert(
    fc.property(place, fc.array(wrap, { maxLength: 12 }), plant, (put, wraps, planted) => {
      expect(JSON.stringify(scrub(put(wraps.reduce((inner, by) => by(inner), planted))))).not.toContain(secret)
    }),
    { numRuns: 2000 },
  )
})

test('what lies too deep to be looked at, or to be written, is hidden', () => {
  const deep = JSON.parse(`${'{"a":['.repeat(50_000)}"${secret}"${']}'.repeat(50_000)}`) as JsonObject
  for (const sent of [{ extra: deep }, { request: { data: deep } }, { exception: deep }, { _meta: deep }, { contexts: deep }, { tags: deep }]) {
    expect(JSON.stringify(scrub(sent))).not.toContain(secret)
  }
  const body = `{"variables":{"a":"${secret}"},"b":${'{"0":['.repeat(20_000)}${']}'.repeat(20_000)}}`
  expect(JSON.stringify(scrub({ request: { api_target: 'graphql', data: body } }))).not.toContain(secret)
})

const hostile = ['a', 'a@', '@', 'a.', '1', '1-', '4111-', '4 ', '/', '//a:', '-----BEGIN', '-----BEGIN PRIVATE KEY-----', ' ', 'Bearer ', 'token', 'DE12', ':', '1:', '1.', 'fe80::', 'x', '=', '&', ';', '%', '{', '_', '\n']

test.each(hostile)('153: a megabyte of %j takes about four times as long as a quarter of it', { timeout: 120_000 }, (part) => {
  const chosen = settings({ scrubIPAddresses: true, sensitiveFields: ['mine'], scrubPatterns: ['ACME-[0-9]+', 'x*y|x'] })
  const measure = (length: number): number => {
    const long = part.repeat(length / part.length) + '@'
    const sent = { message: long, extra: { long }, request: { url: long, query_string: long, data: long, cookies: long, headers: { [long]: long } } }
    return Math.min(...[1, 2].map(() => measureCpu(() => scrubEvent(sent, chosen))))
  }
  const small = measure(250_000)
  // Quadratic would be sixteen times as long; what takes little time measures little but noise.
  expect(measure(1_000_000)).toBeLessThan(Math.max(1000, small * 12))
})

test('patterns are explained, and those that could stop everything refused', () => {
  expect(checkPattern('ACME-[0-9]+')).toBeNull()
  expect(checkPattern('(a')).toMatch(/missing closing/)
  expect(checkPattern('(?=a)')).not.toBeNull()
  expect(checkPattern('a*')).toMatch(/empty/)
  expect(checkPattern('[0-9]{900}[a-z]{900}')).toMatch(/too large/)
})

const corpus = new URL('../../../../shared/corpus/grouping/events/', import.meta.url)

test.skipIf(!existsSync(corpus))('no title of the corpus changes', withoutCorpus, () => {
  for (const file of readdirSync(corpus)) {
    const sent = JSON.parse(readFileSync(new URL(file, corpus), 'utf8')) as JsonObject
    const titles = (read: JsonObject): unknown[] => readExceptions(read).map(({ type, value }) => [type, value])
    const scrubbed = scrub(sent)
    expect(titles(scrubbed)).toEqual(titles(sent))
    expect(scrub(scrubbed)).toBe(scrubbed)
  }
})
