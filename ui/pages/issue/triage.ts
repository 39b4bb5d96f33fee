// What a person decides about issues, on the stream and on an issue's own page: shown at once, with Undo, and taken
// back when the server refuses. Undo is the inverse decision, a fact of its own.

import type { Issue, IssueUpdate } from '../../../core/contract/issue.ts'
import { changeIssues } from '../../data/changeIssue.ts'
import { client } from '../../data/client.ts'
import type { Triage } from '../../data/patch.ts'
import { user } from '../../data/session.ts'
import { showToast } from '../../parts/basic/Toast.tsx'

export type Decision = { update: IssueUpdate; shown: Triage; said: string; doing: string }

export const resolve: Decision = { update: { status: 'resolved' }, shown: { status: 'resolved', substatus: null }, said: 'resolved', doing: 'Resolving' }
export const reopen: Decision = { update: { status: 'unresolved', substatus: 'ongoing' }, shown: { status: 'unresolved', substatus: 'ongoing' }, said: 'reopened', doing: 'Reopening' }
export const archive: Decision = { update: { status: 'ignored', substatus: 'archived_forever' }, shown: { status: 'ignored', substatus: 'archived_forever' }, said: 'archived', doing: 'Archiving' }
export const unassign: Decision = { update: { assignedTo: '' }, shown: { assignedTo: null }, said: 'assigned to nobody', doing: 'Assigning' }

export function assignToMe(): Decision | null {
  const me = user()
  return me === null ? null : { update: { assignedTo: `user:${me.id}` }, shown: { assignedTo: { type: 'user', id: me.id, name: me.name || me.email } }, said: 'assigned to you', doing: 'Assigning' }
}

/** `e`: resolves, and reopens what is resolved or archived. */
export const toggleResolved = (issue: Pick<Issue, 'status'>): Decision => (issue.status === 'unresolved' ? resolve : reopen)

/** `a`: takes it, and lets go of what is already one's own. */
export const toggleAssigned = (issue: Pick<Issue, 'assignedTo'>): Decision | null => (issue.assignedTo !== null && issue.assignedTo.id === user()?.id ? unassign : assignToMe())

/** How long a row that no longer matches its list stays where it is, so that a run of `j` `e` hits the right rows (S-06). */
const holdMs = 4000
/** Several deep, each for 10 s (ui.md 2.4, `z`). */
const undoable: { until: number; undo: () => Promise<void> }[] = []
const undoMs = 10_000
let refresh: ReturnType<typeof setTimeout> | undefined

/** Applies `decision` to all of `issues`. Never rejects: a refusal is told in the toast, with Retry. */
export async function decide(issues: readonly Issue[], decision: Decision): Promise<void> {
  if (issues.length === 0) return
  const before = issues.map((issue) => ({ issue: { id: issue.id, project: issue.project }, inverse: inverseOf(issue, decision) }))
  const named = issues.length === 1 ? issues[0]!.shortId : `${issues.length} issues`
  const undo = async (): Promise<void> => {
    const alike = Map.groupBy(before, ({ inverse }) => JSON.stringify(inverse))
    await Promise.all([...alike.values()].map((group) => changeIssues(group.map(({ issue }) => issue), group[0]!.inverse.update, group[0]!.inverse.shown, 'Undoing'))).catch((error: unknown) => tellFailure('Undo', error, undo))
    refreshLists()
  }
  const step = { until: Date.now() + undoMs, undo }
  undoable.push(step)
  showToast({ text: `${named} ${decision.said}`, action: { label: 'Undo', run: () => void undoLast() } })
  try {
    await changeIssues(before.map(({ issue }) => issue), decision.update, decision.shown, decision.doing)
  } catch (error) {
    undoable.splice(undoable.indexOf(step) >>> 0, 1)
    tellFailure(`${named} could not be ${decision.said}`, error, () => decide(issues, decision))
  }
  refreshLists()
}

/** Says what was done, with the way back: in the toast, and by `z`. */
export function offerUndo(text: string, back: () => Promise<void>): void {
  const undo = (): Promise<void> => back().catch((error: unknown) => tellFailure('Undo', error, undo))
  undoable.push({ until: Date.now() + undoMs, undo })
  showToast({ text, action: { label: 'Undo', run: () => void undoLast() } })
}

/** `z`: takes the newest decision of the last 10 s back. */
export async function undoLast(): Promise<void> {
  const last = undoable.pop()
  if (last === undefined || last.until < Date.now()) return
  showToast({ text: 'Undone' })
  await last.undo()
}

function refreshLists(): void {
  void client.invalidateQueries({ queryKey: ['issue'] })
  void client.invalidateQueries({ queryKey: ['issue-counts'] })
  clearTimeout(refresh)
  refresh = setTimeout(() => void client.invalidateQueries({ queryKey: ['issues'] }), holdMs)
}

export function tellFailure(what: string, error: unknown, retry: () => Promise<void>): void {
  showToast({ text: `${what}: ${error instanceof Error ? error.message : String(error)}`, kind: 'error', action: { label: 'Retry', run: () => void retry() } })
}

function inverseOf(issue: Issue, decision: Decision): Pick<Decision, 'update' | 'shown'> {
  if (decision.update.assignedTo !== undefined) {
    const was = issue.assignedTo
    return { update: { assignedTo: was === null ? '' : `user:${was.id}` }, shown: { assignedTo: was === null ? null : { ...was } } }
  }
  const shown = { status: issue.status, substatus: issue.substatus }
  if (issue.status === 'resolved') return { update: { status: 'resolved' }, shown }
  return { update: issue.status === 'ignored' ? archive.update : reopen.update, shown }
}
