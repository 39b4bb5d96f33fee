// Bodies that are small on the wire and large in memory, or cheap to send and dear to read (protocol 2.5, case 140).

import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { newId } from '../given.ts'
import { MiB } from './case.ts'

/** The name, headers, the body, and the statuses of which one must be answered. */
export type Bomb = [name: string, headers: string[], body: () => Uint8Array, ...statuses: number[]]

export function makeBombs(): Bomb[] {
  const zeros = Buffer.alloc(256 * MiB)
  const brotli = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
  const gzip = gzipSync(zeros, { level: 9 })
  const zstd = zstdCompressSync(zeros)
  return [
    [`${brotli.length} bytes of brotli`, encoded('br'), () => brotli, 413],
    [`${Math.round(gzip.length / 1000)} kB of gzip`, encoded('gzip'), () => gzip, 413],
    ['gzip in gzip, both named', encoded('gzip, gzip'), () => gzipSync(gzip), 413],
    // What comes out is never sniffed and inflated again.
    ['gzip in gzip, one named', encoded('gzip'), () => gzipSync(gzip), 400],
    ['zstd in zstd', encoded('zstd, zstd'), () => zstdCompressSync(zstd), 413],
    ['a million newlines', [], () => Buffer.from(`{}${'\n'.repeat(1_000_000)}`), 200],
    // Eight times 14 MB is more than the door holds at once.
    ['a million items', [], () => Buffer.from(`{}${'\n{"type":"x"}\n'.repeat(1_000_000)}`), 413, 429],
    ['a million levels, more than an event may have', [], () => inEvent(1_000_000), 413],
    ['half a million levels in an event', [], () => inEvent(500_000), 200],
    ['a million levels in the header', [], () => Buffer.from(`{"a":${'['.repeat(1_000_000)}`), 400],
    ['a gigabyte declared', ['content-length: 1073741824'], () => Buffer.from('{}'), 413],
  ]
}

const encoded = (encoding: string): string[] => [`content-encoding: ${encoding}`]

function inEvent(levels: number): Buffer {
  return Buffer.from(`{"event_id":"${newId()}"}\n{"type":"event"}\n{"message":"deep","extra":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`)
}
