// The law of identity (grouping.md 5), written as naively as it reads: a list of facts, every event with its key under
// every configuration, every decision asked of every event. Slow, pure, and without a table, a checkpoint or a part:
// what the fold of projections/ must show, whatever way it takes. It shares no code with it.

import type { KeyState } from '../../../core/issue/state.ts'
import type { Decision, IssueDecision, MergeDecision } from '../../../core/decisions.ts'
import { isIssueDecision, isMergeDecision } from '../../../core/decisions.ts'

/** What grouping looks at, and the release. Two events with one id are one event: the first. */
export type Payload = { id: string; [field: string]: string }
export type EventFact = { position: number; event: Payload }
export type DecisionFact<D extends Decision = Decision> = { position: number; decision: D }
export type Fact = EventFact | DecisionFact

/** All facts of one project, from its `project.created` on, in order of position. `configuration`: as nameConfiguration writes it. */
export type Log = { project: number; facts: readonly Fact[]; keyOf(event: Payload, configuration: string): string }

export type Status = 'unresolved' | 'ignored' | 'resolved'
export type State = { status: Status; substatus: KeyState['substatus']; assignee: string | null }
export type Comment = { position: number; text: string }
export type ModelKey = State & { id: number; key: string; events: EventFact[]; comments: Comment[] }
export type ModelIssue = State & { id: number; keys: ModelKey[]; events: EventFact[]; comments: Comment[] }
export type ModelGeneration = { id: number; configuration: string; state: 'building' | 'live' | 'retired' | 'discarded' }

/** The issues of one generation, by id: keys, bound by merges (5.1), each with the state of its events (5.4). */
export function issuesUnder(log: Log, configuration: string): ModelIssue[] {
  const keys = [...groupBy(acceptedEvents(log), (fact) => log.keyOf(fact.event, configuration))]
  let sets = keys.map(([key]) => new Set([key]))
  for (const piece of bindingPieces(log)) sets = bind(sets, new Set(piece.map((fact) => log.keyOf(fact.event, configuration))))
  const issues = sets.map((set) => {
    const members = keys.filter(([key]) => set.has(key)).map(([key, events]): ModelKey => ({ key, ...describe(log, events) }))
    return { ...describe(log, members.flatMap((member) => member.events).toSorted(byPosition)), keys: members.toSorted((a, b) => a.id - b.id) }
  })
  return issues.toSorted((a, b) => a.id - b.id)
}

/** Generations in the order they were asked for; the first is the project's own. */
export function generationsOf(log: Log): ModelGeneration[] {
  const generations: ModelGeneration[] = []
  for (const { position, decision } of decisionsOf(log)) {
    if (decision.type === 'project.created') generations.push({ id: position, configuration: decision.data.grouping, state: 'live' })
    if (decision.type === 'grouping.requested') generations.push({ id: position, configuration: nameOf(decision.data.grouping), state: 'building' })
    for (const generation of generations) {
      if (decision.type === 'grouping.discarded' && generation.id === decision.data.generation) generation.state = 'discarded'
      if (decision.type !== 'grouping.applied') continue
      if (generation.id === decision.data.generation) generation.state = 'live'
      else if (generation.state === 'live') generation.state = 'retired'
    }
  }
  return generations
}

export function liveGeneration(log: Log): ModelGeneration {
  return generationsOf(log).find((generation) => generation.state === 'live')!
}

/** A second event with the same id is no event. What was deleted is gone, and its id is free again. */
export function acceptedEvents(log: Log): EventFact[] {
  return receiveAll(log).kept
}

const received = new WeakMap<readonly Fact[], { length: number; all: EventFact[]; kept: EventFact[] }>()

/** `all`: those that counted when they came. */
function receiveAll(log: Log): { all: EventFact[]; kept: EventFact[] } {
  const known = received.get(log.facts)
  if (known?.length === log.facts.length) return known
  const all: EventFact[] = []
  let kept: EventFact[] = []
  for (const fact of log.facts) {
    if ('event' in fact) {
      if (kept.some(({ event }) => event.id === fact.event.id)) continue
      all.push(fact)
      kept.push(fact)
    } else if (isDeletion(fact)) kept = kept.filter((event) => !names(log, fact.decision.data, event))
  }
  received.set(log.facts, { length: log.facts.length, all, kept })
  return { all, kept }
}

type Deletion = DecisionFact<Extract<Decision, { type: 'issue.deleted' }>>

export function isDeletion(fact: Fact): fact is Deletion {
  return 'decision' in fact && fact.decision.type === 'issue.deleted'
}

// 5.4: state of an event, and of events together

/** `since`: the decision that gave the status, or the event itself where no decision did: undecided, regressed. */
export type EventState = State & { since: number; assignedAt: number }

/** The last status decision that reaches it decides, but an event that comes after a resolve is open, regressed. A review counts where nothing else is said. */
export function stateOf(log: Log, fact: EventFact): EventState {
  const named = decisionsOf(log).filter((each): each is DecisionFact<IssueDecision> => isIssueDecision(each.decision) && names(log, each.decision.data, fact))
  // Its issue was deleted before it came: what was said until then was said of another.
  const reaching = named.slice(named.findLastIndex((each) => isDeletion(each) && each.position < fact.position) + 1)
  const status = reaching.findLast(({ decision }) => ['issue.resolved', 'issue.ignored', 'issue.reopened'].includes(decision.type))
  const assigned = reaching.findLast(({ decision }) => decision.type === 'issue.assigned')
  const state = afterStatus(log, status, fact)
  const isReviewed = reaching.some(({ position, decision }) => decision.type === 'issue.reviewed' && position > (status?.position ?? 0))
  return {
    ...state,
    substatus: state.substatus ?? (isReviewed && state.status === 'unresolved' ? 'ongoing' : null),
    assignee: assigned?.decision.type === 'issue.assigned' ? assigned.decision.data.assignee : null,
    assignedAt: assigned?.position ?? 0,
  }
}

function afterStatus(log: Log, last: DecisionFact<IssueDecision> | undefined, event: EventFact): Pick<EventState, 'status' | 'substatus' | 'since'> {
  if (last === undefined) return { status: 'unresolved', substatus: null, since: event.position }
  const { decision, position: since } = last
  if (decision.type === 'issue.ignored') return { status: 'ignored', substatus: decision.data.substatus, since }
  if (decision.type === 'issue.reopened' && decision.data.because) return { status: 'unresolved', substatus: decision.data.because === 'escalating' ? 'escalating' : 'ongoing', since }
  if (decision.type === 'issue.reopened') return { status: 'unresolved', substatus: decision.data.as ?? null, since }
  if (decision.type !== 'issue.resolved') return { status: 'unresolved', substatus: null, since }
  if (event.position < since || !isFixedIn(log, event, decision.data.release)) return { status: 'resolved', substatus: null, since }
  return { status: 'unresolved', substatus: 'regressed', since: event.position }
}

/** True = the event is of a release in which the issue should be fixed; of none it never is. */
function isFixedIn(log: Log, { position, event }: EventFact, release: { version: string; including: boolean } | undefined): boolean {
  if (!release) return true
  if (!event.release) return false
  if (event.release === release.version) return release.including
  if (versions.includes(event.release) && versions.includes(release.version)) return versions.indexOf(event.release) > versions.indexOf(release.version)
  const first = (name: string): number => receiveAll(log).all.find((fact) => fact.event.release === name && fact.position <= position)?.position ?? Infinity
  return first(event.release) > first(release.version)
}

/** Names that say which is later; others come in the order in which they first appear. */
export const versions = ['app@1.2', 'app@1.10']

/** Open wins, then ignored; what has been open for longest says why it is, else the newest decision; the last assignment of any counts. */
function combine(states: EventState[]): State {
  const status = (['unresolved', 'ignored', 'resolved'] as const).find((one) => states.some((state) => state.status === one))!
  const alike = states.filter((state) => state.status === status).toSorted((a, b) => a.since - b.since)
  const { substatus } = status === 'unresolved' ? alike[0]! : alike.at(-1)!
  return { status, substatus, assignee: states.toSorted((a, b) => b.assignedAt - a.assignedAt)[0]!.assignee }
}

/** The id is the position of the earliest event. A comment names an id and shows where that event is. */
function describe(log: Log, events: EventFact[]): State & { id: number; events: EventFact[]; comments: Comment[] } {
  const comments = commentsOf(log).filter((comment) => events.some((fact) => fact.position === comment.issue))
  return { id: events[0]!.position, events, comments: comments.map(({ position, text }) => ({ position, text })), ...combine(events.map((fact) => stateOf(log, fact))) }
}

function commentsOf(log: Log): (Comment & { issue: number })[] {
  const comments = new Map<number, Comment & { issue: number }>()
  for (const { position, decision } of decisionsOf(log)) {
    if (decision.type === 'comment.added') comments.set(position, { position, issue: decision.data.issue, text: decision.data.text })
    const edited = decision.type === 'comment.edited' ? comments.get(decision.data.comment) : undefined
    if (edited && decision.type === 'comment.edited') edited.text = decision.data.text
    if (decision.type === 'comment.deleted') comments.delete(decision.data.comment)
  }
  return [...comments.values()]
}

// 5.5: merges and unmerges, as sets of events

/** The pieces of all merges that bind: what later unmerges left together, while it holds two sides of the merge. */
export function bindingPieces(log: Log): EventFact[][] {
  const decisions = decisionsOf(log).filter((each): each is DecisionFact<MergeDecision> => isMergeDecision(each.decision))
  return decisions.flatMap(({ position, decision }) => {
    if (decision.type === 'issue.unmerged') return []
    const reached = acceptedEvents(log).filter((fact) => fact.position < position && sideOf(log, decision, fact) !== undefined)
    const cuts = decisions.filter((each) => each.position > position && each.decision.type === 'issue.unmerged')
    const pieces = cuts.reduce((left, cut) => left.flatMap((piece) => [...groupBy(piece, (fact) => sideOf(log, cut.decision, fact)).values()]), [reached])
    return pieces.filter((piece) => new Set(piece.map((fact) => sideOf(log, decision, fact))).size > 1)
  })
}

/** The first side of a merge or unmerge that names the event; undefined = none, which in an unmerge means it stays. */
export function sideOf(log: Log, { data }: MergeDecision, fact: EventFact): number | undefined {
  const side = data.sides.findIndex((each) => names(log, { keys: Array.isArray(each) ? each : each.keys, grouping: data.grouping }, fact))
  return side === -1 ? undefined : side
}

function bind(sets: Set<string>[], together: Set<string>): Set<string>[] {
  const touched = sets.filter((set) => !set.isDisjointFrom(together))
  return [...sets.filter((set) => !touched.includes(set)), new Set(touched.flatMap((set) => [...set]))]
}

// 5.3: decisions name keys

function names(log: Log, { keys, grouping }: Pick<IssueDecision['data'], 'keys' | 'grouping'>, fact: EventFact): boolean {
  const configuration = grouping === undefined ? generationsOf(log)[0]!.configuration : nameOf(grouping)
  return keys.includes(log.keyOf(fact.event, configuration))
}

const nameOf = ({ version, revision }: { version: string; revision: number }): string => (revision === 0 ? version : `${version}+${revision}`)

export function decisionsOf(log: Log): DecisionFact[] {
  return log.facts.filter((fact): fact is DecisionFact => 'decision' in fact)
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

const byPosition = (a: { position: number }, b: { position: number }): number => a.position - b.position
