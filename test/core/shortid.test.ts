import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatShortId, parseShortId } from '../../core/shortid.ts'

test('a position becomes base32 behind the slug', () => {
  expect(formatShortId('shop', 1203)).toBe('SHOP-15K')
})

test('every position and slug comes back, in any case', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (slug, position) => {
    expect(parseShortId(formatShortId(slug, position))).toEqual({ slug, position })
    expect(parseShortId(formatShortId(slug, position).toLowerCase())).toEqual({ slug, position })
  }))
})

test('letters that look like digits are read as them; what is no short id is none', () => {
  expect(parseShortId('shop-IL')).toEqual({ slug: 'shop', position: 33 })
  for (const text of ['shop', 'shop-', '-15K', 'shop-15U', 'shop-0', `shop-${'Z'.repeat(20)}`]) expect(parseShortId(text), text).toBeNull()
})
