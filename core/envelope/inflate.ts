// Undoes the compression a body came or was stored with. Synchronous: ingest uses it for small bodies, the fold for all.
// The output is capped while inflating: 405 bytes of brotli become 256 MiB (protocol 2.5).
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import type { Encoding } from '../fact.ts'
import { splitGzip } from './gzip.ts'

export class InflateError extends Error {
  readonly code: 'too_large' | 'corrupt'
  constructor(code: 'too_large' | 'corrupt', cause?: unknown) {
    super(code === 'too_large' ? 'the body inflates to more than allowed' : 'the compressed body is corrupt', { cause })
    this.code = code
  }
}

/** A zstd frame may demand a window of 128 MiB before its first byte. 8 MiB is what RFC 8878 asks a decoder to support. */
export const zstdParams = { [constants.ZSTD_d_windowLogMax]: 23 }

/** Throws `InflateError`: `too_large` once the output passes `maxBytes`, `corrupt` when the body is truncated or damaged. */
export function inflate(payload: Uint8Array, encoding: Encoding, maxBytes: number): Uint8Array {
  const options = { maxOutputLength: maxBytes }
  try {
    switch (encoding) {
      case 'n':
        if (payload.length > maxBytes) throw new InflateError('too_large')
        return payload
      case 'g':
        return gunzip(payload, maxBytes)
      case 'd':
        return hasZlibHeader(payload) ? inflateSync(payload, options) : inflateRawSync(payload, options)
      case 'b':
        return brotliDecompressSync(payload, options)
      case 'z':
        return zstdDecompressSync(payload, { ...options, params: zstdParams })
    }
  } catch (error) {
    throw asInflateError(error)
  }
}

export function asInflateError(error: unknown): InflateError {
  if (error instanceof InflateError) return error
  return new InflateError(isCode(error, 'ERR_BUFFER_TOO_LARGE') ? 'too_large' : 'corrupt', error)
}

/** False = a raw deflate stream: SDKs send both under the name `deflate` (protocol 2.5). */
export function hasZlibHeader(body: Uint8Array): boolean {
  const [first, second] = body
  return first !== undefined && second !== undefined && (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}

/** zlib refuses anything but zeros behind the last member; protocol 2.5 ignores it. */
export function refusesTrailingBytes(error: unknown): boolean {
  return isCode(error, 'Z_DATA_ERROR')
}

/** gzip ends with the size of what it holds. It may lie, so it only chooses how large the buffers are: with 16 kB for each body, as node would, collecting them costs a twentieth of the time. */
function guessSize(payload: Uint8Array): number {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const said = payload.length < 4 ? 0 : view.getUint32(payload.length - 4, true)
  return Math.min(Math.max(said + 1, 1024), 64 * 1024)
}

function gunzip(payload: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(payload, { maxOutputLength: maxBytes, chunkSize: guessSize(payload) })
  } catch (error) {
    if (!refusesTrailingBytes(error)) throw error
    const members = splitGzip(payload)
    let step = members.next()
    let room = maxBytes
    while (!step.done) {
      const { buffer, engine } = inflateRawSync(step.value, { maxOutputLength: Math.max(room, 1), info: true }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
      room -= buffer.length
      if (room < 0) throw new InflateError('too_large')
      step = members.next({ buffer, consumed: engine.bytesWritten })
    }
    if (step.value === null) throw error
    return step.value
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code
}
