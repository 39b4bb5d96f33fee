// What the SDK knew of its surroundings: device, operating system, browser, runtime, trace … (protocol 4.8).

import { cutText, isObject, readText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { trimObject } from './trim.ts'

const contextCount = 50
const contextLimit = 8192
const flagsLimit = 132_000

/** `surroundings` comes from readSurroundings. */
export function readContexts(surroundings: JsonObject, note: Note): Record<string, JsonObject> {
  const contexts: Record<string, JsonObject> = {}
  const all = Object.entries(surroundings)
  if (all.length > contextCount) note('too_many_values', 'contexts')
  for (const [alias, sent] of all.slice(0, contextCount)) {
    if (sent === null || alias === '__proto__') continue
    if (!isObject(sent)) {
      note('invalid_data', `contexts.${cutText(alias, 64)}`)
      continue
    }
    const context = trimObject(sent, alias === 'flags' ? flagsLimit : contextLimit, 7, `contexts.${cutText(alias, 64)}`, note)
    if (typeof context.type !== 'string' || context.type === '') context.type = alias
    if (context.type === 'trace') cleanTrace(context)
    contexts[cutText(alias, 200)] = context
  }
  return contexts
}

function cleanTrace(trace: JsonObject): void {
  if (!/^[0-9a-f]{32}$/i.test(String(trace.trace_id))) trace.trace_id = null
  if (!/^[0-9a-f]{16}$/i.test(String(trace.span_id))) trace.span_id = null
}

/** `name` and `name version` of a context like `os` or `browser`, from its raw description where the SDK sent only that. */
export function nameContext(sent: unknown): { name: string | null; full: string | null } {
  if (!isObject(sent)) return { name: null, full: null }
  let name = readText(sent.name)
  let version = readText(sent.version)
  const description = name === null ? readText(sent.raw_description) : null
  if (description !== null) {
    const match = /^(.{1,60}?)[ -]v?(\d[\w.]{0,60})/.exec(description)
    name = match?.[1] ?? description
    version ??= match?.[2] ?? null
  }
  if (name === null) return { name: null, full: null }
  return { name: cutText(name, 200), full: cutText(version === null ? name : `${name} ${version}`, 200) }
}
