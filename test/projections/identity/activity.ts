// What the model says of the history of issues: what people did stands where the event is that the decision names, as a
// comment does; what events did stands at their key.

import { isIssueDecision, isMergeDecision, type Decision, type DecisionType } from '../../../core/decisions.ts'
import { acceptedEvents, decisionsOf, issuesUnder, sideOf, stateOf, type Log, type ModelKey } from './model.ts'

export type HistoryEntry = { position: number; key: number; type: string }

const types: Partial<Record<DecisionType, string>> = {
  'issue.resolved': 'set_resolved', 'issue.reopened': 'set_unresolved', 'issue.ignored': 'set_ignored', 'issue.reviewed': 'mark_reviewed', 'issue.assigned': 'assigned', 'issue.merged': 'merge',
  'issue.unmerged': 'unmerge_source',
}

function typeOf(decision: Decision): string | undefined {
  if (decision.type === 'issue.assigned' && decision.data.assignee === null) return 'unassigned'
  if (decision.type === 'issue.resolved' && decision.data.release) return 'set_resolved_in_release'
  if (decision.type === 'issue.reopened' && decision.data.because === 'escalating') return 'set_escalating'
  return types[decision.type]
}

/** Without comments, which the model has beside the states. In order of position. */
export function historyUnder(log: Log, configuration: string): HistoryEntry[] {
  const keys = issuesUnder(log, configuration).flatMap((issue) => issue.keys).toSorted((a, b) => a.id - b.id)
  const holder = (position: number): ModelKey | undefined => keys.find(({ events }) => events.some((fact) => fact.position === position))
  const first = keys.map(({ id }) => ({ position: id, key: id, type: 'first_seen' }))
  const regressions = acceptedEvents(log).filter(({ position }) => opensIssue(log, configuration, position)).map(({ position }) => ({ position, key: holder(position)!.id, type: 'set_regression' }))
  const decided = decisionsOf(log).flatMap(({ position, decision }): HistoryEntry[] => {
    const type = typeOf(decision)
    if (type === undefined || !(isIssueDecision(decision) || isMergeDecision(decision))) return []
    const at = holder(decision.data.issue)?.id
    if (at === undefined) return []
    if (decision.type !== 'issue.unmerged') return [{ position, key: at, type }]
    const went = decision.data.sides.map((_, side) => keys.find(({ events }) => events.some((fact) => fact.position < position && sideOf(log, decision, fact) === side))?.id)
    return [{ position, key: at, type }, ...[...new Set(went)].flatMap((key) => (key === undefined || key === at ? [] : { position, key, type: 'unmerge_destination' }))]
  })
  return [...first, ...regressions, ...decided].toSorted((a, b) => a.position - b.position || a.key - b.key || (a.type < b.type ? -1 : 1))
}

/** A regression: the event comes after a resolve, and none of its issue was open before it. */
function opensIssue(log: Log, configuration: string, position: number): boolean {
  const then = { ...log, facts: log.facts.filter((fact) => fact.position <= position) }
  const issue = issuesUnder(then, configuration).find(({ events }) => events.at(-1)!.position === position)!
  return issue.events.every((fact) => {
    const { status, substatus, since } = stateOf(then, fact)
    // What a person calls regressed came back at no event.
    return fact.position === position ? substatus === 'regressed' && since === position : status !== 'unresolved'
  })
}
