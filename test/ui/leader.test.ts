// The lease by which one tab of a browser holds the live stream where navigator.locks is absent.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Leadership, leaseMs, seekLease } from '../../ui/data/leader.ts'

const tabs: Leadership[] = []
let leaders: string[] = []
const open = (me: string): Leadership => {
  const tab = seekLease({ store: localStorage, me, now: Date.now, lead: () => leaders.push(me) })
  tabs.push(tab)
  return tab
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  leaders = []
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.release()
  vi.useRealTimers()
})

test('of many tabs one leads, and stays the leader', () => {
  for (const name of ['one', 'two', 'three', 'four']) open(name)
  vi.advanceTimersByTime(20 * leaseMs)
  expect(leaders).toEqual(['one'])
})
test('a tab that writes at the same moment wins alone', () => {
  open('one')
  localStorage.setItem('refold.live.leader', `other ${Date.now() + leaseMs}`)
  vi.advanceTimersByTime(leaseMs / 2)
  expect(leaders).toEqual([])
})
test('when the leader closes, another leads within a third of a lease', () => {
  const first = open('one')
  vi.advanceTimersByTime(1000)
  open('two')
  vi.advanceTimersByTime(1000)
  first.release()
  vi.advanceTimersByTime((2 * leaseMs) / 3)
  expect(leaders).toEqual(['one', 'two'])
})
test('when the leader dies without a word, another leads after its lease', () => {
  localStorage.setItem('refold.live.leader', `dead ${Date.now() + leaseMs}`)
  open('two')
  vi.advanceTimersByTime(leaseMs - 1)
  expect(leaders).toEqual([])
  vi.advanceTimersByTime(leaseMs)
  expect(leaders).toEqual(['two'])
})
test('a tab that gave up does not lead later', () => {
  open('one').release()
  vi.advanceTimersByTime(3 * leaseMs)
  expect(leaders).toEqual([])
})
