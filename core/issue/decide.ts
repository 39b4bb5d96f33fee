// What a person may do to an issue, pure: the state and a command in, decisions out. ingest/commands loads the state and appends the decisions.

import type { Decision, IssueDecision } from '../decisions.ts'
import type { IssueStatus } from '../contract/issue.ts'
import type { Configuration } from '../grouping/configuration.ts'

export type IssueState = {
  project: number
  issue: number
  keys: readonly string[]
  /** Under which the keys were computed: the live one. */
  grouping: Configuration
  /** Undefined = the issue's keys differ, so that any command changes something. */
  status: IssueStatus | undefined
  assignee: string | null | undefined
  /** Position of the comment -> who wrote it. Deleted ones are gone. */
  comments: ReadonlyMap<number, { actor: string | null; text: string }>
}

export type IssueCommand =
  | { type: 'update'; status?: IssueStatus | undefined; assignee?: string | null | undefined }
  | { type: 'addComment'; text: string }
  | { type: 'editComment'; comment: number; text: string }
  | { type: 'deleteComment'; comment: number }

/** A decision as it stands in the log. */
export type RecordedDecision = { position: number; actor: string | null; decision: Decision }

/** No decisions = nothing to change. `notFound`: no such comment; `forbidden`: someone else's. */
export function decideIssue(state: IssueState, command: IssueCommand, actor: string): { decisions: IssueDecision[] } | { refused: 'notFound' | 'forbidden' } {
  const on: OnIssue = { project: state.project, issue: state.issue, keys: [...state.keys], grouping: state.grouping }
  if (command.type === 'addComment') return { decisions: [{ type: 'comment.added', data: { ...on, text: command.text } }] }
  if (command.type === 'update') {
    const decisions: IssueDecision[] = []
    if (command.status !== undefined && command.status !== state.status) decisions.push(decideStatus(on, command.status))
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

function decideStatus(on: OnIssue, status: IssueStatus): IssueDecision {
  switch (status) {
    case 'resolved':
      return { type: 'issue.resolved', data: on }
    case 'unresolved':
      return { type: 'issue.reopened', data: on }
    case 'ignored':
      return { type: 'issue.ignored', data: { ...on, substatus: 'archived_forever' } }
  }
}

/** The state after a decision. Events change it too (a regression): those are in the projection that the state was loaded from. */
export function evolveIssue(state: IssueState, recorded: RecordedDecision): IssueState {
  const { type, data } = recorded.decision
  switch (type) {
    case 'issue.resolved':
      return { ...state, status: 'resolved' }
    case 'issue.reopened':
      return { ...state, status: 'unresolved' }
    case 'issue.ignored':
      return { ...state, status: 'ignored' }
    case 'issue.assigned':
      return { ...state, assignee: data.assignee }
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
