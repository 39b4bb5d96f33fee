// Event ids in every form SDKs write them, and the one look ingest takes into a payload: for the id it has to answer
// (protocol 2.8). Used by core/envelope/frame.ts and ingest/sdk.
import { Buffer } from 'node:buffer'

/** Syntactically valid but names nothing: treated as absent (protocol 2.8). */
export const nilEventId = '0'.repeat(32)

const plain = /^[0-9a-f]{32}$/
const uuid = /^(?:urn:uuid:)?(\{?)([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})(\}?)$/i

/** 32 lower-case hex digits from 32 hex, hyphenated, upper-case, braced or `urn:uuid:` text; null when it is none of them. */
export function normaliseEventId(text: string): string | null {
  if (plain.test(text)) return text
  if (text.length > 64) return null
  const match = uuid.exec(text)
  if (match && (match[1] === '{') === (match[7] === '}')) return (match[2]! + match[3]! + match[4]! + match[5]! + match[6]!).toLowerCase()
  const lower = text.toLowerCase().replace(/^urn:uuid:/, '')
  return plain.test(lower) ? lower : null
}

const maxSearched = 1024 * 1024
const maxIdText = 64
const key = new TextEncoder().encode('"event_id"')

/**
 * The text of the top-level string `event_id` of a JSON payload, as written; null when there is none.
 * Searches at most 1 MiB (the cap of an event), parses nothing, holds on any bytes and at any nesting (protocol 2.8).
 */
export function findEventId(payload: Uint8Array): string | null {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, maxSearched))
  const last = bytes.lastIndexOf(key)
  if (last < 0) return null
  let depth = 0
  for (let i = 0; i <= last; i++) {
    const byte = bytes[i]
    if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) depth--
    else if (byte === 0x22) {
      const end = stringEnd(bytes, i, bytes.length)
      if (depth === 1 && end - i === key.length && key.every((expected, at) => bytes[i + at] === expected)) {
        const text = stringAfterColon(bytes, end)
        if (text !== undefined) return text
      }
      i = end - 1
    }
  }
  return null
}

/** Offset after the closing quote of the JSON string that opens at `start`; beyond `limit` when it does not close before. */
export function stringEnd(bytes: Uint8Array, start: number, limit: number): number {
  let i = start + 1
  while (i < limit && bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1
  return i + 1
}

/** Undefined = the string before `start` was no key; null = its value is no string. */
function stringAfterColon(bytes: Buffer, start: number): string | null | undefined {
  const at = skipBlank(bytes, start)
  if (bytes[at] !== 0x3a) return undefined
  const open = skipBlank(bytes, at + 1)
  if (bytes[open] !== 0x22) return null
  return bytes.toString('latin1', open + 1, Math.min(stringEnd(bytes, open, bytes.length) - 1, open + 1 + maxIdText))
}

function skipBlank(bytes: Uint8Array, start: number): number {
  let i = start
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++
  return i
}
