// Envelopes made at the door, for ways in that are no envelope themselves: from here on they are read, capped, stored and folded
// like any other.
import type { FastifyRequest } from 'fastify'
import { cleanFileName } from '../../core/attachment.ts'
import { sliceText } from '../../core/event/json.ts'
import { envelopeWay } from './receive.ts'
import type { Way } from './receive.ts'
import { badJson } from './errors.ts'
import type { Rejection } from './errors.ts'

export type NewItem = { type: string; header?: Readonly<Record<string, string>>; payload: Uint8Array | string }

/** A file somebody attached: nothing in it is believed (protocol 5.6). */
export type NewFile = { name: string; contentType: string; bytes: Uint8Array }

const maxContentType = 100

/** `attachmentType` is one of protocol 2.9. */
export function attachmentItem({ name, contentType, bytes }: NewFile, attachmentType: string): NewItem {
  return { type: 'attachment', header: { filename: cleanFileName(name), content_type: sliceText(contentType, maxContentType), attachment_type: attachmentType }, payload: bytes }
}

/** Of what a sender nested: a rejection when it is too deep to be written. */
export function jsonItem(type: string, value: Readonly<Record<string, unknown>>): NewItem | Rejection {
  try {
    return { type, payload: JSON.stringify(value) }
  } catch {
    return badJson('nested too deep')
  }
}

/** The envelope of these items, opened as if it had come so. */
export function openComposed(header: Readonly<Record<string, string>>, items: readonly NewItem[], request: FastifyRequest): ReturnType<Way['open']> {
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(header)), ...items.flatMap(writeItem)])
  return envelopeWay.open({ plain: bytes, came: { payload: bytes, encoding: null } }, request)
}

function writeItem({ type, header, payload }: NewItem): Uint8Array[] {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
  return [Buffer.from(`\n${JSON.stringify({ type, length: bytes.length, ...header })}\n`), bytes]
}
