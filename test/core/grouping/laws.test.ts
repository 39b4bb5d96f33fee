// Laws of grouping, over random JSON (grouping.md 7).

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { explain } from '../../../core/grouping/explain.ts'
import { group } from '../../../core/grouping/group.ts'
import { encodeKey } from '../../../core/grouping/key.ts'

const v1 = { version: 'v1' } as const
const names = ['exception', 'values', 'type', 'value', 'stacktrace', 'frames', 'function', 'module', 'abs_path', 'in_app', 'logentry', 'message', 'formatted', 'transaction', 'fingerprint', 'checksum', 'tags', 'key', 'platform', 'threads']
const leaf = fc.oneof(fc.constantFrom(null, true, '', '{{ default }}', '{{ message }}', '{{ stack.function }} {{ tags.x }}', 'user 17 at 10.0.0.1', 'ruby', 1e308, -0), fc.string({ unit: 'binary' }), fc.double())
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 7 })),
}))

function reverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, part]) => [key, reverse(part)]))
}

test('any JSON value has a key made of exactly its components, is not changed, and has it again in any order of properties', () => {
  fc.assert(
    fc.property(anything, (event) => {
      const before = structuredClone(event)
      const grouping = group(event, v1)
      expect(event).toEqual(before)
      expect(grouping.key).toBe(encodeKey(grouping.version, grouping.components))
      expect(group(reverse(event), v1)).toEqual(grouping)
      expect(explain(grouping).split('\n')[0]).toBe(`Grouped by ${grouping.strategy} (${grouping.version}).`)
    }),
    { numRuns: 1000 },
  )
})

test('what a deploy or a user changes is no part of a key', () => {
  const event = { exception: [{ type: 'E', value: 'v' }], transaction: 't' }
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('level', 'logger', 'release', 'environment', 'server_name', 'user', 'tags', 'contexts', 'breadcrumbs', 'extra', 'modules', 'timestamp'), anything), (rest) => {
      expect(group({ ...event, ...rest }, v1).key).toBe(group(event, v1).key)
    }),
  )
})

test.each([['lists', (inner: unknown) => [inner]], ['objects', (inner: unknown) => ({ n: inner })]])('values nested 100,000 levels in %s have a key', (_, nest) => {
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = nest(deep)
  expect(group({ exception: [{ type: deep, value: deep }], fingerprint: [deep, '{{ value }}'] }, v1).key).toMatch(/^fp:[0-9a-f]{32}$/)
})
