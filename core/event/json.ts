// Reading values an SDK sent: any field can hold anything, so each reader returns what it can use or null
// (protocol 4.0). Used by every file of core/event; knows nothing of events.

export type JsonObject = { [key: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object, or an empty one. */
export function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** At most `limit` UTF-16 units including the final `...`; a surrogate pair is never cut in two (conformance 148). */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : sliceText(text, limit - 3) + '...'
}

/** The first `limit` units, one less where that would leave half a surrogate pair. */
export function sliceText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}

/** Lenient string of protocol 4.0: booleans as Python writes them, numbers without fraction; empty and everything else null. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return Math.abs(value) < 2 ** 53 ? String(Math.trunc(value) || 0) : readHuge(value)
  return null
}

// Thread ids and the like reach 2^64: worth showing although the last digits were lost in parsing (conformance 149).
function readHuge(value: number): string | null {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 65 ? BigInt(value).toString() : null
}

/** JSON-lenient string of protocol 4.0: anything that is not a string becomes its JSON text, at most `limit` units. */
export function readJsonText(value: unknown, limit: number): string | null {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? cutText(value, limit) : cutText(writeJson(value, limit + 1), limit)
}

/** An integer from 0 on; numeric text counts, anything else is null. */
export function readCount(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= 0 && Number.isSafeInteger(number) ? number || 0 : null
}

export function readBoolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** Levels of nesting written as JSON text: JSON.stringify and any other recursion without bound overflows the stack (Appendix A). */
const writtenLevels = 100

/** JSON text of at most `limit` units and 100 levels, for showing, not for parsing; keys sorted, so that equal values read equal. */
export function writeJson(value: unknown, limit: number): string {
  let text = ''
  const write = (part: unknown, levels: number): void => {
    if (text.length >= limit) return
    if (levels === 0) text += '…'
    else if (Array.isArray(part)) {
      text += '['
      for (let index = 0; index < part.length && text.length < limit; index++) {
        if (index > 0) text += ','
        write(part[index], levels - 1)
      }
      text += ']'
    } else if (isObject(part)) {
      text += '{'
      let first = true
      for (const key of Object.keys(part).sort()) {
        if (text.length >= limit) break
        text += (first ? '' : ',') + JSON.stringify(sliceText(key, limit)) + ':'
        first = false
        write(part[key], levels - 1)
      }
      text += '}'
    } else if (typeof part === 'string') text += JSON.stringify(sliceText(part, limit))
    else text += JSON.stringify(part) ?? 'null'
  }
  write(value, writtenLevels)
  return sliceText(text, limit)
}

/** Values list of protocol 4.0: a list, `{values: […]}` or one bare object; whatever is not an object is left out. */
export function readValues(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value)) return []
  if ('values' in value) return Array.isArray(value.values) ? value.values.filter(isObject) : isObject(value.values) ? [value.values] : []
  return Object.keys(value).length > 0 ? [value] : []
}

/** Pair list of protocol 4.0: an object (sorted by key), `[[key, value], …]` or `[{key, value}, …]`; at most `limit`, values as sent. */
export function readPairs(value: unknown, limit: number): [key: string, value: unknown][] {
  if (isObject(value)) return Object.keys(value).sort().slice(0, limit).map((key) => [key, value[key]])
  if (!Array.isArray(value)) return []
  const pairs: [string, unknown][] = []
  for (const item of value) {
    if (pairs.length === limit) break
    const [key, content]: unknown[] = Array.isArray(item) ? item : isObject(item) ? [item.key, item.value] : []
    const name = readText(key)
    if (name !== null) pairs.push([name, content])
  }
  return pairs
}

/** An attribute under its name or its legacy `sentry.interfaces.…` name (protocol 4.1). */
export function readAttribute(event: JsonObject, name: string, alias: string): unknown {
  return event[name] ?? event[alias]
}
