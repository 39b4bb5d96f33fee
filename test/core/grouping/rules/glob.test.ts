// Globs of rules: what they match, that it is what the naive definition says, and that they stop when the meter does.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileGlob, countWildcards, matchGlob, readyText, type Comparison } from '../../../../core/grouping/rules/glob.ts'

const plain = {}
const path = { path: true, ignoresCase: true } as const

function matches(glob: string, value: string, comparison: Comparison): boolean {
  const meter = { left: 1_000_000 }
  return compileGlob(glob, comparison).some((each) => matchGlob(each, readyText(value, comparison, meter), meter))
}

/** The definition, one line for each kind of token; takes exponential time. */
function matchesNaively([token, ...tokens]: string[], [first, ...rest]: string[], inPath: boolean): boolean {
  if (token === undefined) return first === undefined
  const crosses = !inPath || first !== '/'
  if (token === '?') return first !== undefined && crosses && matchesNaively(tokens, rest, inPath)
  if (!token.startsWith('*')) return first === token && matchesNaively(tokens, rest, inPath)
  return matchesNaively(tokens, first === undefined ? [] : [first, ...rest], inPath) || (first !== undefined && (crosses || token.length > 1) && matchesNaively([token, ...tokens], rest, inPath))
}

function define(glob: string, value: string, inPath: boolean): boolean {
  const bare = (text: string): string => (inPath ? text.replaceAll('\\', '/').replace(/^\//, '') : text)
  const tokens = bare(glob).match(/\*+|[^*]/gu) ?? []
  const leading = inPath && tokens[0]?.startsWith('*') === true
  return matchesNaively(tokens, [...bare(value)], inPath) || (leading && matchesNaively(tokens, ['/', ...bare(value)], inPath))
}

test.each([
  ['TimeoutError', 'TimeoutError', true],
  ['TimeoutError', 'timeouterror', false],
  ['TimeoutError', 'TimeoutErrors', false],
  ['Timeout*', 'TimeoutError', true],
  ['*Error', 'a/b\nError', true],
  ['**a**', 'bab', true],
  ['a*b*c', 'a--b--b--c', true],
  ['E?', 'E1', true],
  ['E?', 'E', false],
  ['E?', 'E😀', true],
  ['[a-z]{2}\\d', '[a-z]{2}\\d', true],
  ['[a-z]', 'b', false],
])('%j against %j: %j', (glob, value, expected) => {
  expect(matches(glob, value, plain)).toBe(expected)
})

test.each([
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', '/src/a.ts', true],
  ['/src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/b/a.ts', false],
  ['src/**.ts', 'src/b/a.ts', true],
  ['**/db/*', 'db/pool.py', true],
  ['**/db/*', '/srv/app/db/pool.py', true],
  ['**/db/*', '/srv/app/db/pool/x.py', false],
  ['*/db/x', '/srv/app/db/x', false],
  ['src/?.ts', 'src/a.ts', true],
  ['src?a.ts', 'src/a.ts', false],
  [String.raw`c:\app\**`, 'C:/App/x/y.cs', true],
  ['C:/app/*.cs', String.raw`c:\APP\x.cs`, true],
  ['**/node_modules/**', 'webpack:///./node_modules/a/b.js', true],
  ['/usr/lib/*', '/usr/lib/libc.so', true],
  ['*', '/', true],
])('the path %j against %j: %j', (glob, value, expected) => {
  expect(matches(glob, value, path)).toBe(expected)
})

test.each([['*ΔΟΣ*', 'οδοσία'], ['*ΔΟΣ', 'ο ΔΟΣ'], ['ÄRGER*', 'ärger im Haus'], ['STRASSE ?', 'strasse 1']])('in any case %j matches %j', (glob, value) => {
  expect(matches(glob, value, { ignoresCase: true })).toBe(true)
})

const globs = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\\', '*', '*', '?', '😀'), maxLength: 8 })
const values = fc.string({ unit: fc.constantFrom('a', 'a', 'b', '/', '\\', '😀'), maxLength: 10 })

test.each([['a field', false], ['a path', true]])('globs of %s match what the definition says', (_, inPath) => {
  fc.assert(
    fc.property(globs, values, (glob, value) => {
      expect(matches(glob, value, inPath ? { path: true } : plain)).toBe(define(glob, value, inPath))
    }),
    { numRuns: 10_000 },
  )
})

test('a run of stars is one wildcard', () => {
  expect(countWildcards('**/a?/*.b')).toBe(3)
})

test('a match that would need more steps than are left is none, and takes no step more', () => {
  const value = 'a'.repeat(2048)
  const [glob] = compileGlob(`*${'a'.repeat(900)}b*`, plain)
  const text = { ...readyText(value, plain, { left: 0 }), mask: -1 }
  const enough = { left: 10_000_000 }
  expect(matchGlob(glob!, text, enough)).toBe(false)
  const taken = 10_000_000 - enough.left
  expect(taken).toBeGreaterThan(900_000)
  expect(taken).toBeLessThan(2 * 2048 * 902)
  const few = { left: 1000 }
  expect(matchGlob(glob!, text, few)).toBe(false)
  expect(few.left).toBe(-1)
})

test('a value without a character that the glob needs costs one step', () => {
  const meter = { left: 100 }
  const text = readyText('shop.orders', plain, { left: 100 })
  expect(matchGlob(compileGlob('*billing*', plain)[0]!, text, meter)).toBe(false)
  expect(meter.left).toBe(99)
})

test('a segment that ends the path is searched once, not once for each of its places', () => {
  const value = `b${'a'.repeat(2047)}`
  const meter = { left: 1_000_000 }
  expect(matchGlob(compileGlob('**a*b', path)[0]!, readyText(value, path, { left: 0 }), meter)).toBe(false)
  expect(1_000_000 - meter.left).toBeLessThan(5 * 2048)
})
