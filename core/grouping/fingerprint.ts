// Custom fingerprints: what the client or a project's rule says belongs together (grouping.md 1.1). Their variables and
// the normaliser behind `{{ message }}` belong to the domain `fp` and are frozen with it: such keys survive every change
// of algorithm.

import { isObject, readExceptions, readFrames, readLogMessage, readText, type JsonObject } from './front.ts'
import { normaliseMessage } from './message.ts'

const partCount = 32
const partLimit = 512
const isDefault = /^\{\{\s*default\s*\}\}$/
const variable = /\{\{\s*([^{}\s]{1,200})\s*\}\}/g

/** A part of a fingerprint, variables filled in; null stands for the default components. */
export type FingerprintPart = string | null

/** The parts of `sent`, by the client or by a project's rule; none if there is no fingerprint, or only `{{ default }}`. */
export function readFingerprint(sent: unknown, event: JsonObject): FingerprintPart[] {
  const list: unknown[] = Array.isArray(sent) ? sent : [sent]
  const parts: FingerprintPart[] = []
  for (const item of list) {
    if (parts.length === partCount) break
    if (item === null || item === undefined || item === '') continue
    const text = readText(item)
    parts.push(isDefault.test(text) ? null : fillVariables(text, event).slice(0, partLimit))
  }
  return parts.every((part) => part === null) ? [] : parts
}

/** A text with its variables filled in, not cut. */
export function fillVariables(text: string, event: JsonObject): string {
  return text.includes('{{') ? text.replace(variable, (_, name: string) => readVariable(name, event)) : text
}

function readVariable(name: string, event: JsonObject): string {
  if (name.startsWith('tags.')) return readTag(event.tags, name.slice('tags.'.length)) || '<no-tag>'
  const exception = readExceptions(event).at(-1) ?? {}
  switch (name) {
    case 'error.type':
    case 'type':
      return readText(exception.type) || '<no-type>'
    case 'error.value':
    case 'value':
      return readText(exception.value) || '<no-value>'
    case 'message':
      return normaliseMessage(readLogMessage(event) || readText(exception.value), readText(event.platform)) || '<no-message>'
    case 'transaction':
    case 'level':
    case 'logger':
    case 'release':
    case 'environment':
      return readText(event[name]) || `<no-${name}>`
    case 'stack.function':
    case 'function':
      return readText(pickFrame(exception).function) || '<no-function>'
    case 'stack.module':
    case 'module':
      return readText(pickFrame(exception).module) || '<no-module>'
    case 'stack.abs_path':
    case 'path':
      return readText(pickFrame(exception).abs_path) || '<no-path>'
    default:
      return `<unknown-variable-${name}>`
  }
}

function pickFrame(exception: JsonObject): JsonObject {
  const frames = readFrames(exception)
  return frames.findLast((frame) => frame.in_app === true) ?? frames.at(-1) ?? {}
}

function readTag(tags: unknown, name: string): string {
  if (isObject(tags)) return Object.hasOwn(tags, name) ? readText(tags[name]) : ''
  if (!Array.isArray(tags)) return ''
  for (const item of tags) {
    const [key, value]: unknown[] = Array.isArray(item) ? item : isObject(item) ? [item.key, item.value] : []
    if (readText(key) === name) return readText(value)
  }
  return ''
}
