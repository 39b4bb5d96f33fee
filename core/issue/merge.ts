// Merging and unmerging issues by people, pure (grouping.md 5.3, 5.5): present issues and their keys in, decisions out.

import type { MergeDecision } from '../decisions.ts'
import type { Configuration } from '../grouping/configuration.ts'
import type { IssueState } from './decide.ts'

/** `sides`: the issues as they are now, each once. The smallest id stays. */
export function decideMerge(project: number, sides: readonly { issue: number; keys: string[] }[], grouping: Configuration): { decisions: MergeDecision[] } | { refused: string } {
  if (sides.length < 2) return { refused: 'Name at least two different issues to merge them. These are one issue already.' }
  const sorted = sides.toSorted((a, b) => a.issue - b.issue)
  return { decisions: [{ type: 'issue.merged', data: { project, issue: sorted[0]!.issue, sides: sorted, grouping } }] }
}

/** Each side leaves, the other keys stay. `refused` says what is wrong with the sides. */
export function decideUnmerge({ project, issue, keys, grouping }: IssueState, sides: readonly (readonly string[])[]): { decisions: MergeDecision[] } | { refused: string } {
  if (keys.length === 1) return { refused: 'Events with one key cannot be unmerged; write a rule.' }
  const own = new Set(keys)
  const staying = new Set(keys)
  for (const key of sides.flat()) {
    if (!own.has(key)) return { refused: `This issue has no key ${key}.` }
    if (!staying.delete(key)) return { refused: `The key ${key} is named twice.` }
  }
  if (staying.size === 0) return { refused: 'At least one key must stay.' }
  return { decisions: [{ type: 'issue.unmerged', data: { project, issue, sides: sides.map((side) => [...side]), rest: [...staying], grouping } }] }
}
