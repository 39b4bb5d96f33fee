// What the SDK says it did to the event before sending: `_meta` mirrors the event, and under the key '' of a node stands
// what was shortened or removed there (protocol 4.12). Becomes notes on the event page; whatever is malformed is ignored.

import { isObject, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { sayLength } from './trim.ts'

const depthLimit = 20
const nodeLimit = 2000
const nameLimit = 200

/** Notes on values that the event has; `_meta` for anything else is ignored. */
export function noteSdkMeta(event: JsonObject, note: Note): void {
  let nodes = 0
  const visit = (meta: unknown, value: unknown, path: string, depth: number): void => {
    if (!isObject(meta) || depth === 0 || ++nodes > nodeLimit) return
    if (path !== '') noteNode(meta[''], value, path, note)
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(meta)) {
      if (key === '' || !Object.hasOwn(value, key) || path.length + key.length > nameLimit) continue
      visit(meta[key], (value as JsonObject)[key], path === '' ? key : `${path}.${key}`, depth - 1)
    }
  }
  visit(event._meta, event, '', depthLimit)
}

function noteNode(node: unknown, value: unknown, name: string, note: Note): void {
  if (!isObject(node)) return
  const remarks = Array.isArray(node.rem) ? node.rem.slice(0, 5).filter(Array.isArray) : []
  if (typeof node.len === 'number' && Number.isSafeInteger(node.len) && node.len > 0) {
    note('sdk_shortened', name, sayLength(node.len, typeof value === 'string' ? 'characters' : 'parts'))
  } else if (remarks.length > 0) note('sdk_removed', name, sayRule(remarks[0]![0]))
  const [error] = Array.isArray(node.err) ? node.err : []
  const code: unknown = Array.isArray(error) ? error[0] : error
  if (typeof code === 'string') note('sdk_error', name, `It called the problem ${code.slice(0, 64)}.`)
}

function sayRule(rule: unknown): string | undefined {
  return typeof rule === 'string' && rule !== '' ? `Its rule was ${rule.slice(0, 64)}.` : undefined
}
