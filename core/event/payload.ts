// The first step of the fold's decoding: bytes of an event item to JSON that everything after it can trust:
// bounded depth, no NUL, no lone surrogate, no key that reaches a prototype (protocol 8.8, Appendix A).
// Runs for every event, so the clean-up walks the tree only when the text could need it.

import { isObject, writeJson, type JsonObject } from './json.ts'

/** Levels of nesting kept; local variables of a chained exception start at the eighth. */
const maxDepth = 14
/** Units of JSON text kept of what lies deeper. */
const deepTextLimit = 500

export type Payload = { event: JsonObject; size: number } | { invalid: 'invalid_json' | 'not_an_object' }

/** Parses one event. Never throws. `size` is in bytes as sent. Invalid UTF-8 is replaced, a byte order mark skipped. */
export function readPayload(bytes: Uint8Array): Payload {
  const text = decoder.decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const plain = replaceNonFinite(text)
    if (plain === null) return { invalid: 'invalid_json' }
    try {
      value = JSON.parse(plain)
    } catch {
      return { invalid: 'invalid_json' }
    }
  }
  if (!isObject(value)) return { invalid: 'not_an_object' }
  const event = (text.includes('\\u') && needsCleaning.test(text)) || !isPlain(value, maxDepth) ? (cleanValue(value, maxDepth) as JsonObject) : value
  return { event, size: bytes.length }
}

const decoder = new TextDecoder('utf-8')

// Raw text never holds NUL or half a pair after decoding, so only escapes can. Go escapes < > & in every event: those must not cost the walk.
const needsCleaning = /\\u(?:0000|d[89a-f])/i
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** False if anything lies deeper than `depth` levels, or has a key that reaches a prototype. Recursion is bounded by `depth`. */
function isPlain(value: object, depth: number): boolean {
  if (depth === 0) return false
  if (Array.isArray(value)) {
    for (const part of value) if (typeof part === 'object' && part !== null && !isPlain(part, depth - 1)) return false
    return true
  }
  for (const key in value) {
    if (key === 'constructor' || key === 'prototype' || key === '__proto__') return false
    const part = (value as JsonObject)[key]
    if (typeof part === 'object' && part !== null && !isPlain(part, depth - 1)) return false
  }
  return true
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return cleanText(writeJson(value, deepTextLimit))
  if (Array.isArray(value)) return value.map((part) => cleanValue(part, depth - 1))
  const clean: JsonObject = {}
  for (const [key, part] of Object.entries(value)) {
    const name = cleanText(key)
    if (!forbiddenKeys.has(name)) clean[name] = cleanValue(part, depth - 1)
  }
  return clean
}

function cleanText(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text).toWellFormed()
}

/**
 * Python's json module writes NaN, Infinity and -Infinity; they become null here. Null if the text has none.
 * One pass by hand: a regular expression that skips strings is quadratic on a text with an open quote.
 */
function replaceNonFinite(text: string): string | null {
  const word = /NaN|-?Infinity/y
  let plain = ''
  let from = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') inString = !inString
    else if (char === '\\' && inString) at++
    else if (!inString && (char === 'N' || char === 'I' || char === '-')) {
      word.lastIndex = at
      if (!word.test(text)) continue
      plain += text.slice(from, at) + 'null'
      from = word.lastIndex
      at = from - 1
    }
  }
  return from === 0 ? null : plain + text.slice(from)
}
