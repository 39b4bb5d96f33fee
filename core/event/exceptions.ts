// Exceptions for the event page, oldest cause first, the thrown one last (protocol 4.4).

import type { ExceptionValue } from '../contract/event.ts'
import { readStacktrace } from './frames.ts'
import { readJsonText, readText, readValues, readAttribute, type JsonObject } from './json.ts'
import { readMechanism } from './mechanism.ts'
import type { Note } from './notes.ts'
import { ownsTopStack, readExceptions, readTopStack } from './stacks.ts'
import { sayLength, trimText } from './trim.ts'

const exceptionCount = 50
const valueLimit = 8192

export function presentExceptions(event: JsonObject, platform: string, note: Note): ExceptionValue[] {
  const all = readExceptions(event)
  if (readValues(readAttribute(event, 'exception', 'sentry.interfaces.Exception')).length > all.length) note('missing_attribute', 'exception.type')
  const kept = all.length > exceptionCount ? [...all.slice(0, exceptionCount / 2), ...all.slice(-exceptionCount / 2)] : all
  if (kept.length < all.length) note('too_many_values', 'exception')
  const values = kept.map((value) => readException(value, platform, note))
  const [only] = values
  return only && ownsTopStack(all) ? [{ ...only, stacktrace: readStacktrace(readTopStack(event), platform, 'stacktrace', note) }] : values
}

function readException(value: JsonObject, platform: string, note: Note): ExceptionValue {
  if (typeof value.value === 'string' && value.value.length > valueLimit) note('value_too_long', 'exception.value', sayLength(value.value.length))
  return {
    type: trimText(value.type, 256, 'exception.type', note),
    value: readJsonText(value.value, valueLimit),
    module: trimText(value.module, 256, 'exception.module', note),
    threadId: readText(value.thread_id),
    mechanism: readMechanism(value.mechanism, note),
    stacktrace: readStacktrace(value.stacktrace, platform, 'exception.stacktrace', note),
    rawStacktrace: readStacktrace(value.raw_stacktrace, platform, 'exception.raw_stacktrace', note),
  }
}
