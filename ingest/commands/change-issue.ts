// A command on one issue: decided on its state, expected to find the issue's stream and its project's grouping unchanged.

import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import { decideIssue, type IssueCommand } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { appendDecided, type By } from './append.ts'
import { loadIssue, type LoadedIssue } from './load-issue.ts'

/**
 * `position`: of the last fact written; when nothing had to change, how far the log says the same. Throws `notFound`, `forbidden`
 * (someone else's comment), `readOnly` (another generation than the live one), `regrouping`, and `conflict` after ten lost races.
 */
export async function changeIssue(pool: Pool, ref: IssueRef, command: IssueCommand, by: By): Promise<{ issue: number; changed: boolean; position: number }> {
  let issue = ref.position
  const { decisions, position, repeated } = await appendDecided<never>(pool, by, async () => {
    const { state, ...loaded } = await loadForChange(pool, ref, by)
    issue = state.issue
    const decided = decideIssue(state, command, by.actor)
    if ('refused' in decided) throw new ApiError(decided.refused)
    return { ...loaded, ...decided }
  })
  return { issue, changed: decisions.length > 0 && !repeated, position }
}

/** `projectSlug`: the project it must be of, if any. Throws `notFound`, `readOnly`, `regrouping`. */
export async function loadForChange(pool: Pool, ref: IssueRef, { generation }: Pick<By, 'generation'>, projectSlug?: string): Promise<LoadedIssue> {
  const loaded = await loadIssue(pool, ref, projectSlug)
  if (!loaded) throw new ApiError('notFound')
  refuseOtherGeneration(loaded.generation, generation)
  return loaded
}

/** What is looked at in a candidate or a retired generation is not what would be changed (ui.md R-09). */
export function refuseOtherGeneration(live: number, named: unknown): void {
  if (named !== undefined && named !== String(live)) throw new ApiError('readOnly')
}
