// Reads the JSON object at the start of an envelope or an item (protocol 2.8 steps 2 and 3b). Used by frame.ts.
// The extent is found by an iterative scan first: depth is refused there, so that nothing after it can overflow the stack.
import type { Buffer } from 'node:buffer'
import { stringEnd } from './event-id.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

/** Headers of real SDKs nest three deep. */
const maxDepth = 64

/** `end` = offset after the closing brace. A string is the cause why there is no header. */
export type HeaderRead = { value: JsonObject; end: number } | string

/** The object that starts at `start` and is at most `maxBytes` long. */
export function readHeader(body: Buffer, start: number, maxBytes: number): HeaderRead {
  if (start >= body.length) return 'unexpected end of file'
  if (body[start] !== 0x7b) return 'header is not a JSON object'
  const limit = Math.min(body.length, start + maxBytes)
  let depth = 0
  for (let i = start; i < limit; i++) {
    const byte = body[i]
    if (byte === 0x22) i = stringEnd(body, i, limit) - 1
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) return `header is nested deeper than ${maxDepth} levels`
    } else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return parse(body, start, i + 1)
  }
  return limit < body.length ? `header is longer than ${maxBytes} bytes` : 'unexpected end of file'
}

function parse(body: Buffer, start: number, end: number): HeaderRead {
  try {
    return { value: JSON.parse(body.toString('utf8', start, end)) as JsonObject, end }
  } catch {
    return 'header is not valid JSON'
  }
}
