import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IssueDecision } from '../../../core/decisions.ts'
import { afterDecision, afterEvent, combineStates, firstState, formatResolvedIn, parseResolvedIn, shownSubstatus, type KeyState, type SeenEvent } from '../../../core/issue/state.ts'

const on = { project: 1, issue: 1, keys: ['v1:a'] }
const state: fc.Arbitrary<KeyState> = fc.record({
  status: fc.constantFrom('unresolved', 'resolved', 'ignored'),
  substatus: fc.constant(null),
  statusPosition: fc.integer({ min: 1, max: 99 }),
  resolvedIn: fc.constant(null),
  assignee: fc.option(fc.constantFrom('user:1', 'user:2')),
  assignedPosition: fc.integer({ min: 0, max: 99 }),
})

/** Releases appear in the order of the list. */
const seen = (position: number, release: string | null = null, known: readonly string[] = []): SeenEvent =>
  ({ position, release, positionOf: (version) => (known.includes(version) ? known.indexOf(version) + 1 : null) })

describe('a key', () => {
  test('regresses by an event after a resolve, and only then', () => {
    const resolved = afterDecision(firstState(1), { type: 'issue.resolved', data: on }, 2)!
    expect(afterEvent(resolved, seen(3))).toMatchObject({ status: 'unresolved', substatus: 'regressed', statusPosition: 3 })
    expect(afterEvent(firstState(1), seen(3))).toBeNull()
    const ignored = afterDecision(resolved, { type: 'issue.ignored', data: { ...on, substatus: 'archived_forever' } }, 4)!
    expect(afterEvent(ignored, seen(5))).toBeNull()
  })

  test('that is resolved in a release regresses by events of later releases, and by its own where it says so', () => {
    const resolvedIn = (version: string, including: boolean): KeyState => afterDecision(firstState(1), { type: 'issue.resolved', data: { ...on, release: { version, including } } }, 2)!
    const regresses = (state: KeyState, release: string | null, known: string[] = []): boolean => afterEvent(state, seen(3, release, known)) !== null
    expect(['shop@1.1', 'shop@1.2', 'shop@1.10', null].map((release) => regresses(resolvedIn('shop@1.2', false), release))).toEqual([false, false, true, false])
    expect(['shop@1.1', 'shop@1.2', 'shop@1.10', null].map((release) => regresses(resolvedIn('shop@1.2', true), release))).toEqual([false, true, true, false])
    const appeared = ['spring', 'summer', 'autumn']
    expect(appeared.map((release) => regresses(resolvedIn('summer', false), release, appeared))).toEqual([false, false, true])
    expect(regresses(resolvedIn('winter', false), 'summer', appeared), 'nothing is later than a release that never appeared').toBe(false)
    expect(afterEvent(resolvedIn('spring', true), seen(3, 'spring'))).toMatchObject({ substatus: 'regressed', resolvedIn: null })
    for (const release of [{ version: '=odd', including: false }, { version: '>odd', including: true }]) expect(parseResolvedIn(formatResolvedIn(release))).toEqual(release)
  })

  test('is new no more once somebody has reviewed it, or a job has opened it again', () => {
    const review = { type: 'issue.reviewed', data: on } as const
    expect(afterDecision(firstState(1), review, 2)).toEqual({ ...firstState(1), substatus: 'ongoing' })
    const regressed = afterEvent(afterDecision(firstState(1), { type: 'issue.resolved', data: on }, 2)!, seen(3))!
    expect(afterDecision(regressed, review, 4)).toBeNull()
    const reopened = (because: 'escalating' | 'time'): KeyState => afterDecision(firstState(1), { type: 'issue.reopened', data: { ...on, because } }, 2)!
    expect([reopened('escalating'), reopened('time')]).toMatchObject([{ substatus: 'escalating' }, { status: 'unresolved', substatus: 'ongoing' }])
  })

  test('keeps its status when somebody is assigned or a comment is written', () => {
    const before = firstState(1)
    expect(afterDecision(before, { type: 'issue.assigned', data: { ...on, assignee: 'user:2' } }, 2)).toEqual({ ...before, assignee: 'user:2', assignedPosition: 2 })
    expect(afterDecision(before, { type: 'comment.added', data: { ...on, text: 'hm' } }, 2)).toBeNull()
  })

  test('depends only on the last status decision', () => {
    const decision = fc.constantFrom<IssueDecision>({ type: 'issue.resolved', data: on }, { type: 'issue.reopened', data: on }, { type: 'issue.ignored', data: { ...on, substatus: 'archived_forever' } })
    fc.assert(fc.property(state, fc.array(decision, { minLength: 1 }), (start, decisions) => {
      const end = decisions.reduce((current, one, i) => afterDecision(current, one, 100 + i)!, start)
      expect(end).toEqual({ ...afterDecision(start, decisions.at(-1)!, 99 + decisions.length) })
    }))
  })
})

describe('an issue of several keys', () => {
  test('is open if any key is, else ignored if any is, else resolved, in whatever order they come', () => {
    fc.assert(fc.property(fc.array(state, { minLength: 1, maxLength: 6 }), (states) => {
      const statuses = new Set(states.map((one) => one.status))
      const expected = statuses.has('unresolved') ? 'unresolved' : statuses.has('ignored') ? 'ignored' : 'resolved'
      expect(combineStates(states).status).toBe(expected)
      expect(combineStates(states.toReversed()).status).toBe(expected)
    }))
  })

  test('belongs to whom the newest assignment names', () => {
    const key = (assignee: string | null, assignedPosition: number): KeyState => ({ ...firstState(1), assignee, assignedPosition })
    expect(combineStates([key('user:1', 5), key(null, 9), key('user:2', 7)]).assignee).toBeNull()
  })
})

test('an open issue reads as new for a week, then as ongoing; what is stored wins', () => {
  const now = new Date('2026-03-10T00:00:00Z')
  expect(shownSubstatus('unresolved', null, new Date('2026-03-04T00:00:00Z'), now)).toBe('new')
  expect(shownSubstatus('unresolved', null, new Date('2026-03-02T00:00:00Z'), now)).toBe('ongoing')
  expect(shownSubstatus('unresolved', 'regressed', new Date('2026-03-04T00:00:00Z'), now)).toBe('regressed')
  expect(shownSubstatus('resolved', null, now, now)).toBeNull()
})
