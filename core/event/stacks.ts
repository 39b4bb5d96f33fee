// Finding stacks and reading where a frame points; shared by the summary (title, culprit) and the event page.

import { cutText, isObject, readAttribute, readJsonText, readText, readValues, type JsonObject } from './json.ts'

/** The frames of a `stacktrace` value, oldest first: `{frames: […]}` or a bare list; entries that are not objects left out. */
export function readFrameList(stack: unknown): JsonObject[] {
  const frames = Array.isArray(stack) ? stack : isObject(stack) ? stack.frames : null
  return Array.isArray(frames) ? frames.filter(isObject) : []
}

/** Values that say something, oldest cause first; one with neither type nor value is dropped (protocol 4.4). */
export function readExceptions(event: JsonObject): JsonObject[] {
  const values = readValues(readAttribute(event, 'exception', 'sentry.interfaces.Exception'))
  return values.filter((value) => readText(value.type) !== null || readJsonText(value.value, 8) !== null)
}

/** True where the only exception has no stack of its own and takes the event's (protocol 4.1; conformance 107). */
export function ownsTopStack(exceptions: JsonObject[]): boolean {
  return exceptions.length === 1 && readFrameList(exceptions[0]!.stacktrace).length === 0
}

/** The event's own stack, as old SDKs send it beside the exception or message. */
export function readTopStack(event: JsonObject): unknown {
  return readAttribute(event, 'stacktrace', 'sentry.interfaces.Stacktrace')
}

export function readThreads(event: JsonObject): JsonObject[] {
  return readValues(event.threads)
}

const urlWithPath = /^(?:https?|file|applewebdata):\/\/[^/]*(\/[^?#]*)/

/** `filename` and `abs_path` completed from each other (protocol 4.4): a URL's path becomes the file name. */
export function readPaths(frame: JsonObject): { filename: string | null; absPath: string | null } {
  let filename = readText(frame.filename)
  let absPath = readText(frame.abs_path)
  if (absPath === null) {
    absPath = filename
    filename = null
  }
  if (filename === null && absPath !== null) {
    const path = urlWithPath.exec(absPath.slice(0, 2048))?.[1]
    filename = path && path !== '/' ? path : absPath
  }
  return { filename: filename && cutText(filename, 256), absPath: absPath && cutText(absPath, 2048) }
}
