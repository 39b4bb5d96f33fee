// What the search field colours: every character once, by the same parser that the server reads with.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxFilters, maxQueryLength } from '../../../core/search/limits.ts'
import { markSearch } from '../../../core/search/mark.ts'
import { parseSearch } from '../../../core/search/parse.ts'
import { printKey, printValue } from '../../../core/search/print.ts'

const marks = (query: string): string[] => markSearch(query).flatMap(({ kind, from, to }) => (kind === 'text' && query.slice(from, to).trim() === '' ? [] : [`${kind} ${query.slice(from, to)}`]))

test.each([
  ['!level:[error, "fatal"] cart', ['not !', 'key level', 'operator :[', 'value error', 'operator , ', 'value "fatal"', 'operator ]', 'text  cart']],
  ['events:>=10', ['key events', 'operator :>=', 'value 10']],
  ['tags[level]:odd http://x', ['key tags[level]', 'operator :', 'value odd', 'text  http://x']],
  ['level:>banana is:new', ['key level', 'operator :', 'wrong >banana', 'key is', 'operator :', 'value new']],
  ['level:[error, banana] x', ['key level', 'operator :[', 'value error', 'operator , ', 'wrong banana]', 'text  x']],
  ['is: x', ['wrong is:', 'text  x']],
  ['release:"a b', ['key release', 'operator :', 'wrong "a b']],
  ['a OR b', ['text a ', 'wrong OR', 'text  b']],
])('%s', (query, expected) => expect(marks(query)).toEqual(expected))

const query = fc.array(fc.oneof(fc.string(), fc.constantFrom('is:unresolved', '!level:[a, b', 'x:"', 'release:"a b"', 'events:>', ' ', ':', '[', 'tags[a]:', 'OR'))).map((parts) => parts.join(' '))

describe('marks', () => {
  test('cover the text once, and show a mistake exactly where there is one', () => {
    fc.assert(fc.property(query, (text) => {
      const found = markSearch(text)
      expect(found.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text)
      expect(found.some(({ kind }) => kind === 'wrong')).toBe('error' in parseSearch(text))
    }), { numRuns: 500 })
  })

  test('show what is too much', () => {
    const many = Array.from({ length: maxFilters + 1 }, () => 'is:new').join(' ')
    expect(markSearch(many).at(-1)).toMatchObject({ kind: 'wrong', to: many.length })
    expect(markSearch('x'.repeat(maxQueryLength + 5)).at(-1)).toEqual({ kind: 'wrong', from: maxQueryLength, to: maxQueryLength + 5 })
  })
})

test('a value is printed so that it is read as itself, bare where it can be', () => {
  expect(['shop@1.4.2', '/cart', 'a b', '[x', '>1', 'a*', '//cdn', 'C:\\x', 'https://x/y'].map(printValue)).toEqual(['shop@1.4.2', '"/cart"', '"a b"', '"[x"', '">1"', '"a\\*"', '"//cdn"', '"C:\\\\x"', 'https://x/y'])
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 50 }), fc.constantFrom('release', 'page', 'Odd:key'), (value, key) => {
    const tag = key !== 'release'
    for (const written of [printValue(value), `[${printValue(value)}]`]) {
      expect(parseSearch(`${printKey(key, tag, 'issue')}:${written}`)).toMatchObject({ terms: [{ kind: 'match', key, tag, patterns: [[value]] }] })
    }
  }))
})
