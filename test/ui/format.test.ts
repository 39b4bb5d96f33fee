// Numbers, times and bars as the app writes them.

import { describe, expect, test } from 'vitest'
import { statusName } from '../../core/issue/status-name.ts'
import { formatAgo, formatCount, formatNumber, formatTime, withAgo } from '../../ui/parts/basic/format.ts'
import { sparkLabel, sparkPath } from '../../ui/parts/basic/Sparkline.tsx'

const second = 1000
const day = 86_400 * second

test('a count is exact below 10,000 and short from there', () => {
  expect([0, 999, 1204, 9999, 10_000, 45_213, 1_250_000].map(formatCount)).toEqual(['0', '999', '1,204', '9,999', '10K', '45.2K', '1.3M'])
  expect([formatNumber(1, 'event'), formatNumber(0, 'event'), formatNumber(2, 'reply', 'replies')]).toEqual(['1 event', '0 events', '2 replies'])
})
test('time ago has one unit, and never goes below one of it', () => {
  const ago = (ms: number) => formatAgo(0, ms)
  expect([0, 44 * second, 45 * second, 180 * second, 3599 * second, 3600 * second, 23.9 * 3600 * second, day, 54 * day, 61 * day, 364 * day, 800 * day].map(ago)).toEqual(['now', 'now', '1m', '3m', '59m', '1h', '23h', '1d', '54d', '2mo', '11mo', '2y'])
})
test('a clock ahead of ours is now; what is no time is a dash', () => {
  expect(formatAgo(5 * day, 0)).toBe('now')
  expect(formatAgo(Number.NaN, 0)).toBe('–')
  expect([formatTime('nonsense'), formatTime(null)]).toEqual(['–', '–'])
  expect([withAgo('now'), withAgo('–'), withAgo('3m')]).toEqual(['now', '–', '3m ago'])
})
describe('a sparkline', () => {
  test('has a bar per hour that had events, the highest 22 high and the lowest at least 1', () => {
    expect(sparkPath([[0, 0], [1, 1], [2, 1000]])).toBe('M4 21h3v1h-3zM8 0h3v22h-3z')
  })
  test('says its total and its peak', () => {
    expect(sparkLabel([[0, 2], [1, 1200]])).toBe('Last 24 hours: 1,202 events, peak 1,200 per hour')
  })
})
test('the word for a state follows ui.md 8.2', () => {
  expect(statusName({ status: 'unresolved', substatus: null })).toBe('ongoing')
  expect(statusName({ status: 'unresolved', substatus: 'regressed' })).toBe('regressed')
  expect(statusName({ status: 'resolved', substatus: null })).toBe('resolved')
  expect(statusName({ status: 'ignored', substatus: 'archived_forever' })).toBe('archived')
})
