// How every version of grouping reads an event (grouping.md 1.1). Frozen with the released versions that use it, and
// therefore separate from the readers of core/event, which may change: no key depends on what they do.

import type { Family } from './types.ts'

export type JsonObject = { [key: string]: unknown }

/** Every string is cut to this many UTF-16 units before anything examines it. */
const textLimit = 2048

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text where text is expected: numbers and booleans as JavaScript writes them, objects as JSON with sorted keys; '' if absent. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return value.length > textLimit ? value.slice(0, textLimit) : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' && value !== null ? sortedJson(value).slice(0, textLimit) : ''
}

/** Levels of nesting that count: recursion without bound would overflow the stack. */
const levelLimit = 100

function sortedJson(value: unknown): string {
  let text = ''
  const write = (part: unknown, levels: number): void => {
    if (text.length >= textLimit || levels === 0) return
    if (Array.isArray(part)) {
      text += '['
      for (let index = 0; index < part.length && text.length < textLimit; index++) {
        if (index > 0) text += ','
        write(part[index], levels - 1)
      }
      text += ']'
    } else if (isObject(part)) {
      text += '{'
      let separator = ''
      for (const key of Object.keys(part).sort()) {
        if (text.length >= textLimit) break
        text += `${separator}${JSON.stringify(key.slice(0, textLimit))}:`
        separator = ','
        write(part[key], levels - 1)
      }
      text += '}'
    } else text += typeof part === 'string' ? JSON.stringify(part.slice(0, textLimit)) : (JSON.stringify(part) ?? 'null')
  }
  write(value, levelLimit)
  return text
}

/** The exceptions in payload order: causes first, the thrown one last. */
export function readExceptions(event: JsonObject): JsonObject[] {
  const sent = event.exception ?? event['sentry.interfaces.Exception']
  if (Array.isArray(sent)) return sent.filter(isObject)
  if (!isObject(sent)) return []
  if (sent.values === undefined) return Object.keys(sent).length > 0 ? [sent] : []
  return Array.isArray(sent.values) ? sent.values.filter(isObject) : []
}

/** The frames of an exception, thread or event, oldest first. */
export function readFrames(owner: JsonObject): JsonObject[] {
  const stack = owner.stacktrace
  return isObject(stack) && Array.isArray(stack.frames) ? stack.frames.filter(isObject) : []
}

/** The threads, a list or `{values}`. */
export function readThreads(event: JsonObject): JsonObject[] {
  const sent = event.threads ?? event['sentry.interfaces.Threads']
  const list = isObject(sent) ? sent.values : sent
  return Array.isArray(list) ? list.filter(isObject) : []
}

const families: Record<string, Family> = { javascript: 'javascript', node: 'javascript', native: 'native', cocoa: 'native', c: 'native', objc: 'native', swift: 'native' }

/** Of a frame's or an event's platform (grouping.md 3.4). */
export function familyOf(platform: string): Family {
  return Object.hasOwn(families, platform) ? families[platform]! : 'other'
}

/** The template of the log message if the SDK sent it, else the finished text; '' if there is none. */
export function readLogMessage(event: JsonObject): string {
  const entry = event.logentry ?? event['sentry.interfaces.Message']
  return readEntry(entry) || readScalar(entry) || readScalar(event.message) || readEntry(event.message)
}

function readEntry(entry: unknown): string {
  return isObject(entry) ? readText(entry.message) || readText(entry.formatted) : ''
}

function readScalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? readText(value) : ''
}

export function firstLine(text: string): string {
  const end = text.search(/[\r\n]/)
  return end === -1 ? text : text.slice(0, end)
}
