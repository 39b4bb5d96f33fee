// Sums, kept as deltas in memory and added at the end of a batch: events per key and hour, per tag value, per project and
// hour, and outcomes. The values of the tag `user` are an issue's distinct users.

import type { ItemOutcome } from '../decode.ts'
import type { EventSummary } from '../../core/event/summary.ts'

export type HourDelta = { generation: number; keyId: number; hour: Date; events: number }
export type TagDelta = { generation: number; keyId: number; tag: string; value: string; events: number; firstSeen: Date; lastSeen: Date }
export type ProjectHourDelta = { projectId: number; hour: Date; events: number }
export type OutcomeDelta = { projectId: number; hour: Date; category: string; outcome: string; reason: string; count: number }

export type CountsState = {
  /** `generation:keyId:value` of the user tags that are stored already, as far as this batch asks. */
  knownUsers: Set<string>
  hours: Map<string, HourDelta>
  tags: Map<string, TagDelta>
  projectHours: Map<string, ProjectHourDelta>
  outcomes: Map<string, OutcomeDelta>
}

/** Counts one accepted event under its key. True = its user is new to the key. */
export function foldCounts(state: CountsState, projectId: number, generation: number, keyId: number, summary: EventSummary): boolean {
  const at = summary.seenAt
  const hour = hourOf(at)
  add(state.hours, `${generation}:${keyId}:${hour.getTime()}`, () => ({ generation, keyId, hour, events: 0 })).events++
  add(state.projectHours, `${projectId}:${hour.getTime()}`, () => ({ projectId, hour, events: 0 })).events++
  for (const [tag, value] of summary.tags) {
    const row = add(state.tags, `${generation}:${keyId}:${tag}\0${value}`, () => ({ generation, keyId, tag, value, events: 0, firstSeen: at, lastSeen: at }))
    row.events++
    if (at < row.firstSeen) row.firstSeen = at
    if (at > row.lastSeen) row.lastSeen = at
  }
  if (summary.userTag === null) return false
  const user = userName(generation, keyId, summary.userTag)
  if (state.knownUsers.has(user)) return false
  state.knownUsers.add(user)
  return true
}

/** Outcomes count by the hour in which the envelope was received. */
export function foldOutcome(state: CountsState, projectId: number, receivedAt: Date, { category, outcome, reason }: Omit<ItemOutcome, 'outcome'> & { outcome: string }): void {
  const hour = hourOf(receivedAt)
  add(state.outcomes, `${projectId}:${hour.getTime()}:${category}:${outcome}:${reason}`, () => ({ projectId, hour, category, outcome, reason, count: 0 })).count++
}

/** How `knownUsers` names a user of a key. */
export function userName(generation: number, keyId: number, user: string): string {
  return `${generation}:${keyId}:${user}`
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)
}

function add<Row>(map: Map<string, Row>, key: string, make: () => Row): Row {
  let row = map.get(key)
  if (row === undefined) map.set(key, (row = make()))
  return row
}
