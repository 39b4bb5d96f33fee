// One payload as the event page shows it: the contract's Event without what only storage knows. Called for one event at
// a time, when somebody looks; the list comes from the rows that summary.ts filled.

import type { Event, EventEntry } from '../contract/event.ts'
import { readSdk } from './attributes.ts'
import { presentBreadcrumbs } from './breadcrumbs.ts'
import type { EventContext } from './context.ts'
import { readContexts } from './contexts.ts'
import { presentExceptions } from './exceptions.ts'
import { readStacktrace } from './frames.ts'
import { presentImages } from './images.ts'
import { cutText, isObject, readAttribute, readJsonText, readObject, readText, type JsonObject } from './json.ts'
import { readMessage } from './message.ts'
import { noteSdkMeta } from './meta.ts'
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
    packages: readPackages(event, note),
    sdk: readSdk(event, context),
    errors: [],
    metadata: summary.metadata,
    entries: presentEntries(event, platform, context, note),
  }
  noteSdkMeta(event, note)
  return { ...presented, errors: [...readClientErrors(event), ...errors] }
}

function presentEntries(event: JsonObject, platform: string, context: EventContext, note: Note): EventEntry[] {
  const entries: EventEntry[] = []
  const message = readMessage(event, note)
  if (message) {
    const params = trimValue(message.params, 8192, 5, 'logentry.params', note)
    entries.push({ type: 'message', data: { formatted: message.formatted, message: message.template, params } })
  }
  const exceptions = presentExceptions(event, platform, note)
  if (exceptions.length > 0) entries.push({ type: 'exception', data: { values: exceptions } })
  const stack = ownsTopStack(readExceptions(event)) ? null : readStacktrace(readTopStack(event), platform, 'stacktrace', note)
  if (stack) entries.push({ type: 'stacktrace', data: stack })
  const template = readAttribute(event, 'template', 'sentry.interfaces.Template')
  const place = isObject(template) ? readStacktrace([{ ...template, in_app: true }], platform, 'template', note)?.frames[0] : undefined
  if (place) entries.push({ type: 'template', data: place })
  const threads = presentThreads(event, platform, note)
  if (threads.length > 0) entries.push({ type: 'threads', data: { values: threads } })
  const breadcrumbs = presentBreadcrumbs(event, readDrift(context.sentAt, context.receivedAt), note)
  if (breadcrumbs.length > 0) entries.push({ type: 'breadcrumbs', data: { values: breadcrumbs } })
  const request = presentRequest(event, context, note)
  if (request) entries.push({ type: 'request', data: request })
  const images = presentImages(event, note)
  if (images.length > 0) entries.push({ type: 'debugmeta', data: { images } })
  return entries
}

const entryCount = 1000

/** 256 KiB in all, 16 KiB for each key (protocol 4.2). */
function readExtra(event: JsonObject, note: Note): JsonObject {
  const extra: JsonObject = {}
  let left = 262_144
  for (const [index, [key, value]] of Object.entries(readObject(event.extra)).entries()) {
    if (left <= 0 || index === entryCount) {
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

function readPackages(event: JsonObject, note: Note): Record<string, string> {
  const packages: Record<string, string> = {}
  const all = Object.entries(readObject(event.modules))
  if (all.length > entryCount) note('too_many_values', 'modules')
  for (const [name, version] of all.slice(0, entryCount)) {
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
