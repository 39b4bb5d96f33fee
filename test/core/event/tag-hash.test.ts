// The hashes of tags are stored: none of these numbers may ever change.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashTag, hashTagKey, hashTags } from '../../../core/event/tag-hash.ts'

/** FNV-1a as it is defined, without a thought of speed. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5n
  for (const byte of Buffer.from(text, 'utf16le')) hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn
  return Number(BigInt.asIntN(32, hash))
}

const text = fc.string({ unit: 'binary' })

test('a tag hashes as what is written key=value, a key as its name', () => {
  fc.assert(fc.property(text, text, (key, value) => {
    expect(hashTagKey(key)).toBe(fnv1a(key))
    expect(hashTag(key, value)).toBe(fnv1a(`${key}=${value}`))
  }))
})

test('the numbers are those that were stored', () => {
  expect([hashTagKey('level'), hashTag('level', 'error'), hashTag('release', 'shop@1.2.3'), hashTag('city', 'Zürich 🏔')]).toEqual([735742139, 560826150, -957568811, -1236570740])
})

test('of every tag its key and itself, ascending, each once', () => {
  fc.assert(fc.property(fc.array(fc.tuple(text, text)), fc.array(fc.tuple(text, text)), (some, others) => {
    const all = [...some, ...others].flatMap(([key, value]) => [hashTagKey(key), hashTag(key, value)])
    expect([...hashTags(some, others)]).toEqual([...new Set(all)].toSorted((a, b) => a - b))
  }))
})
