// The rows of the stream: as many as match, of which the pages near the view are held. The last good rows are kept while
// a query is wrong or still being read (S-17, Q-03).

import { type Accessor, createEffect, createMemo, createSignal, mapArray, on, onCleanup, untrack } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { ApiFailure } from '../../data/api.ts'
import { client } from '../../data/client.ts'
import { countedTo, type IssueList, issueHitsQuery, issuePageQuery, pageOf, pageSize } from '../../data/issuePages.ts'
import { org } from '../../data/session.ts'
import { watchQuery } from '../../data/watchQuery.ts'
import { showToast } from '../../parts/basic/Toast.tsx'
import { holdAround, isNear } from './heldPages.ts'
import { type ListState, narrowOf } from '../../data/views.ts'
import { watchPage } from './watchPage.ts'

type ListParts = {
  project: Accessor<string>
  state: Accessor<ListState>
  generation: Accessor<string | null>
  /** The row on top of the view when the page is opened. */
  first: number
  selected: Accessor<ReadonlySet<string>>
}

/** Rows beyond the view that are read before they are reached. */
const margin = 25
/** While a scroll bar is dragged, pages are read only where it rests. */
const restMs = 100

export type IssueRows = ReturnType<typeof useIssueList>

export function useIssueList(parts: ListParts) {
  const asked = createMemo<IssueList, undefined>(
    () => ({ project: parts.project(), query: parts.state().query, sort: parts.state().sort, generation: parts.generation(), narrow: narrowOf(parts.state()) }),
    undefined,
    { equals: (before, now) => JSON.stringify(before) === JSON.stringify(now) },
  )
  /** The list whose rows are shown: that which is asked for, once it has been read. */
  const [shown, setShown] = createSignal(untrack(asked))
  const entry = pageOf(parts.first)
  const [wanted, setWanted] = createSignal<readonly number[]>([entry, entry + 1].filter((page) => page === entry || isHeld(shown(), page)))
  /** A page that has been read: what holds for the list as a whole is known by it. */
  const [anchor, setAnchor] = createSignal(entry)
  const head = watchQuery(() => issuePageQuery(asked(), asked() === shown() ? anchor() : 0))
  const watched = createMemo(() => {
    const list = shown()
    return createMemo(mapArray(wanted, (index) => watchPage(list, index)))
  })
  const pages = createMemo(() => watched()().flatMap(({ index, page }) => [page()].flatMap((read) => (read ? [{ index, read }] : []))))

  let rest: ReturnType<typeof setTimeout> | undefined
  createEffect(() => {
    const list = asked()
    const { status, error } = head()
    if (list === untrack(shown) || status === 'pending' || (status === 'error' && isUnreadable(error))) return
    clearTimeout(rest)
    setAnchor(0)
    setWanted([0])
    setShown(list)
  })
  createEffect(() => {
    const [first] = pages()
    if (first && !pages().some(({ index }) => index === untrack(anchor))) setAnchor(first.index)
  })
  createEffect(() => {
    const failed = watched()().find(({ index, failure }) => failure() !== null && index !== untrack(anchor))
    if (failed) showToast({ text: `Rows from ${failed.index * pageSize + 1} on could not be read: ${failed.failure()}`, kind: 'error', action: { label: 'Retry', run: failed.retry } })
  })

  /** What the server says about the search text; the list stays as it was. */
  const queryError = (): string | null => {
    const { error } = head()
    return isUnreadable(error) ? error.message : null
  }
  const all = watchQuery(() => ({ ...issueHitsQuery(shown()), enabled: org() !== null && head().data?.hits === countedTo.page }))
  const hits = createMemo<number | null>((before) => {
    // Of another list nothing is known yet.
    if (asked() !== shown()) return before
    const counted = head().data?.hits ?? null
    return (counted === countedTo.page ? all().data?.hits : null) ?? counted
  }, null)
  const isMore = (): boolean => hits() === countedTo.all || hits() === countedTo.page
  const count = createMemo<number>(() => {
    const end = pages().find(({ read }) => read.next === null)
    // One that has no rows any more only says that the list ends before it.
    if (end) return end.index === 0 || end.read.issues.length > 0 ? end.index * pageSize + end.read.issues.length : Math.min(end.index * pageSize, hits() ?? Number.POSITIVE_INFINITY)
    const beyond = isMore() ? pageSize : 0
    return Math.max(hits() ?? 0, ...pages().map(({ index, read }) => index * pageSize + read.issues.length + beyond))
  })

  /** Issues that were selected: their rows may be let go, or stand elsewhere when the list is read again. */
  const picked = new Map<string, Issue>()
  createEffect(on(shown, () => picked.clear(), { defer: true }))
  createEffect(() => {
    for (const { read } of pages()) for (const issue of read.issues) if (parts.selected().has(issue.id)) picked.set(issue.id, issue)
  })
  let jumped = 0
  onCleanup(() => clearTimeout(rest))
  const want = (next: readonly number[]): void => {
    holdAround(shown(), next)
    setWanted((before) => (before.join() === next.join() ? before : next))
  }

  return {
    list: shown,
    queryError,
    count,
    hits,
    /** `hits` is where the server stopped counting. */
    isMore,
    rowAt: (index: number): Issue | undefined => pages().find((one) => one.index === pageOf(index))?.read.issues[index % pageSize],
    /** Those that are read now, in order; not all that match. */
    rows: createMemo<Issue[]>(() => pages().flatMap(({ read }) => read.issues)),
    /** The issues of these ids, also where their rows are not read now. */
    find: (ids: ReadonlySet<string>): Issue[] => {
      const rows = pages().flatMap(({ read }) => read.issues).filter((issue) => ids.has(issue.id))
      const found = new Set(rows.map(({ id }) => id))
      return [...rows, ...[...picked.values()].filter(({ id }) => ids.has(id) && !found.has(id))]
    },
    /** The rows in view: their pages are read, and those far from them let go. */
    show: (from: number, to: number): void => {
      // The page that says by having no rows that the list ends before it stays: without it the list would be longer, and want it again.
      const beyond = pages().some(({ index, read }) => index === pageOf(count()) && read.issues.length === 0)
      const last = pageOf(Math.max(0, count() - 1)) + (beyond ? 1 : 0)
      const [top, bottom] = [Math.min(last, pageOf(Math.max(0, from - margin))), Math.min(last, pageOf(to + margin))]
      const next = Array.from({ length: bottom - top + 1 }, (_, index) => top + index)
      clearTimeout(rest)
      if (isNear(shown(), next)) return want(next)
      const jump = (): void => {
        jumped = Date.now()
        want(next)
      }
      if (Date.now() - jumped > restMs) jump()
      else rest = setTimeout(jump, restMs)
    },
    region: {
      get isPending() { return head().isPending && (asked() === shown() || count() === 0) },
      get isError() { return head().isError && queryError() === null },
      get isFetching() { return head().isFetching },
      get error() { return head().error },
      /** Rows that are there stay, under a word on how old they are. */
      get data() { return count() > 0 ? shown() : undefined },
      get dataUpdatedAt() { return head().dataUpdatedAt },
      refetch: () => head().refetch(),
    },
  }
}

const isUnreadable = (error: unknown): error is ApiFailure => error instanceof ApiFailure && error.status === 400
const isHeld = (list: IssueList, page: number): boolean => client.getQueryData(issuePageQuery(list, page).queryKey) !== undefined
