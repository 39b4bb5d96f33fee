// One page of the list as a store: a live patch changes the fields of a row in place, and its elements stay (S-10).

import { type Accessor, createComputed } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { type IssueList, type IssuePage, issuePageQuery } from '../../data/issuePages.ts'
import { watchQuery } from '../../data/watchQuery.ts'

/** `page` undefined: not read yet. `failure`: it could not be. */
export type WatchedPage = { index: number; page: Accessor<IssuePage | undefined>; failure: Accessor<string | null>; retry: () => void }

export function watchPage(list: IssueList, index: number): WatchedPage {
  const result = watchQuery(() => issuePageQuery(list, index))
  const [held, setHeld] = createStore<{ page?: IssuePage }>({})
  createComputed(() => {
    const { data } = result()
    if (data) setHeld('page', reconcile(data, { key: 'id' }))
  })
  return { index, page: () => held.page, failure: () => (result().isLoadingError ? (result().error?.message ?? '') : null), retry: () => void result().refetch() }
}
