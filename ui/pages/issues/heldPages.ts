// Which pages of a list stay in the cache: one run around the view, each page beside the next, so that all that is held
// was read from one to the other and no row is in it twice.

import { client } from '../../data/client.ts'
import { heldPage, type IssueList, issuePageQuery, listKey } from '../../data/issuePages.ts'

/** Pages kept on either side of those in view: 500 rows and a screen. */
const aside = 5

/** Lets all others go. */
export function holdAround(list: IssueList, wanted: readonly number[]): void {
  const kept = new Set(wanted)
  for (const [edge, step] of [[wanted[0] ?? 0, -1], [wanted.at(-1) ?? 0, 1]] as const) {
    for (let page = edge + step; Math.abs(page - edge) <= aside && heldPage(list, page); page += step) kept.add(page)
  }
  for (const query of client.getQueryCache().findAll({ queryKey: listKey(list), type: 'inactive' })) {
    const page = query.queryKey.at(-1)
    if (typeof page !== 'number' || (kept.has(page) && !query.state.isInvalidated)) continue
    client.removeQueries({ queryKey: query.queryKey, exact: true })
  }
}

/** Whether one of the pages is held, being read, or beside one that is: scrolling, not a jump. */
export function isNear(list: IssueList, wanted: readonly number[]): boolean {
  return wanted.some((page) => [page - 1, page, page + 1].some((one) => client.getQueryState(issuePageQuery(list, one).queryKey) !== undefined))
}
