// The query cache. Live patches keep it fresh, so it refetches only when told, on a gap, or after being offline.
// `data` is a store that later answers are merged into: never mutate, spread or keep it; read `isPending` before `data`,
// or the page suspends (ui.md pitfalls 1, 2, 4).

import { QueryClient } from '@tanstack/solid-query'
import { ApiFailure } from './api.ts'

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Rows keep their identity when one field changes, so their DOM nodes stay (S-10).
      reconcile: 'id',
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      // The browser's own idea of being online knows nothing of a tracker in the local network.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && isPassing(error),
      retryDelay: (failures) => 400 * 2 ** failures,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

/* What nobody watches stays in the cache for a while, with the options of who watched it last: their functions would keep
   all of that page in memory, its elements too (D-23). Whoever comes next brings options of their own. */
client.getQueryCache().subscribe(({ type, query }) => {
  if (type !== 'observerRemoved' || query.getObserversCount() > 0) return
  query.options = Object.fromEntries(Object.entries(query.options).filter(([, value]) => typeof value !== 'function')) as typeof query.options
})

/** No answer, or "not yet": worth a second try. Everything else stays as it is. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 0 || error.status === 503)
}
