// From the bytes of a fact to what the reducers fold: inflate, frame, normalise, group. Pure, and done once for all
// projections. The event page decodes the same bytes again with the same functions: there is no second copy of a payload.

import { createHash } from 'node:crypto'
import type pg from 'pg'
import { parseDecision, type Decision } from '../core/decisions.ts'
import { frameEnvelope, type EnvelopeHeader } from '../core/envelope/frame.ts'
import { inflate } from '../core/envelope/inflate.ts'
import type { EventContext } from '../core/event/context.ts'
import type { JsonObject } from '../core/event/json.ts'
import { readPayload } from '../core/event/payload.ts'
import { summariseEvent, type EventSummary } from '../core/event/summary.ts'
import type { Fact } from '../core/fact.ts'
import { group } from '../core/grouping/group.ts'
import type { Grouping, GroupingConfig } from '../core/grouping/types.ts'
import { readFact } from './facts.ts'

/** What became of one item of an envelope, before the reducers had a say (they find duplicates). */
export type ItemOutcome = { category: string; outcome: 'accepted' | 'invalid' | 'unsupported'; reason: string }
export type FoldedEvent = { summary: EventSummary; grouping: Grouping }

/** A fact without its payload, and what was in it. */
export type Decoded = { fact: Omit<Fact, 'payload'>; decision: Decision | null; event: FoldedEvent | null; outcomes: ItemOutcome[] }

/** Protocol 2.12: what an envelope may inflate to. Ingest has refused larger ones. */
const maxEnvelopeBytes = 100 * 1024 * 1024

/** Throws when the fact cannot be read at all: the caller parks it. `configOf` names the grouping of the project's generation. */
export function decodeFact(fact: Fact, configOf: (projectId: number) => GroupingConfig): Decoded {
  const { payload, ...rest } = fact
  if (fact.kind === 'd') return { fact: rest, decision: parseDecision(fact.type, payload), event: null, outcomes: [] }
  const outcomes: ItemOutcome[] = []
  let event: FoldedEvent | null = null
  for (const item of openEnvelope(fact)) {
    if (item.type !== 'event' || event !== null) {
      outcomes.push({ category: categoryOf(item.type), outcome: 'unsupported', reason: 'kept' })
      continue
    }
    const read = readPayload(item.payload)
    if ('invalid' in read) {
      outcomes.push({ category: 'error', outcome: 'invalid', reason: read.invalid })
      continue
    }
    const summary = summariseEvent(read.event, contextOf(fact, item.header))
    event = { summary, grouping: group(read.event, configOf(fact.projectId!)) }
    outcomes.push({ category: summary.type === 'default' ? 'default' : 'error', outcome: 'accepted', reason: '' })
  }
  return { fact: rest, decision: null, event, outcomes }
}

export type DecodedEvent = { event: JsonObject; context: EventContext; size: number; raw: Uint8Array }

/** The event that the log holds at a position, decoded for the page; null when there is none in this project. */
export async function decodeEventAt(pool: pg.Pool, projectId: number, position: number): Promise<DecodedEvent | null> {
  const fact = await readFact(pool, projectId, position)
  if (fact === null || fact.kind !== 'e') return null
  for (const item of openEnvelope(fact)) {
    if (item.type !== 'event') continue
    const read = readPayload(item.payload)
    return 'invalid' in read ? null : { event: read.event, context: contextOf(fact, item.header), size: read.size, raw: item.payload }
  }
  return null
}

type OpenedItem = { type: string; header: EnvelopeHeader | null; payload: Uint8Array }

/** A store body is one event item without a header of its own. */
function openEnvelope(fact: Fact): OpenedItem[] {
  const body = inflate(fact.payload, fact.encoding, maxEnvelopeBytes)
  if (fact.type === 'store.received') return [{ type: 'event', header: null, payload: body }]
  if (fact.type !== 'envelope.received') throw new Error(`unknown fact type ${fact.type}`)
  const envelope = frameEnvelope(body)
  if ('error' in envelope) throw new Error(`the envelope cannot be framed: ${envelope.causes.join(', ') || envelope.error} at byte ${envelope.offset}`)
  return envelope.items.map((item) => ({ type: item.type, header: envelope.header, payload: item.payload }))
}

function contextOf(fact: Fact, header: EnvelopeHeader | null): EventContext {
  return {
    eventId: fact.eventId ?? createHash('sha256').update(`event ${fact.position}`).digest('hex').slice(0, 32),
    receivedAt: fact.recordedAt,
    remoteAddr: fact.remoteAddr,
    meta: fact.meta,
    sdk: header?.sdk ? { name: header.sdk.name, version: header.sdk.version ?? '' } : null,
    sentAt: header?.sentAt ?? null,
    ...(header?.inferIp ? { inferIp: header.inferIp } : {}),
  }
}

/** Item type -> category of rate limits and outcomes (protocol 2.9). Others count under their own type. */
function categoryOf(type: string): string {
  return categories[type] ?? type.slice(0, 32)
}

const categories: Record<string, string> = {
  event: 'error', sessions: 'session', client_report: 'internal', user_report: 'feedback', check_in: 'monitor', log: 'log_item',
  replay_event: 'replay', replay_recording: 'replay', replay_video: 'replay', raw_security: 'security', nel: 'security',
  statsd: 'metric_bucket', metric_buckets: 'metric_bucket', metric_meta: 'metric_bucket', otel_span: 'span', otel_log: 'log_item', profile_chunk_ui: 'profile_chunk',
}
