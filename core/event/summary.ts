// What the fold keeps of every event, without building anything only the event page shows.

import type { Level } from '../contract/issue.ts'
import type { EventContext } from './context.ts'
import type { JsonObject } from './json.ts'

export type EventMetadata = { type?: string; value?: string; filename?: string; function?: string; title?: string }

export type EventSummary = {
  eventId: string
  seenAt: Date
  level: Level
  type: string
  title: string
  culprit: string
  location: string | null
  metadata: EventMetadata
  platform: string
  logger: string | null
  transaction: string | null
  release: string | null
  dist: string | null
  environment: string | null
  serverName: string | null
  unhandled: boolean
  userTag: string | null
  sdk: string | null
  tags: [key: string, value: string][]
}

export function summariseEvent(event: JsonObject, context: EventContext): EventSummary {
  const exception = event.exception
  const list = Array.isArray(exception) ? exception : ((exception as { values?: JsonObject[] })?.values ?? [])
  const last = list.at(-1) as JsonObject | undefined
  const title = last ? `${last.type}: ${last.value}` : typeof event.message === 'string' ? event.message : '<unlabeled event>'
  return {
    eventId: context.eventId,
    seenAt: context.receivedAt,
    level: 'error',
    type: last ? 'error' : 'default',
    title,
    culprit: '',
    location: null,
    metadata: {},
    platform: String(event.platform ?? 'other'),
    logger: null,
    transaction: null,
    release: null,
    dist: null,
    environment: null,
    serverName: null,
    unhandled: false,
    userTag: null,
    sdk: null,
    tags: [],
  }
}
