// The plain attributes of an event: each a text or one of a few words, invalid ones null with a note (protocol 4.1, 4.2).

import type { Level } from '../contract/issue.ts'
import { isVersion, maxVersionLength } from '../release/version.ts'
import type { EventContext } from './context.ts'
import { cutText, isObject, readText, sliceText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { sayLength } from './trim.ts'

const levels: Record<string, Level> = {
  debug: 'debug', trace: 'debug', verbose: 'debug', 10: 'debug',
  info: 'info', log: 'info', notice: 'info', 20: 'info',
  warning: 'warning', warn: 'warning', 30: 'warning',
  error: 'error', 40: 'error',
  fatal: 'fatal', critical: 'fatal', panic: 'fatal', emergency: 'fatal', alert: 'fatal', 50: 'fatal',
}

/** `error` unless the SDK sent a level in one of the spellings of protocol 4.1. */
export function readLevel(event: JsonObject, note: Note): Level {
  if (event.level === null || event.level === undefined) return event.type === 'transaction' ? 'info' : 'error'
  const name = readText(event.level)?.trim().toLowerCase() ?? ''
  const level = Object.hasOwn(levels, name) ? levels[name] : undefined
  if (level === undefined) note('invalid_data', 'level')
  return level ?? 'error'
}

export function readPlatform(event: JsonObject): string {
  return sliceText(readText(event.platform)?.trim().toLowerCase() || 'other', 64)
}

/** Null where a release could not be told apart in a path or a list: with a slash, line break, or named like a folder. */
export function readRelease(event: JsonObject, note: Note): string | null {
  return readStrict(event, 'release', maxVersionLength, isVersion, note)
}

export function readDist(event: JsonObject, note: Note): string | null {
  return readStrict(event, 'dist', 64, (text) => /^[a-zA-Z0-9_.-]+$/.test(text), note)
}

export function readEnvironment(event: JsonObject, note: Note): string | null {
  return readStrict(event, 'environment', 64, (text) => !/[\n\r\f/]/.test(text) && !/^none$/i.test(text), note)
}

function readStrict(event: JsonObject, name: string, limit: number, isValid: (text: string) => boolean, note: Note): string | null {
  const sent = event[name]
  if (sent === null || sent === undefined || sent === '') return null
  const text = readText(sent)?.trim() ?? ''
  if (text.length > limit) note('value_too_long', name, sayLength(text.length))
  else if (text === '' || !isValid(text)) note('invalid_data', name)
  else return text
  return null
}

/** A text on one line, at most `limit` units. */
export function readLine(event: JsonObject, name: string, limit: number, note: Note): string | null {
  const text = readText(event[name])
  if (text === null) {
    if (typeof event[name] === 'object' && event[name] !== null) note('invalid_data', name)
    return null
  }
  if (text.length > limit) note('value_too_long', name, sayLength(text.length))
  return cutText(text, limit).replaceAll(/[\r\n]+/g, ' ').trim() || null
}

/** Name and version of the SDK: the payload's, else the envelope header's, else what the client said of itself. */
export function readSdk(event: JsonObject, context: EventContext): { name: string; version: string } | null {
  const sent = isObject(event.sdk) ? event.sdk : event.client_sdk
  const name = isObject(sent) ? readText(sent.name) : null
  if (isObject(sent) && name !== null) return { name: cutText(name, 256), version: cutText(readText(sent.version) ?? '', 256) }
  if (context.sdk) return { name: cutText(context.sdk.name, 256), version: cutText(context.sdk.version, 256) }
  const client = context.meta.client
  const slash = client?.indexOf('/') ?? -1
  if (!client || slash < 1) return null
  return { name: cutText(client.slice(0, slash), 256), version: cutText(client.slice(slash + 1).split(' ', 1)[0] ?? '', 256) }
}
