// What an event is called: type, title, culprit, location and metadata, exactly as Sentry words them (protocol 4.14).

import { isInApp } from './inapp.ts'
import { cutText, isObject, readAttribute, readJsonText, readObject, readText, sliceText, type JsonObject } from './json.ts'
import { readMessage } from './message.ts'
import type { Note } from './notes.ts'
import { readSecurityReport } from './security.ts'
import { readExceptions, readFrameList, readPaths, readThreads, readTopStack } from './stacks.ts'
import { trimText } from './trim.ts'

export type EventMetadata = { type?: string; value?: string; filename?: string; function?: string; title?: string; directive?: string; uri?: string }
export type Headline = { type: string; title: string; culprit: string; location: string | null; metadata: EventMetadata }

const culpritLimit = 200

export function readHeadline(event: JsonObject, platform: string, note: Note): Headline {
  const exceptions = readExceptions(event)
  const thrown = exceptions.at(-1)
  const culprit = cutText(trimText(event.culprit, culpritLimit, 'culprit', note) ?? readText(event.transaction) ?? generateCulprit(event, exceptions, platform), culpritLimit)
  if (event.type === 'transaction' || event.type === 'feedback') {
    const title = cutText((event.type === 'transaction' && readText(event.transaction)) || readTitle(event), 200)
    return { type: event.type, title, culprit, location: null, metadata: { title } }
  }
  if (thrown) return { type: 'error', culprit, ...nameError(event, thrown, platform) }
  const report = readSecurityReport(event)
  const title = report && !readMessage(event) ? report.message : readTitle(event)
  const metadata: EventMetadata = { title }
  if (report?.directive !== undefined) metadata.directive = report.directive
  if (report?.directive !== undefined && report.location !== null) metadata.uri = report.location
  return { type: report?.type ?? 'default', title, culprit, location: report?.location ?? null, metadata }
}

function nameError(event: JsonObject, thrown: JsonObject, platform: string): Pick<Headline, 'title' | 'location' | 'metadata'> {
  const frame = findCrashFrame(event, thrown, platform)
  const value = cutText(readJsonText(thrown.value, 1024) ?? '', 1024)
  const type = isSynthetic(thrown) ? null : cutText(readText(thrown.type) ?? 'Error', 128)
  const paths = frame ? readPaths(frame) : null
  const location = paths ? (paths.filename ?? paths.absPath) : null
  const name = frame ? cutText(readText(frame.function) ?? '', 256) : ''
  const metadata: EventMetadata = { value }
  if (type !== null) metadata.type = type
  if (location !== null) metadata.filename = location
  if (name) metadata.function = name
  if (type === null) {
    // A message with a stack the SDK made for it: what the developer wrote says more than the function that logged it,
    // which is all Sentry shows (case 105).
    const title = readMessage(event) ? readTitle(event) : name || '<unknown>'
    return { title, location, metadata: { ...metadata, title } }
  }
  const line = readFirstLine(value)
  return { title: line === '' ? type : `${type}: ${cutText(line, 100)}`, location, metadata }
}

function isSynthetic(value: JsonObject): boolean {
  return isObject(value.mechanism) && value.mechanism.synthetic === true
}

/** The newest frame of the application that has a name, else the newest with a name (protocol 4.14). */
function findCrashFrame(event: JsonObject, thrown: JsonObject, platform: string): JsonObject | null {
  let frames = readFrameList(thrown.stacktrace)
  if (frames.length === 0) frames = readFrameList(readTopStack(event))
  if (frames.length === 0) {
    const threads = readThreads(event)
    if (threads.length === 1) frames = readFrameList(threads[0]?.stacktrace)
  }
  let newest: JsonObject | null = null
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index]!
    const name = readText(frame.function)
    if (name === null || name === '<redacted>' || name === '<unknown>') continue
    if (isInApp(frame, platform)) return frame
    newest ??= frame
  }
  return newest
}

function generateCulprit(event: JsonObject, exceptions: JsonObject[], platform: string): string {
  const thrown = exceptions.at(-1)
  if (thrown && isSynthetic(thrown)) return ''
  let frames: JsonObject[] = []
  for (let index = exceptions.length - 1; index >= 0 && frames.length === 0; index--) frames = readFrameList(exceptions[index]!.stacktrace)
  if (frames.length === 0) frames = readFrameList(readTopStack(event))
  let newest = ''
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index]!
    const inApp = isInApp(frame, platform)
    if (!inApp && newest !== '') continue
    const culprit = nameFrame(frame, platform)
    if (culprit !== '' && inApp) return culprit
    newest ||= culprit
  }
  return newest || readText(readObject(readAttribute(event, 'request', 'sentry.interfaces.Http')).url) || ''
}

function nameFrame(frame: JsonObject, eventPlatform: string): string {
  const platform = readText(frame.platform) ?? eventPlatform
  const name = readText(frame.function) ?? '?'
  if (platform === 'objc' || platform === 'cocoa' || platform === 'native') return name
  const place = readText(frame.module) ?? readPaths(frame).filename
  if (place === null) return ''
  return platform === 'javascript' || platform === 'node' ? `${name}(${place})` : `${place} in ${name}`
}

function readTitle(event: JsonObject): string {
  const sent = readObject(event.metadata).title
  if (sent !== undefined) return cutText(readText(sent) ?? '<untitled>', 200)
  return cutText(readFirstLine(readMessage(event)?.formatted ?? ''), 100) || '<unlabeled event>'
}

/** Up to the first line break of any kind, white space around the text taken off first. */
function readFirstLine(text: string): string {
  const trimmed = text.trim()
  const end = trimmed.search(/[\n\v\f\r\x85\u2028\u2029]/)
  return sliceText(end === -1 ? trimmed : trimmed.slice(0, end), 1024)
}
