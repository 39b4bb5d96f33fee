import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { anything } from '../../../ui/data/narrow.ts'
import { sayActivity } from '../../../ui/pages/issue/activity.ts'
import { steps } from '../../../ui/pages/issue/steps.ts'
import { readListState, sorts, writeListState } from '../../../ui/data/views.ts'
import { anEvent } from '../event/fixture.ts'

describe('the address of a list', () => {
  test('says everything that shapes it, and nothing that is default', () => {
    expect(writeListState({ query: 'is:unresolved', sort: 'date', ...anything })).toBe('')
    expect(readListState('')).toEqual({ query: 'is:unresolved', sort: 'date', ...anything })
    expect(readListState('?query=&sort=nonsense')).toEqual({ query: '', sort: 'date', ...anything })
    const text = fc.string({ unit: 'grapheme' }).filter((one) => one.isWellFormed())
    fc.assert(fc.property(text, fc.constantFrom(...sorts.map((one) => one.sort)), fc.array(text, { maxLength: 3 }), fc.constantFrom(null, '24h'), (query, sort, environment, statsPeriod) => {
      const state = { query, sort, environment, statsPeriod, start: null, end: null }
      expect(readListState(writeListState(state))).toEqual(state)
    }))
  })
})

describe('the steps between events', () => {
  const names = (event: ReturnType<typeof anEvent>) => steps.map((step) => step.blocked(event) ?? step.target(event))
  test('lead to neighbours and ends, or say why they lead nowhere', () => {
    expect(names(anEvent({ previousEventID: 'older', nextEventID: 'newer' }))).toEqual(['oldest', 'older', 'newer', 'latest'])
    expect(names(anEvent({ previousEventID: 'older' }))).toEqual(['oldest', 'older', 'This is the newest event', 'This is the newest event'])
    expect(names(anEvent())).toEqual(['This is the oldest event', 'This is the oldest event', 'This is the newest event', 'This is the newest event'])
  })
})

test('activity reads as a sentence after the name', () => {
  const item = { id: '1', user: { id: '3', name: 'maya', email: '' }, data: { assignee: 'user:3' }, dateCreated: '' }
  const given = [
    { ...item, type: 'assigned' }, { ...item, type: 'assigned', data: { assignee: 'user:4', assigneeName: 'Ann' } }, { ...item, type: 'assigned', data: { assignee: 'user:4' } },
    { ...item, type: 'set_resolved' }, { ...item, type: 'something_new' },
  ]
  expect(given.map((one) => sayActivity(one, 'shop'))).toEqual(['took it', 'assigned it to Ann', 'assigned it', 'resolved', 'something new'])
})

test('activity says what an issue waits for, and why it came back', () => {
  const item = { id: '1', user: null, data: {}, dateCreated: '' }
  const say = (type: string, data: Record<string, unknown> = {}): string => sayActivity({ ...item, type, data }, 'shop')
  expect(say('set_resolved_in_release', { version: 'shop@2' })).toBe('resolved in shop@2')
  expect(say('set_resolved_in_release', { version: '', current_release_version: 'shop@1' })).toBe('resolved in the release after shop@1')
  expect(say('set_ignored', { substatus: 'archived_forever' })).toBe('archived')
  expect(say('set_ignored', { substatus: 'archived_until_escalating' })).toBe('archived until it escalates')
  expect(say('set_ignored', { substatus: 'archived_until_condition_met', ignoreUntil: '2026-03-01T10:00:00.000Z', ignoreCount: 5 })).toMatch(/^archived until 1 Mar 2026, \d\d:00 or 5 more events$/)
  expect([say('set_unresolved'), say('set_unresolved', { reason: 'users' }), say('set_escalating'), say('mark_reviewed')]).toEqual([
    'reopened', 'opened it again: that many users had it', 'opened it again: it escalates', 'reviewed',
  ])
})

test('activity names the issues that were merged or taken out, at most three', () => {
  const item = { id: '1', user: null, dateCreated: '' }
  expect(sayActivity({ ...item, type: 'merge', data: { issues: ['1203'] } }, 'shop')).toBe('merged SHOP-15K into it')
  expect(sayActivity({ ...item, type: 'unmerge_source', data: { issues: ['1', '2', '3', '4'] } }, 'shop')).toBe('took SHOP-1, SHOP-2, SHOP-3 and 1 more out of it')
  expect(sayActivity({ ...item, type: 'unmerge_destination', data: { issue: '1203' } }, 'shop')).toBe('took it out of SHOP-15K')
})
