// What a job does with an issue whose condition is met (main.ts brings the two together): it opens the issue again, unless somebody has
// decided otherwise meanwhile, or another process was faster.

import type { Pool } from 'pg'
import type { Decision } from '../../core/decisions.ts'
import { appendDecided } from './append.ts'
import { loadIssue } from './load-issue.ts'

type Reopened = Extract<Decision, { type: 'issue.reopened' }>['data']
export type MetCondition = { issue: number; decidedAt: number; because: NonNullable<Reopened['because']> }

/** False = it was not archived by that decision any more. Throws `regrouping`, `conflict`. */
export async function reopenIssue(pool: Pool, { issue, decidedAt, because }: MetCondition): Promise<boolean> {
  const { decisions } = await appendDecided<never>(pool, { actor: 'system:watch' }, async () => {
    const loaded = await loadIssue(pool, { position: issue, slug: null })
    if (loaded?.state.decidedAt !== decidedAt) return { decisions: [], expected: [], position: 0 }
    const { project, issue: id, keys, grouping } = loaded.state
    return { decisions: [{ type: 'issue.reopened', data: { project, issue: id, keys: [...keys], grouping, because } }], expected: loaded.expected, position: loaded.position }
  })
  return decisions.length > 0
}
