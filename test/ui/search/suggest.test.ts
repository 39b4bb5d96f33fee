// Completion as a function: text, caret and what is known in, suggestions out (ui.md 2.5).

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSearch } from '../../../core/search/parse.ts'
import { printValue } from '../../../core/search/print.ts'
import { findKeyWord, listKeyWords, type Subject } from '../../../core/search/words.ts'
import { suggest, wantedValues, type Known } from '../../../ui/parts/search/suggest.ts'
import { judge } from '../../../ui/parts/search/verdict.ts'
import { listKeys } from '../../../ui/parts/search/words.ts'

const known = (over: Partial<Known> = {}): Known => ({ subject: 'issue', tags: ['environment', 'page', 'Odd:tag', 'release'], values: [], members: [{ name: 'Eva Lind', email: 'eva@example.com' }], recent: ['is:new cart'], day: '2026-11-23', ...over })

/** The caret is the `|`, before and after. */
function at(marked: string): [query: string, caret: number] {
  const caret = marked.indexOf('|')
  return [marked.replace('|', ''), caret]
}
const show = (one: { text: string; caret: number } | undefined): string | undefined => one && `${one.text.slice(0, one.caret)}|${one.text.slice(one.caret)}`
const labels = (marked: string, over?: Partial<Known>): string[] => suggest(...at(marked), known(over)).map(({ label }) => label)
const choose = (marked: string, label: string, over?: Partial<Known>): string | undefined => show(suggest(...at(marked), known(over)).find((one) => one.label === label))
const judged = (marked: string, over?: Partial<Known>) => judge(...at(marked), suggest(...at(marked), known(over)), known(over))

describe('suggestions', () => {
  test('of an empty field are recent searches, filters and tags', () => {
    const found = labels('|')
    expect(found[0]).toBe('is:new cart')
    expect(found.slice(1, 4)).toEqual(['is', 'assigned', 'level'])
    expect(found.slice(-2)).toEqual(['page', 'tags[Odd:tag]'])
    expect(labels('is:new |')[0]).toBe('is')
    expect(labels('|', { subject: 'event' })).not.toContain('is')
  })

  test('begin as the word does, else have it inside', () => {
    expect(labels('rel|')).toEqual(['release', 'firstRelease'])
    expect(labels('!pa|')).toEqual(['page'])
    expect(labels('cart unres|')).toEqual(['is:unresolved'])
    expect(labels('"unres|')).toEqual([])
    expect(labels('level:er|')).toEqual(['error'])
    expect(labels('level:error|')).toEqual([])
    expect(labels('is:for|')[0]).toBe('for_review')
    expect(labels('assigned:lind|')).toEqual(['eva@example.com'])
    expect(labels('events:|')).toEqual(['>1', '>10', '>100', '>1000'])
    expect(labels('age:-|')).toEqual(['-1h', '-24h', '-7d', '-14d', '-30d'])
    expect(labels('lastSeen:>|')).toEqual(['>=2026-11-23'])
    expect(labels('has:|')).toEqual(['environment', 'page', 'tags[Odd:tag]', 'release'])
  })

  test.each([
    ['is:unr|', 'unresolved', 'is:unresolved |'],
    ['is:unr| cart', 'unresolved', 'is:unresolved |cart'],
    ['cart !lev|', 'level', 'cart !level:|'],
    ['lev|:error', 'level', 'level:|error'],
    ['|cart', 'level', 'level:| cart'],
    ['is:[new, reg|]', 'regressed', 'is:[new, regressed|]'],
    ['is:[reg|, new]', 'regressed', 'is:[regressed|, new]'],
    ['is:[new, reg| cart', 'regressed', 'is:[new, regressed] |cart'],
    ['unres| cart', 'is:unresolved', 'is:unresolved |cart'],
    ['assigned:|', 'eva@example.com', 'assigned:eva@example.com |'],
  ])('%s, %s', (marked, label, after) => expect(choose(marked, label)).toBe(after))

  test('of values are quoted where they must be, with their counts', () => {
    const values = [{ value: 'check out', count: 7 }, { value: 'cart', count: 3 }]
    expect(suggest(...at('page:|'), known({ values })).map(({ label, count }) => [label, count])).toEqual([['check out', 7], ['cart', 3]])
    expect(choose('page:"che|', 'check out', { values })).toBe('page:"check out" |')
    expect(choose('page:"che| is:new', 'check out', { values })).toBe('page:"check out" |is:new')
    expect(choose('page:[cart, c|]', 'check out', { values })).toBe('page:[cart, "check out"|]')
    expect(suggest(...at('level:|'), known({ values: [{ value: 'error', count: 9 }] })).map(({ label, count }) => [label, count]).slice(0, 2)).toEqual([['fatal', null], ['error', 9]])
  })

  test('ask for real values only where there are some', () => {
    expect(wantedValues(...at('cart release:sh|'), 'issue')).toEqual({ key: 'release', tag: false, typed: 'sh' })
    expect(wantedValues(...at('page:"a b|'), 'issue')).toEqual({ key: 'page', tag: true, typed: 'a b' })
    expect(wantedValues(...at('tags[level]:|'), 'issue')).toEqual({ key: 'level', tag: true, typed: '' })
    expect(['is:|', 'cart|', 'events:|', 'age:|', 'release:x |'].map((marked) => wantedValues(...at(marked), 'issue'))).toEqual([null, null, null, null, null])
  })

  test('know every key of the grammar, under one of its names', () => {
    const meaning = (key: string, subject: Subject) => JSON.stringify(findKeyWord(key, subject))
    for (const subject of ['issue', 'event'] as const) {
      const offered = new Set(listKeys(subject).map(({ word }) => meaning(word, subject)))
      expect(listKeyWords(subject).filter((key) => !offered.has(meaning(key, subject)) && !['project', 'error.unhandled'].includes(key))).toEqual([])
    }
  })
})

test('a chosen value leaves a query that can be read, when the rest could', () => {
  const filter = fc.constantFrom('is:new', '!level:[error, fatal]', 'release:"a b"', 'tags[Odd:tag]:x', 'cart', '"no cart"', 'events:>10', 'age:-24h', 'http://x')
  const others = fc.array(filter, { maxLength: 3 }).map((all) => all.join(' '))
  const open = fc.constantFrom('', 'un', 'is:', 'is:un', '!is:', 'level:', 'level:[error, ', 'release:', 'release:"s', 'page:', 'page:[', 'tags[Odd:tag]:', 'age:', 'events:', 'has:', 'assigned:', 'lev', '!', 'release:[a, "b')
  const value = fc.string({ minLength: 1, maxLength: 20 })
  fc.assert(fc.property(others, open, others, fc.array(value, { maxLength: 3 }), fc.constantFrom<Subject>('issue', 'event'), (before, typed, after, values, subject) => {
    const start = before === '' ? '' : `${before} `
    const [query, caret] = [`${start}${typed}${after === '' ? '' : ` ${after}`}`, start.length + typed.length]
    // An open quotation ends at the next quote, whosever that is.
    fc.pre(!('error' in parseSearch(`${before} ${after}`, subject)) && !(/"/.test(typed) && /"/.test(after)))
    for (const one of suggest(query, caret, known({ subject, recent: ['level:error cart'], values: values.map((text) => ({ value: text, count: 1 })) }))) {
      const search = parseSearch(one.text, subject)
      // A key waits for its value; of a tag it is a word until then.
      if (one.isWhole) expect(search, one.text).not.toHaveProperty('error')
      else if ('error' in search) expect(search.error.position, one.text).toBe(one.caret)
      expect(one.text.startsWith(start) && one.text.endsWith(after)).toBe(true)
    }
  }), { numRuns: 400 })
})

test('suggestions never fail, wherever the caret is', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('is:', '[', ']', ',', '"', 'tags[', '!level:[a, "b', ' '))).map((all) => all.join('')), fc.nat(), (query, number) => {
    const caret = number % (query.length + 1)
    const found = suggest(query, caret, known({ values: [{ value: printValue('x'), count: 1 }] }))
    for (const one of found) expect(one.caret).toBeLessThanOrEqual(one.text.length)
    judge(query, caret, found, known())
  }), { numRuns: 400 })
})

describe('what is typed', () => {
  test.each([
    ['is:unr|', { ready: false, error: null }],
    ['level:|', { ready: false, error: null }],
    ['page:|', { ready: false, error: null }],
    ['release:"sh|', { ready: false, error: null }],
    ['cart|', { ready: true, error: null, mayGrow: false }],
    ['cart rel|', { ready: true, error: null, mayGrow: true }],
    ['level:error|', { ready: true, error: null, mayGrow: false }],
    ['events:>1|', { ready: true, error: null, mayGrow: false }],
    ['level:>banana|', { ready: false, error: expect.stringContaining('">banana" is no value of "level"') }],
    ['is:banana |', { ready: false, error: expect.stringContaining('"banana"') }],
  ])('%s', (marked, verdict) => expect(judged(marked)).toEqual(verdict))

  test('waits while it is the beginning of a value, not when it is one', () => {
    const values = [{ value: 'shop@1', count: 1 }, { value: 'shop@10', count: 1 }]
    expect(judged('release:shop|', { values })).toEqual({ ready: false, error: null })
    expect(judged('release:shop@1|', { values })).toMatchObject({ ready: true })
    expect(judge('is:unr', null, [], known())).toMatchObject({ ready: false, error: expect.stringContaining('"unr"') })
  })
})
