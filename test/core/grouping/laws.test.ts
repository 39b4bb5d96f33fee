// Laws of grouping, for every version (grouping.md 7).

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../core/grouping/explain.ts'
import { group } from '../../../core/grouping/group.ts'
import { encodeKey } from '../../../core/grouping/key.ts'
import { readCorpus, readOwnEvents } from './events.ts'
import { createRandom, disturb, reverse } from './mutate.ts'

const names = [
  'exception', 'values', 'type', 'value', 'mechanism', 'exception_id', 'parent_id', 'is_exception_group', 'synthetic', 'meta', 'ns_error', 'stacktrace', 'frames', 'function', 'raw_function', 'module', 'abs_path', 'filename', 'package',
  'in_app', 'context_line', 'data', 'sourcemap', 'logentry', 'message', 'formatted', 'transaction', 'fingerprint', 'checksum', 'tags', 'key', 'platform', 'threads', 'crashed', 'csp', 'blocked_uri', 'expectct', 'hostname', 'template',
]
const texts = ['', '{{ default }}', '{{ message }}', '{{ stack.function }} {{ tags.x }}', 'user 17 at 10.0.0.1', 'javascript', 'node', 'native', 'csharp', 'ruby', 'https://a.example/x.js', '/app/x.rb', 'a::b<c>(d)', 'https:', "'self'"]
const leaf = fc.oneof(fc.constantFrom<unknown>(null, true, 0, 1e308, -0, ...texts), fc.string({ unit: 'binary' }), fc.double())
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 7 })),
}))

const mutations = Number(process.env.GROUPING_MUTATIONS ?? 50_000)
const events = [...readOwnEvents(), ...readCorpus()].map(([, bytes]) => JSON.parse(bytes.toString()) as unknown)

describe.each(['v1', 'v2'] as const)('in %s', (version) => {
  const config = { version }

  test('any JSON value has a key made of exactly its components, is not changed, and has it again in any order of properties', () => {
    fc.assert(
      fc.property(anything, (event) => {
        const before = structuredClone(event)
        const grouping = group(event, config)
        expect(event).toEqual(before)
        expect(grouping.key).toBe(encodeKey(grouping.version, grouping.components))
        expect(group(reverse(event), config)).toEqual(grouping)
        expect(explain(grouping).split('\n')[0]).toBe(`Grouped by ${grouping.strategy} (${grouping.version}).`)
      }),
      { numRuns: 1000 },
    )
  })

  test('what a deploy or a user changes is no part of a key', () => {
    const noise = fc.dictionary(fc.constantFrom('level', 'logger', 'release', 'environment', 'server_name', 'user', 'tags', 'contexts', 'breadcrumbs', 'extra', 'modules', 'timestamp', 'dist', 'request'), anything)
    fc.assert(
      fc.property(fc.constantFrom(...events.filter((event) => !usesVariables(event))), noise, fc.nat(), (event, rest, line) => {
        const changed = moveLines({ ...(event as object), ...rest }, line)
        expect(group(changed, config).key).toBe(group(event, config).key)
      }),
      { numRuns: 500 },
    )
  })

  test.each([['lists', (inner: unknown) => [inner]], ['objects', (inner: unknown) => ({ n: inner })]])('values nested 100,000 levels in %s have a key', (_, nest) => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level++) deep = nest(deep)
    expect(group({ exception: [{ type: deep, value: deep, stacktrace: { frames: [{ function: deep, data: deep }] } }], fingerprint: [deep, '{{ value }}'] }, config).key).toMatch(/^fp:[0-9a-f]{32}$/)
  })
})

test(`${mutations} real events with junk in 4 % of their fields have a key in each version, are not changed, and have it again (GROUPING_MUTATIONS sets how many)`, { timeout: 600_000 }, () => {
  const random = createRandom(7)
  for (let run = 0; run < mutations; run++) {
    const event = disturb(events[run % events.length], random)
    const before = JSON.stringify(event)
    const turned = reverse(event)
    for (const version of ['v1', 'v2'] as const) {
      const { key, components } = group(event, { version })
      if (key !== group(turned, { version }).key || !/^(?:fp|v\d):[0-9a-f]{32}$/.test(key) || components.length === 0) expect.fail(`not one key: ${before}`)
    }
    if (JSON.stringify(event) !== before) expect.fail(`changed: ${before}`)
  }
})

/** Its fingerprint may name what else is no identity. */
function usesVariables(event: unknown): boolean {
  return JSON.stringify((event as { fingerprint?: unknown } | null)?.fingerprint ?? '').includes('{{')
}

/** The event with other lines and columns. */
function moveLines(event: unknown, by: number): unknown {
  return JSON.parse(JSON.stringify(event), (key, value: unknown) => ((key === 'lineno' || key === 'colno') && typeof value === 'number' ? value + by : value)) as unknown
}

test('v2 does not count how deep a recursion was', () => {
  const platforms = ['python', 'node', 'javascript', 'java', 'go', 'ruby', 'php', 'csharp', 'native', 'other']
  const name = fc.constantFrom('alpha', 'beta', 'gamma', 'delta')
  const inApp = fc.boolean()
  const cycle = fc.array(fc.tuple(name, inApp), { minLength: 1, maxLength: 4 })
  const around = fc.array(fc.tuple(fc.constantFrom('one', 'two', 'three'), inApp), { maxLength: 25 })
  fc.assert(
    fc.property(fc.constantFrom(...platforms), around, cycle, around, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (platform, base, [...again], top, depth, other) => {
      // One cycle of each kind: all of the application or all of libraries, which native code does not fold.
      const kind = platform === 'native' || again[0]![1]
      const frames = (times: number) =>
        [...base, ...Array.from({ length: times }, () => again.map(([one]) => [one, kind] as const)).flat(), ...top].map(([one, isOwn]) => ({ function: one, module: `m.${one}`, in_app: isOwn }))
      const event = (times: number) => ({ platform, exception: [{ type: 'E', value: 'v', stacktrace: { frames: frames(times) } }] })
      expect(group(event(depth), { version: 'v2' }).components).toEqual(group(event(other), { version: 'v2' }).components)
    }),
    { numRuns: 2000 },
  )
})
