// The list itself: only the rows in view exist, all of one height; the next page is read before its place is reached.

import { createVirtualizer } from '@tanstack/solid-virtual'
import { For, type JSX, Show, createEffect, on, onCleanup, onMount } from 'solid-js'
import type { Issue } from '../../../core/contract/issue.ts'
import { IssueRow } from './IssueRow.tsx'

const rowHeight = 44
/** The head stands inside the scrolling box, so that a scroll bar takes the same width from it as from the rows. */
const headHeight = 32
/** Rows from the end at which the next page is asked for. */
const ahead = 15

export type TableProps = {
  rows: Issue[]
  hits: number | null
  cursor: number
  showsCursor: boolean
  /** The cursor was moved by a key: it must be in view. A pointer only points at what is. */
  followsCursor: boolean
  selected: ReadonlySet<string>
  head: JSX.Element
  offset: number
  /** The one that is browsed: links keep it. */
  generation: string | null
  onScroll: (offset: number) => void
  onPoint: (index: number) => void
  onSelect: (id: string) => void
  onNearEnd: () => void
}

export function IssueTable(props: TableProps) {
  let scroller: HTMLDivElement | undefined
  const virtual = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return props.rows.length
    },
    // An element of an inert template measures 0 x 0 once and for ever (ui.md pitfall 1).
    getScrollElement: () => (scroller?.isConnected ? scroller : null),
    estimateSize: () => rowHeight,
    // oxlint-disable-next-line solid/reactivity -- where the list begins; later scrolling is the person's
    initialOffset: props.offset,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 6,
  })
  onMount(() => {
    if (scroller) scroller.scrollTop = props.offset
  })
  const remember = () => props.onScroll(scroller?.scrollTop ?? 0)
  onCleanup(remember)
  createEffect(on(() => [props.cursor, props.showsCursor] as const, ([index, shown]) => {
    if (shown && props.followsCursor) virtual.scrollToIndex(index, { align: 'auto' })
  }, { defer: true }))
  createEffect(() => {
    const last = virtual.getVirtualItems().at(-1)
    if (last && last.index >= props.rows.length - ahead) props.onNearEnd()
  })
  return (
    <div class="issue-table" role="table" aria-label="Issues" aria-rowcount={(props.hits ?? props.rows.length) + 1} ref={(element) => (scroller = element)} onScroll={remember}>
      <div role="rowgroup" class="issue-head-group">{props.head}</div>
      <div role="rowgroup" class="issue-space" style={{ height: `${virtual.getTotalSize()}px` }}>
        <For each={virtual.getVirtualItems()}>
            {(item) => (
              <Show when={props.rows[item.index]}>
                {(issue) => (
                  <IssueRow
                    issue={issue()} generation={props.generation} index={item.index} top={item.start - headHeight} isCursor={props.showsCursor && props.cursor === item.index}
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

/** Rows of the real height while the first page is read (S-17). */
export function SkeletonRows() {
  return (
    <div class="issue-skeleton" aria-hidden="true">
      <For each={Array.from({ length: 14 }, (_, index) => index)}>
        {(index) => <div class="issue-row-empty"><span class="skeleton" style={{ width: `${34 + ((index * 17) % 29)}%` }} /><span class="skeleton" style={{ width: `${18 + ((index * 11) % 17)}%` }} /></div>}
      </For>
    </div>
  )
}
