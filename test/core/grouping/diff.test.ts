import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupPairs, sizeOf, type Group, type Pair } from '../../../core/grouping/diff.ts'

const pair = (before: number, after: number, events = 1, sameKey = false): Pair => ({ before, after, events, sameKey })
const shape = ({ kind, before, after, events }: Group): unknown => ({ kind, before, after, events })

test('says what becomes of each issue, largest change first', () => {
  const pairs = [pair(10, 10, 5, true), pair(20, 20, 4), pair(30, 31), pair(40, 40, 2), pair(40, 45, 1), pair(50, 50, 1), pair(51, 50, 3), pair(60, 60), pair(60, 61), pair(66, 61)]
  expect(groupPairs(pairs).map(shape)).toEqual([
    { kind: 'mixed', before: [60, 66], after: [60, 61], events: 3 },
    { kind: 'split', before: [40], after: [40, 45], events: 3 },
    { kind: 'merged', before: [50, 51], after: [50], events: 4 },
    { kind: 'unchanged', before: [10], after: [10], events: 5 },
    { kind: 'rekeyed', before: [20], after: [20], events: 4 },
    { kind: 'rekeyed', before: [30], after: [31], events: 1 },
  ])
  expect(groupPairs([])).toEqual([])
})

/** One pair for each two issues that share events, as the matrix has them. */
const matrix = fc
  .uniqueArray(fc.record({ before: fc.integer({ min: 1, max: 12 }), after: fc.integer({ min: 1, max: 12 }), events: fc.integer({ min: 1, max: 50 }), sameKey: fc.boolean() }), {
    selector: ({ before, after }) => `${before}-${after}`, maxLength: 30,
  })

test('every issue is in exactly one group, and no event is lost or counted twice', () => {
  fc.assert(
    fc.property(matrix, (pairs) => {
      const groups = groupPairs(pairs)
      expect(groups.flatMap((group) => group.links).toSorted(byIds)).toEqual(pairs.toSorted(byIds))
      for (const side of ['before', 'after'] as const) {
        const ids = groups.flatMap((group) => group[side])
        expect(ids.toSorted((a, b) => a - b)).toEqual([...new Set(pairs.map((each) => each[side]))].sort((a, b) => a - b))
      }
      for (const { links, events } of groups) expect(events).toBe(links.reduce((sum, link) => sum + link.events, 0))
    }),
  )
})

test('a group holds together, and shares nothing with another', () => {
  fc.assert(
    fc.property(matrix, (pairs) => {
      for (const group of groupPairs(pairs)) {
        expect(pairs.filter(({ before, after }) => group.before.includes(before) || group.after.includes(after))).toHaveLength(group.links.length)
        const reached = new Set([group.before[0]!])
        for (let size = 0; size !== reached.size; ) {
          size = reached.size
          for (const { before, after } of group.links) {
            if (reached.has(before)) reached.add(-after)
            if (reached.has(-after)) reached.add(before)
          }
        }
        expect(reached.size).toBe(sizeOf(group))
      }
    }),
  )
})

test('the kind is what the numbers of issues say, and the order of the pairs changes nothing', () => {
  fc.assert(
    fc.property(matrix.chain((pairs) => fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length }))), ([pairs, shuffled]) => {
      const groups = groupPairs(pairs)
      expect(groupPairs(shuffled)).toEqual(groups)
      for (const { kind, before, after, links } of groups) {
        const single = before.length === 1 && after.length === 1
        expect(kind).toBe(single ? (links[0]!.sameKey && before[0] === after[0] ? 'unchanged' : 'rekeyed') : before.length === 1 ? 'split' : after.length === 1 ? 'merged' : 'mixed')
      }
    }),
  )
})

function byIds(a: Pair, b: Pair): number {
  return a.before - b.before || a.after - b.after
}
