// Which release is the later one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareVersions, isLater } from '../../../core/release/order.ts'

describe('names', () => {
  test.each([
    ['shop@1.2.3', 'shop@1.2.4'], ['shop@1.9', 'shop@1.10'], ['shop@1.2.3-rc.1', 'shop@1.2.3'], ['1.0.0-alpha', '1.0.0-alpha.1'], ['1.0.0-alpha.1', '1.0.0-alpha.beta'],
    ['1.0.0-2', '1.0.0-11'], ['1.0.0-rc.1', '1.0.0-rc.1.1'], ['app@41', 'app@42'], ['app@1.0+9', 'app@1.0+10'], ['app@1.0', 'app@1.0+1'], ['1.2.3.4', '1.2.3.5'], ['v1.2.3', 'v2.0.0'],
    ['@scope/app@1.0.0', '@scope/app@1.0.1'], ['1.0.99999999999999999998', '1.0.99999999999999999999'], ['2026.1.2', '2026.01.10'],
  ])('%s is before %s', (a, b) => {
    expect([compareVersions(a, b), compareVersions(b, a)].map(Math.sign as (order: number | null) => number)).toEqual([-1, 1])
  })

  test.each([['shop@1.2.3', 'web@1.2.4'], ['1.2.3', 'shop@1.2.4'], ['a1b2c3d', 'b2c3d4e'], ['1234567', '7654321'], ['shop@latest', 'shop@1.0'], ['shop@1.0+abc', 'shop@1.0+def'], ['', '1.0']])('nothing is known of %s and %s', (a, b) => {
    expect(compareVersions(a, b)).toBeNull()
  })

  test('a release is the same as itself, and as one that only writes its zeros', () => {
    expect([compareVersions('a1b2c3d', 'a1b2c3d'), compareVersions('shop@1.2', 'shop@1.2.0')]).toEqual([0, 0])
  })
})

const part = fc.oneof(fc.nat(12).map(String), fc.constantFrom('a', 'b', 'rc'))
const version = fc
  .tuple(fc.constantFrom('', 'shop@', 'web@'), fc.array(fc.nat(12).map(String), { minLength: 2, maxLength: 4 }), fc.array(part, { maxLength: 3 }), fc.option(fc.nat(12), { nil: undefined }))
  .map(([name, numbers, prerelease, build]) => `${name}${numbers.join('.')}${prerelease.length > 0 ? `-${prerelease.join('.')}` : ''}${build === undefined ? '' : `+${build}`}`)
const name = fc.oneof(version, fc.constantFrom('a1b2c3d', 'nightly', 'shop@1.0+abc', 'shop@1.0+def'), fc.string())

describe('laws', () => {
  test('what is before another has that one after it', () => {
    fc.assert(fc.property(name, name, (a, b) => {
      const [there, back] = [compareVersions(a, b), compareVersions(b, a)]
      expect(back).toBe(there === null ? null : 0 - there)
    }))
  })

  test('versions of one package are in one order', () => {
    const own = version.map((text) => `shop@${text.replace(/^.*@/, '')}`)
    fc.assert(fc.property(own, own, own, (a, b, c) => {
      expect(compareVersions(a, b)).not.toBeNull()
      const sorted = [a, b, c].toSorted((left, right) => compareVersions(left, right)!)
      expect(compareVersions(sorted[0]!, sorted[2]!)).toBeLessThanOrEqual(0)
      expect(compareVersions(sorted[0]!, sorted[1]!) === 0 && compareVersions(sorted[1]!, sorted[2]!) === 0).toBe(compareVersions(sorted[0]!, sorted[2]!) === 0)
    }))
  })

  test('no release is later than itself, nor two later than each other', () => {
    fc.assert(fc.property(name, name, fc.option(fc.nat(5)), fc.option(fc.nat(5)), (a, b, first, second) => {
      const positionOf = (of: string): number | null => (of === a ? first : second)
      expect(isLater(a, a, positionOf)).toBe(false)
      expect(isLater(a, b, positionOf) && isLater(b, a, positionOf)).toBe(false)
    }))
  })
})

test('where names say nothing, the one that appeared later is later; one that never appeared has none after it', () => {
  const appeared = new Map([['a1b2c3d', 5], ['0f0f0f0', 9]])
  const positionOf = (of: string): number | null => appeared.get(of) ?? null
  expect([isLater('0f0f0f0', 'a1b2c3d', positionOf), isLater('a1b2c3d', '0f0f0f0', positionOf), isLater('a1b2c3d', 'unknown', positionOf)]).toEqual([true, false, false])
  expect(isLater('shop@2.0', 'shop@1.0', () => null)).toBe(true)
})
