// Merging and unmerging: decided on the keys that the issues have, appended to the project's grouping stream, which every command on
// an issue expects too.

import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import { decideMerge, decideUnmerge } from '../../core/issue/merge.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { formatShortId } from '../../core/shortid.ts'
import { appendDecided, type Appended, type By } from './append.ts'
import { loadForChange, refuseOtherGeneration } from './change-issue.ts'
import { loadIssues } from './load-issues.ts'

/**
 * Issues of one project. `refused` says why they cannot be merged. Throws `notFound` naming the first that the project does not
 * have, `readOnly`, `regrouping`, and `conflict` after ten lost races.
 */
export function mergeIssues(pool: Pool, project: number, refs: readonly IssueRef[], by: By): Promise<Appended | { refused: string }> {
  return appendDecided<{ refused: string }>(pool, by, async () => {
    const { generation, grouping, issueOf, keysOf, ...loaded } = await loadIssues(pool, project, refs)
    refuseOtherGeneration(generation, by.generation)
    const missing = refs.find(({ position }) => !issueOf.has(position))
    if (missing) throw new ApiError('notFound', { detail: `This project has no issue ${nameRef(missing)}.` })
    const decided = decideMerge(project, [...keysOf].map(([issue, keys]) => ({ issue, keys })), grouping)
    return 'refused' in decided ? decided : { ...loaded, ...decided }
  })
}

function nameRef({ position, slug }: IssueRef): string {
  return slug === null ? String(position) : formatShortId(slug, position)
}

/** Each side of keys leaves the issue. `refused` says what is wrong with them. Throws as changeIssue does. */
export function unmergeIssue(pool: Pool, ref: IssueRef, sides: readonly (readonly string[])[], by: By): Promise<Appended | { refused: string }> {
  return appendDecided<{ refused: string }>(pool, by, async () => {
    const { state, ...loaded } = await loadForChange(pool, ref, by)
    const decided = decideUnmerge(state, sides)
    return 'refused' in decided ? decided : { ...loaded, ...decided }
  })
}
