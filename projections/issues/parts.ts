// What of a key every decision reaches together (grouping.md 5.4). In a project's first generation a key is its own only part. In every
// later one the events of a key divide by their keys under the other configurations that decisions name: each part has its own triage
// state, and the key combines them.

import { afterDecision, combineStates, firstState, type KeyState } from '../../core/issue/state.ts'
import type { IssueStatus } from '../../core/contract/issue.ts'
import { isIssueDecision, isMergeDecision, listNamedKeys, type Decision, type IssueDecision } from '../../core/decisions.ts'
import { nameConfiguration, type Configuration } from '../../core/grouping/configuration.ts'
import type { OtherKey } from '../decode/decode.ts'
import type { IssuesState, KeyRow } from './reducer.ts'

/** The generation a project's facts are folded into. Configurations by name; `first` is the project's first, which old decisions mean. */
export type FoldTarget = { generation: number; own: string; first: string; watch: string | null; tracked: boolean }

/** `watched`: its key under the target's `watch`; `lineage`: its other named keys (`nameKey`), sorted. `id` = position of its first event. */
export type PartRow = { generation: number; id: number; keyId: number; watched: string | null; lineage: readonly string[]; events: number } & KeyState

/** What the last decisions said of a key under a configuration. Position 0 = none did. */
export type NamedRow = {
  generation: number; config: string; key: string
  status: IssueStatus | null; reviewedPosition: number; deletedPosition: number
} & Omit<KeyState, 'status'>

export type PartsState = {
  /** By `generation:keyId`. */
  parts: Map<string, PartRow[]>
  /** By `generation:` and nameKey. */
  named: Map<string, NamedRow>
  changedParts: Set<PartRow>
  changedNamed: Set<NamedRow>
}

export function nameKey(config: string, key: string): string {
  return `${config} ${key}`
}

export function partsOf(state: PartsState, { generation, id }: { generation: number; id: number }): PartRow[] {
  const name = `${generation}:${id}`
  let parts = state.parts.get(name)
  if (!parts) state.parts.set(name, (parts = []))
  return parts
}

/** The part of a key that an event belongs to; begun if it is the first of its lineage, with what decisions already said of it. Counts the event. */
export function countInPart(state: PartsState, target: FoldTarget, key: { id: number; key: string }, position: number, others: readonly OtherKey[]): { part: PartRow; begun: boolean } {
  const { generation, own, watch } = target
  const watched = others.find(({ config }) => config === watch)?.key ?? null
  const lineage = others
    .flatMap(({ config, key: other }) => (config !== watch && state.named.has(`${generation}:${nameKey(config, other)}`) ? [nameKey(config, other)] : []))
    .sort()
  const parts = partsOf(state, { generation, id: key.id })
  let part = parts.find((each) => each.watched === watched && sameTexts(each.lineage, lineage))
  const begun = part === undefined
  if (!part) {
    const names = [nameKey(own, key.key), ...(watched === null || watch === null ? [] : [nameKey(watch, watched)]), ...lineage]
    part = { generation, id: position, keyId: key.id, watched, lineage, events: 0, ...stateOf(state, generation, names, position) }
    parts.push(part)
  }
  part.events++
  state.changedParts.add(part)
  return { part, begun }
}

/** The last status and the last assignment that any decision gave any of these names since an issue of theirs was deleted. */
function stateOf(state: PartsState, generation: number, names: readonly string[], position: number): KeyState {
  const start = firstState(position)
  const named = names.flatMap((name) => state.named.get(`${generation}:${name}`) ?? [])
  const deleted = Math.max(0, ...named.map((row) => row.deletedPosition))
  let decided = deleted
  for (const { status, substatus, statusPosition, resolvedIn, assignee, assignedPosition } of named) {
    if (status !== null && statusPosition > decided) {
      decided = statusPosition
      Object.assign(start, { status, substatus, statusPosition, resolvedIn })
    }
    if (assignedPosition > Math.max(start.assignedPosition, deleted)) Object.assign(start, { assignee, assignedPosition })
  }
  const isReviewed = named.some((row) => row.reviewedPosition > decided)
  return isReviewed && start.status === 'unresolved' ? { ...start, substatus: start.substatus ?? 'ongoing' } : start
}

/** The configuration whose keys a decision names. */
export function configOf(grouping: Configuration | undefined, { first }: Pick<FoldTarget, 'first'>): string {
  return grouping ? nameConfiguration(grouping) : first
}

export type NamedKey = { config: string; key: string }

/** None for a decision that is not about issues. */
export function namedKeysOf(decision: Decision, target: Pick<FoldTarget, 'first'>): NamedKey[] {
  if (!isIssueDecision(decision) && !isMergeDecision(decision)) return []
  const config = configOf(decision.data.grouping, target)
  return listNamedKeys(decision).map((key) => ({ config, key }))
}

/** Parts that hold events of these keys, whichever of the batch's they are. */
export function findReached(state: PartsState & Pick<IssuesState, 'keys'>, target: FoldTarget, config: string, keys: readonly string[]): PartRow[] {
  const wanted = new Set(keys)
  const names = new Set(keys.map((key) => nameKey(config, key)))
  const found: PartRow[] = []
  const ownIds = new Set<number>()
  if (config === target.own) for (const key of state.keys.values()) if (key.generation === target.generation && wanted.has(key.key)) ownIds.add(key.id)
  for (const parts of state.parts.values()) {
    for (const part of parts) {
      if (part.generation !== target.generation) continue
      const reached = config === target.own ? ownIds.has(part.keyId) : config === target.watch ? part.watched !== null && wanted.has(part.watched) : part.lineage.some((name) => names.has(name))
      if (reached) found.push(part)
    }
  }
  return found
}

/** Remembers what a decision says of keys, for parts that begin later. */
function nameDecided(state: PartsState, target: FoldTarget, config: string, decision: IssueDecision, position: number): void {
  for (const key of decision.data.keys) {
    const name = `${target.generation}:${nameKey(config, key)}`
    const named: NamedRow = state.named.get(name) ?? { generation: target.generation, config, key, ...unnamed }
    const change = describeNamed(named, decision, position)
    if (!change) continue
    state.named.set(name, Object.assign(named, change))
    state.changedNamed.add(named)
  }
}

const unnamed = { status: null, substatus: null, statusPosition: 0, resolvedIn: null, assignee: null, assignedPosition: 0, reviewedPosition: 0, deletedPosition: 0 }

function describeNamed({ status, ...rest }: NamedRow, decision: IssueDecision, position: number): Partial<NamedRow> | null {
  if (decision.type === 'issue.reviewed') return { reviewedPosition: position }
  if (decision.type === 'issue.deleted') return { deletedPosition: position }
  const next = afterDecision({ status: status ?? 'unresolved', ...rest }, decision, position)
  // An assignment says nothing of the status.
  return next && { ...next, status: decision.type === 'issue.assigned' ? status : next.status }
}

/** A decision in a tracked generation: what it says is remembered, and every part it reaches changes. The keys whose state is another now. */
export function decideParts(state: PartsState & Pick<IssuesState, 'keys'>, target: FoldTarget, decision: IssueDecision, position: number): KeyRow[] {
  const config = configOf(decision.data.grouping, target)
  nameDecided(state, target, config, decision, position)
  const touched = new Set<number>()
  for (const part of findReached(state, target, config, decision.data.keys)) {
    const next = afterDecision(part, decision, position)
    if (!next) continue
    Object.assign(part, next)
    state.changedParts.add(part)
    touched.add(part.keyId)
  }
  const keys = [...state.keys.values()].filter((key) => key.generation === target.generation && touched.has(key.id))
  for (const key of keys) Object.assign(key, combineStates(partsOf(state, key)))
  return keys
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}
