// How long frames take while a page scrolls, measured in the page itself.

import type { Page } from 'playwright-core'

export type Frames = { p50: number; p95: number; max: number; mostRows: number }

/**
 * Scrolls `selector` by `step` px in each of `count` frames, or does nothing but wait for them where `step` is 0: what a
 * frame costs on this machine. `mostRows`: the most rows of a table that there were at the end of a frame.
 */
export async function measureFrames(page: Page, selector: string, step: number, count: number): Promise<Frames> {
  const { times, mostRows } = await page.evaluate(async ([selector, step, count]) => {
    const scroller = document.querySelector(selector)!
    const times: number[] = []
    let mostRows = 0
    let before = await new Promise<number>(requestAnimationFrame)
    for (let frame = 0; frame < count; frame += 1) {
      scroller.scrollTop += step
      const now = await new Promise<number>(requestAnimationFrame)
      times.push(now - before)
      before = now
      mostRows = Math.max(mostRows, document.querySelectorAll('.issue-space > *').length)
    }
    return { times, mostRows }
  }, [selector, step, count] as const)
  const sorted = times.toSorted((one, other) => one - other)
  const quantile = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10
  return { p50: quantile(0.5), p95: quantile(0.95), max: quantile(1), mostRows }
}

export const sayFrames = ({ p50, p95, max }: Frames): string => `p50 ${p50}  p95 ${p95}  max ${max} ms`
