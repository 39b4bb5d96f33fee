// Load, decide, append: optimistic on the issue's stream, decided anew when somebody was faster.

import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import { decideIssue, type IssueCommand } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { appendDecisions } from '../log/decisions.ts'
import { loadIssue } from './store.ts'

const attempts = 3

/**
 * `position`: of the last fact written; when nothing had to change, how far the log says the same. Throws `notFound`, `forbidden`
 * (someone else's comment), `conflict` after three lost races.
 */
export async function changeIssue(
  pool: Pool,
  ref: IssueRef,
  command: IssueCommand,
  by: { actor: string; commandId?: string | undefined },
): Promise<{ issue: number; changed: boolean; position: number }> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const loaded = await loadIssue(pool, ref)
    if (!loaded) throw new ApiError('notFound')
    const { state, position, checkpoint } = loaded
    const decided = decideIssue(state, command, by.actor)
    if ('refused' in decided) throw new ApiError(decided.refused)
    if (decided.decisions.length === 0) return { issue: state.issue, changed: false, position: Math.max(position, checkpoint) }
    const answer = await appendDecisions(pool, { decisions: decided.decisions, ...by, expected: { stream: `issue:${state.issue}`, position } })
    if (!('conflict' in answer)) return { issue: state.issue, changed: !answer.repeated, position: answer.position }
  }
  throw new ApiError('conflict')
}
