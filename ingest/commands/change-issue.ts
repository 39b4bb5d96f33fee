// Load, decide, append: optimistic on the issue's stream and its project's grouping, decided anew when somebody was faster.

import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import { decideIssue, type IssueCommand } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { appendDecisions } from '../log/decisions.ts'
import { loadIssue } from './load-issue.ts'

const attempts = 3

/** `generation`: the one that the request names, if any. */
export type By = { actor: string; commandId?: string | undefined; generation?: unknown }

/**
 * `position`: of the last fact written; when nothing had to change, how far the log says the same. Throws `notFound`, `forbidden`
 * (someone else's comment), `readOnly` (another generation than the live one), `conflict` after three lost races.
 */
export async function changeIssue(
  pool: Pool,
  ref: IssueRef,
  command: IssueCommand,
  { actor, commandId, generation }: By,
): Promise<{ issue: number; changed: boolean; position: number }> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const loaded = await loadIssue(pool, ref)
    if (!loaded) throw new ApiError('notFound')
    const { state, position, expected } = loaded
    refuseOtherGeneration(loaded.generation, generation)
    const decided = decideIssue(state, command, actor)
    if ('refused' in decided) throw new ApiError(decided.refused)
    if (decided.decisions.length === 0) return { issue: state.issue, changed: false, position }
    const answer = await appendDecisions(pool, { decisions: decided.decisions, actor, commandId, expected })
    if (!('conflict' in answer)) return { issue: state.issue, changed: !answer.repeated, position: answer.position }
  }
  throw new ApiError('conflict')
}

/** What is looked at in a candidate or a retired generation is not what would be changed (ui.md R-09). */
export function refuseOtherGeneration(live: number, named: unknown): void {
  if (named !== undefined && named !== String(live)) throw new ApiError('readOnly')
}
