// What a source map says about positions of one minified file: names, places and source lines of the code it was made from. Runs in
// a thread of its own (projections/artifacts), because a map may be huge and hostile.

import { isUtf8 } from 'node:buffer'
import { findDeclaration } from './declaration.ts'
import { findOriginals, parseSourceMap, SourceMapError, type Original, type Place } from './source-map.ts'

/** As in a frame: both count from 1. `function`: its name in the minified code, if it has one. */
export type MinifiedPosition = { line: number; column: number; function: string | null }

/** `source` as the map names it. */
export type OriginalPosition = { source: string; line: number; column: number; function: string | null; before: string[]; text: string | null; after: string[] }

const contextLines = 5
/** Of a line of source; the reader of the event cuts further (core/event/frames.ts). */
const maxLine = 100_000

/** One per position, null where the map has nothing. `minified` may be missing: names are then as they were. Throws SourceMapError. */
export function mapPositions(map: Uint8Array, minified: Uint8Array | null, positions: readonly MinifiedPosition[]): (OriginalPosition | null)[] {
  const sections = parseSourceMap(decode(map))
  const code = minified && decode(minified)
  const places = positions.map(({ line, column }): Place => ({ line: line - 1, column: column - 1 }))
  const declared = positions.map((position, index) => (code === null || position.function === null ? null : declaredAt(code, places[index]!, position.function)))
  const names = declared.filter((place) => place !== null)
  const originals = findOriginals(sections, [...places, ...names])
  const nameOf = new Map(names.map((place, index) => [place, originals[places.length + index] ?? null]))
  return places.map((_, index) => {
    const [original, name] = [originals[index] ?? null, declared[index] && nameOf.get(declared[index])]
    return original && present(original, name ? readName(name) : null)
  })
}

function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new SourceMapError('The source map or the minified file is not UTF-8.')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function declaredAt(code: string, { line, column }: Place, name: string): Place | null {
  const start = findLine(code, line)
  const at = start === -1 ? -1 : findDeclaration(code, start + column, name)
  if (at === -1) return null
  let [declaredLine, lineStart] = [line, start]
  for (; at < lineStart; declaredLine--) lineStart = code.lastIndexOf('\n', lineStart - 2) + 1
  return { line: declaredLine, column: at - lineStart }
}

/** The map's own word for it, or what stands there in the source. */
function readName({ name, content, line, column }: Original): string | null {
  return name ?? /^[\w$]+/.exec(readLines(content, line, 1)[0]?.slice(column, column + 200) ?? '')?.[0] ?? null
}

function present({ source, line, column, content }: Original, name: string | null): OriginalPosition {
  const first = Math.max(line - contextLines, 0)
  const lines = readLines(content, first, line - first + 1 + contextLines)
  const before = lines.slice(0, line - first)
  return { source, line: line + 1, column: column + 1, function: name, before, text: lines[before.length] ?? null, after: lines.slice(before.length + 1) }
}

/** At most `count`, fewer where the text ends. */
function readLines(content: string | null, from: number, count: number): string[] {
  if (content === null) return []
  const lines: string[] = []
  for (let start = findLine(content, from); start !== -1 && lines.length < count; ) {
    const end = content.indexOf('\n', start)
    lines.push(content.slice(start, Math.min(end === -1 ? content.length : end, start + maxLine)).replace(/\r$/, ''))
    start = end === -1 ? -1 : end + 1
  }
  return lines
}

/** Where a line starts; -1 when there are not so many. */
function findLine(text: string, line: number): number {
  let at = 0
  for (let left = line; left > 0; left--) {
    at = text.indexOf('\n', at) + 1
    if (at === 0) return -1
  }
  return at
}
