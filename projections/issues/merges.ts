// What people merged and took apart, in whatever generation (grouping.md 5.5). A merge reaches parts, each on one of its sides; the parts
// of one piece of it bind their keys while the piece holds two sides. An unmerge cuts every earlier merge into pieces. An issue is a set of
// keys that such pieces bind, and its id is the smallest of theirs. Pure.

import type { MergeDecision } from '../../core/decisions.ts'
import { configOf, findReached, type FoldTarget } from './parts.ts'
import type { IssuesState, KeyRow } from './reducer.ts'

/** `piece`: '' until an unmerge cuts it; then the unmerges and sides that did. `keyId` holds the part. */
export type MergePart = { generation: number; merge: number; partId: number; keyId: number; side: number; piece: string }

/** Folds a merge or an unmerge; returns, per side, the smallest id of the keys it reached, null where it reached none. */
export function foldMerge(state: IssuesState, target: FoldTarget, position: number, { type, data }: MergeDecision): (number | null)[] {
  const config = configOf(data.grouping, target)
  const sides = (type === 'issue.merged' ? data.sides.map((side) => side.keys) : data.sides).map((keys) => reachedBy(state, target, config, keys))
  const sideOf = new Map<number, number>()
  // The first side that names an event has it.
  for (const [side, parts] of sides.entries()) for (const { partId } of parts) if (!sideOf.has(partId)) sideOf.set(partId, side)
  if (type === 'issue.merged') {
    for (const [side, parts] of sides.entries()) {
      for (const { partId, keyId } of parts) if (sideOf.get(partId) === side) addMergePart(state, { generation: target.generation, merge: position, partId, keyId, side, piece: '' })
    }
  } else {
    for (const row of state.merges) {
      const side = row.generation === target.generation ? sideOf.get(row.partId) : undefined
      if (side === undefined) continue
      row.piece += `/${position}.${side}`
      state.changedMerges.add(row)
    }
  }
  bindKeys(state, target.generation)
  return sides.map((parts) => parts.reduce<number | null>((smallest, { keyId }) => (smallest === null || keyId < smallest ? keyId : smallest), null))
}

function reachedBy(state: IssuesState, target: FoldTarget, config: string, keys: readonly string[]): { partId: number; keyId: number }[] {
  if (target.tracked) return findReached(state, target, config, keys).map(({ id, keyId }) => ({ partId: id, keyId }))
  if (config !== target.own) return []
  const wanted = new Set(keys)
  return [...state.keys.values()].flatMap((key) => (key.generation === target.generation && wanted.has(key.key) ? [{ partId: key.id, keyId: key.id }] : []))
}

function addMergePart(state: IssuesState, row: MergePart): void {
  state.merges.push(row)
  state.changedMerges.add(row)
}

/** Gives every key that a merge ever reached the issue it is in now. */
function bindKeys(state: IssuesState, generation: number): void {
  const keys = new Map<number, KeyRow>()
  for (const key of state.keys.values()) if (key.generation === generation) keys.set(key.id, key)
  const pieces = new Map<string, { sides: Set<number>; keyIds: Set<number> }>()
  const roots = new Map<number, number>()
  for (const { generation: of, merge, piece, side, keyId } of state.merges) {
    if (of !== generation) continue
    roots.set(keyId, keyId)
    const name = `${merge}${piece}`
    const bound = pieces.get(name) ?? { sides: new Set(), keyIds: new Set() }
    pieces.set(name, bound)
    bound.sides.add(side)
    bound.keyIds.add(keyId)
  }
  const rootOf = (id: number): number => {
    let root = id
    for (let next = roots.get(root)!; next !== root; next = roots.get(root)!) root = next
    roots.set(id, root)
    return root
  }
  for (const { sides, keyIds } of pieces.values()) {
    if (sides.size < 2) continue
    // The smaller root wins, so that a root is the id of its issue.
    const all = [...keyIds].map(rootOf)
    const smallest = Math.min(...all)
    for (const root of all) roots.set(root, smallest)
  }
  const touched = new Set<number>()
  for (const id of roots.keys()) {
    const key = keys.get(id)
    if (!key) throw new Error(`key ${id} of a merge is not loaded`)
    const issueId = rootOf(id)
    if (key.issueId === issueId) continue
    touched.add(key.issueId).add(issueId)
    key.issueId = issueId
  }
  // Every issue that lost or gained a key is combined anew; one that lost its last is gone.
  for (const issueId of touched) state.gone.set(`${generation}:${issueId}`, { generation, issueId })
  for (const key of keys.values()) {
    if (!touched.has(key.issueId)) continue
    state.gone.delete(`${generation}:${key.issueId}`)
    state.changed.add(key)
  }
}
