// The bytes of a fact as the items of an envelope, whatever way they came in. Pure.

import { createHash } from 'node:crypto'
import { frameEnvelope, type EnvelopeHeader } from '../../core/envelope/frame.ts'
import type { JsonObject } from '../../core/envelope/header.ts'
import { inflate } from '../../core/envelope/inflate.ts'
import type { EventContext } from '../../core/event/context.ts'
import type { Fact } from '../../core/fact.ts'
import { storableText } from '../../core/text.ts'

/** `index` = place in the envelope. A store body and a security report are one item without a header of its own. */
export type OpenedItem = { type: string; index: number; header: JsonObject; payload: Uint8Array }
export type OpenedFact = { header: EnvelopeHeader | null; items: OpenedItem[] }

/** Protocol 2.12: what an envelope may inflate to. Ingest has refused larger ones. */
const maxEnvelopeBytes = 100 * 1024 * 1024

const singleItems: Record<string, string> = { 'store.received': 'event', 'security.received': 'raw_security' }

/** Throws when the fact cannot be read at all: the caller parks it. */
export function openFact(fact: Fact): OpenedFact {
  const body = inflate(fact.payload, fact.encoding, maxEnvelopeBytes)
  const single = singleItems[fact.type]
  if (single !== undefined) return { header: null, items: [{ type: single, index: 0, header: {}, payload: body }] }
  if (fact.type !== 'envelope.received') throw new Error(`unknown fact type ${fact.type}`)
  const envelope = frameEnvelope(body)
  if ('error' in envelope) throw new Error(`the envelope cannot be framed: ${envelope.causes.join(', ') || envelope.error} at byte ${envelope.offset}`)
  return { header: envelope.header, items: envelope.items.map(({ type, header, payload }, index) => ({ type, index, header, payload })) }
}

/** What is known of an event beside its payload. With `hideAddress` nothing after this knows the client's address. */
export function contextOf(fact: Fact, header: EnvelopeHeader | null, hideAddress: boolean): EventContext {
  return {
    eventId: eventIdOf(fact),
    receivedAt: fact.recordedAt,
    remoteAddr: hideAddress ? null : fact.remoteAddr,
    meta: fact.meta,
    sdk: header?.sdk ? { name: storableText(header.sdk.name), version: storableText(header.sdk.version ?? '') } : null,
    sentAt: header?.sentAt ?? null,
    ...(header?.inferIp ? { inferIp: header.inferIp } : {}),
  }
}

/** The id that was answered; a fact without one gets the same on every run. */
export function eventIdOf(fact: Pick<Fact, 'eventId' | 'position'>): string {
  return fact.eventId ?? createHash('sha256').update(`event ${fact.position}`).digest('hex').slice(0, 32)
}
