// The status word says what an issue waits for.

import { expect, test } from 'vitest'
import { sayStatus, type Stated } from '../../../ui/parts/basic/statusWords.ts'

const now = new Date(2026, 2, 1, 12, 0)
const say = (status: Stated['status'], substatus: Stated['substatus'], statusDetails?: Stated['statusDetails']): string => sayStatus({ status, substatus, ...(statusDetails && { statusDetails }) }, now)

test('an issue is named by its state and its condition', () => {
  expect([say('unresolved', 'new'), say('unresolved', 'regressed'), say('unresolved', null)]).toEqual(['New', 'Regressed', 'Ongoing'])
  expect([say('resolved', null), say('resolved', null, { inRelease: 'shop@4.2.1' }), say('resolved', null, { inRelease: 'nightly' }), say('resolved', null, { inNextRelease: true, afterRelease: 'x' })]).toEqual([
    'Resolved', 'Resolved in 4.2.1', 'Resolved in nightly', 'Resolved in the next release',
  ])
  expect(say('resolved', null, { inRelease: '0123456789abcdef0123456789abcdef01234567' })).toBe('Resolved in 0123456789ab')
  expect([say('ignored', 'archived_forever'), say('ignored', 'archived_until_escalating')]).toEqual(['Archived', 'Archived until it escalates'])
})

test('conditions come with their numbers, times in local words', () => {
  const until = (statusDetails: Stated['statusDetails']): string => say('ignored', 'archived_until_condition_met', statusDetails)
  expect(until({ ignoreCount: 1000 })).toBe('Archived until 1,000 more events')
  expect(until({ ignoreUserCount: 1, ignoreCount: null })).toBe('Archived until 1 more user')
  expect(until({ ignoreUntil: new Date(2026, 2, 1, 18, 30).toISOString() })).toBe('Archived until 18:30')
  expect(until({ ignoreUntil: new Date(2026, 2, 3, 8, 5).toISOString(), ignoreCount: 5 })).toBe('Archived until 3 Mar 2026, 08:05 or 5 more events')
  expect(until(undefined)).toBe('Archived')
})
