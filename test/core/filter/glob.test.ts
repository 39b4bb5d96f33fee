// Patterns of filters: what they match, that they match what the naive definition says, and that none takes long.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkGlob, compileGlob } from '../../../core/filter/glob.ts'
import { measureCpu } from '../event/given.ts'

/** The definition, one line for each kind of character; takes exponential time. */
function matchesNaively(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*') return matchesNaively(pattern.slice(1), text) || (text !== '' && matchesNaively(pattern, text.slice(1)))
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matchesNaively(pattern.slice(1), text.slice(1))
}

describe('a pattern', () => {
  test.each([
    ['TypeError*', 'typeerror: x is null', true],
    ['*is null', 'TypeError: x is null', true],
    ['*NULL*', 'TypeError: x is null', true],
    ['TypeError', 'TypeError: x is null', false],
    ['ChunkLoadError: Loading chunk * failed.', 'ChunkLoadError: Loading chunk 552 failed.', true],
    ['1.0.?', '1.0.7', true],
    ['1.0.?', '1.0.10', false],
    ['[a-z]+(.*)', '[a-z]+(.*)', true],
    ['[a-z]+', 'abc', false],
    ['a*b*c', 'a--b--b--c', true],
    ['**', '', true],
    ['', '', true],
    ['', 'a', false],
    ['x\ny*', 'x\ny\nz', true],
  ])('%j against %j: %j', (pattern, text, expected) => {
    expect(compileGlob(pattern)(text)).toBe(expected)
  })

  test('matches what the naive definition matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.'), maxLength: 9 })
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'B', '.', '*', '?'), maxLength: 7 }), letters, (pattern, text) => {
        expect(compileGlob(pattern)(text)).toBe(matchesNaively(pattern.toLowerCase(), text.toLowerCase()))
      }),
      { numRuns: 3000 },
    )
  })

  test('of twenty wildcards against a megabyte takes no time to speak of', () => {
    const glob = compileGlob(`${'*a'.repeat(20)}b`)
    expect(measureCpu(() => expect(glob('a'.repeat(1_000_000))).toBe(false))).toBeLessThan(200)
  })

  test.each([['*', false], ['**?', false], [' ', false], ['', false], ['a*', true], ['?.1', true]])('%j may be a filter: %j', (pattern, isAllowed) => {
    expect(checkGlob(pattern) === null).toBe(isAllowed)
  })
})
