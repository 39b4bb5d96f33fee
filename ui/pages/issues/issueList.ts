// The rows of the stream: pages of 50, the last good rows kept while a query is wrong or still being read (S-17, Q-03).

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { createMemo } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { ApiFailure, read } from '../../data/api.ts'
import { issuesQuery } from '../../data/queries.ts'
import { org, orgPath } from '../../data/session.ts'
import { type ListState, narrowOf, views } from './views.ts'

export function useIssueList(project: () => string, state: () => ListState, generation: () => string | null) {
  const query = useInfiniteQuery(() => ({
    ...issuesQuery(project(), state().query, state().sort, generation(), narrowOf(state())),
    placeholderData: keepPreviousData,
    // Live patches keep the rows fresh; a refetch on return would move them under the reader (S-13).
    staleTime: Number.POSITIVE_INFINITY,
  }))
  /** What the server says about the search text; the list stays as it was. */
  const queryError = (): string | null => (query.error instanceof ApiFailure && query.error.status === 400 ? query.error.message : null)
  const rows = createMemo<Issue[]>((before) => {
    if (query.isPending) return before
    if (queryError() !== null) return before
    return query.data?.pages.flatMap((page) => page.issues) ?? []
  }, [])
  const hits = (): number | null => (query.isPending || query.isError ? null : query.data?.pages[0]?.hits ?? null)
  return { query, rows, hits, queryError }
}

/** How many issues each view holds, in one call. */
export function useViewCounts(project: () => string, generation: () => string | null) {
  return useQuery(() => ({
    queryKey: ['issue-counts', project(), generation()],
    queryFn: ({ signal }: { signal: AbortSignal }) => read<Record<string, number>>(orgPath('issues-count/'), { query: { query: views.map((view) => view.query), project: project(), generation: generation() }, signal }),
    enabled: org() !== null,
    reconcile: false as const,
    placeholderData: keepPreviousData,
  }))
}
