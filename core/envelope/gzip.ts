// Takes gzip apart by hand, for the bodies zlib refuses: those with something behind the last member (protocol 2.5).
// Shared by the synchronous inflate.ts and ingest's asynchronous one, hence a generator: it asks, the driver inflates.
import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'

export type RawInflated = { buffer: Uint8Array; consumed: number }

/** Each member costs a zlib start: more of them in front of garbage is an attack, not a proxy's padding. */
const maxMembers = 64

/**
 * Yields the deflate stream of each member (with whatever follows it), expects it inflated and how many bytes that took,
 * returns all members' output. Null = not gzip, or a member's checksum is wrong. Behind a complete member, what does not start like one is ignored.
 */
export function* splitGzip(body: Uint8Array): Generator<Uint8Array, Uint8Array | null, RawInflated> {
  const output: Uint8Array[] = []
  let at = dataStart(body, 0)
  while (at >= 0) {
    if (output.length === maxMembers) return null
    const { buffer, consumed } = yield body.subarray(at)
    const trailer = at + consumed
    if (trailer + 8 > body.length || uint32(body, trailer) !== crc32(buffer)) return null
    output.push(buffer)
    at = dataStart(body, trailer + 8)
  }
  return output.length > 0 ? Buffer.concat(output) : null
}

/** Offset of the deflate stream of the gzip member at `start` (RFC 1952); -1 when there is no member. */
function dataStart(body: Uint8Array, start: number): number {
  if (body[start] !== 0x1f || body[start + 1] !== 0x8b || body[start + 2] !== 8) return -1
  const flags = body[start + 3] ?? 0
  let at = start + 10
  if (flags & 4) at += 2 + (body[at] ?? 0) + 256 * (body[at + 1] ?? 0)
  if (flags & 8) at = body.indexOf(0, at) + 1 || body.length
  if (flags & 16) at = body.indexOf(0, at) + 1 || body.length
  if (flags & 2) at += 2
  return at < body.length ? at : -1
}

function uint32(body: Uint8Array, at: number): number {
  return (body[at]! | (body[at + 1]! << 8) | (body[at + 2]! << 16) | (body[at + 3]! << 24)) >>> 0
}
