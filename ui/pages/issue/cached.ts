// The row of the list a person came from: the header shows it at once, before the issue itself is read (D-01).

import type { Issue } from '../../../core/contract/issue.ts'
import { client } from '../../data/client.ts'
import type { IssuePage } from '../../data/issuePages.ts'

export function cachedIssue(shortId: string, generation: string | null): Issue | null {
  for (const [queryKey, data] of client.getQueriesData<IssuePage>({ queryKey: ['issues'] })) {
    if ((queryKey[4] ?? null) !== generation) continue
    const found = data?.issues.find((issue) => issue.shortId === shortId)
    if (found) return found
  }
  return null
}
