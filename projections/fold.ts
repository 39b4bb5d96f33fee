// The lockstep fold: one fact through all reducers, in memory. Pure, apart from the state it is given to change.
// advance.ts loads that state, calls this in position order, and saves it.

import { isIssueDecision, type IssueDecision } from '../core/decisions.ts'
import type { Decoded } from './decode.ts'
import { deleteNote, editNote, recordActivity, type ActivityState } from './activity/reducer.ts'
import { foldCounts, foldOutcome, type CountsState } from './counts/reducer.ts'
import { foldEvent, type EventsState } from './events/reducer.ts'
import { addComments, foldIssueDecision, foldIssueEvent, type IssuesState } from './issues/reducer.ts'
import { foldProjectDecision, foldProjectEvent, type ProjectsState } from './projects/reducer.ts'

export type FoldState = { projects: ProjectsState; events: EventsState; issues: IssuesState; counts: CountsState; activity: ActivityState }

/** Folds one fact. Throws when it cannot be folded; the state is then half changed and must be thrown away. */
export function foldFact(state: FoldState, { fact, decision, event, outcomes }: Decoded): void {
  const { position, projectId, recordedAt: at } = fact
  if (decision) foldProjectDecision(state.projects, decision, position, at)
  if (projectId === null) return
  const generation = state.projects.projects.get(projectId)?.generation
  if (generation === undefined) throw new Error(`project ${projectId} does not exist`)
  const placed = { generation, projectId, position, at }

  if (decision && isIssueDecision(decision)) {
    foldNoteChange(state, generation, decision, at)
    recordActivity(state.activity, foldIssueDecision(state.issues, placed, fact.actor, decision))
  }

  const accepted = event !== null && foldEvent(state.events, projectId, position, at, event)
  if (accepted) {
    const { key, activity } = foldIssueEvent(state.issues, placed, event)
    if (foldCounts(state.counts, projectId, generation, key.id, event.summary)) key.users++
    foldProjectEvent(state.projects, projectId, at)
    recordActivity(state.activity, activity)
  }
  for (const outcome of outcomes) {
    const duplicate = outcome.outcome === 'accepted' && !accepted
    foldOutcome(state.counts, projectId, at, duplicate ? { ...outcome, outcome: 'duplicate', reason: 'event_id' } : outcome)
  }
}

function foldNoteChange(state: FoldState, generation: number, decision: IssueDecision, at: Date): void {
  if (decision.type === 'comment.edited') editNote(state.activity, generation, decision.data.comment, decision.data.text, at)
  if (decision.type !== 'comment.deleted') return
  const keyId = deleteNote(state.activity, generation, decision.data.comment)
  if (keyId !== null) addComments(state.issues, generation, keyId, -1)
}
