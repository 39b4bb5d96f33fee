// Everything a person can decide about an issue, as data: what the server is told, what the rows say until it has
// answered, and the words of the toast. Pure.

import type { Issue, IssueUpdate } from '../../../core/contract/issue.ts'
import type { Triage } from '../../data/patch.ts'
import { formatExact } from '../basic/format.ts'

/** `said` goes on after the name of what was decided about, `doing` before the number of many. */
export type Decision = { update: IssueUpdate; shown: Triage; said: string; doing: string }

const resolvedBy = (statusDetails: Issue['statusDetails'], said: string): Decision => ({
  update: Object.keys(statusDetails).length === 0 ? { status: 'resolved' } : { status: 'resolved', statusDetails },
  shown: { status: 'resolved', substatus: null, statusDetails }, said, doing: 'Resolving',
})

export const resolve: Decision = resolvedBy({}, 'resolved')
export const resolveNext: Decision = resolvedBy({ inNextRelease: true }, 'resolved in the next release')
export const resolveIn = (version: string): Decision => resolvedBy({ inRelease: version }, `resolved in ${version}`)

export const reopen: Decision = {
  update: { status: 'unresolved', substatus: 'ongoing' }, shown: { status: 'unresolved', substatus: 'ongoing', statusDetails: {} }, said: 'reopened', doing: 'Reopening',
}
/** Somebody looked at it. What is open for another reason than being new stays what it is. */
export const review: Decision = { update: { inbox: false }, shown: {}, said: 'marked as reviewed', doing: 'Reviewing' }

const archivedUntil = (substatus: 'archived_until_escalating' | 'archived_forever', said: string): Decision => ({
  update: { status: 'ignored', substatus }, shown: { status: 'ignored', substatus, statusDetails: {} }, said, doing: 'Archiving',
})
const archivedUntilMet = (asked: NonNullable<IssueUpdate['statusDetails']>, statusDetails: Issue['statusDetails'], said: string): Decision => ({
  update: { status: 'ignored', substatus: 'archived_until_condition_met', statusDetails: asked }, shown: { status: 'ignored', substatus: 'archived_until_condition_met', statusDetails }, said, doing: 'Archiving',
})

export const archive: Decision = archivedUntil('archived_until_escalating', 'archived until it escalates')
export const archiveForever: Decision = archivedUntil('archived_forever', 'archived')
export const archiveFor = (minutes: number, words: string, now = Date.now()): Decision =>
  archivedUntilMet({ ignoreDuration: minutes }, { ignoreUntil: new Date(now + minutes * 60_000).toISOString() }, `archived for ${words}`)

export type Counted = 'events' | 'users'
export const archiveUntil = (count: number, what: Counted): Decision => {
  const condition = what === 'events' ? { ignoreCount: count } : { ignoreUserCount: count }
  return archivedUntilMet(condition, condition, `archived until ${formatExact(count)} more ${count === 1 ? what.slice(0, -1) : what}`)
}

/** The menu of `m`: decided at once, or after a number was asked for. */
export const archiveChoices: readonly ({ label: string; kbd?: string; decide: () => Decision } | { label: string; ask: Counted })[] = [
  { label: 'Until it escalates', kbd: 'm', decide: () => archive },
  { label: 'For 1 hour', decide: () => archiveFor(60, '1 hour') },
  { label: 'For 1 day', decide: () => archiveFor(1440, '1 day') },
  { label: 'For 1 week', decide: () => archiveFor(10_080, '1 week') },
  { label: 'Until more events…', ask: 'events' },
  { label: 'Until more users…', ask: 'users' },
  { label: 'Forever', decide: () => archiveForever },
]

export type Person = { id: string; name: string }
export const unassign: Decision = { update: { assignedTo: '' }, shown: { assignedTo: null }, said: 'assigned to nobody', doing: 'Assigning' }
export const assignTo = ({ id, name }: Person, isMe: boolean): Decision => ({
  update: { assignedTo: `user:${id}` }, shown: { assignedTo: { type: 'user', id, name } }, said: `assigned to ${isMe ? 'you' : name}`, doing: 'Assigning',
})

/** `e`: resolves, and reopens where none is open. */
export const toggleResolved = (issues: readonly Pick<Issue, 'status'>[]): Decision => (issues.every(({ status }) => status !== 'unresolved') ? reopen : resolve)

/** `shown` of one issue: being reviewed changes only what is new. */
export const shownOf = (issue: Pick<Issue, 'substatus'>, decision: Decision): Triage =>
  decision.update.inbox === false && issue.substatus === 'new' ? { substatus: 'ongoing' } : decision.shown

export type Former = Pick<Issue, 'status' | 'substatus' | 'statusDetails' | 'assignedTo'>

/** The decision that makes an issue again what it was: its very status, release, conditions and assignee. */
export function inverseOf(was: Former, { update }: Decision): Pick<Decision, 'update' | 'shown'> {
  const status = update.status !== undefined || update.inbox !== undefined
  const assignee = update.assignedTo !== undefined
  return {
    update: { ...(status && restoreStatus(was)), ...(assignee && { assignedTo: was.assignedTo === null ? '' : `user:${was.assignedTo.id}` }) },
    shown: { ...(status && { status: was.status, substatus: was.substatus, statusDetails: { ...was.statusDetails } }), ...(assignee && { assignedTo: was.assignedTo && { ...was.assignedTo } }) },
  }
}

/** Conditions that count do so from now on: only the log knows what had been counted. */
function restoreStatus({ status, substatus, statusDetails }: Former): IssueUpdate {
  const { inRelease, inNextRelease, afterRelease, ignoreUntil, ignoreCount, ignoreUserCount } = statusDetails as NonNullable<IssueUpdate['statusDetails']>
  if (status === 'unresolved') return { status, substatus: substatus ?? 'ongoing' }
  if (status === 'resolved') {
    if (inRelease) return { status, statusDetails: { inRelease } }
    return inNextRelease ? { status, statusDetails: { inNextRelease, ...(afterRelease && { afterRelease }) } } : { status }
  }
  if (substatus !== 'archived_until_condition_met') return { status, substatus: substatus ?? 'archived_forever' }
  return { status, substatus, statusDetails: { ...(ignoreUntil && { ignoreUntil }), ...(ignoreCount && { ignoreCount }), ...(ignoreUserCount && { ignoreUserCount }) } }
}
