// Exceptions for the event page, oldest cause first, the thrown one last (protocol 4.4).

import type { ExceptionValue } from '../contract/event.ts'
import { readStacktrace } from './frames.ts'
import { cutText, readJsonText, readText, readValues, readAttribute, type JsonObject } from './json.ts'
import { readMechanism } from './mechanism.ts'
import type { Note } from './notes.ts'
import { ownsTopStack, readExceptions, readTopStack } from './stacks.ts'

const exceptionCount = 50

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
  const type = readText(value.type)
  const module = readText(value.module)
  const text = readJsonText(value.value, 8192)
  if ((type?.length ?? 0) > 256) note('value_too_long', 'exception.type')
  if (typeof value.value === 'string' && value.value.length > 8192) note('value_too_long', 'exception.value')
  return {
    type: type === null ? null : cutText(type, 256),
    value: text,
    module: module === null ? null : cutText(module, 256),
    threadId: readText(value.thread_id),
    mechanism: readMechanism(value.mechanism, note),
    stacktrace: readStacktrace(value.stacktrace, platform, 'exception.stacktrace', note),
    rawStacktrace: readStacktrace(value.raw_stacktrace, platform, 'exception.raw_stacktrace', note),
  }
}
