// The pieces of a query's text: words, quoted text, lists. Every function reads from an offset and goes forward only, so that the
// whole is linear in the length of the query whatever it holds.

import type { Pattern, Place } from './term.ts'

/** `raw` as it stands in the query; `text` without quotes and escapes. */
export type Piece = Place & { raw: string; text: string; pattern: Pattern; quoted: boolean }
export type Broken = { position: number; expected: string; what: string }

/** From an opening quote. A backslash keeps the next character as it is: `\"`, `\*`. */
export function readQuoted(query: string, from: number): Piece | Broken {
  const parts: [string, ...string[]] = ['']
  let text = ''
  for (let at = from + 1; at < query.length; at++) {
    const char = query[at]!
    if (char === '"') return { from, to: at + 1, raw: query.slice(from, at + 1), text, pattern: parts, quoted: true }
    const escaped = char === '\\' && at + 1 < query.length
    const kept = escaped ? query[++at]! : char
    text += kept
    if (kept === '*' && !escaped) parts.push('')
    else parts[parts.length - 1] += kept
  }
  return { position: query.length, expected: 'a closing "', what: 'The quoted text has no end' }
}

/** Up to one of the ends. Only `\*` is an escape: paths are full of backslashes. */
export function readBare(query: string, from: number, ends: RegExp): Piece {
  ends.lastIndex = from
  const to = ends.exec(query)?.index ?? query.length
  const raw = query.slice(from, to)
  const parts = raw.split(/(?<!\\)\*/).map((part) => part.replaceAll('\\*', '*')) as [string, ...string[]]
  return { from, to, raw, text: raw, pattern: parts, quoted: false }
}

/** From a `[`: pieces between commas, up to the `]`. */
export function readList(query: string, from: number): { pieces: Piece[]; to: number } | Broken {
  const pieces: Piece[] = []
  let at = from + 1
  for (;;) {
    at = skipSpace(query, at)
    const piece = query[at] === '"' ? readQuoted(query, at) : readBare(query, at, /[\s,\]]/gu)
    if ('position' in piece) return piece
    if (piece.text === '') return { position: at, expected: 'a value', what: query.length === at ? 'The list has no end' : 'A value is missing' }
    pieces.push(piece)
    at = skipSpace(query, piece.to)
    if (query[at] === ']') return { pieces, to: at + 1 }
    if (query[at] !== ',') return { position: at, expected: ', or ]', what: query.length === at ? 'The list has no end' : 'The list is broken' }
    at++
  }
}

export function skipSpace(query: string, from: number): number {
  let at = from
  while (at < query.length && /\s/u.test(query[at]!)) at++
  return at
}
