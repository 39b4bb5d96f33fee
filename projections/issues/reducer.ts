// Keys and the issues they make. A key's row carries its state and counters, so that merging and splitting move no number;
// an issue's row is the combination of its keys, made again whenever one of them changed.

import type { IssueDecision } from '../../core/decisions.ts'
import { afterDecision, afterEvent, combineStates, firstState, type KeyState } from '../../core/issue/state.ts'
import type { FoldedEvent } from '../decode/decode.ts'

/** What of the newest event a row shows. */
export type Face = { title: string; culprit: string; type: string; metadata: string; level: string; platform: string; logger: string | null }

export type Totals = {
  events: number; users: number; comments: number; firstSeen: Date; lastSeen: Date; lastPosition: number
  unhandled: boolean; firstRelease: string | null; lastRelease: string | null
}

export type KeyRow = { generation: number; id: number; projectId: number; issueId: number; key: string } & KeyState & Face & Totals
export type IssueRow = { generation: number; id: number; projectId: number } & KeyState & Face & Totals
export type EventKeyRow = { generation: number; position: number; keyId: number }

export type ActivityType = 'first_seen' | 'set_regression' | 'set_resolved' | 'set_unresolved' | 'set_ignored' | 'assigned' | 'unassigned' | 'note'
export type Activity = { generation: number; position: number; keyId: number; type: ActivityType; actor: string | null; data: Record<string, unknown>; at: Date }

export type IssuesState = {
  /** By `generation:key`. All keys of every issue that the batch touches are here. */
  keys: Map<string, KeyRow>
  /** `generation:position` of events named by decisions -> id of the key that holds it. */
  holders: Map<string, number>
  changed: Set<KeyRow>
  created: Set<number>
  eventKeys: EventKeyRow[]
}

export type Placed = { generation: number; projectId: number; position: number; at: Date }

/** Puts an accepted event under its key. The caller counts it further under the key it gets back. */
export function foldIssueEvent(state: IssuesState, { generation, projectId, position, at }: Placed, { summary, grouping }: FoldedEvent): { key: KeyRow; activity: Activity[] } {
  const name = keyName(generation, grouping.key)
  const face: Face = {
    title: summary.title, culprit: summary.culprit, type: summary.type, metadata: JSON.stringify(summary.metadata),
    level: summary.level, platform: summary.platform, logger: summary.logger,
  }
  const activity: Activity[] = []
  let key = state.keys.get(name)
  if (key) {
    const regressed = afterEvent(key, position)
    if (regressed) {
      Object.assign(key, regressed)
      activity.push({ generation, position, keyId: key.id, type: 'set_regression', actor: null, data: summary.release ? { version: summary.release } : {}, at })
    }
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
    activity.push({ generation, position, keyId: position, type: 'first_seen', actor: null, data: {}, at })
  }
  state.changed.add(key)
  state.eventKeys.push({ generation, position, keyId: key.id })
  state.holders.set(`${generation}:${position}`, key.id)
  return { key, activity }
}

/** A decision reaches every key it names; what it says is recorded at the key that holds the issue's founding event (grouping.md 5.4). */
export function foldIssueDecision(state: IssuesState, { generation, position, at }: Placed, actor: string | null, decision: IssueDecision): Activity[] {
  const holder = state.holders.get(`${generation}:${decision.data.issue}`)
  if (holder === undefined) throw new Error(`no event at position ${decision.data.issue}, so no issue`)
  for (const name of decision.data.keys) {
    const key = state.keys.get(keyName(generation, name))
    const next = key && afterDecision(key, decision, position)
    if (!next) continue
    Object.assign(key, next)
    state.changed.add(key)
  }
  const entry = describe(decision)
  if (!entry) return []
  if (entry.type === 'note') addComments(state, generation, holder, 1)
  return [{ generation, position, keyId: holder, actor, at, ...entry }]
}

/** Edits and deletions change the note they name: see projections/activity. */
function describe(decision: IssueDecision): Pick<Activity, 'type' | 'data'> | null {
  switch (decision.type) {
    case 'issue.resolved':
      return { type: 'set_resolved', data: {} }
    case 'issue.reopened':
      return { type: 'set_unresolved', data: {} }
    case 'issue.ignored':
      return { type: 'set_ignored', data: { substatus: decision.data.substatus } }
    case 'issue.assigned':
      return decision.data.assignee === null ? { type: 'unassigned', data: {} } : { type: 'assigned', data: { assignee: decision.data.assignee } }
    case 'comment.added':
      return { type: 'note', data: { text: decision.data.text } }
    default:
      return null
  }
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
