// Two issues side by side, by their newest events.

import { queryOptions } from '@tanstack/solid-query'
import type { Compared } from '../../core/contract/grouping.ts'
import { read } from './api.ts'
import { org, orgPath } from './session.ts'

export const compareQuery = (issue: string, other: string, generation: string | null) =>
  queryOptions({
    queryKey: ['compare', issue, other, generation],
    queryFn: ({ signal }) => read<Compared>(orgPath(`issues/${encodeURIComponent(issue)}/compare/`), { query: { with: other, generation }, signal }),
    reconcile: false as const,
    enabled: org() !== null && issue !== other,
  })
