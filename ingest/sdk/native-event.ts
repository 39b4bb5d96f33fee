// The event of a crash, out of the form it came with: JSON in `sentry` or in pieces, single values as `sentry[release]`, MessagePack in
// files, and whatever else a program filled in (protocol 2.11). Later sources win; nothing here can fail the crash.
import { isObject, type JsonObject } from '../../core/event/json.ts'
import { readMsgpack } from '../../core/minidump/msgpack.ts'
import type { NewFile } from './compose.ts'
import { maxEvent } from './limits.ts'
import type { Form } from './multipart.ts'

const maxDepth = 10
const maxBreadcrumbs = 100
const maxRead = 1_000

export function readNativeEvent({ fields, files }: Form, breadcrumbs: readonly NewFile[]): JsonObject {
  const event: JsonObject = { platform: 'native', level: 'fatal' }
  const packed = files.find(({ field }) => field === '__sentry-event')
  if (packed && packed.bytes.length <= maxEvent) merge(event, readMsgpack(packed.bytes, 1)[0])
  const pieces: [number, string][] = []
  const extra: JsonObject = {}
  for (const [name, value] of fields) {
    const piece = /^sentry__(\d{1,4})$/.exec(name)
    if (name === 'sentry') merge(event, parseJson(value))
    else if (piece) pieces.push([Number(piece[1]), value])
    else if (!setNested(event, name, value) && name !== '__proto__') extra[name] = value
  }
  if (pieces.length > 0) merge(event, parseJson(pieces.sort(([a], [b]) => a - b).map(([, text]) => text).join('')))
  if (Object.keys(extra).length > 0) event.extra = { ...extra, ...(isObject(event.extra) && event.extra) }
  const crumbs = readBreadcrumbs(breadcrumbs)
  if (crumbs.length > 0 && event.breadcrumbs === undefined) event.breadcrumbs = { values: crumbs }
  return event
}

/** Two files are written in turns, so the newer half may be in either. */
function readBreadcrumbs(files: readonly NewFile[]): JsonObject[] {
  const crumbs = files.flatMap(({ bytes }) => readMsgpack(bytes.subarray(0, maxEvent), maxRead)).filter(isObject)
  return crumbs.sort((a, b) => compare(String(a.timestamp), String(b.timestamp))).slice(-maxBreadcrumbs)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Objects are merged key by key, anything else is replaced. */
function merge(target: JsonObject, source: unknown, depth = maxDepth): void {
  if (!isObject(source)) return
  for (const [key, value] of Object.entries(source)) {
    if (key === '__proto__') continue
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (depth > 0 && isObject(present) && isObject(value)) merge(present, value, depth - 1)
    else target[key] = value
  }
}

/** `sentry[tags][shop]`; false when the name is none of these. */
function setNested(event: JsonObject, name: string, value: string): boolean {
  const path = /^sentry((?:\[[^[\]]{1,200}\]){1,10})$/.exec(name)?.[1]?.slice(1, -1).split('][')
  if (path === undefined) return false
  const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
  merge(event, nested)
  return true
}
