// A query as it is typed, cut into what its characters are: the search field colours them. The parser's own functions read it, term by
// term, so that what stands behind a mistake keeps its colours.

import { maxFilters, maxQueryLength } from './limits.ts'
import { readHead, readPieces, readTerm, type Head } from './parse.ts'
import type { Place } from './term.ts'
import { skipSpace } from './tokens.ts'
import type { Subject } from './words.ts'

/** `not`: the `!`. `operator`: colons, comparisons, brackets and commas. `wrong`: cannot be read. */
export type MarkKind = 'text' | 'not' | 'key' | 'operator' | 'value' | 'wrong'
export type Mark = Place & { kind: MarkKind }

/** Every character of the query belongs to exactly one mark, in order; spaces to `text`, unless a mistake spans them. */
export function markSearch(query: string, subject: Subject = 'issue'): Mark[] {
  const kinds = Array.from<MarkKind>({ length: query.length }).fill('text')
  const paint = (kind: MarkKind, from: number, to: number): unknown => kinds.fill(kind, from, to)
  if (query.length > maxQueryLength) paint('wrong', maxQueryLength, query.length)
  else paintTerms(query, subject, paint)
  return joinSame(kinds)
}

type Paint = (kind: MarkKind, from: number, to: number) => unknown

function paintTerms(query: string, subject: Subject, paint: Paint): void {
  let filters = 0
  for (let at = skipSpace(query, 0), to = at; at < query.length; at = skipSpace(query, to)) {
    const found = readHead(query, at)
    to = found ? paintFilter(query, at, found, paint) : endOfWord(query, at)
    const term = readTerm(query, at, found, subject)
    if ('position' in term) to = Math.max(to, paintMistake(query, term.position, found && found.valueFrom < term.position ? found.valueFrom : at, paint))
    else to = term.to
    if (found && ++filters > maxFilters) paint('wrong', at, to)
  }
}

/** The word that is wrong; where something is missing, what waits for it. Answers where that ends. */
function paintMistake(query: string, position: number, waits: number, paint: Paint): number {
  const isThere = position < query.length && !/\s/u.test(query[position]!)
  const to = isThere ? endOfWord(query, position) : position
  paint('wrong', isThere ? position : waits, to)
  return to
}

/** Answers where the filter ends, as far as it can be read. */
function paintFilter(query: string, at: number, { keyFrom, valueFrom }: Head, paint: Paint): number {
  paint('not', at, keyFrom)
  paint('key', keyFrom, valueFrom - 1)
  paint('operator', valueFrom - 1, valueFrom)
  const value = readPieces(query, valueFrom)
  if ('position' in value) return endOfWord(query, valueFrom)
  paint('operator', valueFrom, value.place.to)
  for (const piece of value.pieces) paint('value', piece.from, piece.to)
  return value.place.to
}

function endOfWord(query: string, from: number): number {
  const space = query.slice(from).search(/\s/u)
  return space === -1 ? query.length : from + space
}

function joinSame(kinds: readonly MarkKind[]): Mark[] {
  const marks: Mark[] = []
  for (const [at, kind] of kinds.entries()) {
    const last = marks.at(-1)
    if (last?.kind === kind) last.to = at + 1
    else marks.push({ kind, from: at, to: at + 1 })
  }
  return marks
}
