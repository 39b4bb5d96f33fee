// How well the versions group real and authored events: which must be one issue, and which must not (grouping.md 8).
// Skipped where ../shared/corpus/grouping is absent.

import { expect, test } from 'vitest'
import { group } from '../../../core/grouping/group.ts'
import type { GroupingVersion } from '../../../core/grouping/types.ts'
import { hasCorpus, readCorpus, readExpectations, withoutCorpus } from './events.ts'

/** The ids of the expectations of a tier that do not hold, and how many there are. */
function judge(version: GroupingVersion, tier: string): { sets: string[]; pairs: string[]; setCount: number; pairCount: number } {
  const keys = new Map([...readCorpus()].map(([name, bytes]) => [name, group(JSON.parse(bytes.toString()), { version }).key]))
  const { mustGroupTogether, mustNotGroup } = readExpectations()
  const sets = mustGroupTogether.filter((set) => set.tier === tier)
  const pairs = mustNotGroup.filter((pair) => pair.tier === tier)
  return {
    sets: sets.filter(({ events }) => new Set(events.map((name) => keys.get(name))).size > 1).map(({ id }) => id),
    pairs: pairs.filter(({ a, b }) => keys.get(a) === keys.get(b)).map(({ id }) => id),
    setCount: sets.length,
    pairCount: pairs.length,
  }
}

test.skipIf(!hasCorpus)('v2 groups what any good algorithm must, and splits what it must', withoutCorpus, () => {
  expect(judge('v2', 'core')).toEqual({ sets: [], pairs: [], setCount: 114, pairCount: 49 })
})

test.skipIf(!hasCorpus)('v2 fails at one of the hard ones: stripped functions that only one of two events names', withoutCorpus, () => {
  expect(judge('v2', 'stretch')).toEqual({ sets: ['real-group-307'], pairs: [], setCount: 27, pairCount: 5 })
})

test.skipIf(!hasCorpus)('v1 is the base line', withoutCorpus, () => {
  const [core, stretch] = [judge('v1', 'core'), judge('v1', 'stretch')]
  expect([114 - core.sets.length, 49 - core.pairs.length, 27 - stretch.sets.length, 5 - stretch.pairs.length]).toEqual([65, 30, 18, 3])
})
