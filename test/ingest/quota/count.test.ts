// The pure part of quotas: which apply, what they let in, what is said about them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listQuotas, type AppliedQuota } from '../../../core/quota/apply.ts'
import { admitItems, findLimits, formatLimits, type Counters } from '../../../core/quota/count.ts'
import { categories, defaultQuotas, errorCategories } from '../../../core/quota/categories.ts'
import type { Quota } from '../../../core/quota/quota.ts'

/** Case 94. */
export const headerForm = /^\d+:[a-z_;]*:(organization|project|key)(:[\w-]*(:[\w;]*)?)?(, \d+:[a-z_;]*:(organization|project|key)(:[\w-]*(:[\w;]*)?)?)*$/

const ofProject = (...project: Quota[]): AppliedQuota[] => listQuotas({ keyId: 1, rateLimit: null, projectId: 1, project, organization: [] })
const names = (refused: (AppliedQuota | null)[] | null, items: string[]): string[] => (refused ?? []).flatMap((quota, index) => (quota ? items[index]! : []))

describe('the quotas of a key', () => {
  test('are those of the key, the project and the installation; of the project the defaults when it has none', () => {
    const all = listQuotas({ keyId: 3, rateLimit: { count: 5, window: 10 }, projectId: 7, project: null, organization: [{ categories: ['span'], count: 1, window: 60 }] })
    expect(all.map(({ scope, count }) => [scope, count])).toEqual([['key', 5], ...defaultQuotas.map(({ count }) => ['project', count]), ['organization', 1]])
    expect(all[0]).toMatchObject({ reason: 'key_quota', categories: ['error', 'default', 'security'], window: 10 })
  })

  test.each<[Quota['categories'], string[]]>([
    [['error'], ['error', 'default', 'security']],
    [['security', 'span'], ['error', 'default', 'security', 'span']],
    [['log_byte'], ['log_item', 'log_byte']],
    [['transaction'], ['transaction']],
  ])('%j is about %j', (given, expected) => expect(ofProject({ categories: given, count: 1, window: 60 })[0]!.categories).toEqual(expected))

  test('are counted once where two say the same: the lower one holds', () => {
    expect(ofProject({ categories: ['error'], count: 9, window: 60 }, { categories: ['default'], count: 4, window: 60 })).toMatchObject([{ count: 4 }])
  })

  test('keep their counter when only the count is changed', () => {
    const [before] = ofProject({ categories: ['error'], count: 9, window: 60 })
    const [after] = ofProject({ categories: ['error'], count: 10, window: 60 })
    expect(after!.id).toBe(before!.id)
  })
})

describe('over the quota of errors', () => {
  const quotas = ofProject({ categories: ['error'], count: 0, window: 60 })
  test.each<[string[], string[]]>([
    [['error'], ['error']],
    [['security'], ['security']],
    [['session'], []],
    [['error', 'session', 'internal'], ['error']],
    [['internal'], []],
    [['error', 'attachment', 'attachment'], ['error', 'attachment', 'attachment']],
    [['attachment', 'error'], ['attachment', 'error']],
    [['attachment'], []],
    [['unknown'], []],
  ])('of %j goes %j', (items, expected) => expect(names(admitItems(items, quotas, new Map(), 0), items)).toEqual(expected))
})

test('attachments over their quota do not take the event with them', () => {
  const quotas = ofProject({ categories: ['attachment'], count: 1, window: 60 })
  expect(names(admitItems(['error', 'attachment', 'attachment'], quotas, new Map(), 0), ['error', 'first', 'second'])).toEqual(['second'])
})

test('attachments stay with the one event of two that may come in', () => {
  const quotas = ofProject({ categories: ['error'], count: 1, window: 60 })
  expect(names(admitItems(['error', 'error', 'attachment'], quotas, new Map(), 0), ['first', 'second', 'attachment'])).toEqual(['second'])
})

test('an unknown type counts with what is kept unread', () => {
  const quotas = listQuotas({ keyId: 1, rateLimit: null, projectId: 1, project: null, organization: [] })
  const counters: Counters = new Map()
  const items = Array.from({ length: 6_001 }, () => 'unknown')
  expect(admitItems(items, quotas, counters, 0)!.filter((quota) => quota !== null)).toHaveLength(1)
})

test('what is refused is not counted anywhere', () => {
  const quotas = ofProject({ categories: ['error'], count: 10, window: 60 }, { categories: ['error', 'span'], count: 1, window: 60 })
  const counters: Counters = new Map()
  for (let sent = 0; sent < 5; sent++) admitItems(['error'], quotas, counters, 0)
  expect([...counters.values()].map(({ used }) => used)).toEqual([1, 1])
})

test('a new window begins at a multiple of its length', () => {
  const quotas = ofProject({ categories: ['error'], count: 1, window: 60 })
  const counters: Counters = new Map()
  const accepted = [50, 59.9, 60, 119, 120].map((now) => admitItems(['error'], quotas, counters, now) === null)
  expect(accepted).toEqual([true, false, true, false, true])
})

test.each([[0, 60], [0.1, 60], [59, 1], [59.5, 1], [59.999, 1], [30.2, 30]])('%d s into a minute the limit holds for %d s more', (now, seconds) => {
  const quotas = ofProject({ categories: ['error'], count: 0, window: 60 })
  expect(findLimits(quotas, new Map(), now)).toMatchObject([{ seconds }])
})

test('the header names categories, scope and reason, the longest limit last', () => {
  const quotas = listQuotas({
    keyId: 1, projectId: 1,
    rateLimit: { count: 0, window: 600 },
    project: [{ categories: ['error'], count: 0, window: 60 }, { categories: ['transaction', 'span'], count: 1, window: 60 }],
    organization: [{ categories: ['session'], count: 0, window: 10 }],
  })
  expect(formatLimits(findLimits(quotas, new Map(), 600))).toBe(
    '10:session:organization:organization_quota, 60:error;default;security:project:project_quota, 600:error;default;security:key:key_quota',
  )
})

const anyQuota = fc.record({ categories: fc.uniqueArray(fc.constantFrom(...categories), { minLength: 1, maxLength: 5 }), count: fc.nat(5), window: fc.integer({ min: 1, max: 20 }) })
const anyRequest = fc.record({ items: fc.array(fc.constantFrom(...categories, 'internal', 'unknown'), { maxLength: 6 }), pause: fc.double({ min: 0, max: 8, noNaN: true }) })
const anySources = fc.record({ project: fc.array(anyQuota, { maxLength: 4 }), organization: fc.array(anyQuota, { maxLength: 3 }), rateLimit: fc.option(fc.record({ count: fc.nat(5), window: fc.integer({ min: 1, max: 20 }) })) })

test('never more than `count` of its categories are accepted in a window, whatever comes', () => {
  fc.assert(
    fc.property(anySources, fc.array(anyRequest, { maxLength: 40 }), (sources, requests) => {
      const quotas = listQuotas({ keyId: 1, projectId: 1, ...sources })
      const counters: Counters = new Map()
      const accepted = new Map<string, number>()
      let now = 1_000_000
      for (const { items, pause } of requests) {
        now += pause
        const refused = admitItems(items, quotas, counters, now)
        for (const [index, item] of items.entries()) {
          if (item === 'internal') expect(refused?.[index] ?? null).toBeNull()
          if (refused?.[index]) continue
          for (const quota of quotas) {
            if (!quota.categories.some((category) => category === item)) continue
            const key = `${quota.id} ${Math.floor(now / quota.window)}`
            accepted.set(key, (accepted.get(key) ?? 0) + 1)
            expect(accepted.get(key)).toBeLessThanOrEqual(quota.count)
          }
        }
        const limits = findLimits(quotas, counters, now)
        if (limits.length > 0) expect(formatLimits(limits)).toMatch(headerForm)
        for (const { seconds, quota } of limits) expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= quota.window).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('whoever holds back what the header names is refused nothing by a quota that was used up before', () => {
  fc.assert(
    fc.property(anySources, fc.array(anyRequest, { maxLength: 40 }), (sources, requests) => {
      const quotas = listQuotas({ keyId: 1, projectId: 1, ...sources })
      const counters: Counters = new Map()
      let now = 1_000_000
      for (const { items, pause } of requests) {
        now += pause
        const limited = new Set<string>(findLimits(quotas, counters, now).flatMap(({ quota }) => quota.categories))
        const held = items.filter((item) => !limited.has(item) && item !== 'unknown').slice(0, 1)
        expect(admitItems(held, quotas, counters, now)).toBeNull()
      }
    }),
  )
})

test('the three categories of errors are always limited together', () => {
  fc.assert(
    fc.property(anySources, (sources) => {
      for (const quota of listQuotas({ keyId: 1, projectId: 1, ...sources })) {
        const among = errorCategories.filter((category) => quota.categories.includes(category))
        expect([0, 3]).toContain(among.length)
      }
    }),
  )
})
