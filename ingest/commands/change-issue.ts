// Commands on issues: decided on their states, expected to find the issues' streams and their project's grouping unchanged.

import type { Pool } from 'pg'
import { isIssueDecision } from '../../core/decisions.ts'
import { ApiError, errorTable } from '../../core/errors.ts'
import { decideIssue, type IssueCommand, type IssueState } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { appendDecided, type By } from './append.ts'
import { loadIssue, type LoadedIssue } from './load-issue.ts'
import { loadStates } from './load-states.ts'

/** `seen`: the position of what the client decided on. Whatever happened to the issue since refuses the command. */
export type Seen = { seen?: number | undefined }

/**
 * `position`: of the last fact written; when nothing had to change, how far the log says the same. Throws `notFound`, `forbidden`
 * (someone else's comment), `readOnly` (another generation than the live one), `regrouping`, and `conflict` after ten lost races, or with the
 * present state beside it where the issue has changed since it was `seen`.
 */
export async function changeIssue(pool: Pool, ref: IssueRef, commandFor: (project: number) => Promise<IssueCommand> | IssueCommand, by: By & Seen): Promise<{ issue: number; changed: boolean; position: number }> {
  let issue = ref.position
  const { decisions, position, repeated } = await appendDecided<never>(pool, by, async () => {
    const { state, ...loaded } = await loadForChange(pool, ref, by)
    if (hasChanged(state, by)) throw new ApiError('conflict', { more: { current: presentState(state) } })
    issue = state.issue
    const decided = decideIssue(state, await commandFor(state.project), by.actor)
    if ('refused' in decided) throw new ApiError(decided.refused)
    return { ...loaded, ...decided }
  })
  return { issue, changed: decisions.length > 0 && !repeated, position }
}

/** `id`: as the request spelled it. */
export type NamedIssue = { id: string; ref: IssueRef }

/** `repeated`: an earlier request with this command's id did it. */
export type Changed = { changed: string[]; skipped: { id: string; detail: string }[]; position: number; repeated: boolean }

/**
 * Many of one project, in one append: all of it or, when somebody is faster ten times, nothing. What cannot be changed is skipped and said.
 * `status`: others are skipped. Throws `readOnly`, `regrouping`, `conflict`.
 */
export async function changeIssues(pool: Pool, project: number, named: readonly NamedIssue[], command: IssueCommand, by: By & Seen & { status?: string | undefined }): Promise<Changed> {
  let skipped: Changed['skipped'] = []
  const { decisions, position, repeated } = await appendDecided<never>(pool, by, async () => {
    skipped = []
    const { generation, issueOf, issues, grouping, position: known } = await loadStates(pool, project, named.map(({ ref }) => ref))
    if (issues.size > 0) refuseOtherGeneration(generation, by.generation)
    const decided = new Set<number>()
    const all = named.flatMap(({ id, ref }) => {
      const skip = (detail: string): [] => {
        skipped.push({ id, detail })
        return []
      }
      const found = issues.get(issueOf.get(ref.position) ?? 0)
      if (!found) return skip(errorTable.notFound[1])
      const { state } = found
      if (decided.has(state.issue)) return []
      decided.add(state.issue)
      if (hasChanged(state, by)) return skip(errorTable.conflict[1])
      if (by.status !== undefined && state.status !== by.status) return skip(`It is not ${by.status}.`)
      const answer = decideIssue(state, command, by.actor)
      return 'refused' in answer ? skip(errorTable[answer.refused][1]) : [{ decisions: answer.decisions, expected: found.expected }]
    })
    const changing = all.filter((each) => each.decisions.length > 0)
    return { decisions: changing.flatMap((each) => each.decisions), expected: [grouping, ...changing.map(({ expected }) => expected)], position: known }
  })
  const changed = new Set(decisions.flatMap((decision) => (isIssueDecision(decision) ? [String(decision.data.issue)] : [])))
  return { changed: [...changed], skipped, position, repeated }
}

/** Throws `notFound`, `readOnly`, `regrouping`. */
export async function loadForChange(pool: Pool, ref: IssueRef, { generation }: Pick<By, 'generation'>): Promise<LoadedIssue> {
  const loaded = await loadIssue(pool, ref)
  if (!loaded) throw new ApiError('notFound')
  refuseOtherGeneration(loaded.generation, generation)
  return loaded
}

/** What is looked at in a candidate or a retired generation is not what would be changed (ui.md R-09). */
export function refuseOtherGeneration(live: number, named: unknown): void {
  if (named !== undefined && named !== String(live)) throw new ApiError('readOnly')
}

function hasChanged({ changedAt }: IssueState, { seen }: Seen): boolean {
  return seen !== undefined && changedAt > seen
}

/** As stored: an open issue without a substatus is new or ongoing. */
function presentState({ issue, status, substatus, assignee, changedAt }: IssueState): object {
  return { id: String(issue), status, substatus, assignedTo: assignee ? { type: 'user', id: assignee.slice('user:'.length) } : null, position: changedAt }
}
