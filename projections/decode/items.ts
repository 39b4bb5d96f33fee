// The items of an envelope beside its event: what was attached, what a user wrote, what an SDK says it discarded. Pure.

import { cleanFileName } from '../../core/attachment.ts'
import { normaliseEventId } from '../../core/envelope/event-id.ts'
import { isObject, cutText, readObject, readText, type JsonObject } from '../../core/event/json.ts'
import { readPayload } from '../../core/event/payload.ts'
import { categories } from '../../core/quota/categories.ts'
import type { ItemOutcome } from '../../core/outcome.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { scrubText } from '../../core/scrub/scrub.ts'
import { storableText } from '../../core/text.ts'
import type { OpenedItem } from './open.ts'

export type FoundAttachment = { item: number; name: string; contentType: string; type: string; size: number }
/** `ownId` names the attachments that came with it; `eventId` is the event it is about. */
export type FoundFeedback = { feedbackId: string; eventId: string | null; ownId: string; name: string; email: string; message: string; url: string; source: string }

const knownTypes = new Set(['event.attachment', 'event.minidump', 'event.applecrashreport', 'event.view_hierarchy', 'event.payload', 'event.breadcrumbs', 'unreal.context', 'unreal.logs'])

/** Protocol 2.9: the header says what it is, and none of it is believed when it is shown. */
export function readAttachment({ index, header, payload }: OpenedItem): FoundAttachment {
  const type = readText(header.attachment_type) ?? ''
  return {
    item: index,
    name: cleanFileName(readText(header.filename) ?? ''),
    contentType: cutText(storableText(readText(header.content_type) ?? 'application/octet-stream'), 100),
    type: knownTypes.has(type) ? type : 'event.attachment',
    size: payload.length,
  }
}

/** Of a `user_report` or `feedback` item (protocol 5.5). `eventId` is the one that was answered. */
export function readFeedback({ type, payload }: OpenedItem, eventId: string, settings: ProjectSettings): FoundFeedback | { invalid: string } {
  const read = readPayload(payload)
  if ('invalid' in read) return read
  return type === 'user_report' ? readReport(read.event, eventId, settings) : readFeedbackEvent(read.event, eventId, settings)
}

function readReport(report: JsonObject, answered: string, settings: ProjectSettings): FoundFeedback | { invalid: string } {
  const about = readId(report.event_id) ?? answered
  const text = readTexts(settings, { name: report.name, email: report.email, message: report.comments, url: null })
  if (text.message === '' && text.name === '' && text.email === '') return { invalid: 'empty_feedback' }
  return { feedbackId: `report:${about}`, eventId: about, ownId: about, ...text, source: 'report' }
}

function readFeedbackEvent(event: JsonObject, ownId: string, settings: ProjectSettings): FoundFeedback | { invalid: string } {
  const sent = readObject(readObject(event.contexts).feedback)
  const user = readObject(event.user)
  const text = readTexts(settings, { name: sent.name ?? user.name ?? user.username, email: sent.contact_email ?? user.email, message: sent.message, url: sent.url ?? readObject(event.request).url })
  if (text.message === '') return { invalid: 'empty_feedback' }
  const about = readId(sent.associated_event_id)
  return { feedbackId: `feedback:${ownId}`, eventId: about === ownId ? null : about, ownId, ...text, source: cutText(readText(sent.source) ?? 'feedback', 64) }
}

function readTexts(settings: ProjectSettings, { name, email, message, url }: Record<'name' | 'email' | 'message' | 'url', unknown>): Record<'name' | 'email' | 'message' | 'url', string> {
  const read = (value: unknown, limit: number): string => cutText(readText(value)?.trim() ?? '', limit)
  return { name: read(name, 128), email: read(email, 75), message: scrubText(read(message, 4096), settings), url: scrubText(read(url, 2048), settings) }
}

function readId(value: unknown): string | null {
  return typeof value === 'string' ? normaliseEventId(value) : null
}

const discardLists = ['discarded_events', 'rate_limited_events', 'filtered_events', 'filtered_sampling_events'] as const
/** Protocol 5.4. Others are `other`: free text from outside must not make a table grow. */
const discardReasons = new Set([
  'queue_overflow', 'cache_overflow', 'buffer_overflow', 'ratelimit_backoff', 'network_error', 'send_error', 'internal_sdk_error', 'sample_rate', 'before_send',
  'event_processor', 'insufficient_data', 'backpressure', 'ignored', 'invalid', 'no_parent_span',
])
const knownCategories = new Set<string>([...categories, 'internal'])
const maxDiscards = 200

/** What an SDK says it did not send; entries that make no sense are skipped. */
export function readClientReport({ payload }: OpenedItem): ItemOutcome[] | { invalid: string } {
  const read = readPayload(payload)
  if ('invalid' in read) return read
  const entries = discardLists.flatMap((list) => (Array.isArray(read.event[list]) ? (read.event[list] as unknown[]) : [])).slice(0, maxDiscards)
  return entries.filter(isObject).flatMap(({ reason, category, quantity }): ItemOutcome[] => {
    if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > 2 ** 31) return []
    return [
      {
        category: typeof category === 'string' && knownCategories.has(category) ? category : 'unknown',
        outcome: 'client_discard',
        reason: typeof reason === 'string' && discardReasons.has(reason) ? reason : 'other',
        quantity,
      },
    ]
  })
}
