// When a page shows what it is for, as the browser itself measures it (ui.md 5).

import type { Page } from 'playwright-core'

/** ms since the navigation began; `shift` is the sum of layout shifts. `blocked`: of long tasks, what is over 50 ms. */
export type Vitals = { firstPaint: number; largestPaint: number; rows: number; blocked: number; shift: number; nodes: number }
type Noted = { largest: number; shift: number; blocked: number; rows: number }

/** Before the page is loaded. `selector`: what it is for. */
export function noteVitals(page: Page, selector = '[data-row]'): Promise<unknown> {
  return page.addInitScript((selector) => {
    const noted: Noted = { largest: 0, shift: 0, blocked: 0, rows: 0 }
    Object.assign(globalThis, { noted })
    const watch = (type: string, note: (entry: PerformanceEntry) => void): void => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
    watch('largest-contentful-paint', (entry) => (noted.largest = entry.startTime))
    watch('layout-shift', (entry) => (noted.shift += (entry as unknown as { value: number }).value))
    watch('longtask', (entry) => (noted.blocked += Math.max(0, entry.duration - 50)))
    const look = (): void => {
      if (document.querySelector(selector)) noted.rows = performance.now()
      else requestAnimationFrame(look)
    }
    look()
  }, selector)
}

export function readVitals(page: Page): Promise<Vitals> {
  return page.evaluate(() => {
    const { largest, shift, blocked, rows } = (globalThis as unknown as { noted: Noted }).noted
    const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
    return { firstPaint, largestPaint: largest, rows, blocked, shift, nodes: document.querySelectorAll('*').length }
  })
}

export const sayVitals = ({ firstPaint, largestPaint, rows, blocked, shift, nodes }: Vitals): string =>
  `FCP ${firstPaint.toFixed(0)}  LCP ${largestPaint.toFixed(0)}  ready ${rows.toFixed(0)}  TBT ${blocked.toFixed(0)} ms  CLS ${shift.toFixed(4)}  ${nodes} elements`
