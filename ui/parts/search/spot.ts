// Where in a query the caret stands: first step of completion. Unlike the parser it reads on through what is unfinished, for that is
// what is being typed.

import { findHead } from '../../../core/search/parse.ts'
import type { Place } from '../../../core/search/term.ts'
import { readBare, readQuoted, skipSpace } from '../../../core/search/tokens.ts'

/** The place is what a suggestion replaces; `typed` stands in it before the caret. */
export type Spot = Place & { typed: string } & (
  /** A word, or the key of a filter: keys fit. */
  | { at: 'key' }
  /** `tag`: written as tags[key]. `inList`: one of several values. */
  | { at: 'value'; key: string; tag: boolean; inList: boolean }
)

export function findSpot(query: string, caret: number): Spot {
  for (let at = skipSpace(query, 0), to = at; at < query.length && at <= caret; at = skipSpace(query, to)) {
    const head = findHead(query, at)
    if (head === undefined || caret < head.valueFrom) {
      const from = query[at] === '!' ? at + 1 : at
      to = head?.valueFrom ?? endOfText(query, at)
      // Before a word there is room for a new one.
      if (caret <= from && (caret === at || caret < from)) return { at: 'key', from: caret, to: caret, typed: '' }
      if (caret <= to) return { at: 'key', from, to, typed: query.slice(from, caret) }
      continue
    }
    const { key, tag, valueFrom } = head
    const inList = query[valueFrom] === '['
    const piece = inList ? findInList(query, valueFrom, caret) : readLoose(query, valueFrom, caret, /\s/gu)
    to = piece.to
    if (caret >= piece.from && caret <= piece.to && !('isAfter' in piece)) return { at: 'value', key, tag, inList, from: piece.from, to: piece.to, typed: textBefore(query, piece.from, caret) }
  }
  return { at: 'key', from: caret, to: caret, typed: '' }
}

const endOfText = (query: string, at: number): number => (query[at] === '"' ? readLoose(query, at, query.length, /\s/gu).to : readBare(query, at, /\s/gu).to)

/** A quotation without its end goes up to the caret's word: what follows is somebody else's. */
function readLoose(query: string, from: number, caret: number, ends: RegExp): Place {
  const quoted = query[from] === '"' ? readQuoted(query, from) : undefined
  if (quoted && !('position' in quoted)) return { from, to: quoted.to }
  return { from, to: readBare(query, Math.max(from, quoted ? Math.min(caret, query.length) : from), ends).to }
}

/** The value of a list at the caret, or where the list ends. */
function findInList(query: string, from: number, caret: number): Place & { isAfter?: true } {
  let at = from + 1
  for (;;) {
    const piece = readLoose(query, skipSpace(query, at), caret, /[\s,\]]/gu)
    if (caret <= piece.to) return piece.from <= caret ? piece : { from: caret, to: caret }
    at = skipSpace(query, piece.to)
    if (query[at] !== ',') break
    at++
  }
  const to = query[at] === ']' ? at + 1 : Math.max(at, from + 1)
  return { from: to, to, isAfter: true }
}

/** Without its quotes. */
function textBefore(query: string, from: number, caret: number): string {
  const quoted = query[from] === '"' ? readQuoted(`${query.slice(from, caret)}"`, 0) : undefined
  return quoted && 'text' in quoted ? quoted.text : query.slice(from, caret)
}
