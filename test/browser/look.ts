// What several tests ask a page.

import type { Page } from 'playwright-core'

/** How many px the page, or `main` that scrolls in it, is wider than the window; at most 0 when nothing scrolls sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(...['html', 'main'].map((name) => document.querySelector(name)!).map((element) => element.scrollWidth - element.clientWidth)))

/** Measures in the page, from the next key press until `selector` matches with `text` in it. Await the answer after the press. */
export async function timeFromKey(page: Page, selector: string, text: string): Promise<() => Promise<number>> {
  await page.evaluate(([selector, text]) => {
    const took = new Promise<number>((resolve) => {
      addEventListener('keydown', () => {
        const pressed = performance.now()
        const look = (): unknown => ([...document.querySelectorAll(selector)].some((element) => element.textContent.includes(text)) ? resolve(performance.now() - pressed) : requestAnimationFrame(look))
        look()
      }, { capture: true, once: true })
    })
    Object.assign(globalThis, { took: [...((globalThis as { took?: unknown[] }).took ?? []), took] })
  }, [selector, text] as const)
  return () => page.evaluate(() => (globalThis as unknown as { took: Promise<number>[] }).took.shift()!)
}
