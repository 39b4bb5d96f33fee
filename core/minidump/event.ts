// From what a minidump tells to what an event of it shows: an exception, and contexts where the SDK sent none (protocol 2.11). The
// door calls this, so that a crash has a name even where a limit keeps its dump out; the fold does again with the dump that was kept.
import { isObject, readAttribute, readObject, readValues, type JsonObject } from '../event/json.ts'
import { describeMinidump, minidumpException } from './minidump.ts'

/** The event with what its dump adds. What the SDK said itself stays as it is; bytes that are no dump add only that there was a crash. */
export function addMinidump(event: JsonObject, dump: Uint8Array): JsonObject {
  const info = describeMinidump(dump)
  const contexts = readObject(event.contexts)
  const told: JsonObject = {
    ...(info?.os && { os: { type: 'os', name: info.os.name, version: info.os.version, ...(info.os.build && { build: info.os.build }) } }),
    ...(info?.cpu && { device: { type: 'device', arch: info.cpu } }),
    ...(info?.pid && { process: { pid: info.pid } }),
  }
  return {
    // Reporters send a crash when the program starts again, which may be days later.
    ...(info?.time && { timestamp: info.time }),
    ...event,
    ...(!hasOwnException(event) && { exception: { values: [minidumpException(info)] } }),
    ...(Object.keys(told).length > 0 && { contexts: { ...told, ...contexts } }),
    ...(info && info.annotations.length > 0 && { extra: addMissing(event.extra, info.annotations) }),
  }
}

/** An exception that came of a dump is none of its own: a later version may read more in the same dump. */
function hasOwnException(event: JsonObject): boolean {
  return readValues(readAttribute(event, 'exception', 'sentry.interfaces.Exception')).some(({ mechanism }) => readObject(mechanism).type !== 'minidump')
}

function addMissing(extra: unknown, annotations: readonly [string, string][]): JsonObject {
  return { ...Object.fromEntries(annotations.filter(([name]) => name !== '__proto__')), ...(isObject(extra) ? extra : {}) }
}
