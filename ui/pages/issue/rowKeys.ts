// j, k and Enter on a list of links, as in the stream: the cursor is a row of the page that is shown.

import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { useShortcuts } from '../../data/keys.ts'

/** `list` names what is shown: with another list the cursor is gone. */
export function useRowKeys(parts: { list: Accessor<string>; count: Accessor<number>; name: string; open: (index: number) => void }) {
  const [cursor, setCursor] = createSignal<number | null>(null)
  const move = (step: number) => {
    const last = parts.count() - 1
    if (last < 0) return
    setCursor((now) => (now === null ? (step > 0 ? 0 : last) : Math.min(Math.max(now + step, 0), last)))
  }
  createEffect(on(parts.list, () => setCursor(null), { defer: true }))
  useShortcuts([
    // oxlint-disable-next-line solid/reactivity -- a name does not change
    { keys: ['j', 'ArrowDown'], label: `next ${parts.name}`, run: () => move(1) },
    // oxlint-disable-next-line solid/reactivity -- nor here
    { keys: ['k', 'ArrowUp'], label: `previous ${parts.name}`, run: () => move(-1) },
    { keys: ['Enter', 'o'], label: 'open', run: () => cursor() !== null && parts.open(cursor()!) },
  ])
  return cursor
}
