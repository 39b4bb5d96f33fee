// What could stand at the caret of a query, and the query after it has been chosen. Pure: what is known of the project is an argument.

import { maxQueryLength } from '../../../core/search/limits.ts'
import { printKey, printValue } from '../../../core/search/print.ts'
import { findKeyWord, type Subject } from '../../../core/search/words.ts'
import { findSpot, type Spot } from './spot.ts'
import { type Word, listKeys, listTimes, numbers, statuses } from './words.ts'

export type KnownValue = { value: string; count: number }
export type Known = {
  subject: Subject
  /** Names of tags, those of the grammar among them. */
  tags: readonly string[]
  /** Of what `wantedValues` asks for at this caret. */
  values: readonly KnownValue[]
  members: readonly { name: string; email: string }[]
  /** Whole queries, newest first. */
  recent: readonly string[]
  /** Today, as 2026-11-23. */
  day: string
}

/** `text` and `caret`: the field once it is chosen. `isWhole`: nothing is left to be typed. */
export type Suggestion = { group: string; label: string; hint: string; count: number | null; text: string; caret: number; isWhole: boolean }

/** Of tags and of all; more are found by typing on. */
const mostTags = 30
const most = 100

export function suggest(query: string, caret: number, known: Known): Suggestion[] {
  const spot = findSpot(query, caret)
  const found = spot.at === 'key' ? suggestWords(query, spot, known) : suggestValues(query, spot, known)
  // What is there already is no suggestion.
  return found.filter((one) => one.text.trim() !== query.trim() && one.text.length <= maxQueryLength).slice(0, most)
}

/** The key whose real values help here, and how they begin; null where the grammar knows them all, or there are none. */
export function wantedValues(query: string, caret: number, subject: Subject): { key: string; tag: boolean; typed: string } | null {
  const spot = findSpot(query, caret)
  if (spot.at !== 'value' || /^[<>]/.test(spot.typed)) return null
  const word = spot.tag ? undefined : findKeyWord(spot.key, subject)
  const isCounted = word === undefined || word.kind === 'match' || (word.kind === 'choice' && word.key === 'level')
  return isCounted ? { key: word?.kind === 'match' ? word.key : spot.key, tag: word === undefined, typed: spot.typed } : null
}

function suggestWords(query: string, spot: Spot, known: Known): Suggestion[] {
  const keys = rank(listKeys(known.subject), spot.typed).map(({ word, hint }) => ({ ...plain('Filters', word, hint), ...putKey(query, spot, word) }))
  const ofTags = known.tags.map((tag) => nameTag(tag, known.subject)).filter((word) => findKeyWord(word, known.subject) === undefined)
  const tags = rank(ofTags.map((word) => ({ word, hint: '' })), spot.typed).slice(0, mostTags).map(({ word }) => ({ ...plain('Tags', word), ...putKey(query, spot, word) }))
  const recent = query.trim() === '' ? known.recent.map((text) => ({ ...plain('Recent searches', text), text, caret: text.length, isWhole: true })) : []
  return [...recent, ...suggestWhole(query, spot, known), ...keys, ...tags]
}

/** `unres` may mean `is:unresolved`. */
function suggestWhole(query: string, spot: Spot, { subject }: Known): Suggestion[] {
  // A filter that is there keeps its key.
  if (spot.typed.length < 2 || query[spot.to - 1] === ':') return []
  const filters = [...(subject === 'issue' ? statuses.map((each) => ['is', each] as const) : []), ...levels.map((each) => ['level', each] as const)]
  return filters.filter(([, { word }]) => word.startsWith(spot.typed.toLowerCase())).map(([key, { word, hint }]) => ({ ...plain('Filters', `${key}:${word}`, hint), ...put(query, spot, `${key}:${word}`) }))
}

function suggestValues(query: string, spot: Extract<Spot, { at: 'value' }>, known: Known): Suggestion[] {
  const { group, words, counts, isText } = listWords(spot, known)
  const lower = spot.typed.toLowerCase()
  const fitting = known.values.filter(({ value }) => isText && value.toLowerCase().includes(lower) && value !== '' && !words.some(({ word }) => word === value))
  const rest = query.slice(spot.to)
  const isOpen = spot.inList && !/^\s*[,\]]/.test(rest)
  return [
    ...rank(words, spot.typed).map(({ word, hint }) => ({ ...plain(group, word, hint, counts.get(word)), written: word })),
    ...fitting.map(({ value, count }) => ({ ...plain(group, value, '', count), written: printValue(value) })),
  ].map(({ written, ...one }) => ({ ...one, ...(spot.inList && !isOpen ? { ...splice(query, spot, written, rest), isWhole: true } : put(query, spot, isOpen ? `${written}]` : written)) }))
}

const levels: readonly Word[] = ['fatal', 'error', 'warning', 'info', 'debug'].map((word) => ({ word, hint: '' }))

/** What the grammar itself knows of the values of a key. */
function listWords({ key, tag, inList }: Extract<Spot, { at: 'value' }>, known: Known): { group: string; words: readonly Word[]; counts: ReadonlyMap<string, number>; isText: boolean } {
  const word = tag ? undefined : findKeyWord(key, known.subject)
  const counts = new Map(word?.kind === 'choice' ? known.values.map(({ value, count }) => [value, count]) : [])
  const as = (group: string, words: readonly Word[]) => ({ group, words, counts, isText: word === undefined || word.kind === 'match' })
  switch (word?.kind) {
    case 'is':
      return as('Status', statuses)
    case 'choice':
      return word.key === 'level' ? as('Levels', levels) : as('Values', [{ word: 'true', hint: '' }, { word: 'false', hint: '' }])
    case 'person':
      return as('People', [{ word: 'me', hint: 'you' }, { word: 'none', hint: 'nobody' }, ...known.members.map(({ name, email }) => ({ word: printValue(email), hint: name }))])
    case 'has':
      return inList ? as('', []) : as('Tags', known.tags.map((name) => ({ word: nameTag(name, known.subject), hint: '' })))
    case 'number':
      return inList || word.key === 'id' ? as('', []) : as('How many', numbers)
    case 'time':
    case 'age':
      return inList ? as('', []) : as('Times', listTimes(known.day))
    default:
      return word?.kind === 'match' && word.key === 'release' ? as('Releases, newest first', [{ word: 'latest', hint: 'the newest' }]) : as(`Values of ${key}`, [])
  }
}

/** `release` and the like are both; a tag that is called like any other key needs its brackets. */
function nameTag(name: string, subject: Subject): string {
  const kind = findKeyWord(name, subject)?.kind
  return printKey(name, kind !== 'match' && kind !== 'choice', subject)
}

const plain = (group: string, label: string, hint = '', count: number | null = null) => ({ group, label, hint, count })

/** What begins so before what has it inside; all in their order where nothing is typed. */
function rank(words: readonly Word[], typed: string): Word[] {
  const lower = typed.toLowerCase()
  const begins = ({ word }: Word): boolean => word.toLowerCase().startsWith(lower)
  const has = ({ word, hint }: Word): boolean => (lower.length > 1 && word.toLowerCase().includes(lower)) || (lower.length > 2 && hint.toLowerCase().includes(lower))
  return [...words.filter(begins), ...words.filter((one) => !begins(one) && has(one))]
}

function splice(query: string, { from }: Spot, written: string, rest: string): { text: string; caret: number } {
  const before = query.slice(0, from) + written
  return { text: before + rest, caret: before.length }
}

/** With a space behind it, and the caret behind that. */
function put(query: string, spot: Spot, written: string): { text: string; caret: number; isWhole: boolean } {
  return { ...splice(query, spot, `${written} `, query.slice(spot.to).replace(/^\s/u, '')), isWhole: true }
}

/** The value of a filter whose key is changed stays. */
function putKey(query: string, spot: Spot, key: string): { text: string; caret: number; isWhole: boolean } {
  const rest = query.slice(spot.to)
  const hasValue = spot.to > spot.from && query[spot.to - 1] === ':'
  return { ...splice(query, spot, `${key}:`, hasValue || /^(\s|$)/u.test(rest) ? rest : ` ${rest}`), isWhole: false }
}
