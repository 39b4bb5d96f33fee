// The one room where issues are decided about: the stream's and the issue's page hand in what an action means now, and get
// the same keys, menus and dialogs (ui.md 2.4 and 2.6).

import { type Accessor, createSignal } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import type { Shortcut } from '../../data/keys.ts'
import { may, user } from '../../data/session.ts'
import { refuses, whyReadOnly } from '../basic/browse.ts'
import { showToast } from '../basic/Toast.tsx'
import { decide } from './decide.ts'
import { archive, assignTo, type Counted, type Decision, resolve, reopen, review, toggleResolved } from './decisions.ts'
import type { Matching } from './matching.ts'
import { mergeIssues } from './merge.ts'
import { deleteIssues } from './remove.ts'
import { undoLast } from './undo.ts'

export type TriageParts = {
  /** The selection, else the cursor row, else the issue of the page. */
  targets: () => Issue[]
  /** All that match are selected, also those not loaded. */
  matching?: Accessor<Matching | null>
  /** The one that is browsed: nothing in it can be changed. */
  generation: Accessor<string | null>
  /** Where a menu stands that a key has opened, and what has the focus after it. */
  anchor: () => HTMLElement | null
  /** A key found nothing to act on. */
  onNothing?: () => void
  /** It was acted on; `left`: those that the action did not reach. */
  onActed?: (left: readonly string[]) => void
  onDeleted?: () => void
}

/** What is asked before it is decided. */
export type Question =
  | { kind: 'archive' } | { kind: 'assign' } | { kind: 'release' } | { kind: 'merge' } | { kind: 'delete' }
  | { kind: 'number'; what: Counted }
  | { kind: 'sweep'; on: Matching; decision: Decision | null }
export type Asked = Question & { issues: Issue[] }

export function useTriage(parts: TriageParts) {
  const [asked, setAsked] = createSignal<Asked | null>(null)
  const found = (): Issue[] => {
    if (refuses(parts.generation())) return []
    const issues = parts.targets().map(copyIssue)
    if (issues.length === 0) parts.onNothing?.()
    return issues
  }
  const apply = (issues: Issue[], decision: Decision): void => {
    const on = parts.matching?.() ?? null
    if (on !== null) return void setAsked({ kind: 'sweep', on, decision, issues })
    void decide(issues, decision).then((skipped) => skipped.length > 0 && parts.onActed?.(skipped.map(({ id }) => id)))
    parts.onActed?.([])
  }
  const act = (choose: (issues: Issue[]) => Decision | null): void => {
    const issues = found()
    const decision = issues.length === 0 ? null : choose(issues)
    if (decision !== null) apply(issues, decision)
  }
  const ask = (question: Question): void => {
    const issues = found()
    if (issues.length === 0) return
    const on = parts.matching?.() ?? null
    setAsked(on !== null && question.kind === 'delete' ? { kind: 'sweep', on, decision: null, issues } : { ...question, issues })
  }
  const merge = (): void => {
    const issues = found()
    if (issues.length === 0) return
    if (parts.matching?.()) return showToast({ text: 'Select the issues one by one to merge them' })
    if (issues.length === 1) return parts.matching === undefined ? void setAsked({ kind: 'merge', issues }) : showToast({ text: 'Select two issues or more to merge them' })
    void mergeIssues(issues)
    parts.onActed?.([])
  }
  const assignToMe = (): void => {
    const me = user()
    if (me !== null) act(() => assignTo({ id: me.id, name: me.name || me.email }, true))
  }
  const remove = async (issues: readonly Issue[]): Promise<void> => {
    parts.onActed?.([])
    if (await deleteIssues(issues)) parts.onDeleted?.()
  }
  const room = {
    asked,
    /** Why nothing can be done here; undefined = it can. */
    why: () => whyReadOnly(parts.generation()),
    mayDelete: () => may('event:admin'),
    anchor: parts.anchor,
    /** A dialog answers what was asked: the issues are those of then. */
    answer: (decision: Decision): void => {
      const issues = asked()?.issues ?? []
      setAsked(null)
      if (issues.length > 0) apply(issues, decision)
    },
    close: () => void setAsked(null),
    act, ask, merge, remove, assignToMe,
    resolve: () => act(() => resolve),
    reopen: () => act(() => reopen),
    archive: () => act(() => archive),
    review: () => act(() => review),
    acted: () => parts.onActed?.([]),
    removed: () => parts.onDeleted?.(),
  }
  return room
}
export type Triage = ReturnType<typeof useTriage>

/** A row of the cache changes under way. */
const copyIssue = (issue: Issue): Issue => ({ ...issue, statusDetails: { ...issue.statusDetails }, assignedTo: issue.assignedTo && { ...issue.assignedTo } })

/** The keys of ui.md 2.4 that both pages have; those without a key are for the palette. */
export const triageKeys = (room: Triage): Shortcut[] => [
  { keys: ['e'], label: 'resolve, reopen when resolved', run: () => room.act(toggleResolved) },
  // `m m`: the second one may come before the menu is there.
  { keys: ['m'], label: 'archive…, m m until it escalates', run: () => (room.asked()?.kind === 'archive' ? room.answer(archive) : room.ask({ kind: 'archive' })) },
  { keys: ['a'], label: 'assign…', run: () => room.ask({ kind: 'assign' }) },
  { keys: ['i'], label: 'assign to me', run: () => room.assignToMe() },
  { keys: ['Shift+M'], label: 'merge', run: () => room.merge() },
  { keys: ['z'], label: 'undo', run: () => void undoLast() },
  { keys: [], label: 'resolve in a release…', run: () => room.ask({ kind: 'release' }) },
  { keys: [], label: 'mark as reviewed', run: () => room.review() },
  { keys: [], label: 'delete…', run: () => (room.mayDelete() ? room.ask({ kind: 'delete' }) : showToast({ text: 'Your role may not delete issues.' })) },
]
