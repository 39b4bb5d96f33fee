// Keys and the issues they make. A key's row carries its state and counters, so that merging and splitting move no number;
// an issue's row is the combination of its keys, made again whenever one of them changed.

import type { IssueDecision, MergeDecision } from '../../core/decisions.ts'
import { afterDecision, afterEvent, combineStates, firstState, type KeyState, type SeenEvent } from '../../core/issue/state.ts'
import type { GroupedEvent } from '../decode/decode.ts'
import { describeDecision } from './describe.ts'
import { foldMerge, type MergePart } from './merges.ts'
import { countInPart, decideParts, type FoldTarget, type PartsState } from './parts.ts'

/** What of the newest event a row shows. */
export type Face = { title: string; culprit: string; type: string; metadata: string; level: string; platform: string; logger: string | null }

export type Totals = {
  events: number; users: number; comments: number; firstSeen: Date; lastSeen: Date; lastPosition: number
  unhandled: boolean; firstRelease: string | null; lastRelease: string | null
}

export type KeyRow = { generation: number; id: number; projectId: number; issueId: number; key: string } & KeyState & Face & Totals
export type IssueRow = { generation: number; id: number; projectId: number } & KeyState & Face & Totals
export type EventKeyRow = { generation: number; position: number; keyId: number }

export type ActivityType =
  | 'first_seen' | 'set_regression' | 'set_resolved' | 'set_resolved_in_release' | 'set_unresolved' | 'set_escalating' | 'set_ignored' | 'mark_reviewed' | 'assigned' | 'unassigned' | 'note' | 'merge' | 'unmerge_source' | 'unmerge_destination'
export type Activity = { generation: number; position: number; keyId: number; type: ActivityType; actor: string | null; data: Record<string, unknown>; at: Date }

export type IssuesState = PartsState & {
  /** By `generation:key`. All keys of every issue that the batch touches are here. */
  keys: Map<string, KeyRow>
  /** `generation:position` of events named by decisions -> id of the key that holds it. */
  holders: Map<string, number>
  changed: Set<KeyRow>
  created: Set<number>
  eventKeys: EventKeyRow[]
  /** Keys whose text to search in is another now; with the frames of those that the batch founds. */
  texts: Map<KeyRow, string | null>
  /** All of the generations for which the batch has a merge or an unmerge; of others none. */
  merges: MergePart[]
  changedMerges: Set<MergePart>
  /** By `generation:issueId`: issues whose last key went to another, or that were deleted. */
  gone: Map<string, { generation: number; issueId: number }>
}

/** `positionOf`: see SeenEvent in core/issue/state.ts. */
export type Placed = { target: FoldTarget; projectId: number; position: number; at: Date; positionOf: SeenEvent['positionOf'] }

/** Puts an accepted event under its key. The caller counts it further under the key it gets back. */
export function foldIssueEvent(state: IssuesState, { target, projectId, position, at, positionOf }: Placed, { summary, grouping, others, frames }: GroupedEvent): { key: KeyRow; activity: Activity[] } {
  const { generation } = target
  const name = keyName(generation, grouping.key)
  const face: Face = {
    title: grouping.title ?? summary.title, culprit: summary.culprit, type: summary.type, metadata: JSON.stringify(grouping.title === undefined ? summary.metadata : { ...summary.metadata, title: grouping.title }),
    level: summary.level, platform: summary.platform, logger: summary.logger,
  }
  const activity: Activity[] = []
  let key = state.keys.get(name)
  if (key) {
    const isSame = key.title === face.title && key.culprit === face.culprit && key.metadata === face.metadata
    if (!isSame && !state.texts.has(key)) state.texts.set(key, null)
    Object.assign(key, face)
    if (summary.seenAt < key.firstSeen) key.firstSeen = summary.seenAt
    if (summary.seenAt > key.lastSeen) key.lastSeen = summary.seenAt
    key.firstRelease ??= summary.release
    key.lastRelease = summary.release ?? key.lastRelease
    key.unhandled ||= summary.unhandled
    key.lastPosition = position
    key.events++
  } else {
    key = {
      generation, id: position, projectId, issueId: position, key: grouping.key, ...firstState(position), ...face,
      events: 1, users: 0, comments: 0, firstSeen: summary.seenAt, lastSeen: summary.seenAt, lastPosition: position,
      unhandled: summary.unhandled, firstRelease: summary.release, lastRelease: summary.release,
    }
    state.keys.set(name, key)
    state.created.add(position)
    state.texts.set(key, frames)
    activity.push({ generation, position, keyId: position, type: 'first_seen', actor: null, data: {}, at })
  }
  if (reopen(state, target, key, { position, release: summary.release, positionOf }, others)) {
    activity.push({ generation, position, keyId: key.id, type: 'set_regression', actor: null, data: summary.release ? { version: summary.release } : {}, at })
  }
  state.changed.add(key)
  state.eventKeys.push({ generation, position, keyId: key.id })
  state.holders.set(`${generation}:${position}`, key.id)
  return { key, activity }
}

/** Counts an event in its part and lets it regress. True = it opened the issue, which until then was resolved or ignored as a whole. */
function reopen(state: IssuesState, target: FoldTarget, key: KeyRow, event: SeenEvent, others: GroupedEvent['others']): boolean {
  const isNew = key.id === event.position
  const { part, begun } = target.tracked ? countInPart(state, target, key, event.position, others) : { part: key, begun: false }
  const regressed = afterEvent(part, event)
  if (!regressed && !begun) return false
  const isOpen = (each: KeyRow): boolean => each.generation === key.generation && each.issueId === key.issueId && each.status === 'unresolved'
  const opens = regressed !== null && (isNew || ![...state.keys.values()].some(isOpen))
  Object.assign(part, regressed)
  if (part !== key) Object.assign(key, combineStates(isNew ? [part] : [key, part]))
  return opens
}

/**
 * A decision reaches every key it names; what it says is recorded at the key that holds the issue's founding event (grouping.md 5.4), which a
 * generation does not have that was built after the issue was deleted.
 */
export function foldIssueDecision(state: IssuesState, { target, position, at }: Placed, actor: string | null, decision: IssueDecision): Activity[] {
  const { generation } = target
  const holder = state.holders.get(`${generation}:${decision.data.issue}`)
  for (const key of target.tracked ? decideParts(state, target, decision, position) : decideKeys(state, generation, decision, position)) state.changed.add(key)
  if (decision.type === 'issue.deleted') state.gone.set(`${generation}:${decision.data.issue}`, { generation, issueId: decision.data.issue })
  const entry = describeDecision(decision)
  if (!entry || holder === undefined) return []
  if (entry.type === 'note') addComments(state, generation, holder, 1)
  return [{ generation, position, keyId: holder, actor, at, ...entry }]
}

function decideKeys(state: IssuesState, generation: number, decision: IssueDecision, position: number): KeyRow[] {
  return decision.data.keys.flatMap((name) => {
    const key = state.keys.get(keyName(generation, name))
    const next = key && afterDecision(key, decision, position)
    return next ? [Object.assign(key, next)] : []
  })
}

/** A merge or an unmerge, told at the key that holds the issue's founding event; the sides that leave are told too. */
export function foldMergeDecision(state: IssuesState, { target, position, at }: Placed, actor: string | null, decision: MergeDecision): Activity[] {
  const { generation } = target
  const holder = state.holders.get(`${generation}:${decision.data.issue}`)
  const sides = foldMerge(state, target, position, decision)
  const entry = (keyId: number, type: ActivityType, data: Record<string, unknown>): Activity => ({ generation, position, keyId, type, actor, data, at })
  if (decision.type === 'issue.merged') {
    const issues = decision.data.sides.flatMap(({ issue }) => (issue === decision.data.issue ? [] : [String(issue)]))
    return holder === undefined ? [] : [entry(holder, 'merge', { issues })]
  }
  const left = [...new Set(sides)].filter((keyId) => keyId !== null)
  return [
    ...(holder === undefined ? [] : [entry(holder, 'unmerge_source', { issues: left.map(String) })]),
    ...left.filter((keyId) => keyId !== holder).map((keyId) => entry(keyId, 'unmerge_destination', { issue: String(decision.data.issue) })),
  ]
}

/** Comments count at the key that holds the event they were made on. */
export function addComments(state: IssuesState, generation: number, keyId: number, count: number): void {
  for (const key of state.keys.values()) {
    if (key.generation !== generation || key.id !== keyId) continue
    key.comments += count
    state.changed.add(key)
  }
}

/** Every issue with a changed key, combined anew from all its keys. */
export function combineIssues(state: IssuesState): IssueRow[] {
  const wanted = new Map<string, KeyRow[]>()
  for (const key of state.changed) wanted.set(`${key.generation}:${key.issueId}`, [])
  for (const key of state.keys.values()) wanted.get(`${key.generation}:${key.issueId}`)?.push(key)
  return [...wanted.values()].map(combineKeys)
}

/** The newest key lends its face: Sentry shows an issue with the title of its latest event (protocol 4.14). */
function combineKeys(keys: KeyRow[]): IssueRow {
  const first = keys.reduce((best, key) => (key.id < best.id ? key : best))
  const newest = keys.reduce((best, key) => (key.lastPosition > best.lastPosition ? key : best))
  const sum = (of: (key: KeyRow) => number): number => keys.reduce((total, key) => total + of(key), 0)
  const { key: _, issueId, ...face } = newest
  return {
    ...face,
    ...combineStates(keys),
    id: issueId,
    events: sum((key) => key.events),
    users: sum((key) => key.users),
    comments: sum((key) => key.comments),
    firstSeen: new Date(Math.min(...keys.map((key) => key.firstSeen.getTime()))),
    lastSeen: new Date(Math.max(...keys.map((key) => key.lastSeen.getTime()))),
    unhandled: keys.some((key) => key.unhandled),
    firstRelease: first.firstRelease,
  }
}

export function keyName(generation: number, key: string): string {
  return `${generation}:${key}`
}
