// What a person may do to an issue, pure: the state and a command in, decisions out. ingest/commands loads the state and appends the decisions.

import type { Decision, IssueDecision } from '../decisions.ts'
import type { IssueStatus } from '../contract/issue.ts'
import type { Configuration } from '../grouping/configuration.ts'
import { afterDecision, firstState, formatResolvedIn, type KeyState, type ResolvedIn } from './state.ts'

export type IssueState = {
  project: number
  issue: number
  keys: readonly string[]
  /** Under which the keys were computed: the live one. */
  grouping: Configuration
  /** Undefined, as the next three: the issue's keys differ, so that any command changes something. */
  status: IssueStatus | undefined
  /** As stored (core/issue/state.ts). */
  substatus: KeyState['substatus'] | undefined
  resolvedIn: string | null | undefined
  assignee: string | null | undefined
  /** Position of the fact that decided the status. */
  decidedAt: number
  /** The same, or of the last decision of any kind. */
  changedAt: number
  /** Position of the comment -> who wrote it. Deleted ones are gone. */
  comments: ReadonlyMap<number, { actor: string | null; text: string }>
}

export type Until = NonNullable<Extract<IssueDecision, { type: 'issue.ignored' }>['data']['until']>

export type IssueUpdateCommand = {
  type: 'update'
  status?: IssueStatus | undefined
  /** With `ignored`; default `archived_forever`. */
  substatus?: Extract<IssueDecision, { type: 'issue.ignored' }>['data']['substatus'] | undefined
  /** With `archived_until_condition_met`. */
  until?: Until | undefined
  /** With `resolved`. */
  release?: ResolvedIn | undefined
  /** With `unresolved`: what it is called from then on. */
  as?: 'new' | NonNullable<Extract<IssueDecision, { type: 'issue.reopened' }>['data']['as']> | undefined
  reviewed?: boolean | undefined
  assignee?: string | null | undefined
}

export type IssueCommand =
  | IssueUpdateCommand
  | { type: 'delete' }
  | { type: 'addComment'; text: string }
  | { type: 'editComment'; comment: number; text: string }
  | { type: 'deleteComment'; comment: number }

/** A decision as it stands in the log. */
export type RecordedDecision = { position: number; actor: string | null; decision: Decision }

/** No decisions = nothing to change. `notFound`: no such comment; `forbidden`: someone else's. */
export function decideIssue(state: IssueState, command: IssueCommand, actor: string): { decisions: IssueDecision[] } | { refused: 'notFound' | 'forbidden' } {
  const on: OnIssue = { project: state.project, issue: state.issue, keys: [...state.keys], grouping: state.grouping }
  if (command.type === 'addComment') return { decisions: [{ type: 'comment.added', data: { ...on, text: command.text } }] }
  if (command.type === 'delete') return { decisions: [{ type: 'issue.deleted', data: on }] }
  if (command.type === 'update') {
    const decisions: IssueDecision[] = []
    const status = decideStatus(state, on, command)
    if (status) decisions.push(status)
    else if (command.reviewed && isNew(state)) decisions.push({ type: 'issue.reviewed', data: on })
    if (command.assignee !== undefined && command.assignee !== state.assignee) decisions.push({ type: 'issue.assigned', data: { ...on, assignee: command.assignee } })
    return { decisions }
  }
  const { comment } = command
  const present = state.comments.get(comment)
  if (!present) return { refused: 'notFound' }
  if (present.actor !== actor) return { refused: 'forbidden' }
  if (command.type === 'deleteComment') return { decisions: [{ type: 'comment.deleted', data: { ...on, comment } }] }
  if (present.text === command.text) return { decisions: [] }
  return { decisions: [{ type: 'comment.edited', data: { ...on, comment, text: command.text } }] }
}

type OnIssue = { project: number; issue: number; keys: string[]; grouping: Configuration }

/** A condition counts from its decision on, so that it is decided anew even where the issue waits for the same. */
function decideStatus(state: IssueState, on: OnIssue, { status, substatus = 'archived_forever', until, release, as }: IssueUpdateCommand): IssueDecision | null {
  const isSame = status === state.status
  switch (status) {
    case 'resolved':
      if (isSame && state.resolvedIn === (release ? formatResolvedIn(release) : null)) return null
      return { type: 'issue.resolved', data: { ...on, ...(release && { release }) } }
    case 'unresolved':
      return isSame && isCalled(state, as) ? null : { type: 'issue.reopened', data: { ...on, ...(as !== undefined && as !== 'new' && { as }) } }
    case 'ignored':
      return isSame && substatus === state.substatus && !until ? null : { type: 'issue.ignored', data: { ...on, substatus, ...(until && { until }) } }
    case undefined:
      return null
  }
}

/** Nothing stored is ongoing too, for all that is not young. */
function isCalled({ substatus }: IssueState, as: IssueUpdateCommand['as']): boolean {
  if (as === undefined) return true
  return as === 'ongoing' ? substatus !== 'regressed' && substatus !== 'escalating' : (substatus ?? 'new') === as
}

function isNew({ status, substatus }: IssueState): boolean {
  return status === undefined || (status === 'unresolved' && (substatus === null || substatus === undefined))
}

/** The state after a decision. Events change it too (a regression): those are in the projection that the state was loaded from. */
export function evolveIssue(before: IssueState, recorded: RecordedDecision): IssueState {
  const { position, decision } = recorded
  const state = { ...before, changedAt: position }
  switch (decision.type) {
    case 'issue.resolved':
    case 'issue.reopened':
    case 'issue.ignored': {
      const { status, substatus, resolvedIn } = afterDecision(firstState(position), decision, position)!
      return { ...state, status, substatus, resolvedIn, decidedAt: position }
    }
    case 'issue.reviewed':
      return isNew(state) ? { ...state, substatus: 'ongoing' } : state
    case 'issue.assigned':
      return { ...state, assignee: decision.data.assignee }
    default:
      return { ...state, comments: evolveComments(state.comments, recorded) }
  }
}

export function evolveComments(comments: IssueState['comments'], { position, actor, decision: { type, data } }: RecordedDecision): IssueState['comments'] {
  const next = new Map(comments)
  if (type === 'comment.added') next.set(position, { actor, text: data.text })
  else if (type === 'comment.edited') next.set(data.comment, { actor: next.get(data.comment)?.actor ?? actor, text: data.text })
  else if (type === 'comment.deleted') next.delete(data.comment)
  else return comments
  return next
}
