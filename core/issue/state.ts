// The state machine of an issue, pure. Every key has a state of its own that follows from the log alone; an issue
// combines its keys (architecture 6, grouping.md 5.4). Used by the reducers in projections/issues.

import type { IssueStatus, Substatus } from '../contract/issue.ts'
import type { IssueDecision } from '../decisions.ts'
import { isLater } from '../release/order.ts'

export type KeyState = {
  status: IssueStatus
  /** null = new or ongoing, which only the reader's clock can tell. */
  substatus: Exclude<Substatus, 'new'> | null
  /** Position of the fact that decided the status. */
  statusPosition: number
  /** Of a resolved one: '>shop@1.2' = events of later releases reopen it, '=shop@1.2' = of this one too; null = any event does. */
  resolvedIn: string | null
  assignee: string | null
  assignedPosition: number
}

export function firstState(position: number): KeyState {
  return { status: 'unresolved', substatus: null, statusPosition: position, resolvedIn: null, assignee: null, assignedPosition: 0 }
}

/** `release`: of the event. `positionOf`: where a release of the project appeared first, as far as the log says up to the event. */
export type SeenEvent = { position: number; release: string | null; positionOf: (version: string) => number | null }

/** An event that comes after a resolve is a regression; an ignored issue stays ignored. Null = nothing changes. */
export function afterEvent(state: KeyState, { position, release, positionOf }: SeenEvent): KeyState | null {
  const regresses = state.status === 'resolved' && (state.resolvedIn === null || isBeyond(release, parseResolvedIn(state.resolvedIn), positionOf))
  return regresses ? { ...state, status: 'unresolved', substatus: 'regressed', statusPosition: position, resolvedIn: null } : null
}

export type ResolvedIn = { version: string; including: boolean }

export function formatResolvedIn({ version, including }: ResolvedIn): string {
  return `${including ? '=' : '>'}${version}`
}

export function parseResolvedIn(text: string): ResolvedIn {
  return { version: text.slice(1), including: text.startsWith('=') }
}

/** As in Sentry, an event without a release is taken for an old one: it does not undo a fix that waits for a release. */
function isBeyond(release: string | null, { version, including }: ResolvedIn, positionOf: SeenEvent['positionOf']): boolean {
  return release !== null && ((including && release === version) || isLater(release, version, positionOf))
}

/** Null = this decision does not change the state (comments). */
export function afterDecision(state: KeyState, decision: IssueDecision, position: number): KeyState | null {
  const decided = { ...state, substatus: null, statusPosition: position, resolvedIn: null }
  switch (decision.type) {
    case 'issue.resolved':
      return { ...decided, status: 'resolved', resolvedIn: decision.data.release ? formatResolvedIn(decision.data.release) : null }
    case 'issue.reopened':
      return { ...decided, status: 'unresolved', substatus: reopenedAs(decision.data) }
    case 'issue.ignored':
      return { ...decided, status: 'ignored', substatus: decision.data.substatus }
    case 'issue.reviewed':
      return state.status === 'unresolved' && state.substatus === null ? { ...state, substatus: 'ongoing' } : null
    case 'issue.assigned':
      return { ...state, assignee: decision.data.assignee, assignedPosition: position }
    default:
      return null
  }
}

type Reopened = Extract<IssueDecision, { type: 'issue.reopened' }>['data']

/** What a job opened again is not new, however young it is. */
function reopenedAs({ because, as }: Reopened): KeyState['substatus'] {
  if (because === undefined) return as ?? null
  return because === 'escalating' ? 'escalating' : 'ongoing'
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
  const { status, substatus, statusPosition, resolvedIn } = decides
  return { status, substatus, statusPosition, resolvedIn, assignee: assigns.assignee, assignedPosition: assigns.assignedPosition }
}

/** How long an issue that nobody looked at is new (ui.md 2.4). */
export const newForMs = 7 * 24 * 3_600_000

/** What a reader sees: an open issue without a stored substatus is new for its first 7 days, then ongoing (ui.md 2.4). */
export function shownSubstatus(status: IssueStatus, stored: Substatus | null, firstSeen: Date, now: Date): Substatus | null {
  if (status !== 'unresolved') return stored
  return stored ?? (now.getTime() - firstSeen.getTime() < newForMs ? 'new' : 'ongoing')
}
