// The encoding of a key: exact, and injective.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeKey } from '../../../core/grouping/key.ts'
import type { Component } from '../../../core/grouping/types.ts'

test('a key is the domain and 32 hex digits of sha256 over the components with their lengths', () => {
  // printf 'v1\nt5:Errorm4:boomx0:' | sha256sum
  expect(encodeKey('v1', [['t', 'Error'], ['m', 'boom'], ['x', '']])).toBe('v1:dece7bb21e14ca93121e4a01e54f97c1')
})

const component = fc.tuple(fc.constantFrom('F', 'D', '/', 't', 'm', 'M', 'x', '0'), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '1', '1:', 'm1:', 'ab', 'c', '\n'))) as fc.Arbitrary<Component>

test('different components have different keys: no boundary can be forged', () => {
  fc.assert(
    fc.property(fc.array(component, { maxLength: 5 }), fc.array(component, { maxLength: 5 }), (a, b) => {
      expect(encodeKey('v1', a) === encodeKey('v1', b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns: 2000, examples: [[[['F', 'ab'], ['F', 'c']], [['F', 'a'], ['F', 'bc']]], [[['F', '1:'], ['t', '']], [['F', '1:t0:']]], [[['F', 'F0:']], [['F', ''], ['F', '']]]] },
  )
})

test('moving a boundary between neighbours changes the key', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, first, second) => {
      const [a, b] = [first % (text.length + 1), second % (text.length + 1)]
      const cut = (at: number): string => encodeKey('fp', [['F', text.slice(0, at)], ['F', text.slice(at)]])
      expect(cut(a) === cut(b)).toBe(a === b)
    }),
  )
})
