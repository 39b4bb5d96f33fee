// Any JSON value by the key/value rules (protocol 6.1). What does not change is shared with the input, not copied.

import type { JsonObject } from '../event/json.ts'
import { judgeName, type NameKind } from './names.ts'
import { amongCookies } from './reach.ts'
import { hide, note, placeNotes, type Run } from './run.ts'
import { scrubString, type Reach } from './text.ts'

/** Levels of nesting looked at; what lies deeper is hidden. Recursion without bound overflows the stack. */
export const levelLimit = 100

export function scrubValue(value: unknown, reach: Reach, run: Run, levels: number): unknown {
  if (typeof value === 'string') return scrubString(value, reach, run)
  if (typeof value !== 'object' || value === null) return value
  if (levels <= 0) return hide(run, 'depth')
  if (!Array.isArray(value)) return scrubObject(value as JsonObject, reach, run, levels)
  return value.length === 2 && typeof value[0] === 'string' ? scrubPair(value, reach, run, levels) : mapItems(value, scrubValue, reach, run, levels)
}

/** A value under its name. Undefined = gone. */
export function scrubField(name: string, value: unknown, reach: Reach, run: Run, levels: number): unknown {
  const kind = judgeName(name, run.rules)
  if (kind === 'plain') return scrubValue(value, reach, run, levels)
  if (kind === 'safe') return value
  if (hides(kind, reach)) return isHarmless(value) ? value : hide(run, kind === 'asked' ? 'field' : kind === 'session' ? 'session' : 'password')
  if (kind === 'address' && run.rules.addresses) return remove(value, run)
  if (kind === 'cookies' && reach.names) return scrubCookies(value, run, levels)
  return typeof value === 'string' ? scrubString(value, reach, run, kind === 'version') : scrubValue(value, reach, run, levels)
}

function hides(kind: NameKind, reach: Reach): boolean {
  return (kind === 'secret' && reach.names) || (kind === 'asked' && reach.asked) || (kind === 'session' && reach.sessions)
}

/** Undefined, which takes the field out of its object. */
export function remove(value: unknown, run: Run): undefined {
  if (value !== undefined) note(run, 'ip')
}

const harmless = new Set(['', 'true', 'false', 'null', 'undefined', '[Filtered]'])

/** Values that are no secret under any name (protocol 6.1). */
export function isHarmless(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'boolean' || (typeof value === 'string' && harmless.has(value))
}

/** `a=1; b=2`, a list of such, an object or pairs (protocol 6.2). */
export function scrubCookies(value: unknown, run: Run, levels: number): unknown {
  const isList = Array.isArray(value) && levels > 0 && value.every((part) => typeof part === 'string' && part.includes('='))
  if (isList) return mapItems(value, scrubCookieItem, amongCookies, run, levels)
  return typeof value === 'string' ? scrubCookieText(value, run, levels) : scrubValue(value, amongCookies, run, levels)
}

function scrubCookieItem(text: unknown, _reach: Reach, run: Run, levels: number): unknown {
  return scrubCookies(text, run, levels)
}

function scrubCookieText(text: string, run: Run, levels: number): string {
  const cookies = text.split(';').map((cookie) => {
    const at = cookie.indexOf('=')
    if (at === -1) return scrubString(cookie, amongCookies, run)
    const value = cookie.slice(at + 1)
    const scrubbed = scrubField(cookie.slice(0, at).trim(), value, amongCookies, run, levels)
    return scrubbed === value ? cookie : `${cookie.slice(0, at + 1)}${String(scrubbed ?? '')}`
  })
  return cookies.join(';')
}

/** A list that reads as name and value. */
function scrubPair(pair: unknown[], reach: Reach, run: Run, levels: number): unknown {
  const [name, value] = pair as [string, unknown]
  const from = run.notes?.length ?? 0
  const nextName = scrubLabel(name, reach, run)
  if (nextName !== name) placeNotes(run, from, '0')
  const middle = run.notes?.length ?? 0
  const nextValue = scrubField(name, value, reach, run, levels - 1)
  if (nextValue !== value) placeNotes(run, middle, '1')
  return nextName === name && nextValue === value ? pair : [nextName, nextValue ?? null]
}

/** A name stays where its value goes, unless it is a sentence. */
function scrubLabel(name: string, reach: Reach, run: Run): string {
  const isName = name.length <= 100 && !/[\s=:]/.test(name)
  return isName && hides(judgeName(name, run.rules), reach) ? name : scrubString(name, reach, run)
}

function scrubObject(value: JsonObject, reach: Reach, run: Run, levels: number): JsonObject {
  const label = findLabel(value)
  return label === null ? mapFields(value, scrubField, reach, run, levels) : mapFields(value, scrubLabelled, { reach, label, name: value[label] as string }, run, levels)
}

/** The field that names what is in `value`, where there is one: `{key, value}` and `{name, value}` are pairs too. */
export function findLabel(object: JsonObject): 'key' | 'name' | null {
  return object.value === undefined ? null : typeof object.key === 'string' ? 'key' : typeof object.name === 'string' ? 'name' : null
}

type Labelled = { reach: Reach; label: string; name: string }

function scrubLabelled(field: string, value: unknown, { reach, label, name }: Labelled, run: Run, levels: number): unknown {
  if (field === label) return scrubLabel(name, reach, run)
  const isNamed = field === 'value' && judgeName(name, run.rules) !== 'plain'
  return scrubField(isNamed ? name : field, value, reach, run, levels)
}

/** The same object where `visit` changes nothing. `levels` are those left for the object itself. */
export function mapFields<By>(value: JsonObject, visit: (name: string, part: unknown, by: By, run: Run, levels: number) => unknown, by: By, run: Run, levels: number): JsonObject {
  let copy: JsonObject | null = null
  for (const name in value) {
    const part = value[name]
    const from = run.notes === null ? 0 : run.notes.length
    const next = visit(name, part, by, run, levels - 1)
    if (next === part) continue
    placeNotes(run, from, name)
    copy ??= { ...value }
    if (next === undefined) delete copy[name]
    // Assigning to `__proto__` would set the prototype.
    else Object.defineProperty(copy, name, { value: next, enumerable: true, writable: true, configurable: true })
  }
  return copy ?? value
}

/** The same list where `visit` changes nothing. */
export function mapItems<By>(value: unknown[], visit: (part: unknown, by: By, run: Run, levels: number) => unknown, by: By, run: Run, levels: number): unknown[] {
  let copy: unknown[] | null = null
  for (let at = 0; at < value.length; at++) {
    const from = run.notes === null ? 0 : run.notes.length
    const next = visit(value[at], by, run, levels - 1)
    if (next === value[at]) continue
    placeNotes(run, from, String(at))
    copy ??= [...value]
    copy[at] = next
  }
  return copy ?? value
}
