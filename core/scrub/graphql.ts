// Variables of a GraphQL request are what a person typed, and the response repeats them under the same names (protocol 6.4).

import { isObject, readAttribute, type JsonObject } from '../event/json.ts'
import { mapJson } from './request.ts'
import { hide, type Run } from './run.ts'
import type { Scrub } from './structure.ts'
import { isHarmless, levelLimit, mapFields, mapItems } from './value.ts'

/** The event without the values of its variables; the event itself if it has none. */
export function hideVariables(event: JsonObject, run: Run): JsonObject {
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  if (!run.rules.defaults || !isObject(request) || request.api_target !== 'graphql') return event
  const names = new Set<string>()
  const hideVariable = (name: string, value: unknown): unknown => {
    names.add(name)
    return isHarmless(value) ? value : hide(run, 'graphql')
  }
  const hideAll: Scrub = (value, _, levels) => (isObject(value) ? mapFields(value, hideVariable, null, run, levels) : isHarmless(value) ? value : hide(run, 'graphql'))
  let rest: unknown = event
  for (const name of ['request', 'sentry.interfaces.Http']) rest = mapAt(rest, [name, 'data', 'variables'], hideAll, run, levelLimit)
  const hideEcho: Scrub = (value, _, levels) => hideNamed(value, names, run, levels)
  if (names.size > 0) for (const name of ['contexts', 'sentry.interfaces.Contexts']) rest = mapAt(rest, [name, 'response', 'data'], hideEcho, run, levelLimit)
  return rest as JsonObject
}

/** What lies at the path, in each item of a list, also within text of JSON. */
function mapAt(value: unknown, path: string[], scrub: Scrub, run: Run, levels: number): unknown {
  if (levels <= 0) return value
  if (typeof value === 'string') return mapJson(value, (body) => mapAt(body, path, scrub, run, levels - 1)) ?? value
  const [wanted, ...further] = path
  if (wanted === undefined) return scrub(value, run, levels)
  if (Array.isArray(value)) return mapItems(value, (part, _, inner, left) => mapAt(part, path, scrub, inner, left), null, run, levels)
  if (!isObject(value)) return value
  return mapFields(value, (name, part, _, inner, left) => (name === wanted ? mapAt(part, further, scrub, inner, left) : part), null, run, levels)
}

function hideNamed(value: unknown, names: Set<string>, run: Run, levels: number): unknown {
  if (levels <= 0) return value
  if (Array.isArray(value)) return mapItems(value, (part, _, inner, left) => hideNamed(part, names, inner, left), null, run, levels)
  if (!isObject(value)) return value
  const visit = (name: string, part: unknown, _: null, inner: Run, left: number): unknown =>
    !names.has(name) ? hideNamed(part, names, inner, left) : isHarmless(part) ? part : hide(inner, 'graphql')
  return mapFields(value, visit, null, run, levels)
}
