// What stands behind the colon of a known key, read by the rules of that key.

import { maxWildcards } from './limits.ts'
import type { Comparison, Meaning, Place } from './term.ts'
import { readAge, readTime, timeForms, type TimeCondition } from './times.ts'
import type { Piece } from './tokens.ts'
import { isWords, type KeyWord } from './words.ts'

export type Value = { comparison: Comparison; pieces: Piece[]; place: Place; isList: boolean }
export type Refused = { piece: Place & { raw: string }; expected: string }

const wholeNumber = /^\d{1,15}$/

/** Of a key that is neither a tag nor `has`. */
export function readValue(word: Exclude<KeyWord, { kind: 'has' | 'elsewhere' }>, { comparison, pieces, isList }: Value): Meaning | Refused {
  const first = pieces[0]!
  switch (word.kind) {
    case 'is':
      return readChoices(isWords, pieces, comparison, (words) => ({ kind: 'is', words }))
    case 'choice':
      return readChoices(word.choices, pieces, comparison, (values) => ({ kind: 'match', key: word.key, tag: false, patterns: values.map((value) => [value]) }))
    case 'person':
      return comparison === '=' && first.text !== '' ? { kind: 'person', people: pieces.map((piece) => piece.text) } : { piece: first, expected: 'me, none, or the email or name of somebody' }
    case 'match':
      return readPatterns(word.key, false, { comparison, pieces })
    case 'number': {
      const wrong = pieces.find((piece) => !wholeNumber.test(piece.raw))
      return wrong ? { piece: wrong, expected: 'a whole number, also behind >, >=, < or <=' } : { kind: 'number', key: word.key, comparison, numbers: pieces.map((piece) => Number(piece.raw)) }
    }
    case 'age':
      return timeTerm('firstSeen', isList ? null : readAge(first.text, comparison)) ?? { piece: first, expected: '-24h (younger), +24h (older), or a date' }
    case 'time':
      return timeTerm(word.key, isList ? null : readTime(first.text, comparison)) ?? { piece: first, expected: timeForms }
  }
}

export function readPatterns(key: string, tag: boolean, { comparison, pieces }: Pick<Value, 'comparison' | 'pieces'>): Meaning | Refused {
  if (comparison !== '=') return { piece: pieces[0]!, expected: `a text, in quotes if it begins with ${comparison}` }
  const wild = pieces.find((piece) => piece.pattern.length > maxWildcards + 1)
  if (wild) return { piece: wild, expected: `at most ${maxWildcards} *` }
  return { kind: 'match', key, tag, patterns: pieces.map((piece) => piece.pattern) }
}

function timeTerm(key: string, condition: TimeCondition | null): Meaning | null {
  return condition && { kind: 'time', key, ...condition }
}

function readChoices<T extends string>(choices: Readonly<Record<string, T>>, pieces: readonly Piece[], comparison: Comparison, make: (values: T[]) => Meaning): Meaning | Refused {
  const wrong = comparison === '=' ? pieces.find((piece) => !Object.hasOwn(choices, piece.text)) : pieces[0]
  return wrong ? { piece: wrong, expected: Object.keys(choices).join(', ') } : make(pieces.map((piece) => choices[piece.text]!))
}
