// Source maps (ECMA-426): from places in generated code to places in its sources. The mappings are walked once, up to the last place
// that is asked for, and never kept: ten million of them cost half a second and no memory (protocol case 164).

import { countValues, maxValues } from './values.ts'

/** Says in one sentence why a map cannot be used. */
export class SourceMapError extends Error {}

/** Both count from 0; columns in UTF-16 units. */
export type Place = { line: number; column: number }
export type Original = Place & { source: string; content: string | null; name: string | null }

type Plain = { mappings: string; sources: unknown[]; contents: unknown[]; names: unknown[]; root: string }
/** In ascending order; a map without sections is one that starts at 0:0. */
export type SourceMap = (Place & { map: Plain })[]

/** Throws SourceMapError. */
export function parseSourceMap(text: string): SourceMap {
  if (countValues(text) > maxValues) throw broken(`it holds more than ${maxValues.toLocaleString('en')} values`)
  const json = parseJson(text)
  if (!Array.isArray(json.sections)) return [{ line: 0, column: 0, map: readPlain(json) }]
  const sections = json.sections.map((section) => {
    const { offset, map } = readRecord(section)
    const { line, column } = readRecord(offset)
    if (typeof line !== 'number' || typeof column !== 'number') throw broken('a section has no offset')
    return { line, column, map: readPlain(readRecord(map)) }
  })
  return sections.toSorted(compare)
}

function parseJson(text: string): Record<string, unknown> {
  try {
    // Some servers guard JSON with a first line that no script engine would run.
    return readRecord(JSON.parse(text.startsWith(")]}'") ? text.slice(text.indexOf('\n')) : text))
  } catch (error) {
    throw error instanceof SourceMapError ? error : broken('it is not JSON')
  }
}

/** Sections inside of sections are not part of the standard, so nothing here recurses. */
function readPlain({ mappings, sources, sourcesContent, names, sourceRoot }: Record<string, unknown>): Plain {
  if (typeof mappings !== 'string' || !Array.isArray(sources)) throw broken('it has no mappings or no sources')
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  return { mappings, sources, contents: list(sourcesContent), names: list(names), root: typeof sourceRoot === 'string' && sourceRoot !== '' ? sourceRoot.replace(/\/?$/, '/') : '' }
}

function readRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw broken('something is missing')
  return value as Record<string, unknown>
}

function broken(why: string): SourceMapError {
  return new SourceMapError(`The source map is broken: ${why}.`)
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column
}

/** For each place what it was made from: null where the map has nothing. Throws SourceMapError. */
export function findOriginals(sections: SourceMap, places: readonly Place[]): (Original | null)[] {
  const found = new Map<Place, Original | null>()
  for (const [section, inside] of Map.groupBy(places, (place) => sections.findLast((one) => compare(one, place) <= 0))) {
    if (section) walkMappings(section.map, inside.map((place) => shift(place, section)).toSorted((a, b) => compare(a, b)), found)
  }
  return places.map((place) => found.get(place) ?? null)
}

type Wanted = Place & { asked: Place }

function shift(asked: Place, start: Place): Wanted {
  return { asked, line: asked.line - start.line, column: asked.line === start.line ? asked.column - start.column : asked.column }
}

/** `wanted` in ascending order. A place belongs to the last mapping of its line that starts at or before it. */
function walkMappings(map: Plain, wanted: readonly Wanted[], found: Map<Place, Original | null>): void {
  const { mappings } = map
  let [at, line, next] = [0, 0, 0]
  let [column, source, originalLine, originalColumn, name] = [0, 0, 0, 0, 0]
  let original: Original | null = null
  const settle = (until: number): void => {
    for (; next < wanted.length && wanted[next]!.line === line && wanted[next]!.column < until; next++) found.set(wanted[next]!.asked, original)
  }
  const readNumber = (): number => {
    let value = 0
    let bits = 0
    for (;;) {
      const digit = digits[mappings.charCodeAt(at++)]
      if (digit === undefined || digit < 0 || bits > 30) throw broken('its mappings cannot be read')
      value += (digit & 31) * 2 ** bits
      if (digit < 32) return value % 2 === 1 ? -(value - 1) / 2 : value / 2
      bits += 5
    }
  }
  const isAtNumber = (): boolean => {
    const sign = mappings.charCodeAt(at)
    return at < mappings.length && sign !== comma && sign !== semicolon
  }

  while (at < mappings.length && next < wanted.length) {
    const sign = mappings.charCodeAt(at)
    if (sign === comma || sign === semicolon) {
      if (sign === semicolon) {
        settle(Infinity)
        line++
        column = 0
        original = null
      }
      at++
      continue
    }
    column += readNumber()
    settle(column)
    const hasSource = isAtNumber()
    if (hasSource) {
      source += readNumber()
      originalLine += readNumber()
      originalColumn += readNumber()
    }
    const hasName = hasSource && isAtNumber()
    if (hasName) name += readNumber()
    // Only the mapping before a wanted place is looked up.
    const isWanted = wanted[next]?.line === line && wanted[next]!.column >= column
    original = hasSource && isWanted ? readOriginal(map, source, originalLine, originalColumn, hasName ? name : -1) : null
  }
  settle(Infinity)
}

function readOriginal({ sources, contents, names, root }: Plain, index: number, line: number, column: number, nameIndex: number): Original | null {
  const [source, content, name] = [sources[index], contents[index], names[nameIndex]]
  if (typeof source !== 'string' || line < 0 || column < 0) return null
  return { line, column, source: /^[a-z][\w+.-]*:|^\//i.test(source) ? source : root + source, content: typeof content === 'string' ? content : null, name: typeof name === 'string' ? name : null }
}

const [comma, semicolon] = [0x2c, 0x3b]
/** Of base64, by character code. */
const digits = new Int8Array(128).fill(-1)
for (const [value, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) digits[sign.charCodeAt(0)] = value
