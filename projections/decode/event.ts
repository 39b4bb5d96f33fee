// One event out of an opened fact: parsed, completed from a minidump or a security report, scrubbed. The fold and the event page
// both start here, so that nothing leaves the log unscrubbed (protocol 6.4).

import type { EventContext } from '../../core/event/context.ts'
import type { JsonObject } from '../../core/event/json.ts'
import { readPayload } from '../../core/event/payload.ts'
import { readReportEvent } from '../../core/event/report.ts'
import type { Fact } from '../../core/fact.ts'
import { addMinidump } from '../../core/minidump/event.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { scrubEvent, type OnScrub } from '../../core/scrub/scrub.ts'
import { contextOf, type OpenedFact, type OpenedItem } from './open.ts'

/** `size` in bytes of JSON as sent. */
export type DecodedEvent = { event: JsonObject; context: EventContext; size: number }
/** `ignored`: a report of a kind that Refold makes no event of. */
export type EventRead = DecodedEvent | { invalid: string } | { ignored: true }

/** The item that holds the fact's event: the first `event`, a security report, or a minidump that came without an event. */
export function findEventItem({ items }: OpenedFact): OpenedItem | undefined {
  return items.find(({ type }) => type === 'event') ?? items.find(({ type }, index) => type === 'raw_security' && index === 0 && items.length === 1) ?? items.find(isMinidump)
}

/** Never throws. */
export function readEventItem(fact: Fact, opened: OpenedFact, item: OpenedItem, settings: ProjectSettings, onScrub?: OnScrub): EventRead {
  const read = readItem(fact, opened, item)
  return 'event' in read ? finishEvent(fact, opened, read, settings, onScrub) : read
}

/** As readEventItem, without what no title, tag or key is made of: a third of what there is to scrub. Never throws. */
export function readGroupedItem(fact: Fact, opened: OpenedFact, item: OpenedItem, settings: ProjectSettings): EventRead {
  const read = readItem(fact, opened, item)
  if (!('event' in read)) return read
  // A project's own patterns share a budget over the whole event: they must see all of it.
  if (settings.scrubPatterns.length > 0) return finishEvent(fact, opened, read, settings)
  const { breadcrumbs: _breadcrumbs, extra: _extra, modules: _modules, spans: _spans, debug_meta: _debugMeta, _meta, ...event } = read.event
  return finishEvent(fact, opened, { ...read, event }, settings)
}

function finishEvent(fact: Fact, opened: OpenedFact, { event, size }: { event: JsonObject; size: number }, settings: ProjectSettings, onScrub?: OnScrub): DecodedEvent {
  return { event: scrubEvent(event, settings, onScrub), context: contextOf(fact, opened.header, settings.scrubIPAddresses), size }
}

function readItem(fact: Fact, opened: OpenedFact, item: OpenedItem): { event: JsonObject; size: number } | { invalid: string } | { ignored: true } {
  if (isMinidump(item)) return { event: addMinidump({ platform: 'native', level: 'fatal' }, item.payload), size: 0 }
  const read = readPayload(item.payload)
  if ('invalid' in read) return read
  if (item.type === 'raw_security') {
    if (fact.type !== 'security.received') return { ignored: true }
    const report = readReportEvent(read.event, fact.meta)
    return 'invalid' in report || 'ignored' in report ? (report as { invalid: string } | { ignored: true }) : { event: report, size: read.size }
  }
  const dump = opened.items.find(isMinidump)
  return dump ? { event: addMinidump(read.event, dump.payload), size: read.size } : read
}

function isMinidump({ type, header }: OpenedItem): boolean {
  return type === 'attachment' && header.attachment_type === 'event.minidump'
}
