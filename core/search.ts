// The query of the issue stream: text in, terms with their places out. The list and the counts read it (projections/issues),
// and the search field can mark an error where it is. A new filter is a new entry in `filters` and a new kind of term.

import type { IssueStatus } from './contract/issue.ts'

/** `from` and `to` are offsets into the query, `to` behind the last character. */
type Place = { from: number; to: number }
export type Term = Place & ({ kind: 'status'; status: IssueStatus; negated: boolean } | { kind: 'text'; text: string })
export type SearchError = { position: number; expected: string; message: string }
export type Search = { terms: Term[] } | { error: SearchError }

export const maxQueryLength = 1000

const statusWords: Record<string, IssueStatus> = { unresolved: 'unresolved', resolved: 'resolved', ignored: 'ignored', archived: 'ignored' }

type Filter = (value: string, negated: boolean) => { term: { kind: 'status'; status: IssueStatus; negated: boolean } } | { expected: string }

const filters: Record<string, Filter> = {
  is(value, negated) {
    const status = Object.hasOwn(statusWords, value) ? statusWords[value] : undefined
    return status ? { term: { kind: 'status', status, negated } } : { expected: Object.keys(statusWords).join(', ') }
  },
}

/** A token: `"quoted text"` (a backslash keeps the next character), or anything without a space. */
const tokenPattern = /"((?:[^"\\]|\\.)*)("?)|\S+/gsu
/** `key:value`; an address (`http://…`) and a PHP or C++ name (`a::b`) are text. */
const filterPattern = /^(!?)([a-z][a-z0-9_.-]*):(?![:/])(\S+)$/u

/** Terms are joined by "and". Everything that is no filter is free text; text that looks like a filter can be quoted. */
export function parseSearch(query: string): Search {
  if (query.length > maxQueryLength) return fail(maxQueryLength, `at most ${maxQueryLength} characters`, 'The query is too long')
  const terms: Term[] = []
  for (const match of query.matchAll(tokenPattern)) {
    const [token, quoted, closing] = match
    const place = { from: match.index, to: match.index + token.length }
    if (quoted !== undefined) {
      if (closing === '') return fail(place.to, 'a closing "', 'The quoted text has no end')
      if (quoted !== '') terms.push({ ...place, kind: 'text', text: quoted.replace(/\\(.)/gs, '$1') })
      continue
    }
    const [, not, key, value] = filterPattern.exec(token) ?? []
    if (key === undefined || value === undefined) {
      terms.push({ ...place, kind: 'text', text: token })
      continue
    }
    const filter = Object.hasOwn(filters, key) ? filters[key] : undefined
    if (!filter) return fail(place.from, `${Object.keys(filters).map((name) => `${name}:`).join(', ')} or quoted text`, `Unknown filter "${key}"`)
    const read = filter(value, not === '!')
    if ('expected' in read) return fail(place.to - value.length, read.expected, `Unknown value "${value}" of "${key}"`)
    terms.push({ ...place, ...read.term })
  }
  return { terms }
}

function fail(position: number, expected: string, what: string): Search {
  return { error: { position, expected, message: `${what} at character ${position + 1}: expected ${expected}.` } }
}

/** What a list filters by: the statuses that all terms allow (undefined = any), and texts that must all occur. */
export function summariseSearch(terms: readonly Term[]): { statuses: IssueStatus[] | undefined; texts: string[] } {
  const all: IssueStatus[] = ['unresolved', 'resolved', 'ignored']
  const conditions = terms.filter((term) => term.kind === 'status')
  return {
    statuses: conditions.length === 0 ? undefined : all.filter((status) => conditions.every((term) => (term.status === status) !== term.negated)),
    texts: terms.filter((term) => term.kind === 'text').map((term) => term.text),
  }
}
