// Inflates the few bodies that are too large to do on the event loop, in zlib's thread pool and one after the other:
// each may need 100 MiB for some 100 ms, and a flood of bombs must not need that many times over.
import { brotliDecompress, gunzip, inflate as unzlib, inflateRaw, zstdDecompress } from 'node:zlib'
import type { CompressCallback, ZlibOptions } from 'node:zlib'
import type { Encoding } from '../../core/fact.ts'
import { splitGzip } from '../../core/envelope/gzip.ts'
import { InflateError, asInflateError, hasZlibHeader, refusesTrailingBytes, zstdParams } from '../../core/envelope/inflate.ts'

let last: Promise<void> = Promise.resolve()

/** Rejects with `InflateError`, as core's synchronous `inflate` throws it. */
export function inflateLarge(body: Uint8Array, encoding: Encoding, maxBytes: number): Promise<Uint8Array> {
  const inflated = last
    .then(() => start(body, encoding, maxBytes))
    .catch((error: unknown) => {
      throw asInflateError(error)
    })
  last = inflated.then(forget, forget)
  return inflated
}

/** The next in line must not hold what the one before it made. */
function forget(): void {}

const chunkSize = 256 * 1024

async function start(body: Uint8Array, encoding: Encoding, maxBytes: number): Promise<Uint8Array> {
  const options = { maxOutputLength: maxBytes, chunkSize }
  switch (encoding) {
    case 'n':
      return body
    case 'g':
      return gunzipLarge(body, maxBytes)
    case 'd':
      return run((done) => (hasZlibHeader(body) ? unzlib : inflateRaw)(body, options, done))
    case 'b':
      return run((done) => brotliDecompress(body, options, done))
    case 'z':
      return run((done) => zstdDecompress(body, { ...options, params: zstdParams }, done))
  }
}

async function gunzipLarge(body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return await run((done) => gunzip(body, { maxOutputLength: maxBytes, chunkSize }, done))
  } catch (error) {
    if (!refusesTrailingBytes(error)) throw error
    const members = splitGzip(body)
    let step = members.next()
    let room = maxBytes
    while (!step.done) {
      const member = await inflateMember(step.value, Math.max(room, 1))
      room -= member.buffer.length
      if (room < 0) throw new InflateError('too_large')
      step = members.next(member)
    }
    if (step.value === null) throw error
    return step.value
  }
}

async function inflateMember(body: Uint8Array, maxBytes: number): Promise<{ buffer: Uint8Array; consumed: number }> {
  const options: ZlibOptions = { maxOutputLength: maxBytes, chunkSize, info: true }
  const { buffer, engine } = (await run((done) => inflateRaw(body, options, done))) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
  return { buffer, consumed: engine.bytesWritten }
}

function run(begin: (done: CompressCallback) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => begin((error, result) => (error ? reject(error) : resolve(result))))
}
