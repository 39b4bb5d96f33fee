// The saved views of the stream, and how the page's address says what is listed (S-14).

import { anything, type Narrow, readNarrow, writeNarrow } from '../../data/narrow.ts'
import type { IssueSort } from '../../data/queries.ts'

export const views = [
  { name: 'Unresolved', query: 'is:unresolved' },
  { name: 'Resolved', query: 'is:resolved' },
  { name: 'Archived', query: 'is:ignored' },
  { name: 'All', query: '' },
] as const

export const sorts: readonly { sort: IssueSort; label: string }[] = [
  { sort: 'date', label: 'last seen' },
  { sort: 'new', label: 'first seen' },
  { sort: 'freq', label: 'events' },
  { sort: 'user', label: 'users' },
]

export type ListState = Narrow & { query: string; sort: IssueSort }
const atFirst: ListState = { query: 'is:unresolved', sort: 'date', ...anything }

/** An absent query is the default view; an empty one lists everything. */
export function readListState(search: string): ListState {
  const params = new URLSearchParams(search)
  return { query: params.get('query') ?? atFirst.query, sort: sorts.find(({ sort }) => sort === params.get('sort'))?.sort ?? atFirst.sort, ...readNarrow(params) }
}

/** The search part of the address, without what is default. */
export function writeListState(state: ListState): string {
  const params = new URLSearchParams()
  if (state.query !== atFirst.query) params.set('query', state.query)
  if (state.sort !== atFirst.sort) params.set('sort', state.sort)
  writeNarrow(params, state)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

export const narrowOf = ({ environment, statsPeriod, start, end }: ListState): Narrow => ({ environment, statsPeriod, start, end })
