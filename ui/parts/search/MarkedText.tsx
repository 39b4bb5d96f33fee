// The colours of a query: the same text once more, over the field, whose own letters are transparent. A field cannot colour parts of
// its text; what is read aloud, selected and edited is the field's.

import { Index, createSignal, onCleanup, onMount } from 'solid-js'
import type { Mark } from '../../../core/search/mark.ts'

/** `isUnfinished`: what is wrong may become right with the next letter. */
export type MarkedTextProps = { text: string; marks: readonly Mark[]; isUnfinished: boolean; field: HTMLInputElement }

export function MarkedText(props: MarkedTextProps) {
  const [shift, setShift] = createSignal(0)
  // Not every browser tells of all ways in which a field scrolls; after each of these it may have.
  const follow = () => requestAnimationFrame(() => setShift(props.field.scrollLeft))
  onMount(() => {
    const field = props.field
    const events = ['scroll', 'input', 'keyup', 'pointermove', 'pointerup', 'focus', 'blur'] as const
    for (const name of events) field.addEventListener(name, follow)
    document.addEventListener('selectionchange', follow)
    follow()
    onCleanup(() => {
      for (const name of events) field.removeEventListener(name, follow)
      document.removeEventListener('selectionchange', follow)
    })
  })
  return (
    <div class="search-marks" aria-hidden="true" data-unfinished={props.isUnfinished}>
      <span style={{ transform: `translateX(${-shift()}px)` }}>
        <Index each={props.marks}>{(mark) => <span data-mark={mark().kind}>{props.text.slice(mark().from, mark().to)}</span>}</Index>
      </span>
    </div>
  )
}
