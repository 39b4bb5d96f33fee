// The address of the stream beside what stream.test.ts says, a list as one search, and spans of time in words.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch } from '../../../core/search/parse.ts'
import { anything } from '../../../ui/data/narrow.ts'
import { atFirst, columns, countedQuery, readListState, readShown, writeListState } from '../../../ui/data/views.ts'
import { fromLocalField, sayPeriod, toLocalField } from '../../../ui/parts/filter/period.ts'

test('the address says which view it is, its columns and the height of its rows', () => {
  fc.assert(fc.property(fc.option(fc.constantFrom('mine', '17')), fc.option(fc.subarray(columns.map(({ column }) => column))), fc.option(fc.constantFrom('normal' as const, 'compact' as const)), (view, shown, density) => {
    const address = writeListState(atFirst, { view, columns: shown, density })
    expect(readShown(address)).toEqual({ view, columns: shown, density })
    expect(readListState(address)).toEqual(atFirst)
  }))
  expect(readShown('?columns=users,price,trend&density=huge')).toEqual({ view: null, columns: ['trend', 'users'], density: null })
})

test('a list is counted by one search that means the same', () => {
  expect(countedQuery(atFirst)).toBe('is:unresolved')
  expect(countedQuery({ ...atFirst, query: '', environment: ['production', 'a "b" * c'], statsPeriod: '14d' })).toBe(String.raw`environment:["production", "a \"b\" \* c"] lastSeen:-14d`)
  expect(countedQuery({ ...atFirst, start: '2026-01-01T00:00:00Z', end: '2026-02-01T12:30:00Z' })).toBe('is:unresolved lastSeen:>=2026-01-01T00:00:00Z firstSeen:<=2026-02-01T12:30:00Z')
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }), (environment) => {
    const search = parseSearch(countedQuery({ ...atFirst, query: '', environment })!)
    expect('error' in search ? search.error : search.terms).toMatchObject([{ kind: 'match', key: 'environment', patterns: environment.map((name) => [name]) }])
  }))
})

test('what cannot be said in one search is not counted, and spoils no other count', () => {
  expect([{ ...atFirst, start: '1767225600' }, { ...atFirst, statsPeriod: 'soon' }, { ...atFirst, query: 'x'.repeat(990), statsPeriod: '14d' }].map(countedQuery)).toEqual([null, null, null])
})

test('a span of time in words', () => {
  expect([anything, { ...anything, statsPeriod: '24h' }, { ...anything, statsPeriod: '3w' }].map(sayPeriod)).toEqual(['Any time', 'Last 24 hours', 'Last 3 weeks'])
  expect(sayPeriod({ ...anything, start: 'nonsense' })).toBe('Since nonsense')
})

test('a time goes to the field of a form and back', () => {
  for (const time of ['2026-03-29T01:30:00Z', '2026-01-01T00:00:00Z']) expect(fromLocalField(toLocalField(time))).toBe(time)
  expect([toLocalField(null), toLocalField('nonsense'), fromLocalField('')]).toEqual(['', '', null])
})
