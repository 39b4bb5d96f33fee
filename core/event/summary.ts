// What the fold keeps of every event (table `event`, the counters, an issue's title), read without building what only the
// event page shows. present.ts starts from the same summary, so list and page cannot disagree.

import type { Level } from '../contract/issue.ts'
import { readDist, readEnvironment, readLevel, readLine, readPlatform, readRelease, readSdk } from './attributes.ts'
import type { EventContext } from './context.ts'
import { readHeadline, type EventMetadata } from './headline.ts'
import type { JsonObject } from './json.ts'
import { ignoreNotes, type Note } from './notes.ts'
import { readSurroundings } from './surroundings.ts'
import { deriveHiddenTags, deriveTags, readEnvironmentTag, readHandling, readTags, type HiddenTags, type Tag } from './tags.ts'
import { readDrift, readSeenAt } from './timestamps.ts'
import { readPerson, tagUser } from './user.ts'

export type EventSummary = HiddenTags & {
  eventId: string
  /** The event's own time, the sender's clock drift taken out, where believable; else when it arrived (protocol 4.13). */
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
  /** True if any exception says `handled: false`. */
  unhandled: boolean
  /** `id:…`, `username:…`, `email:…` or `ip:…`. */
  userTag: string | null
  /** `name/version`. */
  sdk: string | null
  /** The client's tags and those every event has by itself. */
  tags: Tag[]
}

/** `event` comes from readPayload. Never throws, whatever its fields hold; every text is bounded (protocol 4.2). */
export function summariseEvent(event: JsonObject, context: EventContext, note: Note = ignoreNotes): EventSummary {
  const platform = readPlatform(event)
  const level = readLevel(event, note)
  const logger = readLine(event, 'logger', 64, note)
  const transaction = readLine(event, 'transaction', 200, note)
  const release = readRelease(event, note)
  const dist = readDist(event, note)
  const environment = readEnvironment(event.environment ? event : { environment: readEnvironmentTag(event) }, note)
  const serverName = readLine(event, 'server_name', 256, note)
  const { handled, mechanism } = readHandling(event)
  const person = readPerson(event, platform, context, note)
  const userTag = tagUser(person)
  const sdk = readSdk(event, context)
  const plain: [string, string | null][] = [
    ['level', level], ['environment', environment], ['release', release], ['dist', dist], ['logger', logger],
    ['server_name', serverName], ['transaction', transaction], ['user', userTag], ['handled', handled], ['mechanism', mechanism],
  ]
  const surroundings = readSurroundings(event, platform, context)
  const sent = readTags(event, note)
  return {
    eventId: context.eventId,
    seenAt: readSeenAt(event.timestamp, context.receivedAt, readDrift(context.sentAt, context.receivedAt), note),
    level,
    ...readHeadline(event, platform, note),
    platform,
    logger,
    transaction,
    release,
    dist,
    environment,
    serverName,
    unhandled: handled === 'no',
    userTag,
    sdk: sdk === null ? null : `${sdk.name}/${sdk.version}`,
    tags: deriveTags(event, surroundings, plain, sent),
    ...deriveHiddenTags(event, surroundings, person, handled, sent),
  }
}
