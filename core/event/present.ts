// One payload as the event page shows it: the contract's Event without what only storage knows. Called for one event at
// a time, when somebody looks; the list comes from the rows that summary.ts filled.

import type { Event, EventEntry } from '../contract/event.ts'
import { readSdk } from './attributes.ts'
import { presentBreadcrumbs } from './breadcrumbs.ts'
import type { EventContext } from './context.ts'
import { readContexts } from './contexts.ts'
import { presentExceptions } from './exceptions.ts'
import { readStacktrace } from './frames.ts'
import { cutText, isObject, readJsonText, readText, type JsonObject } from './json.ts'
import { readMessage } from './message.ts'
import { collectNotes, type EventError, type Note } from './notes.ts'
import { presentRequest } from './request.ts'
import { readReports } from './security.ts'
import { ownsTopStack, readExceptions, readTopStack } from './stacks.ts'
import { summariseEvent } from './summary.ts'
import { readSurroundings } from './surroundings.ts'
import { presentThreads } from './threads.ts'
import { readDrift } from './timestamps.ts'
import { trimValue } from './trim.ts'
import { readUser } from './user.ts'

export type PresentedEvent = Omit<Event, 'id' | 'groupID' | 'projectID' | 'previousEventID' | 'nextEventID' | 'refold' | 'size'>

/** `event` comes from readPayload. Never throws, whatever its fields hold; `errors` say what was dropped or trimmed. */
export function presentEvent(event: JsonObject, context: EventContext): PresentedEvent {
  const { errors, note } = collectNotes()
  const summary = summariseEvent(event, context, note)
  const { platform } = summary
  const presented: PresentedEvent = {
    eventID: summary.eventId,
    title: summary.title,
    message: readMessage(event)?.formatted ?? '',
    culprit: summary.culprit,
    location: summary.location,
    type: summary.type,
    level: summary.level,
    logger: summary.logger,
    platform,
    dateCreated: summary.seenAt.toISOString(),
    dateReceived: context.receivedAt.toISOString(),
    transaction: summary.transaction,
    release: summary.release === null ? null : { version: summary.release },
    dist: summary.dist,
    environment: summary.environment,
    tags: summary.tags.map(([key, value]) => ({ key, value })),
    user: readUser(event, platform, context, note),
    contexts: readContexts({ ...readReports(event), ...readSurroundings(event, platform, context) }, note),
    context: readExtra(event, note),
    packages: readPackages(event),
    sdk: readSdk(event, context),
    errors: [],
    metadata: summary.metadata,
    entries: presentEntries(event, platform, context, note),
  }
  return { ...presented, errors: [...readClientErrors(event), ...errors] }
}

function presentEntries(event: JsonObject, platform: string, context: EventContext, note: Note): EventEntry[] {
  const entries: EventEntry[] = []
  const message = readMessage(event)
  if (message) {
    const params = trimValue(message.params, 8192, 5, 'logentry.params', note)
    entries.push({ type: 'message', data: { formatted: message.formatted, message: message.template, params } })
  }
  const exceptions = presentExceptions(event, platform, note)
  if (exceptions.length > 0) entries.push({ type: 'exception', data: { values: exceptions } })
  const stack = ownsTopStack(readExceptions(event)) ? null : readStacktrace(readTopStack(event), platform, 'stacktrace', note)
  if (stack) entries.push({ type: 'stacktrace', data: stack })
  const threads = presentThreads(event, platform, note)
  if (threads.length > 0) entries.push({ type: 'threads', data: { values: threads } })
  const breadcrumbs = presentBreadcrumbs(event, readDrift(context.sentAt, context.receivedAt), note)
  if (breadcrumbs.length > 0) entries.push({ type: 'breadcrumbs', data: { values: breadcrumbs } })
  const request = presentRequest(event, context, note)
  if (request) entries.push({ type: 'request', data: request })
  return entries
}

/** 256 KiB in all, 16 KiB for each key (protocol 4.2). */
function readExtra(event: JsonObject, note: Note): JsonObject {
  const extra: JsonObject = {}
  let left = 262_144
  for (const [key, value] of isObject(event.extra) ? Object.entries(event.extra).slice(0, 1000) : []) {
    if (left <= 0) {
      note('too_many_values', 'extra')
      break
    }
    if (key === '__proto__') continue
    const name = cutText(key, 200)
    extra[name] = trimValue(value, 16_384, 7, `extra.${name}`, note)
    left -= name.length + JSON.stringify(extra[name] ?? null).length
  }
  return extra
}

function readPackages(event: JsonObject): Record<string, string> {
  const packages: Record<string, string> = {}
  for (const [name, version] of isObject(event.modules) ? Object.entries(event.modules).slice(0, 1000) : []) {
    if (name !== '__proto__') packages[cutText(name, 200)] = cutText(readText(version) ?? '', 100)
  }
  return packages
}

/** Problems the SDK itself reported (protocol 4.1). */
function readClientErrors(event: JsonObject): EventError[] {
  const sent = Array.isArray(event.errors) ? event.errors.filter(isObject).slice(0, 20) : []
  return sent.map((error) => {
    const type = cutText(readText(error.type) ?? 'unknown', 64)
    const data = { name: readText(error.name), value: readJsonText(error.value, 500) }
    return { type, message: `The SDK reported ${type}.`, data }
  })
}
