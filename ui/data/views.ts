// What is listed, and how the page's address says so (S-14). Views are lists with a name: those that everybody has, here;
// one's own in savedViews.ts. `Shown` is what the address says beside the list: which tab it came from, and the columns.

import type { View, ViewColumn, ViewDensity } from '../../core/contract/view.ts'
import { anything, type Narrow, readNarrow, writeNarrow } from './narrow.ts'
import type { IssueSort } from './issuePages.ts'

export const builtInViews = [
  { key: 'unresolved', name: 'Unresolved', query: 'is:unresolved' },
  { key: 'review', name: 'For review', query: 'is:unresolved is:for_review' },
  { key: 'regressed', name: 'Regressed', query: 'is:regressed' },
  { key: 'mine', name: 'Mine', query: 'is:unresolved assigned:me' },
  { key: 'archived', name: 'Archived', query: 'is:archived' },
  { key: 'all', name: 'All', query: '' },
] as const

export const sorts: readonly { sort: IssueSort; label: string }[] = [
  { sort: 'date', label: 'last seen' },
  { sort: 'new', label: 'first seen' },
  { sort: 'freq', label: 'events' },
  { sort: 'user', label: 'users' },
]

export const columns: readonly { column: ViewColumn; label: string }[] = [
  { column: 'trend', label: '24 h trend' },
  { column: 'events', label: 'Events' },
  { column: 'users', label: 'Users' },
  { column: 'age', label: 'Age' },
  { column: 'seen', label: 'Last seen' },
  { column: 'assignee', label: 'Assignee' },
]
const densities: readonly ViewDensity[] = ['normal', 'compact']

export type ListState = Narrow & { query: string; sort: IssueSort }
export const atFirst: ListState = { query: 'is:unresolved', sort: 'date', ...anything }

/** `view`: a key of `builtInViews`, or the id of a saved one. null = not said. */
export type Shown = { view: string | null; columns: readonly ViewColumn[] | null; density: ViewDensity | null }
const asUsual: Shown = { view: null, columns: null, density: null }

/** An absent query is the default view; an empty one lists everything. */
export function readListState(search: string): ListState {
  const params = new URLSearchParams(search)
  return { query: params.get('query') ?? atFirst.query, sort: sorts.find(({ sort }) => sort === params.get('sort'))?.sort ?? atFirst.sort, ...readNarrow(params) }
}

export function readShown(search: string): Shown {
  const params = new URLSearchParams(search)
  return { view: params.get('view'), columns: readColumns(params.get('columns')), density: readDensity(params.get('density')) }
}

/** `trend,events`; what is no column is left out. Empty = none of them. */
export function readColumns(text: string | null): ViewColumn[] | null {
  return text === null ? null : columns.flatMap(({ column }) => (text.split(',').includes(column) ? [column] : []))
}

export const readDensity = (text: string | null): ViewDensity | null => densities.find((density) => density === text) ?? null

/** The search part of the address, without what is default. */
export function writeListState(state: ListState, shown: Shown = asUsual): string {
  const params = new URLSearchParams()
  if (shown.view !== null) params.set('view', shown.view)
  if (state.query !== atFirst.query) params.set('query', state.query)
  if (state.sort !== atFirst.sort) params.set('sort', state.sort)
  writeNarrow(params, state)
  if (shown.columns !== null) params.set('columns', shown.columns.join(','))
  if (shown.density !== null) params.set('density', shown.density)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

export const narrowOf = ({ environment, statsPeriod, start, end }: ListState): Narrow => ({ environment, statsPeriod, start, end })

/** The same rows in the same order. */
export function isSameList(one: ListState, other: ListState): boolean {
  const name = (state: ListState): string => JSON.stringify([state.query, state.sort, state.environment.toSorted(), state.statsPeriod, state.start, state.end])
  return name(one) === name(other)
}

export function stateOf({ query, querySort, environments, timeFilters }: View): ListState {
  return { query, sort: querySort, environment: environments, statsPeriod: timeFilters.period, start: shorten(timeFilters.start), end: shorten(timeFilters.end) }
}

/** Times as the pickers write them. */
const shorten = (time: string | null): string | null => time?.replace('.000Z', 'Z') ?? null

/** What the list shows as one search, for counts, which know no other filters. Null = it cannot be said in one. */
export function countedQuery({ query, environment, statsPeriod, start, end }: ListState): string | null {
  const quote = (text: string): string => `"${text.replaceAll(/["\\*]/g, String.raw`\$&`)}"`
  const terms = [
    ...(query === '' ? [] : [query]),
    ...(environment.length === 0 ? [] : [`environment:[${environment.map(quote).join(', ')}]`]),
    ...(statsPeriod === null ? [] : [`lastSeen:-${statsPeriod}`]),
    ...(start === null ? [] : [`lastSeen:>=${start}`]),
    ...(end === null ? [] : [`firstSeen:<=${end}`]),
  ]
  const isReadable = [start, end].every((time) => time === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(time)) && (statsPeriod === null || /^\d{1,5}[smhdw]$/.test(statsPeriod))
  const counted = terms.join(' ')
  return isReadable && counted.length <= 1000 ? counted : null
}
