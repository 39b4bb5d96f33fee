// For projects that may not store secrets, or addresses, at all: what is stored is written anew from what was sent, scrubbed (protocol 6). Costs a
// parse per item, so only where a project asks for it; everywhere else the bytes that came are the record and every way out of the log scrubs.
import { Buffer } from 'node:buffer'
import { frameEnvelope } from '../../core/envelope/frame.ts'
import type { EnvelopeItem } from '../../core/envelope/frame.ts'
import { isObject, type JsonObject } from '../../core/event/json.ts'
import { readPayload } from '../../core/event/payload.ts'
import type { EnvelopeType, RequestMeta } from '../../core/fact.ts'
import { categoryOf } from '../../core/outcome.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { scrubEvent, scrubJson } from '../../core/scrub/scrub.ts'
import { inflateBounded } from './decode.ts'
import type { FramedBody, OpenBody } from './envelope.ts'
import type { Refused } from './errors.ts'
import { maxDecoded } from './limits.ts'

/** Items whose payload is an event, or close to one. */
const eventItems = new Set(['event', 'feedback', 'transaction', 'replay_event'])
/** Items whose payload is some other JSON object. */
const jsonItems = new Set(['user_report', 'session', 'sessions', 'check_in', 'client_report', 'log', 'span', 'trace_metric', 'raw_security', 'security', 'nel', 'otel_span', 'otel_log', 'otel_traces_data'])

/** Of anything else, and of replays, nobody can say what they show. */
export function canScrub(itemType: string): boolean {
  return (eventItems.has(itemType) && itemType !== 'replay_event') || jsonItems.has(itemType)
}

/** Null = the project's facts are stored as they come. */
export function findDoorRules(settings: ProjectSettings): ProjectSettings | null {
  if (settings.scrubAtDoor) return settings
  return settings.scrubIPAddresses ? { ...settings, dataScrubber: false, sensitiveFields: [], scrubPatterns: [] } : null
}

export type ScrubbedBodies = { bodies: OpenBody[]; refused: Refused }

/** Only the items that are to be kept. An item that is no JSON cannot be scrubbed and is refused. */
export async function scrubBodies(type: EnvelopeType, bodies: readonly OpenBody[], rules: ProjectSettings): Promise<ScrubbedBodies> {
  const scrubbed: ScrubbedBodies = { bodies: [], refused: [] }
  for (const body of bodies) {
    if (body.framed) {
      const written = scrubEnvelope(body.framed, rules, scrubbed.refused)
      if (written) scrubbed.bodies.push({ ...body, payload: written.plain, encoding: null, framed: written })
      continue
    }
    const itemType = type === 'security.received' ? 'raw_security' : 'event'
    const payload = scrubPayload(itemType, await inflateBounded(body.payload, body.encoding ?? 'n', maxDecoded), rules)
    if ('invalid' in payload) scrubbed.refused.push({ category: categoryOf(itemType), outcome: 'invalid', reason: payload.invalid, quantity: 1 })
    else scrubbed.bodies.push({ ...body, payload: payload.bytes, encoding: null })
  }
  return scrubbed
}

/** Null when nothing is left of it. */
function scrubEnvelope({ envelope, kept }: FramedBody, rules: ProjectSettings, refused: Refused): FramedBody | null {
  const parts = [Buffer.from(JSON.stringify(scrubObject(readEnvelopeHeader(envelope.header.raw, envelope.header.eventId), rules)))]
  for (const item of kept) {
    const payload = scrubPayload(item.type, item.payload, rules)
    if ('invalid' in payload) refused.push({ category: categoryOf(item.type), outcome: 'invalid', reason: payload.invalid, quantity: 1 })
    else parts.push(Buffer.from(`\n${JSON.stringify(scrubItemHeader(item, payload.bytes.length, rules))}\n`), Buffer.from(payload.bytes))
  }
  if (parts.length === 1) return null
  const plain = Buffer.concat(parts)
  const written = frameEnvelope(plain)
  if ('error' in written) throw new Error(`a scrubbed envelope cannot be framed: ${written.error}`)
  return { envelope: written, plain, kept: written.items }
}

/** What the fold reads, and nothing else: a trace names users, a DSN its key. */
function readEnvelopeHeader({ sent_at: sentAt, sdk }: JsonObject, eventId: string | null): JsonObject {
  const { name, version, settings } = isObject(sdk) ? sdk : ({} as JsonObject)
  const inferIp = isObject(settings) ? settings.infer_ip : undefined
  return {
    ...(eventId !== null && { event_id: eventId }),
    ...(typeof sentAt === 'string' && plainWord.test(sentAt) && { sent_at: sentAt }),
    ...(typeof name === 'string' && plainWord.test(name) && {
      sdk: { name, ...(typeof version === 'string' && plainWord.test(version) && { version }), ...(typeof inferIp === 'string' && plainWord.test(inferIp) && { settings: { infer_ip: inferIp } }) },
    }),
  }
}

const plainWord = /^[\w.:@/+-]{1,100}$/
const itemFields = ['content_type', 'filename', 'attachment_type', 'item_count', 'platform', 'meta_length'] as const

function scrubItemHeader({ type, header }: EnvelopeItem, length: number, rules: ProjectSettings): JsonObject {
  const fields: JsonObject = {}
  for (const name of itemFields) if (typeof header[name] === 'string' || typeof header[name] === 'number') fields[name] = header[name]
  const known = eventItems.has(type) || jsonItems.has(type)
  return { type: known ? type : scrubWord(type, rules), length, ...scrubObject(fields, rules) }
}

function scrubPayload(type: string, payload: Uint8Array, rules: ProjectSettings): { bytes: Uint8Array } | { invalid: string } {
  if (!eventItems.has(type) && !jsonItems.has(type)) return { bytes: payload }
  const read = readPayload(payload)
  if ('invalid' in read) return read
  const scrubbed = eventItems.has(type) ? scrubEvent(read.event, rules) : scrubObject(read.event, rules)
  return { bytes: Buffer.from(JSON.stringify(scrubbed)) }
}

/** Headers of the request by the same rules. What a page's address says after its path is between that page and its server. */
export function scrubMeta({ refused, ua, release, hints, referer, origin, ...rest }: RequestMeta, rules: ProjectSettings): RequestMeta {
  return {
    ...(scrubObject(rest, rules) as RequestMeta),
    ...(ua !== undefined && { ua: scrubVersions(ua, rules) }),
    ...(release !== undefined && { release: scrubVersions(release, rules) }),
    ...(hints && { hints: Object.fromEntries(Object.entries(hints).map(([name, hint]) => [name, scrubVersions(hint, rules)])) }),
    ...(referer !== undefined && { referer: scrubWord(cutAddress(referer), rules) }),
    ...(origin !== undefined && { origin: scrubWord(cutAddress(origin), rules) }),
    ...(refused && { refused }),
  }
}

/** `Chrome/120.0.0.0`, `v="120.0.6099.109"`, `app@1.2.3.4`: no addresses. */
const fourPartVersion = /((?<=[/@]|v="|^"?)\d{1,10}(?:\.\d{1,10}){3}(?![\w.]))/

function scrubVersions(text: string, rules: ProjectSettings): string {
  return text.split(fourPartVersion).map((part, index) => (index % 2 === 1 ? part : scrubWord(part, rules))).join('')
}

/** A text whose name says nothing. */
export function scrubWord(text: string, rules: ProjectSettings): string {
  return String(scrubJson(text, rules))
}

function cutAddress(address: string): string {
  if (!URL.canParse(address)) return ''
  const { protocol, host, pathname } = new URL(address)
  return `${protocol}//${host}${pathname}`
}

function scrubObject(object: JsonObject, rules: ProjectSettings): JsonObject {
  const scrubbed = scrubJson(object, rules)
  return isObject(scrubbed) ? scrubbed : {}
}
