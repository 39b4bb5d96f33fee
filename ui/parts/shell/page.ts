// What a page tells the shell: its title, and where the focus goes when it is opened.

import { createEffect } from 'solid-js'

/** `usePageTitle(() => 'TypeError: … · SHOP-9RK2 · shop')`; the product's name is added. */
export function usePageTitle(title: () => string): void {
  createEffect(() => {
    document.title = `${title()} · Refold`
  })
}

/** The events of an issue are one page: going from one to the next moves neither focus nor scroll. */
export const pagePath = (path: string): string => path.replace(/\/events\/[^/]+$/, '')

/** The page's h1 when it is there, else `main`. A page that has put the focus somewhere itself keeps it. */
export function focusPage(main: HTMLElement | undefined): void {
  if (!main || (main.contains(document.activeElement) && document.activeElement !== main)) return
  main.scrollTo(0, 0)
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  ;(heading ?? main).focus({ preventScroll: true })
}
