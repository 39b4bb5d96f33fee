// What rules look at in an event (grouping.md 4): its exceptions, its frames, and the raw values of their fields. Frozen
// like the domain `fp`.

import { familyOf, isObject, readExceptions, readFrames, readLogMessage, readText, readThreads, type JsonObject } from '../front.ts'

/** Exceptions that count: the outermost ones. */
export const exceptionLimit = 100
/** Frames that count of one stack, the nearest to the crash; and of an event: the outermost exception's first, threads last, the crashed one before the others. */
export const stackLimit = 250
export const frameLimit = 1000

/** The event's own stack is one more. */
export function readAllFrames(event: JsonObject, exceptions: readonly JsonObject[]): JsonObject[] {
  const threads = readThreads(event)
  const crashed = threads.filter((thread) => thread.crashed === true)
  const frames: JsonObject[] = []
  for (const owner of [...exceptions.toReversed(), event, ...crashed, ...threads.filter((thread) => thread.crashed !== true)]) {
    frames.push(...readFrames(owner).slice(-Math.min(stackLimit, frameLimit - frames.length)))
    if (frames.length === frameLimit) break
  }
  return frames
}

export function readOuterExceptions(event: JsonObject): JsonObject[] {
  return readExceptions(event).slice(-exceptionLimit)
}

/** The value of an event's field; '' if it is missing. */
export function readEventField(event: JsonObject, name: string): string {
  if (name === 'family') return familyOf(readText(event.platform))
  return readText(name === 'sdk' && isObject(event.sdk) ? event.sdk.name : event[name])
}

/** The log message and the texts of the exceptions, as far as there are some. */
export function readMessages(event: JsonObject, exceptions: readonly JsonObject[]): string[] {
  return [readLogMessage(event), ...exceptions.map(({ value }) => readText(value))].filter((text) => text !== '')
}

export function readExceptionField(exception: JsonObject, name: string): string {
  return readText(name === 'error.type' ? exception.type : exception.value)
}

export function readFrameField(frame: JsonObject, name: string): string {
  switch (name) {
    case 'stack.function':
      return readText(frame.function)
    case 'stack.module':
      return readText(frame.module)
    case 'stack.abs_path':
      return readText(frame.abs_path) || readText(frame.filename)
    case 'stack.package':
      return readText(frame.package)
    default:
      return frame.in_app === true ? 'yes' : 'no'
  }
}

/** Each tag's first value. */
export function readTags(tags: unknown): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const entries: unknown[] = Array.isArray(tags) ? tags : isObject(tags) ? Object.entries(tags) : []
  for (const entry of entries) {
    const [key, value]: unknown[] = Array.isArray(entry) ? entry : isObject(entry) ? [entry.key, entry.value] : []
    const name = readText(key)
    if (!values.has(name)) values.set(name, readText(value))
  }
  return values
}
