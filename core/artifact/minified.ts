// The minified files in the stacks of an event: what there is to look up, and the event with what was found. Only for showing: the log
// and the grouping keep what the SDK sent, so a map that comes late changes how an event looks and never which issue it is in.

import { isObject, readAttribute, readCount, readObject, readText, readValues, type JsonObject } from '../event/json.ts'
import { readFrameList, readPaths, readThreads, readTopStack } from '../event/stacks.ts'
import { readDebugId } from './manifest.ts'
import type { MinifiedPosition, OriginalPosition } from './map-positions.ts'
import { readSourcePath } from './source-path.ts'

export type MinifiedFile = { absPath: string; debugId: string | null; positions: MinifiedPosition[] }

/** Files of one event that are looked up. */
const maxFiles = 50
/** Frames of one stack that are shown at all, and images that are read. */
const [maxFrames, maxImages] = [250, 1000]

/** Of JavaScript frames that say line and column; those nearest the crash first. */
export function collectMinified(event: JsonObject): MinifiedFile[] {
  const debugIds = readDebugIds(event)
  const files = new Map<string, MinifiedFile & { known: Set<string> }>()
  for (const frame of listStacks(event).flatMap((stack) => readFrameList(stack).slice(-maxFrames)).toReversed()) {
    const place = readPlace(frame, event)
    if (place === null) continue
    let file = files.get(place.absPath)
    if (!file) {
      const debugId = debugIds.get(place.absPath) ?? null
      if (files.size === maxFiles || (debugId === null && !/^(?:https?|app|file):\/\/|^\//.test(place.absPath))) continue
      files.set(place.absPath, (file = { absPath: place.absPath, debugId, positions: [], known: new Set() }))
    }
    const key = keyOf(place.position)
    if (file.known.size === file.known.add(key).size) continue
    file.positions.push(place.position)
  }
  return [...files.values()].map(({ absPath, debugId, positions }) => ({ absPath, debugId, positions }))
}

function readDebugIds(event: JsonObject): Map<string, string> {
  const { images } = readObject(event.debug_meta)
  const ids = new Map<string, string>()
  for (const image of Array.isArray(images) ? images.slice(0, maxImages).filter(isObject) : []) {
    const [file, id] = [readText(image.code_file), readDebugId(image.debug_id)]
    if (image.type === 'sourcemap' && file !== null && id !== null) ids.set(file, id)
  }
  return ids
}

function listStacks(event: JsonObject): unknown[] {
  return [...listExceptions(event), ...readThreads(event)].map(({ stacktrace }) => stacktrace).concat([readTopStack(event)])
}

function listExceptions(event: JsonObject): JsonObject[] {
  return readValues(readAttribute(event, 'exception', 'sentry.interfaces.Exception'))
}

function readPlace(frame: JsonObject, event: JsonObject): { absPath: string; position: MinifiedPosition } | null {
  const platform = readText(frame.platform) ?? readText(event.platform)
  const [line, column, { absPath }] = [readCount(frame.lineno), readCount(frame.colno), readPaths(frame)]
  if ((platform !== 'javascript' && platform !== 'node') || absPath === null || !line || !column) return null
  return { absPath, position: { line, column, function: readText(frame.function)?.slice(0, 256) ?? null } }
}

export function keyOf({ line, column, function: name }: MinifiedPosition): string {
  return `${line}:${column}:${name ?? ''}`
}

/** By file, then by keyOf. */
export type Found = ReadonlyMap<string, ReadonlyMap<string, OriginalPosition>>

/** The event with originals in place of what was found; exceptions keep the frames they had as `raw_stacktrace`. Changes nothing in place. */
export function showOriginals(event: JsonObject, found: Found): JsonObject {
  if (found.size === 0) return event
  const withStack = (owner: JsonObject): JsonObject => {
    const stacktrace = mapStack(owner.stacktrace, event, found)
    return stacktrace === owner.stacktrace ? owner : { ...owner, stacktrace, raw_stacktrace: owner.raw_stacktrace ?? owner.stacktrace }
  }
  const { stacktrace: _stack, 'sentry.interfaces.Stacktrace': _oldStack, 'sentry.interfaces.Exception': _oldException, ...rest } = event
  const exceptions = listExceptions(event)
  const stack = readTopStack(event)
  return {
    ...rest,
    ...(exceptions.length > 0 && { exception: { values: exceptions.map(withStack) } }),
    ...(stack !== undefined && { stacktrace: mapStack(stack, event, found) }),
    ...(event.threads !== undefined && { threads: { values: readThreads(event).map(withStack) } }),
  }
}

/** The same stack where nothing was found. */
function mapStack(stack: unknown, event: JsonObject, found: Found): unknown {
  let changed = false
  const frames = readFrameList(stack).map((frame) => {
    const place = readPlace(frame, event)
    const original = place && found.get(place.absPath)?.get(keyOf(place.position))
    if (!original) return frame
    changed = true
    return originalFrame(frame, original, place.absPath)
  })
  return changed ? { ...(isObject(stack) && stack), frames } : stack
}

/** Where the SDK did not say whose code it is, what is not in node_modules is the application's. */
function originalFrame({ module: _module, filename: _filename, ...frame }: JsonObject, { source, line, column, function: name, before, text, after }: OriginalPosition, generated: string): JsonObject {
  const { filename, absPath } = readSourcePath(source, generated)
  return {
    ...frame, filename, abs_path: absPath, lineno: line, colno: column, function: nameFunction(readText(frame.function), name),
    in_app: frame.in_app ?? !/(?:^|\/)node_modules\//.test(absPath),
    pre_context: text === null ? null : before, context_line: text, post_context: text === null ? null : after,
  }
}

/** `async t` and `new t` keep their first word. */
function nameFunction(minified: string | null, original: string | null): string | null {
  return original === null ? minified : `${/^(?:async|new) /.exec(minified ?? '')?.[0] ?? ''}${original}`
}
