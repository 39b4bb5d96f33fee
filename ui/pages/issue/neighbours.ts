// The issues before and after this one in the list that a person came from, with its search and its order. What has left
// the list since is remembered by its place: the row that has taken it comes next.

import type { Issue } from '../../../core/contract/issue.ts'
import { client } from '../../data/client.ts'
import { type IssueList, type IssuePage, issuePageQuery, listKey, pageSize, readRow } from '../../data/issuePages.ts'
import { narrowOf, readListState } from '../../data/views.ts'
import { listAddress } from '../issues/memory.ts'

type Here = Pick<Issue, 'shortId' | 'project'>
/** Where issues stood in their lists when their pages were opened. */
const places = new Map<string, number>()
const nameOf = (list: IssueList, shortId: string): string => JSON.stringify([listKey(list), shortId])

function listOf({ project }: Here, generation: string | null): IssueList {
  const address = listAddress(project.slug, generation)
  const state = readListState(address.includes('?') ? address.slice(address.indexOf('?')) : '')
  return { project: project.slug, query: state.query, sort: state.sort, generation, narrow: narrowOf(state) }
}

/** Keeps the place of an issue whose page is opened. Not if its list is not held: then the first step reads it. */
export function notePlace(issue: Here, generation: string | null): void {
  const list = listOf(issue, generation)
  const place = findHeld(list, issue.shortId)
  if (place !== undefined) places.set(nameOf(list, issue.shortId), place)
}

/** Undefined at either end, and where the issue is not among the first of its list. Throws ApiFailure. */
export async function findNeighbour(issue: Here, generation: string | null, by: 1 | -1): Promise<Issue | undefined> {
  const list = listOf(issue, generation)
  // What is held may be out of date: pages are read anew where they are.
  const known = places.get(nameOf(list, issue.shortId))
  const atPlace = await readRow(list, known ?? 0)
  const place = atPlace?.shortId === issue.shortId ? known ?? 0 : findHeld(list, issue.shortId)
  const target = place === undefined ? (known === undefined ? undefined : by > 0 ? known : known - 1) : place + by
  if (target === undefined || target < 0) return undefined
  const found = await readRow(list, target)
  if (found) places.set(nameOf(list, found.shortId), target)
  return found
}

function findHeld(list: IssueList, shortId: string): number | undefined {
  for (const [queryKey, page] of client.getQueriesData<IssuePage>({ queryKey: listKey(list) })) {
    const index = queryKey.at(-1)
    const row = page?.issues.findIndex((issue) => issue.shortId === shortId) ?? -1
    if (typeof index === 'number' && row >= 0 && client.getQueryData(issuePageQuery(list, index).queryKey) === page) return index * pageSize + row
  }
  return undefined
}
