// Every encoding SDKs send, what proxies do to them, and bombs (protocol 2.5; cases 27 to 34 and 140).
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Encoding } from '../../../core/fact.ts'
import { InflateError, inflate } from '../../../core/envelope/inflate.ts'
import { measureCpu } from '../event/given.ts'

const text = Buffer.from(JSON.stringify({ message: 'hello world '.repeat(100) }))
const garbage = Buffer.from('<!-- proxy -->')
const MiB = 1024 * 1024

function codeOf(payload: Uint8Array, encoding: Encoding, maxBytes: number = 10 * MiB): string {
  try {
    inflate(payload, encoding, maxBytes)
    return 'inflated'
  } catch (error) {
    expect(error).toBeInstanceOf(InflateError)
    return (error as InflateError).code
  }
}

const forms: [string, Encoding, (plain: Uint8Array) => Buffer][] = [
  ['gzip', 'g', gzipSync],
  ['zlib', 'd', deflateSync],
  ['raw deflate', 'd', deflateRawSync],
  ['brotli', 'b', brotliCompressSync],
  ['zstd', 'z', zstdCompressSync],
]

describe.each(forms)('%s', (_name, encoding, compress) => {
  test('gives back what was compressed', () => expect(Buffer.compare(inflate(compress(text), encoding, 10 * MiB), text)).toBe(0))
  test('fits a cap of exactly its size, not one byte less', () => {
    expect(codeOf(compress(text), encoding, text.length)).toBe('inflated')
    expect(codeOf(compress(text), encoding, text.length - 1)).toBe('too_large')
  })
  test('33 is corrupt when truncated', () => expect(codeOf(compress(text).subarray(0, -3), encoding)).toBe('corrupt'))
  test('is corrupt when empty', () => expect(codeOf(Buffer.alloc(0), encoding)).toBe('corrupt'))
  test('ignores what follows it', () => expect(Buffer.compare(inflate(Buffer.concat([compress(text), garbage]), encoding, 10 * MiB), text)).toBe(0))
  test('140 stops a bomb early', () => {
    const bomb = compress(Buffer.alloc(64 * MiB))
    expect(measureCpu(() => expect(codeOf(bomb, encoding, MiB)).toBe('too_large'))).toBeLessThan(500)
  })
})

test('32 plain text is not gzip', () => expect(codeOf(text, 'g')).toBe('corrupt'))

test('a stored body is given back as it is, under the same cap', () => {
  expect(inflate(text, 'n', text.length)).toBe(text)
  expect(codeOf(text, 'n', text.length - 1)).toBe('too_large')
})

describe('several gzip members', () => {
  const [one, two] = [gzipSync('one'), gzipSync('two')]
  const inflated = (...parts: Uint8Array[]) => Buffer.from(inflate(Buffer.concat(parts), 'g', MiB)).toString()

  test('34 are one body', () => expect(inflated(one, two)).toBe('onetwo'))
  test('are one body with garbage behind them', () => expect(inflated(one, two, garbage)).toBe('onetwo'))
  test('may carry a file name and a comment', () => {
    const named = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0x18, 0, 0, 0, 0, 0, 3]), Buffer.from('a.json\0by hand\0'), one.subarray(10)])
    expect(inflated(named, garbage)).toBe('one')
  })
  test('count together against the cap', () => expect(codeOf(Buffer.concat([gzipSync(Buffer.alloc(600)), gzipSync(Buffer.alloc(600)), garbage]), 'g', 1000)).toBe('too_large'))
  test('are refused with a wrong checksum', () => {
    const damaged = Buffer.from(one)
    damaged[damaged.length - 8]! ^= 1
    expect(codeOf(Buffer.concat([damaged, garbage]), 'g')).toBe('corrupt')
  })
  test('are refused by the thousand in front of garbage, quickly', () => {
    expect(measureCpu(() => expect(codeOf(Buffer.concat([...Array.from({ length: 50_000 }, () => one), garbage]), 'g')).toBe('corrupt'))).toBeLessThan(500)
  })
})

test('140 a 400 byte brotli bomb of 256 MiB: too large at once, and in little memory', () => {
  const bomb = brotliCompressSync(Buffer.alloc(256 * MiB), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  expect(bomb.length).toBeLessThan(1000)
  const before = process.memoryUsage.rss()
  expect(measureCpu(() => expect(codeOf(bomb, 'b', 32 * MiB)).toBe('too_large'))).toBeLessThan(1000)
  expect(process.memoryUsage.rss() - before).toBeLessThan(96 * MiB)
})

test('140 a zstd frame that asks for a window of 128 MiB is refused', () => {
  const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_contentSizeFlag]: 0 }
  expect(codeOf(zstdCompressSync(Buffer.alloc(9 * MiB), { params }), 'z', 100 * MiB)).toBe('corrupt')
})

test('any bytes are inflated or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom<Encoding>('g', 'd', 'b', 'z'), fc.uint8Array({ maxLength: 60 }), (encoding, bytes) => {
      expect(['inflated', 'corrupt', 'too_large']).toContain(codeOf(bytes, encoding, 10_000))
    }),
    { numRuns: 1000 },
  )
})
