// From the decoded body of an envelope to what goes into the log: framing, caps, the id to answer, one event per fact.
// Pure but for the random id; receive.ts does the reading and the appending.
import { randomUUID } from 'node:crypto'
import { findEventId, nilEventId, normaliseEventId } from '../../core/envelope/event-id.ts'
import { frameEnvelope } from '../../core/envelope/frame.ts'
import type { Envelope, EnvelopeItem, FramingError } from '../../core/envelope/frame.ts'
import type { LogBody } from './decode.ts'
import { badEnvelope, rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import { findOversized } from './limits.ts'

/** An envelope in the bytes it was framed in; `kept` are the items of it that shall be stored. */
export type FramedBody = { envelope: Envelope; plain: Uint8Array; kept: readonly EnvelopeItem[] }

/** A body for the log before its items are admitted; `framed` where it is an envelope. */
export type OpenBody = LogBody & { framed?: FramedBody }

/** The envelope and its body; a rejection when framing or the cap of an item type refuses it. */
export function openEnvelope(plain: Uint8Array): Envelope | Rejection {
  const framed = frameEnvelope(plain)
  if ('error' in framed) return refuse(framed)
  const oversized = findOversized(framed.items)
  return oversized ? tooLarge(oversized.type) : framed
}

function refuse(error: FramingError): Rejection {
  switch (error.error) {
    case 'empty':
      return rejections.emptyBody
    case 'too_many_items':
      return { ...tooLarge('envelope'), reason: 'too_many_items' }
    case 'invalid':
      return badEnvelope(...error.causes)
  }
}

const needsId = new Set([
  'event',
  'transaction',
  'security',
  'raw_security',
  'attachment',
  'form_data',
  'unreal_report',
  'user_report',
  'feedback',
  'replay_event',
  'profile',
])

/** The id to answer: the header's, else that of the first payload that has one, else a new one; null when no item needs one (protocol 2.8). */
export function chooseEventId(envelope: Envelope): string | null {
  if (envelope.header.eventId !== null) return envelope.header.eventId
  let needed = false
  for (const item of envelope.items) {
    if (!needsId.has(item.type)) continue
    needed = true
    if (item.type === 'attachment') continue
    const text = findEventId(item.payload)
    const id = text === null ? null : normaliseEventId(text)
    if (id !== null && id !== nilEventId) return id
  }
  return needed ? newEventId() : null
}

export function newEventId(): string {
  return randomUUID().replaceAll('-', '')
}

/**
 * The bodies to append. Nearly always the one that came, untouched. Items that are not kept are left out, and each event after the first
 * gets a body of its own behind the same header, so that a position in the log names one event (architecture 3).
 */
export function splitBody({ framed, ...came }: OpenBody): LogBody[] {
  if (!framed) return [came]
  const { envelope, plain, kept } = framed
  if (kept.length === 0) return []
  const laterEvents = kept.filter((item) => item.type === 'event').slice(1)
  if (kept.length === envelope.items.length && laterEvents.length === 0) return [came]
  const first = kept.filter((item) => !laterEvents.includes(item))
  return [first, ...laterEvents.map((event) => [event])].map((items) => ({ ...came, payload: joinItems(envelope, plain, items), encoding: null }))
}

const newline = Uint8Array.of(0x0a)

function joinItems(envelope: Envelope, plain: Uint8Array, items: EnvelopeItem[]): Uint8Array {
  return Buffer.concat([plain.subarray(0, envelope.headerEnd), ...items.flatMap((item) => [newline, plain.subarray(item.start, item.end)])])
}
