// Cuts the decoded body of an envelope into its header and items (protocol 2.8). Ingest calls it to answer 400 before
// anything is appended, the fold calls it on the same bytes later. Payloads are cut out, never parsed and never copied.
import { Buffer } from 'node:buffer'
import { parseDsn } from './dsn.ts'
import type { Dsn } from './dsn.ts'
import { nilEventId, normaliseEventId } from './event-id.ts'
import { readHeader } from './header.ts'
import type { JsonObject } from './header.ts'

export type EnvelopeHeader = {
  /** 32 lower-case hex digits; null when absent or nil. */
  eventId: string | null
  dsn: Dsn | null
  /** As sent, not parsed. */
  sentAt: string | null
  sdk: { name: string; version: string | null } | null
  /** `sdk.settings.infer_ip`; null = not said. */
  inferIp: 'auto' | 'never' | null
  raw: JsonObject
}

/** `start` and `end` are the offsets of the whole item in the body, from its header to the end of its payload. */
export type EnvelopeItem = { type: string; header: JsonObject; payload: Uint8Array; start: number; end: number }

/** `headerEnd` = offset after the envelope header's closing brace. */
export type Envelope = { header: EnvelopeHeader; headerEnd: number; items: EnvelopeItem[] }

/** `offset` = byte at which framing stopped. Nothing of the envelope may be used. */
export type FramingError = { error: 'empty' | 'invalid' | 'too_many_items'; offset: number; causes: string[] }

export const maxHeaderBytes = 64 * 1024
export const maxItemHeaderBytes = 16 * 1024
export const maxItems = 1000

/** Atomic: one framing error anywhere and there is no envelope. Linear in the body, never throws (protocol 2.8). */
export function frameEnvelope(body: Uint8Array): Envelope | FramingError {
  if (body.length === 0) return { error: 'empty', offset: 0, causes: [] }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const start = skipWhitespace(bytes, 0)
  const read = readHeader(bytes, start, maxHeaderBytes)
  if (typeof read === 'string') return invalid(start, read)
  const header = checkHeader(read.value)
  if (typeof header === 'string') return invalid(start, header)
  const items: EnvelopeItem[] = []
  let at = lineEnd(bytes, read.end)
  if (at < 0) return invalid(read.end, missingNewline)
  while ((at = skipWhitespace(bytes, at)) < bytes.length) {
    if (items.length === maxItems) return { error: 'too_many_items', offset: at, causes: [`more than ${maxItems} items`] }
    const item = readItem(bytes, at)
    if ('error' in item) return item
    items.push(item)
    at = item.end + 1
  }
  return { header, headerEnd: read.end, items }
}

const missingNewline = 'missing newline after header or payload'

function readItem(bytes: Buffer, start: number): EnvelopeItem | FramingError {
  const read = readHeader(bytes, start, maxItemHeaderBytes)
  if (typeof read === 'string') return invalid(start, `item ${read}`)
  const { type, length } = read.value
  if (typeof type !== 'string') return invalid(start, 'item header has no type')
  const from = lineEnd(bytes, read.end)
  if (from < 0) return invalid(read.end, missingNewline)
  let end: number
  if (length === undefined || length === null) {
    const newline = bytes.indexOf(0x0a, from)
    end = newline < 0 ? bytes.length : newline
  } else {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > 0xffff_ffff) return invalid(start, 'item length is not an integer from 0 to 4294967295')
    end = from + length
    if (end > bytes.length) return invalid(bytes.length, 'unexpected end of file')
    if (end < bytes.length && bytes[end] !== 0x0a) return invalid(end, missingNewline)
  }
  return { type, header: read.value, payload: bytes.subarray(from, end), start, end }
}

/** The known fields. Only a wrong id or DSN fails the envelope: anything else of a wrong shape is as good as absent (protocol 2.8). */
function checkHeader(raw: JsonObject): EnvelopeHeader | string {
  const { event_id: id, dsn, sent_at: sentAt, sdk } = raw
  let eventId: string | null = null
  if (id !== undefined && id !== null) {
    eventId = typeof id === 'string' ? normaliseEventId(id) : null
    if (eventId === null) return 'invalid event id'
    if (eventId === nilEventId) eventId = null
  }
  const parsedDsn = typeof dsn === 'string' ? parseDsn(dsn) : null
  if (parsedDsn === null && dsn !== undefined && dsn !== null) return 'invalid dsn'
  const { name, version, settings } = isObject(sdk) ? sdk : noFields
  const inferIp = isObject(settings) ? settings.infer_ip : null
  return {
    eventId,
    dsn: parsedDsn,
    sentAt: typeof sentAt === 'string' ? sentAt : null,
    sdk: typeof name === 'string' ? { name, version: typeof version === 'string' ? version : null } : null,
    inferIp: inferIp === 'auto' || inferIp === 'never' ? inferIp : null,
    raw,
  }
}

const noFields: JsonObject = {}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Offset after the newline that ends a header, blanks before it allowed; the length at end of file; -1 when something else follows. */
function lineEnd(bytes: Buffer, end: number): number {
  let at = end
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d) at++
  if (at >= bytes.length) return bytes.length
  return bytes[at] === 0x0a ? at + 1 : -1
}

function skipWhitespace(bytes: Buffer, start: number): number {
  let at = start
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++
  return at
}

function invalid(offset: number, cause: string): FramingError {
  return { error: 'invalid', offset, causes: [`${cause} (byte ${offset})`] }
}
