// One payload as the event page shows it: the contract's Event without what only storage knows.

import type { Event } from '../contract/event.ts'
import type { EventContext } from './context.ts'
import type { JsonObject } from './json.ts'
import { summariseEvent } from './summary.ts'

export type PresentedEvent = Omit<Event, 'id' | 'groupID' | 'projectID' | 'previousEventID' | 'nextEventID' | 'refold' | 'size'>

export function presentEvent(event: JsonObject, context: EventContext): PresentedEvent {
  const summary = summariseEvent(event, context)
  return {
    eventID: summary.eventId,
    title: summary.title,
    message: '',
    culprit: summary.culprit,
    location: summary.location,
    type: summary.type,
    level: summary.level,
    logger: summary.logger,
    platform: summary.platform,
    dateCreated: summary.seenAt.toISOString(),
    dateReceived: context.receivedAt.toISOString(),
    transaction: summary.transaction,
    release: summary.release === null ? null : { version: summary.release },
    dist: summary.dist,
    environment: summary.environment,
    tags: summary.tags.map(([key, value]) => ({ key, value })),
    user: null,
    contexts: {},
    context: {},
    packages: {},
    sdk: context.sdk ?? null,
    errors: [],
    metadata: summary.metadata,
    entries: [],
  }
}
