// What the page will want next is fetched when it has all it wants now (ui.md 5).

import { client } from './client.ts'
import { org } from './session.ts'

const lookMs = 300

/** Runs `work` once the page and its data are there and the browser has nothing better to do. Returns the way to call it off. */
export function whenIdle(work: () => void): () => void {
  let called = false
  let timer: ReturnType<typeof setTimeout>
  const look = (): void => {
    if (document.readyState !== 'complete' || org() === null || client.isFetching() > 0) timer = setTimeout(look, lookMs)
    else if ('requestIdleCallback' in globalThis) requestIdleCallback(() => called || work(), { timeout: 2000 })
    // Safari has no such thing.
    else work()
  }
  timer = setTimeout(look, lookMs)
  return () => {
    called = true
    clearTimeout(timer)
  }
}
