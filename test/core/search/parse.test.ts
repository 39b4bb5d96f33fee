// The search grammar: what a query means, where it is wrong, and that printing undoes parsing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxFilters, maxQueryLength } from '../../../core/search/limits.ts'
import { parseSearch } from '../../../core/search/parse.ts'
import { printSearch } from '../../../core/search/print.ts'
import type { Term } from '../../../core/search/term.ts'
import { resolveTime } from '../../../core/search/times.ts'
import { listKeyWords, type Subject } from '../../../core/search/words.ts'

const terms = (query: string, subject?: Subject) => {
  const search = parseSearch(query, subject)
  return 'error' in search ? search.error : search.terms
}
const meanings = (query: string, subject?: Subject) => (terms(query, subject) as Term[]).map(({ from: _from, to: _to, ...meaning }) => meaning)
const match = (key: string, ...patterns: string[][]) => ({ kind: 'match', key, tag: false, negated: false, patterns })

describe('a query', () => {
  test('is filters and text, with their places', () => {
    expect(terms('is:unresolved  cart "is null"')).toEqual([
      { kind: 'is', words: ['unresolved'], negated: false, from: 0, to: 13 },
      { kind: 'text', text: 'cart', negated: false, from: 15, to: 19 },
      { kind: 'text', text: 'is null', negated: false, from: 20, to: 29 },
    ])
  })

  test.each([
    ['!is:archived', [{ kind: 'is', words: ['archived'], negated: true }]],
    ['is:[muted, regressed]', [{ kind: 'is', words: ['archived', 'regressed'], negated: false }]],
    ['level:[error, "fatal"]', [match('level', ['error'], ['fatal'])]],
    ['error.handled:0', [match('error.handled', ['false'])]],
    ['release:shop@1.*', [match('release', ['shop@1.', ''])]],
    ['release:"a \\"b\\" \\* c*"', [match('release', ['a "b" * c', ''])]],
    ['stack.filename:C:\\src\\*', [match('stack.filename', ['C:\\src*'])]],
    ['transaction:/cart', [{ ...match('transaction', ['/cart']), tag: true }]],
    ['customer.tier:gold', [{ ...match('customer.tier', ['gold']), tag: true }]],
    ['tags[level]:odd', [{ ...match('level', ['odd']), tag: true }]],
    ['timesSeen:>=10', [{ kind: 'number', key: 'events', comparison: '>=', numbers: [10], negated: false }]],
    ['users:[1, 2]', [{ kind: 'number', key: 'users', comparison: '=', numbers: [1, 2], negated: false }]],
    ['has:release !has:tags[x]', [{ kind: 'has', key: 'release', tag: false, negated: false }, { kind: 'has', key: 'x', tag: true, negated: true }]],
    ['user.email:""', [{ kind: 'has', key: 'user.email', tag: false, negated: true }]],
    ['assigned:[me, none]', [{ kind: 'person', people: ['me', 'none'], negated: false }]],
    ['age:-24h', [{ kind: 'time', key: 'firstSeen', comparison: '>', time: { agoSeconds: 86_400 }, negated: false }]],
    ['age:>2d', [{ kind: 'time', key: 'firstSeen', comparison: '<', time: { agoSeconds: 172_800 }, negated: false }]],
    ['lastSeen:+7d', [{ kind: 'time', key: 'lastSeen', comparison: '<', time: { agoSeconds: 604_800 }, negated: false }]],
    ['firstSeen:>2026-01-01', [{ kind: 'time', key: 'firstSeen', comparison: '>', time: { at: Date.UTC(2026, 0, 1), spanMs: 86_400_000 }, negated: false }]],
    ['firstSeen:1970-01-01', [{ kind: 'time', key: 'firstSeen', comparison: '=', time: { at: 0, spanMs: 86_400_000 }, negated: false }]],
    ['lastSeen:<=2026-01-01T12:00+02:00', [{ kind: 'time', key: 'lastSeen', comparison: '<=', time: { at: Date.UTC(2026, 0, 1, 10), spanMs: 60_000 }, negated: false }]],
  ])('%s', (query, expected) => expect(meanings(query)).toEqual(expected))

  test('keeps addresses, types and names with colons as text', () => {
    for (const text of ['http://shop/cart', 'TypeError:', 'std::bad_alloc', 'Error:x', ':', '!', 'error:', 'run(app.js)', 'foo()']) expect(terms(text)).toMatchObject([{ kind: 'text', text }])
  })

  test('means a whole day by a date, and counts back from the time it is given', () => {
    const now = new Date('2026-03-01T00:00:00Z')
    const range = (query: string) => resolveTime((terms(query) as Term[])[0] as never, now)
    expect(range('firstSeen:2026-01-01')).toEqual({ from: new Date('2026-01-01'), before: new Date('2026-01-02') })
    expect(range('firstSeen:<=2026-01-01')).toEqual({ from: null, before: new Date('2026-01-02') })
    expect(range('age:-1d')).toEqual({ from: new Date('2026-02-28'), before: null })
    expect(range('age:+1d')).toEqual({ from: null, before: new Date('2026-02-28') })
  })
})

describe('a query that cannot be read', () => {
  test.each<[query: string, position: number, expected: string, message?: string]>([
    ['x is:open', 5, expect.stringContaining('unresolved, resolved, archived'), expect.stringMatching(/^"open" is no value of "is" at character 6: expected unresolved, /)],
    ['level:>banana', 6, 'fatal, error, warning, info, debug', '">banana" is no value of "level" at character 7: expected fatal, error, warning, info, debug.'],
    ['level:[error, banana]', 14, 'fatal, error, warning, info, debug'],
    ['is:', 3, 'a value'],
    ['is:constructor', 3, expect.stringContaining('unresolved')],
    ['"open', 5, 'a closing "'],
    ['release:"open', 13, 'a closing "'],
    ['release:[a, ', 12, 'a value'],
    ['release:[a b]', 11, ', or ]'],
    ['release:[]', 9, 'a value'],
    ['release:"a"b', 11, 'a space'],
    ['release:>1.0', 8, 'a text, in quotes if it begins with >'],
    ['events:many', 7, 'a whole number, also behind >, >=, < or <='],
    ['events:-1', 7, expect.any(String)],
    ['age:24h', 4, expect.stringContaining('-24h')],
    ['firstSeen:2026-02-30', 10, expect.stringContaining('2026-01-01')],
    ['lastSeen:>+7d', 9, expect.any(String)],
    ['has:is', 4, expect.stringContaining('the name of a tag')],
    ['a OR b', 2, expect.stringContaining('a list of values')],
    ['a AND b', 2, expect.stringContaining('the next filter')],
    ['(is:resolved', 0, expect.stringContaining('quoted')],
    ['timestamp:-1h', 0, 'a key of issues', '"timestamp" cannot be asked of issues at character 1: expected a key of issues.'],
  ])('%s', (query, position, expected, message) => expect(terms(query)).toEqual({ position, expected, message: message ?? expect.any(String) }))

  test('asks too much', () => {
    expect(terms('x'.repeat(10_000))).toMatchObject({ position: maxQueryLength, expected: `at most ${maxQueryLength} characters` })
    expect(terms('a:b '.repeat(maxFilters + 1))).toMatchObject({ position: maxFilters * 4, expected: `at most ${maxFilters} filters` })
  })

  test('asks of events what only issues have', () => expect(terms('is:unresolved', 'event')).toMatchObject({ position: 0, expected: 'a key of events' }))
})

// Texts that look like queries are rare among all texts.
const key = fc.oneof(fc.constantFrom(...listKeyWords('issue'), 'page', 'tags[a:b]'), fc.stringMatching(/^[a-z.]{1,8}$/))
const value = fc.oneof(
  fc.constantFrom('me', 'unresolved', 'error', 'true', '>10', '<=2026-01-01', '-24h', '>2h', 'a*b', '[a, "b c"]', '[1, 2]', '"quo\\"ted*"', '2026-01-01T10:00:00.5Z', 'latest', '""', '12', '\\*', '['),
  fc.string({ maxLength: 8 }),
)
const word = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('AND', 'OR', '(', '"open', '\\'), fc.tuple(fc.constantFrom('', '!'), key, value).map(([not, name, text]) => `${not}${name}:${text}`))
const queries = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '))
const subjects = fc.constantFrom<Subject>('issue', 'event')

describe('any text', () => {
  test('is read or refused, never thrown at; the places of its terms tile it', () => {
    fc.assert(
      fc.property(queries, subjects, (query, subject) => {
        const search = parseSearch(query, subject)
        if ('error' in search) return search.error.position <= query.length && search.error.message.endsWith('.')
        let end = 0
        for (const { from, to } of [...search.terms, { from: query.length, to: query.length }]) {
          expect(query.slice(end, from)).toMatch(/^(\s|"")*$/u)
          expect(to).toBeGreaterThanOrEqual(from)
          end = to
        }
        return true
      }),
      { numRuns: 2_000 },
    )
  })

  test('means the same when it is printed and read again', () => {
    fc.assert(
      fc.property(queries, subjects, (query, subject) => {
        const search = parseSearch(query, subject)
        fc.pre(!('error' in search))
        const printed = printSearch(search.terms, subject)
        fc.pre(printed.length <= maxQueryLength)
        expect(meanings(printed, subject)).toEqual(meanings(query, subject))
      }),
      { numRuns: 2_000 },
    )
  })

  test('in quotes is found as it is', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => void expect(terms(`"${text.replace(/[\\"]/g, '\\$&')}"`)).toMatchObject([{ kind: 'text', text }])))
  })

  test('costs little, however it tries', () => {
    const started = performance.now()
    for (const part of ['"', '\\', '[', 'a:', '!', 'a:"\\', 'a:[b,', ' ', 'tags[', '*', '>']) for (let run = 0; run < 20; run++) parseSearch(part.repeat(maxQueryLength).slice(0, maxQueryLength))
    // Milliseconds; a pattern that backtracks takes minutes.
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
