// The rows of a list of issues: pages of 50, each a query of its own, so that a live patch touches few rows (ui.md
// pitfall 3). A page beside one that is held is read by its cursor: rows that move are neither doubled nor lost. One that
// stands alone is read by its offset: a jump.

import { hashKey, queryOptions } from '@tanstack/solid-query'
import type { Issue } from '../../core/contract/issue.ts'
import { type Answer, get, type Query } from './api.ts'
import { client } from './client.ts'
import { noteLive } from './grouping.ts'
import type { Narrow } from './narrow.ts'
import { showAhead } from './patch.ts'
import { org, projectPath } from './session.ts'

export type IssueSort = 'date' | 'new' | 'freq' | 'user'
/** What is listed, and in which order. `generation` null = the live one. */
export type IssueList = { project: string; query: string; sort: IssueSort; generation: string | null; narrow: Narrow }
/** `position`: what the page reflects; a live patch that is not newer is dropped. `hits`: all that match, counted to `countedTo`. */
export type IssuePage = { issues: Issue[]; position: number; previous: string | null; next: string | null; hits: number | null }

export const pageSize = 50
/** How far the server counts unless it is asked for all (ui.md 8.1), and then. */
export const countedTo = { page: 1000, all: 200_000 } as const
export const pageOf = (row: number): number => Math.floor(row / pageSize)

/** Begins the keys of all that is held of a list. */
export const listKey = ({ project, query, sort, generation, narrow }: IssueList) => ['issues', project, query, sort, generation, narrow] as const

export const issuePageQuery = (list: IssueList, index: number) =>
  queryOptions({
    queryKey: [...listKey(list), index],
    queryFn: ({ signal }) => readTogether(list, index, signal),
    // Live patches keep the rows fresh; a refetch on return would move them under the reader (S-13).
    staleTime: Number.POSITIVE_INFINITY,
    enabled: org() !== null,
  })

/** Only the number of all that match; it holds no rows. */
export const issueHitsQuery = (list: IssueList) =>
  queryOptions({
    queryKey: [...listKey(list), 'hits'],
    queryFn: async ({ signal }): Promise<IssuePage> => ({ ...(await ask(list, { limit: 1, hits: 'all' }, signal)), issues: [] }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: org() !== null,
  })

/** The row at a place of the list, from the cache where it is held. Undefined beyond the end. Throws ApiFailure. */
export async function readRow(list: IssueList, row: number): Promise<Issue | undefined> {
  return (await client.fetchQuery(issuePageQuery(list, pageOf(row)))).issues[row % pageSize]
}

/** A page as it was read, unless it is out of date. */
export function heldPage(list: IssueList, index: number): IssuePage | undefined {
  const state = client.getQueryState<IssuePage>(issuePageQuery(list, index).queryKey)
  return state?.isInvalidated || state?.fetchStatus === 'fetching' ? undefined : state?.data
}

/** What is under way. `shown` comes after `read`: pages that are read again change together, or a row would be in two for a moment. */
const reading = new Map<string, { read: Promise<IssuePage>; shown: Promise<IssuePage> }>()
const underWay = (list: IssueList, index: number) => reading.get(hashKey(issuePageQuery(list, index).queryKey))

async function readTogether(list: IssueList, index: number, signal: AbortSignal): Promise<IssuePage> {
  const { queryKey } = issuePageQuery(list, index)
  const isAgain = client.getQueryData(queryKey) !== undefined
  const read = readPage(list, index, signal)
  const shown = read.then(async (page) => {
    if (isAgain) await underWay(list, index + 1)?.shown.catch(() => undefined)
    return page
  })
  reading.set(hashKey(queryKey), { read, shown })
  return shown.finally(() => reading.delete(hashKey(queryKey)))
}

async function readPage(list: IssueList, index: number, signal: AbortSignal): Promise<IssuePage> {
  if (index === 0) return ask(list, {}, signal)
  // All that are read again together have begun after this.
  await Promise.resolve()
  const before = await (underWay(list, index - 1)?.read.catch(() => undefined) ?? heldPage(list, index - 1))
  if (before?.next) return ask(list, { cursor: before.next }, signal)
  const after = heldPage(list, index + 1)
  if (after?.previous && after.issues.length > 0) {
    const page = await ask(list, { cursor: after.previous }, signal)
    if (page.issues.length === pageSize) return page
    // Rows above are gone, so no row is at its place any more: all that is shown is read anew.
    queueMicrotask(() => void client.invalidateQueries({ queryKey: listKey(list) }))
  }
  return ask(list, { offset: index * pageSize }, signal)
}

async function ask({ project, query, sort, generation, narrow }: IssueList, place: Query, signal: AbortSignal): Promise<IssuePage> {
  const answer: Answer<Issue[]> = await get<Issue[]>(projectPath(project, 'issues/'), { query: { query, sort, limit: pageSize, generation, ...narrow, ...place }, signal })
  if (generation === null && answer.generation !== null) noteLive(project, answer.generation)
  const { body, position, previous, next, hits } = answer
  return { issues: generation === null ? body.map((issue) => showAhead(issue, position)) : body, position, previous, next, hits }
}
