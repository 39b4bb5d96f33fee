// Sums, kept as deltas in memory and added at the end of a batch: events per key and hour, per tag value, per project and
// hour, and outcomes with the newest of each kind. The values of the tag `user` are an issue's distinct users.

import type { EventSummary } from '../../core/event/summary.ts'
import type { ItemOutcome, RecordedOutcome } from '../../core/outcome.ts'

export type HourDelta = { generation: number; keyId: number; hour: Date; events: number }
export type TagDelta = { generation: number; keyId: number; tag: string; value: string; events: number; firstSeen: Date; lastSeen: Date }
export type ProjectHourDelta = { projectId: number; hour: Date; events: number }
export type OutcomeDelta = { projectId: number; hour: Date; category: string; outcome: string; reason: string; count: number }

/** The newest of a kind of outcome; `quantity` is what this batch adds. */
export type LatestOutcome = {
  projectId: number; category: string; outcome: string; reason: string
  position: number; quantity: number; detail: string | null; sdk: string | null; eventId: string | null; lastSeen: Date
}

export type CountsState = {
  /** `generation:keyId:value` of the user tags that are stored already, as far as this batch asks. */
  knownUsers: Set<string>
  hours: Map<string, HourDelta>
  /** By `generation:keyId`, tag and value: the longest loop of the fold spells no names. */
  tags: Map<string, Map<string, Map<string, TagDelta>>>
  projectHours: Map<string, ProjectHourDelta>
  outcomes: Map<string, OutcomeDelta>
  latest: Map<string, LatestOutcome>
}

/** Counts one accepted event under its key. True = its user is new to the key. */
export function foldCounts(state: CountsState, generation: number, keyId: number, summary: Pick<EventSummary, 'seenAt' | 'tags' | 'searchTags' | 'userTag'>): boolean {
  const at = summary.seenAt
  const hour = hourOf(at)
  add(state.hours, `${generation}:${keyId}:${hour.getTime()}`, () => ({ generation, keyId, hour, events: 0 })).events++
  const tags = add(state.tags, `${generation}:${keyId}`, () => new Map<string, Map<string, TagDelta>>())
  for (const list of [summary.tags, summary.searchTags]) {
    for (const [tag, value] of list) {
      let values = tags.get(tag)
      if (values === undefined) tags.set(tag, (values = new Map()))
      const row = values.get(value)
      if (row === undefined) values.set(value, { generation, keyId, tag, value, events: 1, firstSeen: at, lastSeen: at })
      else {
        row.events++
        if (at < row.firstSeen) row.firstSeen = at
        if (at > row.lastSeen) row.lastSeen = at
      }
    }
  }
  if (summary.userTag === null) return false
  const user = userName(generation, keyId, summary.userTag)
  if (state.knownUsers.has(user)) return false
  state.knownUsers.add(user)
  return true
}

export function foldProjectHour(state: CountsState, projectId: number, at: Date): void {
  const hour = hourOf(at)
  add(state.projectHours, `${projectId}:${hour.getTime()}`, () => ({ projectId, hour, events: 0 })).events++
}

/** Where an outcome was seen. `at` = when the request was received: its hour is counted. */
export type OutcomePlace = { projectId: number; position: number; at: Date; sdk: string | null; eventId: string | null }

export function foldOutcome(state: CountsState, { projectId, position, at, sdk, eventId }: OutcomePlace, item: ItemOutcome): void {
  const { category, outcome, reason, quantity } = item
  const detail = item.detail ?? null
  const hour = hourOf(at)
  add(state.outcomes, `${projectId}:${hour.getTime()}:${category}:${outcome}:${reason}`, () => ({ projectId, hour, category, outcome, reason, count: 0 })).count += quantity
  if (outcome === 'accepted' || (outcome === 'unsupported' && reason === 'kept')) return
  const latest = add(state.latest, `${projectId}:${category}:${outcome}:${reason}`, () => ({ projectId, category, outcome, reason, position, quantity: 0, detail, sdk, eventId, lastSeen: at }))
  Object.assign(latest, { position, quantity: latest.quantity + quantity, detail, sdk, eventId, lastSeen: at })
}

/** Requests that named no project, or one that does not exist, count under 0. */
export const noProject = 0

export function foldRecorded(state: CountsState, position: number, entry: RecordedOutcome, exists: (projectId: number) => boolean): void {
  const { project, category, outcome, reason, quantity, detail, sdk, lastSeen } = entry
  const projectId = project !== null && exists(project) ? project : noProject
  foldOutcome(state, { projectId, position, at: new Date(lastSeen), sdk, eventId: null }, { category, outcome, reason, quantity, ...(detail !== null && { detail }) })
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
