// Laws of reading, over random payloads: any JSON value in any field.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { event as contract } from '../../../core/contract/event.ts'
import type { JsonObject } from '../../../core/event/json.ts'
import { presentEvent } from '../../../core/event/present.ts'
import { summariseEvent } from '../../../core/event/summary.ts'
import { context } from './given.ts'

const shown = contract.omit({ id: true, groupID: true, projectID: true, previousEventID: true, nextEventID: true, refold: true, size: true })

const names = [
  'type', 'value', 'values', 'stacktrace', 'frames', 'function', 'filename', 'abs_path', 'module', 'lineno', 'colno', 'context_line', 'pre_context', 'vars', 'in_app', 'package', 'mechanism', 'handled', 'synthetic', 'meta', 'data', 'id', 'name', 'crashed', 'timestamp',
  'level', 'category', 'message', 'formatted', 'params', 'url', 'method', 'headers', 'cookies', 'query_string', 'env', 'REMOTE_ADDR', 'ip_address', 'email', 'username', 'version', 'settings', 'infer_ip', 'os', 'browser', 'trace', 'raw_description', 'key', 'instruction_addr', 'blocked_uri', 'User-Agent', 'Sec-CH-UA', 'len', 'rem', '',
]
const attributes = [
  'exception', 'threads', 'stacktrace', 'breadcrumbs', 'request', 'user', 'contexts', 'tags', 'extra', 'modules', 'message', 'logentry', 'level', 'platform', 'release', 'dist', 'environment', 'logger', 'transaction', 'server_name', 'timestamp', 'type', 'culprit', 'sdk', 'errors', 'csp', 'metadata', 'fingerprint', '_meta', 'template', 'hpkp',
]
const leaf = fc.oneof(fc.constantFrom(null, true, false, '', 'error', '{{auto}}', '1.2.3.4', '2026-03-08T20:00:00Z', 'a %s {} {x}', 'https://a/b?c#d', 'javascript', '"A";v="1"', 1e308, -1, 42, 2 ** 64), fc.string(), fc.double())
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 })),
}))
const payload = fc.dictionary(fc.constantFrom(...attributes), anything, { maxKeys: 12 }) as fc.Arbitrary<JsonObject>

/** The same JSON with the properties of every object in the opposite order. */
function reverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, part]) => [key, reverse(part)]))
}

test('any payload is read, fits the contract, is not changed and reads the same again in any order of properties', () => {
  fc.assert(
    fc.property(payload, (event) => {
      const before = structuredClone(event)
      const first = presentEvent(event, context)
      expect(event).toEqual(before)
      expect(shown.parse(first)).toEqual(first)
      expect(presentEvent(event, context)).toEqual(first)
      const again = presentEvent(reverse(event) as JsonObject, context)
      expect({ ...again, errors: [] }).toEqual({ ...first, errors: [] })
      expect(new Set(again.errors.map((error) => JSON.stringify(error)))).toEqual(new Set(first.errors.map((error) => JSON.stringify(error))))
      expect(() => JSON.stringify(first)).not.toThrow()
    }),
    { numRuns: 400 },
  )
})

test('the texts of a summary are bounded, whatever is sent', () => {
  const limits = { title: 250, culprit: 200, platform: 64, logger: 64, transaction: 200, release: 250, dist: 64, environment: 64, serverName: 256, userTag: 200, sdk: 513 } as const
  fc.assert(
    fc.property(payload, fc.constantFrom(...attributes), fc.constantFrom(...names), fc.constantFrom('text', 'field', 'list'), (event, attribute, name, form) => {
      const long = 'x'.repeat(10_000)
      const sent = { text: long, field: { [name]: long }, list: [{ [name]: long }] }[form]
      const summary = summariseEvent({ ...event, [attribute]: sent }, context)
      for (const [field, limit] of Object.entries(limits)) expect((summary[field as keyof typeof limits] ?? '').length).toBeLessThanOrEqual(limit)
      for (const [key, value] of summary.tags) expect(Math.max(key.length, value.length)).toBeLessThanOrEqual(200)
    }),
    { numRuns: 200 },
  )
})

test('list and page tell the same of an event', () => {
  fc.assert(
    fc.property(payload, (event) => {
      const { title, culprit, level, type, tags, seenAt } = summariseEvent(event, context)
      expect(presentEvent(event, context)).toMatchObject({ title, culprit, level, type, dateCreated: seenAt.toISOString(), tags: tags.map(([key, value]) => ({ key, value })) })
    }),
    { numRuns: 150 },
  )
})
