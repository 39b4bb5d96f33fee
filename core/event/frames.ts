// Stack traces for the event page: frames with their source lines and variables, bounded (protocol 4.2, 4.4).

import type { Frame, Stacktrace } from '../contract/event.ts'
import { isInApp } from './inapp.ts'
import { cutText, isObject, readCount, readText, sliceText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { readFrameList, readPaths } from './stacks.ts'
import { trimObject, trimText } from './trim.ts'

const frameCount = 250
/** Frames that keep their source and variables. */
const detailCount = 50
const lineCount = 50
const lineLimit = 256
const nameLimit = 256
const varsLimit = 16_384

/** Null if there are no frames. Of more than 250 frames those in the middle are left out. */
export function readStacktrace(sent: unknown, platform: string, name: string, note: Note): Stacktrace | null {
  const all = readFrameList(sent)
  if (all.length === 0) return null
  const raw = all.length > frameCount ? [...all.slice(0, frameCount / 2), ...all.slice(-frameCount / 2)] : all
  if (raw.length < all.length) note('too_many_values', `${name}.frames`)
  const detailed = chooseDetailed(raw, platform)
  const frames = raw.map((frame, index) => readFrame(frame, platform, detailed.has(index), note))
  const omitted = raw.length < all.length ? [frameCount / 2, all.length - frameCount / 2] : isObject(sent) ? sent.frames_omitted : null
  return { frames, framesOmitted: readOmitted(omitted) }
}

function readOmitted(sent: unknown): [number, number] | null {
  if (!Array.isArray(sent)) return null
  const [from, to] = [readCount(sent[0]), readCount(sent[1])]
  return from !== null && to !== null && to > from ? [from, to] : null
}

/** The application's frames first, then those nearest the crash. */
function chooseDetailed(frames: JsonObject[], platform: string): Set<number> {
  const fromCrash = frames.map((_, index) => frames.length - 1 - index)
  if (frames.length <= detailCount) return new Set(fromCrash)
  const own = fromCrash.filter((index) => isInApp(frames[index]!, platform))
  return new Set([...own, ...fromCrash.filter((index) => !own.includes(index))].slice(0, detailCount))
}

function readFrame(frame: JsonObject, eventPlatform: string, isDetailed: boolean, note: Note): Frame {
  const platform = readText(frame.platform)
  const lineNo = readCount(frame.lineno)
  const colNo = readCount(frame.colno)
  if (typeof frame.lineno === 'number' && lineNo === null) note('invalid_data', 'frame.lineno')
  const context = isDetailed ? readContext(frame, lineNo, colNo, note) : []
  const { filename, absPath } = readPaths(frame)
  return {
    filename,
    absPath,
    module: trimText(frame.module, nameLimit, 'frame.module', note),
    package: trimText(frame.package, 2048, 'frame.package', note),
    platform: platform === null ? null : sliceText(platform, 64),
    function: trimText(frame.function, nameLimit, 'frame.function', note),
    rawFunction: trimText(frame.raw_function, nameLimit, 'frame.raw_function', note),
    lineNo,
    colNo,
    context,
    inApp: isInApp(frame, eventPlatform),
    vars: isDetailed ? readVars(frame.vars, note) : null,
    instructionAddr: readHexAddress(frame.instruction_addr),
    symbolAddr: readHexAddress(frame.symbol_addr),
    errors: context.length > 0 ? [] : [explainMissingSource(frame, absPath, lineNo, isDetailed, platform ?? eventPlatform)],
  }
}

function readVars(sent: unknown, note: Note): JsonObject | null {
  const vars = Array.isArray(sent) ? { ...sent } : sent
  return isObject(vars) && Object.keys(vars).length > 0 ? trimObject(vars, varsLimit, 5, 'frame.vars', note) : null
}

export function readHexAddress(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? `0x${value.toString(16)}` : null
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value) ? value : null
}

function readContext(frame: JsonObject, lineNo: number | null, colNo: number | null, note: Note): [number, string][] {
  const line = frame.context_line
  if (lineNo === null || typeof line !== 'string') return []
  const before = readLines(frame.pre_context).slice(-lineCount)
  const after = readLines(frame.post_context).slice(0, lineCount)
  if ([...before, line, ...after].some((text) => text.length > lineLimit)) note('value_too_long', 'frame.context_line')
  return [
    ...before.map((text, index): [number, string] => [lineNo - before.length + index, cutText(text, lineLimit)]),
    [lineNo, cutAround(line, colNo ?? 0)],
    ...after.map((text, index): [number, string] => [lineNo + 1 + index, cutText(text, lineLimit)]),
  ]
}

function readLines(value: unknown): string[] {
  return Array.isArray(value) ? value.map((line) => (typeof line === 'string' ? line : '')) : []
}

/** A long line keeps what lies around the column, as in minified code. */
function cutAround(line: string, column: number): string {
  if (line.length <= lineLimit) return line
  const from = Math.max(0, Math.min(column - lineLimit / 2, line.length - lineLimit))
  const part = line.slice(from, from + lineLimit).toWellFormed()
  return `${from > 0 ? '{snip} ' : ''}${part}${from + lineLimit < line.length ? ' {snip}' : ''}`
}

function explainMissingSource(frame: JsonObject, absPath: string | null, lineNo: number | null, isDetailed: boolean, platform: string): string {
  if (!isDetailed) return `Source is kept for ${detailCount} frames of a stack trace only.`
  if (typeof frame.context_line === 'string') return 'The SDK sent source without a line number.'
  const isBrowserFile = (platform === 'javascript' || platform === 'node') && absPath !== null && /^https?:\/\//i.test(absPath)
  if (isBrowserFile) return 'The SDK sent no source. If this file is minified, names and positions are those of the minified code.'
  return lineNo === null ? 'The SDK sent neither source nor a line number.' : 'The SDK sent no source.'
}
