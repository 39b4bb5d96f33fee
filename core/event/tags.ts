// Tags: what the client sent, cleaned, and what every event has by itself (protocol 4.2, 4.8).

import { nameContext } from './contexts.ts'
import { isObject, readAttribute, readObject, readPairs, readText, sliceText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { readExceptions } from './stacks.ts'
import { sayLength } from './trim.ts'
import { tagUser, type Person } from './user.ts'

export type Tag = [key: string, value: string]

const tagCount = 100
const textLimit = 200
const typeCount = 10
const reserved = new Set(['release', 'dist', 'user', 'filename', 'function', 'level', 'environment'])

/** The client's tags: the first of a key wins, reserved and unreadable ones are left out, at most 100. */
export function readTags(event: JsonObject, note: Note): Tag[] {
  const pairs = readPairs(event.tags, 1000)
  const tags: Tag[] = []
  const seen = new Set<string>()
  for (const [sentKey, sentValue] of pairs) {
    const key = cleanKey(sentKey)
    const value = cleanValue(readText(sentValue) ?? '')
    if (key === null || value === '') {
      if (sentValue !== null) note('invalid_data', `tags.${sliceText(sentKey, 64)}`)
      continue
    }
    if (reserved.has(key) || seen.has(key)) continue
    if (tags.length === tagCount) {
      note('too_many_values', 'tags')
      break
    }
    if (value.length > textLimit) note('value_too_long', `tags.${key}`, sayLength(value.length))
    seen.add(key)
    tags.push([key, sliceText(value, textLimit)])
  }
  return tags
}

/** `tags.environment`, which stands in for a missing `environment` (protocol 4.1). */
export function readEnvironmentTag(event: JsonObject): unknown {
  return readPairs(event.tags, 1000).find(([key]) => key === 'environment')?.[1]
}

function cleanKey(sent: string): string | null {
  const key = sent.trim().replaceAll(' ', '-')
  return /^[a-zA-Z0-9_.:-]{1,200}$/.test(key) ? key : null
}

/** `plain` are the attributes the caller has read already; of equal keys the client's tag wins. Absent values are left out. */
export function deriveTags(event: JsonObject, contexts: JsonObject, plain: [key: string, value: string | null][], sent: Tag[]): Tag[] {
  const browser = nameContext(contexts.browser)
  const os = nameContext(contexts.os)
  const clientOs = nameContext(contexts.client_os)
  const runtime = nameContext(contexts.runtime)
  const device = readObject(contexts.device)
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  const derived: [string, string | null][] = [
    ...plain,
    ['url', isObject(request) ? (readText(request.url)?.split(/[?#]/, 1)[0] ?? null) : null],
    ['browser', browser.full],
    ['browser.name', browser.name],
    ['os', os.full],
    ['os.name', os.name],
    ['client_os', clientOs.full],
    ['client_os.name', clientOs.name],
    ['device', readText(device.model)],
    ['device.family', readText(device.family)],
    ['runtime', runtime.full],
    ['runtime.name', runtime.name],
    ['replayId', readText(readObject(contexts.replay).replay_id)],
  ]
  const names = new Set(sent.map(([key]) => key))
  const tags: Tag[] = [...sent]
  for (const [key, value] of derived) {
    const text = value === null ? '' : cleanValue(value)
    if (text !== '' && !names.has(key)) tags.push([key, sliceText(text, textLimit)])
  }
  return tags
}

/** Tags that are searched for and not shown: those counted per issue as shown ones are, and those that are on the event alone. */
export type HiddenTags = { searchTags: Tag[]; eventTags: Tag[] }

/** Of equal keys the client's tag wins. `error.handled` is `true` or `false`, as Sentry's; `error.type` is there once for each exception. */
export function deriveHiddenTags(event: JsonObject, contexts: JsonObject, person: Person, handled: 'yes' | 'no' | null, sent: readonly Tag[]): HiddenTags {
  const searchTags: Tag[] = []
  const eventTags: Tag[] = []
  const add = (tags: Tag[], key: string, value: string | null): void => {
    const text = value === null ? '' : cleanValue(value)
    if (text !== '' && !sent.some(([name]) => name === key)) tags.push([key, sliceText(text, textLimit)])
  }
  const user = tagUser(person) ?? ''
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  add(user.startsWith('email:') ? eventTags : searchTags, 'user.email', person.email)
  add(user.startsWith('username:') ? eventTags : searchTags, 'user.username', person.username)
  if (isObject(request)) add(searchTags, 'http.method', readText(request.method)?.toUpperCase() ?? null)
  add(searchTags, 'http.status_code', readText(readObject(contexts.response).status_code))
  add(eventTags, 'user.id', person.id)
  add(eventTags, 'user.ip', person.ip_address)
  for (const { type } of readExceptions(event).slice(-typeCount)) add(eventTags, 'error.type', readText(type))
  add(eventTags, 'error.handled', handled && (handled === 'yes' ? 'true' : 'false'))
  return { searchTags, eventTags }
}

/** On one line. */
function cleanValue(text: string): string {
  return (/[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, ' ') : text).trim()
}

/** Unhandled if any exception says so; unknown if none says anything. */
export function readHandling(event: JsonObject): { handled: 'yes' | 'no' | null; mechanism: string | null } {
  let handled: 'yes' | 'no' | null = null
  let mechanism: string | null = null
  for (const value of readExceptions(event)) {
    if (!isObject(value.mechanism)) continue
    mechanism = readText(value.mechanism.type) ?? mechanism
    if (value.mechanism.handled === false) handled = 'no'
    else if (value.mechanism.handled === true) handled ??= 'yes'
  }
  return { handled, mechanism }
}
