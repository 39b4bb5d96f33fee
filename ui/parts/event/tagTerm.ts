// A tag as a term of the search for events, as somebody would type it. Pure.

import { findKeyWord } from '../../../core/search/words.ts'
import { type EventFilter, issueAddress } from '../../data/eventFilter.ts'

/** Keys of the search that mean just the tag of their name. */
const alike = new Set(['level', 'release', 'environment'])

/** `browser.name:Chrome`, `server_name:"web 1"`, `tags[message]:x`. */
export function tagTerm(key: string, value: string): string {
  const isPlainKey = /^[a-z][a-zA-Z0-9_.-]*$/.test(key) && (alike.has(key) || findKeyWord(key, 'event') === undefined)
  const isPlainValue = /^[\w@+/.-]+$/.test(value) && value !== 'latest'
  return `${isPlainKey ? key : `tags[${key}]`}:${isPlainValue ? value : `"${value.replaceAll(/["\\*]/g, '\\$&')}"`}`
}

const padded = (query: string): string => ` ${query} `

export const hasTerm = (query: string, term: string): boolean => padded(query).includes(padded(term))

/** Adds the term, or takes it away where it is. */
export const toggleTerm = (query: string, term: string): string => (hasTerm(query, term) ? padded(query).replace(padded(term), ' ') : `${query} ${term}`).trim()

/** What an address of an issue's events says beside the value that is added or taken away. */
export type EventPlace = { shortId: string; filter: EventFilter; generation: string | null }

/** The newest event that has the value, inside what is filtered already. */
export function addressOfValue({ shortId, filter, generation }: EventPlace, key: string, value: string): string {
  const term = tagTerm(key, value)
  return issueAddress(shortId, 'events/latest', { ...filter, query: hasTerm(filter.query, term) ? filter.query : toggleTerm(filter.query, term) }, generation)
}
