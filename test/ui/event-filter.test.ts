// Addresses and words of the filter of an issue's events, and the numbers of its chart.

import { describe, expect, test } from 'vitest'
import { issueAddress, noFilter, readEventFilter } from '../../ui/data/eventFilter.ts'
import { wordFilter } from '../../ui/pages/issue/filterWords.ts'
import { periodWith, presetsOf } from '../../ui/pages/issue/issueStats.ts'
import { coverOf, marksOf, pathOf, rangeOf, topOf, type Series } from '../../ui/parts/chart/bars.ts'
import { layoutFlags } from '../../ui/parts/chart/flags.ts'
import { hasTerm, tagTerm, toggleTerm } from '../../ui/parts/event/tagTerm.ts'
import { parseSearch } from '../../core/search/parse.ts'

const start = Date.UTC(2026, 2, 1) / 1000
const hours = (...counts: number[]): Series => counts.map((count, index) => [start + index * 3600, count])

test('an address keeps all of the filter, and gives it back', () => {
  const filter = { query: 'environment:staging "a b"', environment: ['a', 'b'], statsPeriod: null, start: '2026-03-01T00:00:00.000Z', end: null }
  const address = issueAddress('SHOP-1', 'events/latest', filter, '7')
  expect(address.split('?')[0]).toBe('/issues/SHOP-1/events/latest')
  expect(readEventFilter(address.slice(address.indexOf('?')))).toEqual(filter)
  expect(issueAddress('SHOP-1', '', noFilter, null)).toBe('/issues/SHOP-1')
})

test('a filter is told in words', () => {
  const words = (part: Partial<typeof noFilter>): string => wordFilter({ ...noFilter, ...part }).map(({ text }) => text).join(', ')
  expect(words({ query: 'level:error', environment: ['staging'], statsPeriod: '14d' })).toBe('level:error, environment:staging, the last 14 days')
  expect(words({ statsPeriod: '1h' })).toBe('the last hour')
  expect(words({ start: '2026-03-01T10:00:00', end: '2026-03-01T11:59:59' })).toMatch(/^1 Mar 2026, \d\d:00 – \d\d:59$/)
  expect(words({ start: 'yesterday' })).toBe('since yesterday')
  expect(words({})).toBe('')
})

describe('a value of a tag as a term', () => {
  test.each([
    ['environment', 'staging', 'environment:staging'],
    ['server_name', 'web 1', 'server_name:"web 1"'],
    ['message', 'x', 'tags[message]:x'],
    ['release', 'latest', 'release:"latest"'],
    ['Cart', 'a"b*', 'tags[Cart]:"a\\"b\\*"'],
    ['user', 'id:7', 'user:"id:7"'],
  ])('%s %s', (key, value, term) => {
    expect(tagTerm(key, value)).toBe(term)
    const read = parseSearch(term, 'event')
    expect('terms' in read && read.terms.map((one) => one.kind === 'match' && [one.key, one.patterns])).toEqual([[key, [[value]]]])
  })

  test('is added and taken away', () => {
    expect(toggleTerm('', 'a:b')).toBe('a:b')
    expect(toggleTerm('a:b c:d', 'a:b')).toBe('c:d')
    expect([hasTerm('a:bc', 'a:b'), hasTerm('x a:b', 'a:b')]).toEqual([false, true])
  })
})

describe('the chart', () => {
  test('its scale ends at the peak or above, and half of it is whole', () => {
    for (const peak of [0, 1, 2, 3, 7, 50, 59, 61, 101, 412, 999, 1000, 45_213]) {
      expect(topOf(peak)).toBeGreaterThanOrEqual(peak)
      expect(topOf(peak) % 2).toBe(0)
      if (peak > 10) expect(topOf(peak)).toBeLessThanOrEqual(peak * 2.05)
    }
  })

  test('a range is of whole bars, in either order, and covers its part', () => {
    const series = hours(1, 2, 3, 4)
    expect(rangeOf(series, 2, 1)).toEqual({ start: '2026-03-01T01:00:00.000Z', end: '2026-03-01T02:59:59.999Z' })
    expect(rangeOf(series, 9, -3)).toEqual({ start: '2026-03-01T00:00:00.000Z', end: '2026-03-01T03:59:59.999Z' })
    expect(coverOf(series, rangeOf(series, 1, 1))!.map((part) => Math.round(part * 100))).toEqual([25, 50])
    expect(coverOf(series, { start: null, end: null })).toBeNull()
    expect(coverOf(series, { start: '2027-01-01', end: null })).toBeNull()
  })

  test('presets are ranges that a drag could have chosen', () => {
    const series = hours(0, 9, 0, 0, 0, 0, 0, 1)
    expect(presetsOf(series).map(({ text, range }) => [text, range.start])).toEqual([['last hour', '2026-03-01T07:00:00.000Z'], ['last 6 hours', '2026-03-01T02:00:00.000Z'], ['busiest hour', '2026-03-01T01:00:00.000Z']])
    const now = Date.UTC(2026, 2, 1)
    expect([0.5, 3, 12, 100].map((days) => periodWith(new Date(now - days * 86_400_000).toISOString(), now))).toEqual(['24h', '7d', '30d', 'all'])
  })

  test('an empty hour has no bar, a rare one can be seen', () => {
    expect(pathOf(hours(0, 1, 1000), 1000, 72)).toBe('M10.6 70.00h8.8v2.00h-8.8zM20.6 0.00h8.8v72.00h-8.8z')
    expect(marksOf(hours(...Array.from({ length: 24 }, () => 1))).length).toBeLessThanOrEqual(6)
  })

  test('releases have names where there is room; that of the first sight goes first', () => {
    const series = hours(...Array.from({ length: 24 }, () => 1))
    const at = (hour: number): string => new Date((start + hour * 3600) * 1000).toISOString()
    const flags = layoutFlags([{ version: 'shop@1.0', date: at(10), isFirst: true }, { version: 'shop@1.1', date: at(10.1), isFirst: false }, { version: 'shop@1.2', date: at(20), isFirst: false }, { version: 'old', date: at(-5), isFirst: false }], series)
    expect(flags.map(({ label }) => label)).toEqual(['1.0', null, '1.2'])
  })
})
