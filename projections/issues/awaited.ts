// The releases that resolved issues wait for: an event is compared with them, so a batch needs to know where they appeared.

import type { DecodedGrouped } from '../decode/decode.ts'
import { parseResolvedIn } from '../../core/issue/state.ts'
import type { TargetOf } from './parts-store.ts'
import type { IssuesState } from './reducer.ts'

/** Of the keys, parts and named keys that the batch has loaded. */
export function listAwaited(batch: readonly DecodedGrouped[], targetOf: TargetOf, { keys, parts, named }: Pick<IssuesState, 'keys' | 'parts' | 'named'>): { projectId: number; version: string }[] {
  const projects = new Map<number, number>()
  for (const { fact: { projectId } } of batch) {
    const target = projectId === null ? undefined : targetOf(projectId)
    if (target) projects.set(target.generation, projectId!)
  }
  const rows = [...keys.values(), ...[...parts.values()].flat(), ...named.values()]
  return rows.flatMap(({ generation, resolvedIn }) => {
    const projectId = projects.get(generation)
    return resolvedIn === null || projectId === undefined ? [] : [{ projectId, version: parseResolvedIn(resolvedIn).version }]
  })
}
