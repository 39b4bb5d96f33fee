// How an exception was caught, and its place in a group of exceptions (protocol 4.4).

import type { ExceptionValue } from '../contract/event.ts'
import { cutText, isObject, readBoolean, readCount, readText } from './json.ts'
import type { Note } from './notes.ts'
import { trimObject } from './trim.ts'

/** Null if the SDK sent none. One without a type, as old native SDKs send it, is `generic`. */
export function readMechanism(sent: unknown, note: Note): ExceptionValue['mechanism'] {
  if (!isObject(sent) || Object.keys(sent).length === 0) return null
  const read = (name: string, limit: number): string | null => {
    const text = readText(sent[name])
    return text === null ? null : cutText(text, limit)
  }
  const { posix_signal, mach_exception } = sent
  const meta = isObject(sent.meta) ? sent.meta : { ...(isObject(posix_signal) && { signal: posix_signal }), ...(isObject(mach_exception) && { mach_exception }) }
  return {
    type: read('type', 128) ?? 'generic',
    description: read('description', 1024),
    helpLink: read('help_link', 2048),
    handled: readBoolean(sent.handled),
    synthetic: sent.synthetic === true,
    source: read('source', 256),
    exceptionId: readCount(sent.exception_id),
    parentId: readCount(sent.parent_id),
    isExceptionGroup: sent.is_exception_group === true,
    data: trimObject(sent.data, 4096, 5, 'mechanism.data', note),
    meta: trimObject(meta, 4096, 5, 'mechanism.meta', note),
  }
}
