// The body of the legacy `/store/` endpoint: one event as JSON, or as base64 of JSON or of zlib of JSON (protocol 2.5).
// The JSON is not parsed: bad JSON becomes an invalid outcome in the fold (protocol 2.8).
import { findEventId, nilEventId, normaliseEventId } from '../../core/envelope/event-id.ts'
import { InflateError, hasZlibHeader } from '../../core/envelope/inflate.ts'
import { inflateBounded } from './decode.ts'
import { newEventId } from './envelope.ts'
import { badJson, rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import { maxEvent } from './limits.ts'

const base64 = /^[\w+/\s=-]+$/

/** The event's JSON: `plain` itself, or what its base64 holds. */
export async function openStoreBody(plain: Uint8Array): Promise<Uint8Array | Rejection> {
  if (plain.length === 0) return rejections.emptyBody
  if (startsObject(plain)) return plain.length > maxEvent ? tooLarge('event') : plain
  if (plain.length > 2 * maxEvent) return tooLarge('event')
  const text = Buffer.from(plain.buffer, plain.byteOffset, plain.length).toString('latin1')
  if (!base64.test(text)) return badJson('neither an object nor base64')
  const decoded = Buffer.from(text, 'base64')
  if (startsObject(decoded)) return decoded.length > maxEvent ? tooLarge('event') : decoded
  if (!hasZlibHeader(decoded)) return badJson('base64 of neither an object nor zlib')
  try {
    const inflated = await inflateBounded(decoded, 'd', maxEvent)
    return startsObject(inflated) ? inflated : badJson('not an object')
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    return error.code === 'too_large' ? tooLarge('event') : badJson('corrupt zlib')
  }
}

/** The event's own id, or a new one; an id that is none is refused (protocol 2.8). */
export function chooseStoreId(json: Uint8Array): string | Rejection {
  const text = findEventId(json)
  if (text === null) return newEventId()
  const id = normaliseEventId(text)
  if (id === null) return rejections.badEventId
  return id === nilEventId ? newEventId() : id
}

/** Blanks and a byte order mark before the object are forgiven. */
function startsObject(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++
  return bytes[at] === 0x7b
}
