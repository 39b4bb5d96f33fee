// The list itself: only the rows in view exist, all of one height; which these are is told, so that they are read before
// they are reached. One that is not read yet stands as an empty row of the same height.

import { createVirtualizer } from '@tanstack/solid-virtual'
import { For, type JSX, Show, createEffect, on, onCleanup, onMount, untrack } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import type { IssueList } from '../../data/issuePages.ts'
import { IssueRow } from './IssueRow.tsx'
import { UnreadRow } from './SkeletonRows.tsx'

/** The head stands inside the scrolling box, so that a scroll bar takes the same width from it as from the rows. */
const headHeight = 32

export type TableProps = {
  /** What is listed: another one begins at its top. */
  list: IssueList
  /** Rows in all; `isMore`: at least so many. */
  count: number
  isMore: boolean
  /** Undefined: not read yet. */
  rowAt: (index: number) => Issue | undefined
  rowHeight: number
  cursor: number
  showsCursor: boolean
  /** The cursor was moved by a key: it must be in view. A pointer only points at what is. */
  followsCursor: boolean
  selected: ReadonlySet<string>
  head: JSX.Element
  offset: number
  /** The one that is browsed: links keep it. */
  generation: string | null
  /** Of the stream: an issue is opened inside them. */
  environment: readonly string[]
  onScroll: (offset: number, isCursorSeen: boolean) => void
  onPoint: (index: number) => void
  onSelect: (id: string) => void
  /** The first and the last row that are drawn. */
  onShow: (from: number, to: number) => void
}

export function IssueTable(props: TableProps) {
  let scroller: HTMLDivElement | undefined
  const virtual = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return props.count
    },
    // An element of an inert template measures 0 x 0 once and for ever (ui.md pitfall 1).
    getScrollElement: () => (scroller?.isConnected ? scroller : null),
    estimateSize: () => props.rowHeight,
    // oxlint-disable-next-line solid/reactivity -- where the list begins; later scrolling is the person's
    initialOffset: props.offset,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 6,
  })
  onMount(() => {
    if (scroller) scroller.scrollTop = props.offset
  })
  const remember = () => {
    if (!scroller) return
    const { scrollTop, clientHeight } = scroller
    const top = props.cursor * props.rowHeight
    props.onScroll(scrollTop, top + props.rowHeight > scrollTop && top < scrollTop + clientHeight - headHeight)
  }
  onCleanup(remember)
  createEffect(on(() => [props.cursor, props.showsCursor] as const, ([index, shown]) => {
    if (shown && props.followsCursor) virtual.scrollToIndex(index, { align: 'auto' })
  }, { defer: true }))
  createEffect(on(() => props.list, () => {
    if (scroller) scroller.scrollTop = 0
  }, { defer: true }))
  createEffect(on(() => props.rowHeight, (height, before) => {
    virtual.measure()
    // The row on top stays on top.
    if (scroller && before) scroller.scrollTop *= height / before
  }, { defer: true }))
  createEffect(() => {
    const items = virtual.getVirtualItems()
    const [from, to] = [items[0]?.index, items.at(-1)?.index]
    if (from !== undefined && to !== undefined) untrack(() => props.onShow(from, to))
  })
  return (
    <div class="issue-table" role="table" aria-label="Issues" aria-rowcount={props.isMore ? -1 : props.count + 1} ref={(element) => (scroller = element)} onScroll={remember}>
      <div role="rowgroup" class="issue-head-group">{props.head}</div>
      <div role="rowgroup" class="issue-space" style={{ height: `${virtual.getTotalSize()}px` }}>
        <For each={virtual.getVirtualItems()}>
          {(item) => (
            <Show when={props.rowAt(item.index)} fallback={<UnreadRow index={item.index} top={item.start - headHeight} isCursor={props.showsCursor && props.cursor === item.index} />}>
              {(issue) => (
                <IssueRow
                  issue={issue()} generation={props.generation} environment={props.environment} index={item.index} top={item.start - headHeight} isCursor={props.showsCursor && props.cursor === item.index}
                  isSelected={props.selected.has(issue().id)} onSelect={() => props.onSelect(issue().id)} onPoint={(event) => movedPointer(event) && props.onPoint(item.index)}
                />
              )}
            </Show>
          )}
        </For>
      </div>
    </div>
  )
}

/* Rows that scroll under a resting pointer fire events too: only its own movement counts (ui.md pitfall 36). */
let pointer = ''
function movedPointer(event: PointerEvent): boolean {
  const before = pointer
  pointer = `${event.clientX},${event.clientY}`
  return event.pointerType !== 'touch' && pointer !== before
}
