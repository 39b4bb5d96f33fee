// A decision about issues, on the stream and on an issue's own page: shown at once, with Undo, and taken back where the
// server refuses it. Undo is the inverse decision, a fact of its own.

import type { Issue } from '../../../core/contract/issue.ts'
import { changeIssues, type Skipped } from '../../data/changeIssue.ts'
import { client } from '../../data/client.ts'
import { formatExact } from '../basic/format.ts'
import { showToast } from '../basic/Toast.tsx'
import { type Decision, inverseOf, shownOf } from './decisions.ts'
import { noteSkipped } from './skipped.ts'
import { offerUndo, tellFailure } from './undo.ts'

/** How long a row that no longer matches its list stays where it is, so that a run of `j` `e` hits the right rows (S-06). */
const holdMs = 4000
let refresh: ReturnType<typeof setTimeout> | undefined

export const nameIssues = (issues: readonly Pick<Issue, 'shortId'>[]): string => (issues.length === 1 ? issues[0]!.shortId : `${formatExact(issues.length)} issues`)

/** Applies `decision` to all of `issues`. Never rejects: a refusal is told in the toast, with Retry. Answers which were left out. */
export async function decide(issues: readonly Issue[], decision: Decision): Promise<Skipped[]> {
  if (issues.length === 0) return []
  const before = issues.map((issue) => ({ id: issue.id, project: issue.project, shown: shownOf(issue, decision), inverse: inverseOf(issue, decision) }))
  const skipped: Skipped[] = []
  const sent = changeIssues(before, decision.update, decision.doing)
  const callOff = offerUndo(`${nameIssues(issues)} ${decision.said}`, async () => {
    // The server must have the decision first; where it refused, nothing is left to undo.
    if (!(await sent.then(() => true, () => false))) return
    const reached = before.filter(({ id }) => !skipped.some((one) => one.id === id))
    for (const group of Map.groupBy(reached, ({ inverse }) => JSON.stringify(inverse)).values()) {
      const { update, shown } = group[0]!.inverse
      await changeIssues(group.map((issue) => ({ ...issue, shown })), update, 'Undoing')
    }
    refreshLists()
  })
  try {
    skipped.push(...(await sent))
    if (skipped.length > 0) tellSkipped(issues, skipped, decision)
    if (skipped.length === issues.length) callOff()
  } catch (error) {
    callOff()
    tellFailure(`${nameIssues(issues)} could not be ${decision.said}`, error, () => decide(issues, decision))
  }
  noteSkipped(issues, skipped)
  refreshLists()
  return skipped
}

function tellSkipped(issues: readonly Issue[], skipped: readonly Skipped[], decision: Decision): void {
  const left = issues.filter(({ id }) => skipped.some((one) => one.id === id))
  showToast({ text: `${nameIssues(left)} could not be ${decision.said}: ${skipped[0]!.detail}`, kind: 'error' })
}

/** What is shown of issues is read anew; lists only after a while, so that no row goes while people work on it. */
export function refreshLists(afterMs = holdMs): void {
  void client.invalidateQueries({ queryKey: ['issue'] })
  void client.invalidateQueries({ queryKey: ['issue-counts'] })
  clearTimeout(refresh)
  refresh = setTimeout(() => void client.invalidateQueries({ queryKey: ['issues'] }), afterMs)
}
