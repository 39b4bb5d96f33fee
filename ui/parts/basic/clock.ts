// One clock for every "3m ago" on the page: it ticks each 15 s, and stands still in a hidden tab.

import { createSignal } from 'solid-js'

const [now, setNow] = createSignal(Date.now())
export { now }

setInterval(() => {
  if (!document.hidden) setNow(Date.now())
}, 15_000)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) setNow(Date.now())
})
