// The keys of the stream: the cursor, the selection, and triage of the selection, else of the cursor row (ui.md 2.4).

import { type Accessor, createEffect, createMemo, createSignal, on, type Setter } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { useShortcuts } from '../../data/keys.ts'
import { forgetSkipped } from '../../parts/triage/skipped.ts'
import { triageKeys, useTriage } from '../../parts/triage/useTriage.ts'
import { copyLink, copyRecommended } from '../../parts/triage/copyIssue.ts'
import type { IssueRows } from './issueList.ts'

export type Cursor = { index: number; shown: boolean; byKey: boolean }
type ListParts = {
  list: Pick<IssueRows, 'list' | 'rowAt' | 'rows' | 'find' | 'count' | 'hits' | 'isMore'>
  cursor: Accessor<Cursor>
  setCursor: Setter<Cursor>
  selected: Accessor<ReadonlySet<string>>
  setSelected: Setter<ReadonlySet<string>>
  open: (index: number) => void
  refresh: () => void
  /** The one that is browsed: nothing in it can be changed. */
  generation: Accessor<string | null>
}

export function useListKeys(parts: ListParts) {
  const { list, setCursor, setSelected } = parts
  const last = () => Math.max(0, list.count() - 1)
  const move = (step: number) => setCursor((now) => ({ index: Math.min(Math.max(now.index + step, 0), last()), shown: true, byKey: true }))
  /** All that match are meant, until the selection changes. */
  const [everything, setEverything] = createSignal(false)
  createEffect(on(parts.selected, () => setEverything(false), { defer: true }))
  const clear = (): void => {
    setSelected(new Set<string>())
    forgetSkipped()
  }
  const chosen = createMemo(() => list.find(parts.selected()))
  const cursorRow = (): Issue | undefined => (parts.cursor().shown ? list.rowAt(parts.cursor().index) : undefined)
  const targets = (): Issue[] => (parts.selected().size > 0 ? chosen() : [cursorRow()].filter((issue) => issue !== undefined))
  const room = useTriage({
    targets,
    generation: parts.generation,
    // Of the list whose rows are shown: another one may be on its way.
    matching: () => (everything() ? { project: list.list().project, query: list.list().query, narrow: list.list().narrow, count: list.hits() ?? chosen().length, more: list.isMore(), loaded: [...parts.selected()] } : null),
    anchor: () => document.querySelector<HTMLElement>('[data-row][aria-current=true] .issue-title, [data-row][aria-selected=true] .issue-title'),
    // A key before the first move shows where it would act, and does nothing yet.
    onNothing: () => move(0),
    onActed: (left) => setSelected(new Set(left)),
    onDeleted: parts.refresh,
  })
  const selectRow = () => {
    const issue = list.rowAt(parts.cursor().index)
    setCursor((now) => ({ ...now, shown: true }))
    if (issue) setSelected((now) => now.symmetricDifference(new Set([issue.id])))
  }
  const extend = (step: number) => {
    const from = list.rowAt(parts.cursor().index)
    if (!parts.cursor().shown) return void move(0)
    const to = list.rowAt(Math.min(Math.max(parts.cursor().index + step, 0), last()))
    // A row that is not read yet is waited for: nothing that one walks over is left out.
    if (!from || !to) return
    setSelected((now) => now.union(new Set([from.id, to.id])))
    move(step)
  }
  const copyOf = (copy: (issue: Issue) => Promise<void>): void => {
    const [issue] = targets()
    if (issue) void copy(issue)
    else move(0)
  }
  useShortcuts([
    { keys: ['j', 'ArrowDown'], label: 'next issue', moves: true, run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: 'previous issue', moves: true, run: () => move(-1) },
    { keys: ['Enter', 'o'], label: 'open the issue', moves: true, run: () => parts.open(parts.cursor().index) },
    { keys: ['x'], label: 'select', run: selectRow },
    { keys: ['Shift+J', 'Shift+ArrowDown'], label: 'select downwards', moves: true, run: () => extend(1) },
    { keys: ['Shift+K', 'Shift+ArrowUp'], label: 'select upwards', moves: true, run: () => extend(-1) },
    ...triageKeys(room),
    { keys: ['y'], label: 'copy the link', run: () => copyOf(copyLink) },
    { keys: ['Mod+Alt+C'], label: 'copy as Markdown', run: () => copyOf(copyRecommended) },
    { keys: ['.'], label: 'show new issues', run: parts.refresh },
    { keys: ['u', 'Escape'], label: 'clear the selection', moves: true, run: clear },
  ])
  /** Of all that is acted on; null where they differ. */
  const status = (): Issue['status'] | null => {
    const [first, ...others] = chosen()
    return first && others.every((issue) => issue.status === first.status) ? first.status : null
  }
  const isWhole = (): boolean => list.rows().length > 0 && list.rows().every(({ id }) => parts.selected().has(id))
  /** Those that were selected elsewhere in the list stay so. */
  const selectLoaded = (all: boolean): void => void setSelected((now) => (all ? now.union(new Set(list.rows().map(({ id }) => id))) : new Set<string>()))
  return { room, status, everything, setEverything, clear, isWhole, selectLoaded }
}
export type ListActions = ReturnType<typeof useListKeys>
