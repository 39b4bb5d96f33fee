// Undoes Content-Encoding as SDKs and proxies really send it, and says in which form the bytes can go into the log
// (protocol 2.5). What comes out is never sniffed and decoded again: that is how bombs are nested.
import type { Encoding } from '../../core/fact.ts'
import { InflateError, inflate } from '../../core/envelope/inflate.ts'
import { rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import { inflateLarge } from './inflate-large.ts'
import { maxDecoded } from './limits.ts'

/** A body for the log; `encoding` null = plain, to be compressed first. `eventId` where it is not that of the whole request. */
export type LogBody = { payload: Uint8Array; encoding: Encoding | null; eventId?: string }

/** `came` = the bytes as they came if the log can hold them so, else `plain`. */
export type Decoded = { plain: Uint8Array; came: LogBody }

const names = new Map<string, Encoding>([
  ['gzip', 'g'],
  ['x-gzip', 'g'],
  ['deflate', 'd'],
  ['br', 'b'],
  ['zstd', 'z'],
])

/** `utf-8` is sent by java.android 2.0.0. */
const noEncodings = new Set(['', 'identity', 'none', 'utf-8', 'utf8'])

const maxEncodings = 2

/** 400 for a damaged body, 413 past 100 MiB, 415 for an encoding that is neither known nor to be seen from the first bytes. */
export async function decodeBody(body: Buffer, contentEncoding: string | undefined): Promise<Decoded | Rejection> {
  const encodings = readEncodings(body, contentEncoding)
  if (encodings === null) return rejections.unknownEncoding
  let plain: Uint8Array = body
  try {
    for (const encoding of encodings.toReversed()) plain = await inflateBounded(plain, encoding, maxDecoded)
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    return error.code === 'too_large' ? tooLarge('envelope') : rejections.badCompression
  }
  return { plain, came: encodings.length === 1 ? { payload: body, encoding: encodings[0]! } : { payload: plain, encoding: null } }
}

/** In the order they were applied; null when one is unknown or there are more than two. */
function readEncodings(body: Buffer, header: string | undefined): Encoding[] | null {
  if (header === undefined) return sniff(body)
  const named = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !noEncodings.has(name))
  if (named.length === 0) return sniff(body)
  if (named.length > maxEncodings) return null
  const encodings = named.flatMap((name) => names.get(name) ?? [])
  if (encodings.length === named.length) return encodings
  const seen = sniff(body)
  return named.length === 1 && seen.length === 1 ? seen : null
}

/** Some proxies strip the header and leave the compression. No envelope and no JSON starts with these bytes. */
function sniff(body: Buffer): Encoding[] {
  if (body[0] === 0x1f && body[1] === 0x8b) return ['g']
  if (body.length >= 4 && body.readUInt32LE(0) === 0xfd2fb528) return ['z']
  return []
}

/** Inflating this much takes about a millisecond: cheaper on the spot than through the thread pool. */
const inflatedInPlace = 1024 * 1024
const compressedInPlace = 256 * 1024

/** Throws `InflateError`. Does not hold up the event loop for longer than about a millisecond. */
export async function inflateBounded(body: Uint8Array, encoding: Encoding, maxBytes: number): Promise<Uint8Array> {
  if (body.length <= compressedInPlace) {
    try {
      return inflate(body, encoding, Math.min(inflatedInPlace, maxBytes))
    } catch (error) {
      if (!(error instanceof InflateError) || error.code === 'corrupt' || maxBytes <= inflatedInPlace) throw error
    }
  }
  return inflateLarge(body, encoding, maxBytes)
}
