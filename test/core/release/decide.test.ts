import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Decision } from '../../../core/decisions.ts'
import { decideReleaseChange, decideReleaseDeletion, evolveRelease, keepDates, type ReleaseChange, type ReleaseStates } from '../../../core/release/decide.ts'

const at = new Date('2026-11-22T14:30:34Z')
const time = fc.option(fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'))
const change = fc.record<ReleaseChange>(
  { url: fc.option(fc.webUrl()), startedAt: time, releasedAt: time, status: fc.constantFrom('open', 'archived'), refs: fc.constantFrom([], [{ repository: 'acme/shop', commit: 'abc', previousCommit: null }]) },
  { requiredKeys: [] },
)
const projects = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 })
const fold = (states: ReleaseStates, decisions: readonly Decision[]): ReleaseStates => decisions.reduce((known, decision) => evolveRelease(known, decision, at), states)
const states = fc.array(fc.tuple(projects, change)).map((changes) => changes.reduce<ReleaseStates>((known, [of, said]) => fold(known, decideReleaseChange(known, '1', of, said)), new Map()))

test('what was said once is so, and said again decides nothing', () => {
  fc.assert(
    fc.property(states, projects, change, (known, of, said) => {
      const after = fold(known, decideReleaseChange(known, '1', of, said))
      for (const project of of) expect(after.get(project)).toMatchObject(said)
      expect(decideReleaseChange(after, '1', of, said)).toEqual([])
    }),
  )
})

test('what was made again keeps its dates, in every project that has it', () => {
  fc.assert(
    fc.property(states, change, (known, said) => {
      const of = [...known.keys()]
      fc.pre(of.length > 0)
      const after = fold(known, decideReleaseChange(known, '1', of, keepDates(known, said)))
      for (const [project, { startedAt, releasedAt }] of known) {
        if (startedAt !== null) expect(after.get(project)!.startedAt).toBe(startedAt)
        if (releasedAt !== null) expect(after.get(project)!.releasedAt).toBe(releasedAt)
      }
    }),
  )
})

test('what was deleted is gone from those projects alone, unless events name it', () => {
  fc.assert(
    fc.property(states, projects, (known, of) => {
      const decided = decideReleaseDeletion(known, '1', of)
      if (!('decisions' in decided)) throw new Error(decided.refused)
      expect([...fold(known, decided.decisions).keys()]).toEqual([...known.keys()].filter((project) => !of.includes(project)))
    }),
  )
  const told = fold(new Map(), decideReleaseChange(new Map(), '1', [7], {}))
  expect(decideReleaseDeletion(new Map([[7, { ...told.get(7)!, events: 1 }]]), '1', [7])).toEqual({ refused: expect.any(String) as string })
})
