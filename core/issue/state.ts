// The state machine of an issue, pure. Every key has a state of its own that follows from the log alone; an issue
// combines its keys (architecture 6, grouping.md 5.4). Used by the reducers in projections/issues.

import type { IssueStatus, Substatus } from '../contract/issue.ts'
import type { IssueDecision } from '../decisions.ts'

export type KeyState = {
  status: IssueStatus
  /** null = new or ongoing, which only the reader's clock can tell. */
  substatus: Exclude<Substatus, 'new'> | null
  /** Position of the fact that decided the status. */
  statusPosition: number
  assignee: string | null
  assignedPosition: number
}

export function firstState(position: number): KeyState {
  return { status: 'unresolved', substatus: null, statusPosition: position, assignee: null, assignedPosition: 0 }
}

/** An event that comes after a resolve is a regression; an ignored issue stays ignored. Null = nothing changes. */
export function afterEvent(state: KeyState, position: number): KeyState | null {
  return state.status === 'resolved' ? { ...state, status: 'unresolved', substatus: 'regressed', statusPosition: position } : null
}

/** Null = this decision does not change the state (comments). */
export function afterDecision(state: KeyState, decision: IssueDecision, position: number): KeyState | null {
  switch (decision.type) {
    case 'issue.resolved':
      return { ...state, status: 'resolved', substatus: null, statusPosition: position }
    case 'issue.reopened':
      return { ...state, status: 'unresolved', substatus: null, statusPosition: position }
    case 'issue.ignored':
      return { ...state, status: 'ignored', substatus: decision.data.substatus, statusPosition: position }
    case 'issue.assigned':
      return { ...state, assignee: decision.data.assignee, assignedPosition: position }
    default:
      return null
  }
}

/**
 * Of the parts of a key, or the keys of an issue: open if any is, else ignored if any is, else resolved. Among the open ones the first that
 * opened speaks for the substatus, so that it does not matter how finely a key is divided; else the newest. The newest assignment names the
 * assignee. At least one state.
 */
export function combineStates(states: readonly KeyState[]): KeyState {
  const rank: Record<IssueStatus, number> = { unresolved: 0, ignored: 1, resolved: 2 }
  const decides = states.reduce((best, state) => {
    if (state.status !== best.status) return rank[state.status] < rank[best.status] ? state : best
    return state.statusPosition > best.statusPosition === (state.status !== 'unresolved') ? state : best
  })
  const assigns = states.reduce((best, state) => (state.assignedPosition > best.assignedPosition ? state : best))
  const { status, substatus, statusPosition } = decides
  return { status, substatus, statusPosition, assignee: assigns.assignee, assignedPosition: assigns.assignedPosition }
}

const newForMs = 7 * 24 * 3_600_000

/** What a reader sees: an open issue without a stored substatus is new for its first 7 days, then ongoing (ui.md 2.4). */
export function shownSubstatus(status: IssueStatus, stored: Substatus | null, firstSeen: Date, now: Date): Substatus | null {
  if (status !== 'unresolved') return stored
  return stored ?? (now.getTime() - firstSeen.getTime() < newForMs ? 'new' : 'ongoing')
}
