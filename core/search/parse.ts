// Sentry's search grammar: text in, terms with their places out. One parser for the API, the app's search field and the command line.
//   key:value  !key:value  key:[a, b]  key:>10  key:"quo ted"  key:a*b  has:key  tags[key]:value  free text  "quoted text"

import { maxFilters, maxQueryLength } from './limits.ts'
import type { Comparison, Meaning, Search, Term } from './term.ts'
import { readBare, readList, readQuoted, skipSpace, type Broken } from './tokens.ts'
import { readPatterns, readValue, type Value } from './values.ts'
import { findKeyWord, type Subject } from './words.ts'

/** `!key:` and `tags[key]:`. A key begins with a small letter, or `TypeError:` and all its like would be filters. */
const head = /(!?)(?:tags\[([^\]\s]{0,200})\]|([a-z][a-zA-Z0-9_.-]*)):/y
const spaces = /\s/gu
const operators = ['>=', '<=', '>', '<'] as const
/** What a tag may be called (protocol 4.2). */
const tagName = /^[a-zA-Z0-9_.:-]{1,200}$/

/** `keyFrom`: behind the `!`; `valueFrom`: behind the colon. */
export type Head = { negated: boolean; key: string; tag: boolean; keyFrom: number; valueFrom: number }

/** Terms are joined by "and". What is no filter is free text; text that looks like a filter can be quoted. Never throws; linear in the length of the query. */
export function parseSearch(query: string, subject: Subject = 'issue'): Search {
  if (query.length > maxQueryLength) return refuse({ position: maxQueryLength, expected: `at most ${maxQueryLength} characters`, what: 'The query is too long' })
  const terms: Term[] = []
  let filters = 0
  for (let at = skipSpace(query, 0); at < query.length; at = skipSpace(query, at)) {
    const found = readHead(query, at)
    const term = readTerm(query, at, found, subject)
    if ('position' in term) return refuse(term)
    if (found && ++filters > maxFilters) return refuse({ position: at, expected: `at most ${maxFilters} filters`, what: 'There are too many filters' })
    const { to, negated = false, meaning } = term
    if (meaning.kind !== 'text' || meaning.text !== '') terms.push({ ...meaning, negated, from: at, to })
    at = to
  }
  return { terms }
}

type Read = { to: number; negated?: boolean; meaning: Meaning }

export function readTerm(query: string, from: number, found: Head | undefined, subject: Subject): Read | Broken {
  return found ? readFilter(query, found, subject) : readText(query, from)
}

export function readHead(query: string, from: number): Head | undefined {
  const found = findHead(query, from)
  if (found === undefined) return undefined
  const isEmpty = found.valueFrom === query.length || /\s/u.test(query[found.valueFrom]!)
  return isEmpty && !found.tag && findKeyWord(found.key, 'issue') === undefined ? undefined : found
}

/** As `readHead`, also where nothing is behind the colon yet, whatever the key. */
export function findHead(query: string, from: number): Head | undefined {
  head.lastIndex = from
  const [whole, not, tag, key] = head.exec(query) ?? []
  if (whole === undefined) return undefined
  const valueFrom = from + whole.length
  const found = { negated: not === '!', key: tag ?? key!, tag: tag !== undefined, keyFrom: from + not!.length, valueFrom }
  // `http://…`, `std::bad_alloc`
  return !found.tag && (query[valueFrom] === ':' || query.startsWith('//', valueFrom)) ? undefined : found
}

function readText(query: string, from: number): Read | Broken {
  if (query[from] === '"') {
    const quoted = readQuoted(query, from)
    return 'position' in quoted ? quoted : { to: quoted.to, meaning: { kind: 'text', text: quoted.text } }
  }
  const { raw, to } = readBare(query, from, spaces)
  if (raw === 'AND' || raw === '&&') return { position: from, expected: 'the next filter', what: `"${raw}" is not needed: all filters must hold` }
  if (raw === 'OR' || raw === '||') return { position: from, expected: 'a list of values, like level:[error, fatal]', what: `"${raw}" is not supported` }
  if (raw.startsWith('(') || raw === ')') return { position: from, expected: 'a filter, or "quoted text"', what: 'Parentheses are not supported' }
  return { to, meaning: { kind: 'text', text: raw } }
}

function readFilter(query: string, { negated, key, tag, keyFrom, valueFrom }: Head, subject: Subject): Read | Broken {
  const word = tag ? undefined : findKeyWord(key, subject)
  if (tag && !tagName.test(key)) return { position: keyFrom, expected: 'tags[name] with letters, digits and _ . : -', what: `"${key}" cannot be the name of a tag` }
  if (word?.kind === 'elsewhere') return { position: keyFrom, expected: subject === 'issue' ? 'a key of issues' : 'a key of events', what: `"${key}" cannot be asked of ${subject}s` }
  const value = readPieces(query, valueFrom)
  if ('position' in value) return value
  const { to } = value.place
  const first = value.pieces[0]!
  if (word?.kind === 'has') return readHas(first, value, subject, negated)
  // As in Sentry: the empty value is that of what has none.
  if (first.quoted && first.text === '' && !value.isList && (word === undefined || word.kind === 'match')) {
    return { to, negated: !negated, meaning: { kind: 'has', key: word?.kind === 'match' ? word.key : key, tag: word === undefined } }
  }
  const meaning = word ? readValue(word, value) : readPatterns(key, true, value)
  if (!('piece' in meaning)) return { to, negated, meaning }
  // The comparison belongs to what is wrong: `level:>banana`.
  const from = value.isList ? meaning.piece.from : valueFrom
  return { position: from, expected: meaning.expected, what: `"${query.slice(from, meaning.piece.to)}" is no value of "${key}"` }
}

function readHas({ text, from, to }: Value['pieces'][number], { comparison, isList }: Value, subject: Subject, negated: boolean): Read | Broken {
  const tag = /^tags\[(.*)\]$/s.exec(text)?.[1]
  const word = tag === undefined ? findKeyWord(text, subject) : undefined
  const name = tag ?? text
  const hasValues = word === undefined || word.kind === 'match' || word.kind === 'choice' || word.kind === 'person'
  if (isList || comparison !== '=' || !hasValues || !tagName.test(name)) return { position: from, expected: 'the name of a tag, or a key like release or assigned', what: `"${text}" is no value of "has"` }
  return { to, negated, meaning: { kind: 'has', key: word === undefined ? name : word.kind === 'person' ? 'assigned' : (word as { key: string }).key, tag: word === undefined } }
}

export function readPieces(query: string, from: number): Value | Broken {
  if (query[from] === '[') {
    const list = readList(query, from)
    return 'position' in list ? list : endsHere(query, { comparison: '=', pieces: list.pieces, place: { from, to: list.to }, isList: true })
  }
  const comparison: Comparison = operators.find((operator) => query.startsWith(operator, from)) ?? '='
  const at = comparison === '=' ? from : from + comparison.length
  const piece = query[at] === '"' ? readQuoted(query, at) : readBare(query, at, spaces)
  if ('position' in piece) return piece
  if (piece.raw === '') return { position: at, expected: 'a value', what: 'A value is missing' }
  return endsHere(query, { comparison, pieces: [piece], place: { from, to: piece.to }, isList: false })
}

function endsHere(query: string, value: Value): Value | Broken {
  const { to } = value.place
  return to === query.length || /\s/u.test(query[to]!) ? value : { position: to, expected: 'a space', what: 'The value has ended' }
}

function refuse({ position, expected, what }: Broken): Search {
  return { error: { position, expected, message: `${what} at character ${position + 1}: expected ${expected}.` } }
}
