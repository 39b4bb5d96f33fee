// From what a minidump tells to what an event of it shows: an exception, and contexts where the SDK sent none. The fold calls
// this with the dump that came in the event's envelope (protocol 2.11).
import { isObject, readAttribute, readObject, readValues, type JsonObject } from '../event/json.ts'
import { describeMinidump, minidumpException } from './minidump.ts'

/** The event with what its dump adds. What the SDK said itself stays as it is; bytes that are no dump add only that there was a crash. */
export function addMinidump(event: JsonObject, dump: Uint8Array): JsonObject {
  const info = describeMinidump(dump)
  const contexts = readObject(event.contexts)
  const told: JsonObject = {
    ...(info?.os && { os: { type: 'os', name: info.os.name, version: info.os.version, ...(info.os.build && { build: info.os.build }) } }),
    ...(info?.cpu && { device: { type: 'device', arch: info.cpu } }),
  }
  return {
    ...event,
    ...(readValues(readAttribute(event, 'exception', 'sentry.interfaces.Exception')).length === 0 && { exception: { values: [minidumpException(info)] } }),
    ...(Object.keys(told).length > 0 && { contexts: { ...told, ...contexts } }),
    ...(info && info.annotations.length > 0 && { extra: addMissing(event.extra, info.annotations) }),
  }
}

function addMissing(extra: unknown, annotations: readonly [string, string][]): JsonObject {
  return { ...Object.fromEntries(annotations.filter(([name]) => name !== '__proto__')), ...(isObject(extra) ? extra : {}) }
}
