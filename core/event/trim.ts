// Free-form data (local variables, extra, contexts, request bodies) cut to a size: what does not fit is left out or
// becomes shortened text, and a note says so (protocol 4.2).

import { cutText, isObject, readText, writeJson, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'

/** A copy of about `limit` units of JSON and at most `depth` levels; deeper values become their JSON text. */
export function trimValue(value: unknown, limit: number, depth: number, name: string, note: Note): unknown {
  let left = limit
  let isTrimmed = false
  const copy = (part: unknown, level: number): unknown => {
    if (typeof part === 'string') {
      const text = cutText(part, Math.max(left, 10))
      if (text !== part) isTrimmed = true
      left -= text.length + 2
      return text
    }
    if (typeof part !== 'object' || part === null) {
      left -= 5
      return typeof part === 'number' && !Number.isFinite(part) ? null : part
    }
    if (level === 0) {
      isTrimmed = true
      return copy(writeJson(part, Math.max(left, 10)), level)
    }
    if (Array.isArray(part)) {
      const list: unknown[] = []
      for (const item of part) {
        if (left <= 0) break
        left -= 1
        list.push(copy(item, level - 1))
      }
      if (list.length < part.length) isTrimmed = true
      return list
    }
    const object: JsonObject = {}
    for (const key of Object.keys(part)) {
      if (left <= 0) {
        isTrimmed = true
        break
      }
      if (key === '__proto__') continue
      left -= key.length + 3
      object[cutText(key, 200)] = copy((part as JsonObject)[key], level - 1)
    }
    return object
  }
  const trimmed = copy(value, depth)
  if (isTrimmed) note('value_too_long', name)
  return trimmed
}

/** The same for an object; anything else is an empty one. */
export function trimObject(value: unknown, limit: number, depth: number, name: string, note: Note): JsonObject {
  return isObject(value) ? (trimValue(value, limit, depth, name, note) as JsonObject) : {}
}

/** A lenient string of at most `limit` units; null if there is none. */
export function trimText(value: unknown, limit: number, name: string, note: Note): string | null {
  const text = readText(value)
  if (text === null || text.length <= limit) return text
  note('value_too_long', name, sayLength(text.length))
  return cutText(text, limit)
}

/** The detail of a note on something too long. */
export function sayLength(length: number, unit = 'characters'): string {
  return `It had ${length.toLocaleString('en')} ${unit}.`
}
