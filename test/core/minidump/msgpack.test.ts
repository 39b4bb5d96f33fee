// The reader of MessagePack against the encoder that SDKs use, and against headers that promise more than there is.
import { encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMsgpack } from '../../../core/minidump/msgpack.ts'

test('any JSON that was encoded is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'))
      // Beyond 2^53 the encoder writes a float.
      expect(readMsgpack(encode(value), 1)).toEqual([JSON.parse(JSON.stringify(value))])
    }),
    { numRuns: 1_000 },
  )
})

test.each([0, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, Number.MAX_SAFE_INTEGER, -1, -32, -33, -128, -129, -32_768, -32_769, -2_147_483_649, 1.5])('%d is read', (number) => {
  expect(readMsgpack(encode(number), 1)).toEqual([number])
})

test.each([1, 31, 32, 255, 256, 65_536])('texts, lists and maps of %d are read', (size) => {
  const value = { text: 'ü'.repeat(size), list: Array.from({ length: size }, (_, index) => index), map: Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, index])) }
  expect(readMsgpack(encode(value), 1)).toEqual([value])
})

test('values one after the other are read, as breadcrumbs are written, up to a number', () => {
  const bytes = Buffer.concat([{ a: 1 }, { a: 2 }, { a: 3 }].map((crumb) => encode(crumb)))
  expect(readMsgpack(bytes, 10)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  expect(readMsgpack(bytes, 2)).toHaveLength(2)
  expect(readMsgpack(bytes.subarray(0, -1), 10)).toHaveLength(2)
})

test('bytes, dates and numbers that JSON has not are null', () => {
  expect(readMsgpack(encode([new Uint8Array(300), new Date(0), Number.NaN, Infinity]), 1)).toEqual([[null, null, null, null]])
})

test('no key reaches the prototype', () => {
  const [value] = readMsgpack(Buffer.from([0x81, 0xa9, ...Buffer.from('__proto__'), 0x81, 0xa1, 0x78, 0x01]), 1)
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect((value as { x?: number }).x).toBeUndefined()
})

test.each([
  ['a list of four thousand million', [0xdd, 0xff, 0xff, 0xff, 0xff]],
  ['a map of four thousand million', [0xdf, 0xff, 0xff, 0xff, 0xff]],
  ['a text of four thousand million', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
  ['bytes of four thousand million', [0xc6, 0xff, 0xff, 0xff, 0xff, 0x61]],
  ['a head that there is not', [0xc1]],
])('%s in a few bytes is nothing', (_name, bytes) => {
  expect(readMsgpack(Buffer.from(bytes), 1)).toEqual([])
})

test('a million lists in lists, each promising a thousand, are nothing and take nothing', () => {
  expect(readMsgpack(Buffer.alloc(1024 * 1024, 0x91), 1)).toEqual([])
  expect(readMsgpack(Buffer.alloc(1024 * 1024, Buffer.from([0xdc, 0x03, 0xe8])), 1)).toEqual([])
})

test('any bytes at all are read without harm', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readMsgpack(bytes, 100)), { numRuns: 5_000 })
})
