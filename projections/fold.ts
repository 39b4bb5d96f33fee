// The lockstep fold: one fact through all reducers, in memory. Pure, apart from the state it is given to change.
// advance.ts loads that state, calls this in position order, and saves it.

import { isIssueDecision, isMergeDecision, type IssueDecision } from '../core/decisions.ts'
import type { ItemOutcome } from '../core/outcome.ts'
import type { Decoded, DecodedGrouped } from './decode/decode.ts'
import { deleteNote, editNote, recordActivity, type ActivityState } from './activity/reducer.ts'
import type { AttachmentsState } from './attachments/store.ts'
import { foldCounts, foldOutcome, foldProjectHour, foldRecorded, noProject, type CountsState } from './counts/reducer.ts'
import { eventIdOf } from './decode/open.ts'
import { foldEvent, type EventsState } from './events/reducer.ts'
import { foldFeedback, type FeedbackState } from './feedback/store.ts'
import type { FoldTarget } from './issues/parts.ts'
import { addComments, foldIssueDecision, foldIssueEvent, foldMergeDecision, type IssuesState } from './issues/reducer.ts'
import { findTarget, foldProjectDecision, foldProjectEvent, isDeletedProject, type ProjectsState } from './projects/reducer.ts'
import { findReleasePosition, foldReleaseDecision, foldReleaseEvent, type ReleasesState } from './releases/reducer.ts'

export type FoldState = GroupedState & { projects: ProjectsState; releases: ReleasesState; events: EventsState; attachments: AttachmentsState; feedback: FeedbackState }

/** What depends on grouping: the rows of generations. Of releases it asks only which was first. */
export type GroupedState = { issues: IssuesState; counts: CountsState; activity: ActivityState; releases: Pick<ReleasesState, 'rows'> }

/** Folds one fact. Throws when it cannot be folded; the state is then half changed and must be thrown away. */
export function foldFact(state: FoldState, decoded: Decoded): void {
  const { fact, decision, event } = decoded
  const { position, projectId, recordedAt: at } = fact
  if (projectId !== null && isDeletedProject(state.projects, projectId)) return foldLate(state, decoded)
  const exists = (id: number): boolean => state.projects.projects.has(id)
  if (decision) {
    foldProjectDecision(state.projects, decision, position, at, fact.actor)
    foldReleaseDecision(state.releases, decision, position, at, exists)
  }
  for (const entry of decoded.recorded) foldRecorded(state.counts, position, entry, exists)
  if (projectId === null || decision?.type === 'project.deleted') return
  const target = findTarget(state.projects, projectId)
  if (target === undefined) throw new Error(`project ${projectId} does not exist`)
  const accepted = event !== null && foldEvent(state.events, projectId, position, at, event)
  if (accepted) foldReleaseEvent(state.releases, projectId, position, at, event.summary)
  foldGrouped(state, target, decoded, accepted)
  if (accepted) {
    foldProjectHour(state.counts, projectId, event.summary.seenAt)
    foldProjectEvent(state.projects, projectId, at)
  }
  const eventOutcome = decoded.eventOutcome && (event !== null && !accepted ? duplicate(decoded.eventOutcome) : decoded.eventOutcome)
  if (fact.kind === 'e') foldItems(state, decoded, eventOutcome)
}

/** An SDK did not know yet that its project was deleted: counted where requests are that name no project. */
function foldLate(state: FoldState, { fact, eventOutcome }: Decoded): void {
  if (!eventOutcome) return
  const place = { projectId: noProject, position: fact.position, at: fact.recordedAt, sdk: fact.meta.client ?? null, eventId: null }
  foldOutcome(state.counts, place, { ...eventOutcome, outcome: 'rejected', reason: 'unknown_key' })
}

/** One fact of a project in one of its generations; `accepted` = its event counts. Throws as foldFact. */
export function foldGrouped(state: GroupedState, target: FoldTarget, { fact, decision, event }: DecodedGrouped, accepted: boolean): void {
  const { generation } = target
  const { position, recordedAt: at, actor } = fact
  const projectId = fact.projectId!
  const placed = { target, projectId, position, at, positionOf: (version: string) => findReleasePosition(state.releases, projectId, version, position) }
  if (decision && isIssueDecision(decision)) {
    foldNoteChange(state, generation, decision, at)
    recordActivity(state.activity, foldIssueDecision(state.issues, placed, actor, decision))
  } else if (decision && isMergeDecision(decision)) recordActivity(state.activity, foldMergeDecision(state.issues, placed, actor, decision))
  if (!accepted || event === null) return
  const { key, activity } = foldIssueEvent(state.issues, placed, event)
  if (foldCounts(state.counts, generation, key.id, event.summary)) key.users++
  recordActivity(state.activity, activity)
}

/** Attachments share the outcome of their event: with one that was dropped they are too (protocol 3.1). */
function foldItems(state: FoldState, { fact, event, attachments, feedback, outcomes }: Decoded, eventOutcome: ItemOutcome | null): void {
  const { position, recordedAt: at, eventId } = fact
  const projectId = fact.projectId!
  const place = { projectId, position, at, sdk: event?.summary.sdk ?? fact.meta.client ?? null, eventId }
  if (eventOutcome) foldOutcome(state.counts, place, eventOutcome)
  for (const attachment of attachments) {
    const { outcome, reason } = eventOutcome ?? { outcome: 'accepted', reason: '' }
    foldOutcome(state.counts, place, { category: 'attachment', outcome, reason, quantity: 1 })
    if (outcome === 'accepted') state.attachments.added.push({ ...attachment, projectId, position, eventId: eventIdOf(fact), createdAt: at })
  }
  for (const written of feedback) foldFeedback(state.feedback, { ...written, projectId, position, createdAt: at })
  for (const outcome of outcomes) foldOutcome(state.counts, place, outcome)
}

function duplicate(outcome: ItemOutcome): ItemOutcome {
  return { ...outcome, outcome: 'duplicate', reason: 'event_id' }
}

function foldNoteChange(state: GroupedState, generation: number, decision: IssueDecision, at: Date): void {
  if (decision.type === 'comment.edited') editNote(state.activity, generation, decision.data.comment, decision.data.text, at)
  if (decision.type !== 'comment.deleted') return
  const keyId = deleteNote(state.activity, generation, decision.data.comment)
  if (keyId !== null) addComments(state.issues, generation, keyId, -1)
}
