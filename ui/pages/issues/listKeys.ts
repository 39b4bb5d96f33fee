// The keys of the stream, and its actions: on the selection, else on the cursor row (ui.md 2.4).

import type { Accessor, Setter } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { useShortcuts } from '../../data/keys.ts'
import { showToast } from '../../parts/basic/Toast.tsx'
import { refuses } from '../../parts/basic/browse.ts'
import { mergeIssues } from '../issue/merge.ts'
import { type Decision, archive, assignToMe, decide, resolve, toggleResolved, undoLast } from '../issue/triage.ts'

export type Cursor = { index: number; shown: boolean; byKey: boolean }
type ListParts = {
  rows: Accessor<Issue[]>
  cursor: Accessor<Cursor>
  setCursor: Setter<Cursor>
  selected: Accessor<ReadonlySet<string>>
  setSelected: Setter<ReadonlySet<string>>
  open: (index: number) => void
  refresh: () => void
  /** The one that is browsed: nothing in it can be changed. */
  generation: Accessor<string | null>
}

export function useListKeys(list: ListParts) {
  const move = (step: number) => list.setCursor((now) => ({ index: Math.min(Math.max(now.index + step, 0), Math.max(0, list.rows().length - 1)), shown: true, byKey: true }))
  const targets = (): Issue[] => {
    if (list.selected().size > 0) return list.rows().filter((issue) => list.selected().has(issue.id))
    const issue = list.cursor().shown ? list.rows()[list.cursor().index] : undefined
    return issue === undefined ? [] : [issue]
  }
  const act = (choose: (issues: Issue[]) => Decision | null) => {
    if (refuses(list.generation())) return
    const issues = targets()
    const decision = issues.length === 0 ? null : choose(issues)
    // A key before the first move shows where it would act, and does nothing yet.
    if (decision === null) return void move(0)
    void decide(issues.map((issue) => ({ ...issue })), decision)
    list.setSelected(new Set<string>())
  }
  const merge = () => {
    if (refuses(list.generation())) return
    const issues = targets()
    if (issues.length < 2) return showToast({ text: 'Select two issues or more to merge them' })
    void mergeIssues(issues.map((issue) => ({ ...issue })))
    list.setSelected(new Set<string>())
  }
  const selectRow = () => {
    const issue = list.rows()[list.cursor().index]
    list.setCursor((now) => ({ ...now, shown: true }))
    if (issue) list.setSelected((now) => now.symmetricDifference(new Set([issue.id])))
  }
  useShortcuts([
    { keys: ['j', 'ArrowDown'], label: 'next issue', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: 'previous issue', run: () => move(-1) },
    { keys: ['Enter', 'o'], label: 'open the issue', run: () => list.open(list.cursor().index) },
    { keys: ['x'], label: 'select', run: selectRow },
    { keys: ['e'], label: 'resolve, reopen when resolved', run: () => act((issues) => (issues.length === 1 ? toggleResolved(issues[0]!) : resolve)) },
    { keys: ['m'], label: 'archive', run: () => act(() => archive) },
    { keys: ['a', 'i'], label: 'assign to me', run: () => act(assignToMe) },
    { keys: ['Shift+M'], label: 'merge the selected', run: merge },
    { keys: ['z'], label: 'undo', run: () => void undoLast() },
    { keys: ['.'], label: 'show new issues', run: list.refresh },
    { keys: ['u', 'Escape'], label: 'clear the selection', run: () => list.setSelected(new Set<string>()) },
  ])
  return { resolve: () => act(() => resolve), archive: () => act(() => archive), assign: () => act(assignToMe), merge }
}
