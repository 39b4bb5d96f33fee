// What a live region says of a number that keeps changing: at most once in five seconds, the newest last (W-10).

import { createEffect, createSignal, onCleanup, untrack } from 'solid-js'

const pauseMs = 5000

/** `text` empty: there is nothing to say, and that takes effect at once. */
export function useSpoken(text: () => string): () => string {
  const [said, setSaid] = createSignal('')
  let last = Number.NEGATIVE_INFINITY
  createEffect(() => {
    const next = text()
    const say = (): void => {
      if (next !== '') last = Date.now()
      setSaid(next)
    }
    if (next === '') return say()
    if (next === untrack(said)) return
    const timer = setTimeout(say, Math.max(0, last + pauseMs - Date.now()))
    onCleanup(() => clearTimeout(timer))
  })
  return said
}
