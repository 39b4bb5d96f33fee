// What a query consists of: terms, joined by "and", each with its place in the text. The parser makes them (parse.ts), the projections
// turn them into SQL, and the search field marks them.

import type { IsWord } from './words.ts'

/** Offsets into the query, `to` behind the last character. */
export type Place = { from: number; to: number }
/** The texts between wildcards: `['a', 'b']` is `a*b`, a single one is exactly that text. */
export type Pattern = readonly [string, ...string[]]
export type Comparison = '=' | '>' | '>=' | '<' | '<='
/** So many seconds ago, or a date or time in Unix ms with the length of what it names: a day, a minute, a second or a ms. */
export type SearchTime = { agoSeconds: number } | { at: number; spanMs: number }

export type Meaning =
  | { kind: 'text'; text: string }
  | { kind: 'is'; words: IsWord[] }
  /** `tag`: the key is a tag of that very name. Any of the patterns. */
  | { kind: 'match'; key: string; tag: boolean; patterns: Pattern[] }
  | { kind: 'has'; key: string; tag: boolean }
  /** Several numbers only with `=`. */
  | { kind: 'number'; key: string; comparison: Comparison; numbers: number[] }
  | { kind: 'time'; key: string; comparison: Comparison; time: SearchTime }
  /** `me`, `none`, an id, an email or a name. */
  | { kind: 'person'; people: string[] }

export type Term = Place & { negated: boolean } & Meaning
export type TermOf<Kind extends Meaning['kind']> = Extract<Term, { kind: Kind }>
export type MatchTerm = TermOf<'match'>

/** `position`: offset into the query. */
export type SearchError = { position: number; expected: string; message: string }
export type Search = { terms: Term[] } | { error: SearchError }
