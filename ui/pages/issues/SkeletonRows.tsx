// Rows of the real height that are still being read: of a whole list (S-17), and single ones of a list that is there.

import { For } from 'solid-js'

/** Texts are of different lengths. */
const widthsOf = (index: number): [title: string, meta: string] => [`${34 + ((index * 17) % 29)}%`, `${18 + ((index * 11) % 17)}%`]

function Bars(props: { index: number }) {
  return <><span class="skeleton" style={{ width: widthsOf(props.index)[0] }} /><span class="skeleton" style={{ width: widthsOf(props.index)[1] }} /></>
}

export function SkeletonRows() {
  return (
    <div class="issue-skeleton" aria-hidden="true">
      <For each={Array.from({ length: 14 }, (_, index) => index)}>{(index) => <div class="issue-row-empty"><Bars index={index} /></div>}</For>
    </div>
  )
}

export function UnreadRow(props: { index: number; top: number; isCursor: boolean }) {
  return (
    <div class="issue-row-unread" role="row" aria-rowindex={props.index + 2} aria-current={props.isCursor ? 'true' : undefined} style={{ transform: `translateY(${props.top}px)` }}>
      <div role="cell" class="issue-row-empty"><span class="sr-only">Not read yet</span><Bars index={props.index} /></div>
    </div>
  )
}
