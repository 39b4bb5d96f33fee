// What people decide, and its inverse: against a model of what the server makes of both.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IssueUpdate } from '../../../core/contract/issue.ts'
import { archive, archiveChoices, archiveForever, archiveUntil, assignTo, type Decision, type Former, inverseOf, reopen, resolve, resolveIn, resolveNext, review, shownOf, toggleResolved, unassign } from '../../../ui/parts/triage/decisions.ts'

const person = (id: string): Former['assignedTo'] => ({ type: 'user', id, name: `person ${id}` })
const newest = 'shop@9'

const states: fc.Arbitrary<Former> = fc.tuple(
  fc.oneof(
    fc.constantFrom('new', 'ongoing', 'regressed', 'escalating').map((substatus) => ({ status: 'unresolved', substatus, statusDetails: {} })),
    fc.constantFrom({}, { inRelease: 'shop@1' }, { inNextRelease: true, afterRelease: 'shop@2' }).map((statusDetails) => ({ status: 'resolved', substatus: null, statusDetails })),
    fc.constantFrom('archived_forever', 'archived_until_escalating').map((substatus) => ({ status: 'ignored', substatus, statusDetails: {} })),
    fc.record({ ignoreUntil: fc.constantFrom('2099-01-02T03:04:05.678Z', null), ignoreCount: fc.constantFrom(null, 100), ignoreUserCount: fc.constantFrom(7) })
      .map((statusDetails) => ({ status: 'ignored', substatus: 'archived_until_condition_met', statusDetails })),
  ),
  fc.constantFrom(null, person('1'), person('2')),
).map(([state, assignedTo]) => ({ ...state, assignedTo }) as Former)

const decisions = fc.oneof(
  fc.constantFrom<Decision>(resolve, resolveNext, resolveIn('shop@3'), reopen, archive, archiveForever, archiveUntil(100, 'events'), archiveUntil(1, 'users'), review, unassign),
  fc.constantFrom('1', '2', '3').map((id) => assignTo({ id, name: `person ${id}` }, false)),
  fc.constantFrom(...archiveChoices.flatMap((choice) => ('decide' in choice ? [choice.decide] : []))).map((make) => make()),
)

/** The server's answer to a change (core/issue/decide.ts), in the words of the API. */
function change(state: Former, { status, substatus, statusDetails: asked = {}, assignedTo, inbox }: IssueUpdate): Former {
  const next = { ...state }
  if (assignedTo !== undefined) next.assignedTo = assignedTo ? person(assignedTo!.slice('user:'.length)) : null
  if (status === 'unresolved') {
    const isSame = state.status === 'unresolved' && substatus === 'ongoing' && state.substatus === 'new'
    if (!isSame) Object.assign(next, { status, substatus, statusDetails: {} })
  } else if (status === 'resolved') {
    const { inRelease, inNextRelease, afterRelease = newest } = asked
    Object.assign(next, { status, substatus: null, statusDetails: inRelease ? { inRelease } : inNextRelease ? { inNextRelease, afterRelease } : {} })
  } else if (status === 'ignored') {
    const { ignoreDuration, ignoreUntil = null, ignoreCount = null, ignoreUserCount = null } = asked
    const conditions = { ignoreUntil: ignoreDuration ? 'later' : ignoreUntil, ignoreCount, ignoreUserCount }
    Object.assign(next, { status, substatus, statusDetails: substatus === 'archived_until_condition_met' ? conditions : {} })
  } else if (inbox === false && state.substatus === 'new') next.substatus = 'ongoing'
  return next
}

describe('the inverse of a decision', () => {
  test('makes any issue again what it was', () => {
    fc.assert(fc.property(states, decisions, (state, decision) => {
      expect(change(change(state, decision.update), inverseOf(state, decision).update)).toEqual(state)
    }))
  })
  test('shows what it was, and says nothing of what was not decided', () => {
    fc.assert(fc.property(states, decisions, (state, decision) => {
      const { shown } = inverseOf(state, decision)
      expect({ ...state, ...shownOf({ substatus: state.substatus }, decision), ...shown }).toEqual(state)
      expect('assignedTo' in shown).toBe(decision.update.assignedTo !== undefined)
      expect('status' in shown).toBe(decision.update.assignedTo === undefined)
    }))
  })
  test('names the substatus and the conditions', () => {
    const was = (over: Partial<Former>): Former => ({ status: 'unresolved', substatus: 'regressed', statusDetails: {}, assignedTo: null, ...over })
    expect(inverseOf(was({}), resolve).update).toEqual({ status: 'unresolved', substatus: 'regressed' })
    const statusDetails = { ignoreUntil: null, ignoreCount: 5, ignoreUserCount: null, actor: { id: '1' } }
    expect(inverseOf(was({ status: 'ignored', substatus: 'archived_until_condition_met', statusDetails }), reopen).update).toEqual({ status: 'ignored', substatus: 'archived_until_condition_met', statusDetails: { ignoreCount: 5 } })
  })
})

test('e resolves, and reopens where none is open', () => {
  expect(toggleResolved([{ status: 'unresolved' }])).toBe(resolve)
  expect(toggleResolved([{ status: 'resolved' }, { status: 'ignored' }])).toBe(reopen)
  expect(toggleResolved([{ status: 'resolved' }, { status: 'unresolved' }])).toBe(resolve)
})
