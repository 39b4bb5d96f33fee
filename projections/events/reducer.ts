// One row per accepted event. The rule that an event id counts once lives here: the first position wins.

import { hashTags } from '../../core/event/tag-hash.ts'
import type { FoldedEvent } from '../decode/decode.ts'

export type EventRow = {
  projectId: number; position: number; eventId: string; seenAt: Date; receivedAt: Date; level: string; title: string
  platform: string; release: string | null; environment: string | null; userTag: string | null; sdk: string | null
  /** See core/event/tag-hash.ts. */
  tags: Int32Array
}

export type EventsState = {
  /** `projectId:eventId` of those that are stored already, as far as this batch asks. */
  known: Set<string>
  added: EventRow[]
}

/** False = a duplicate: an SDK's retry, or a proxy's. */
export function foldEvent(state: EventsState, projectId: number, position: number, receivedAt: Date, { summary }: FoldedEvent): boolean {
  const id = eventIdentity(projectId, summary.eventId)
  if (state.known.has(id)) return false
  state.known.add(id)
  state.added.push({
    projectId, position, receivedAt, eventId: summary.eventId, seenAt: summary.seenAt, level: summary.level, title: summary.title, platform: summary.platform,
    release: summary.release, environment: summary.environment, userTag: summary.userTag, sdk: summary.sdk,
    tags: hashTags(summary.tags, summary.searchTags, summary.eventTags),
  })
  return true
}

export function eventIdentity(projectId: number, eventId: string): string {
  return `${projectId}:${eventId}`
}
