// A row of links that scrolls sideways where the window is narrow.

const neighbour = 24 // px

/**
 * Scrolls only as far as the current link needs to be seen whole, with a piece of its neighbour. Not `scrollIntoView`: some
 * versions of Chromium then begin there with Tab, and the page's first Tab must reach "Skip to content" (ui.md G-02).
 */
export function showCurrent(strip: HTMLElement | undefined): void {
  const current = strip?.querySelector('[aria-current]')
  if (!strip || !current) return
  const [seen, wanted] = [strip.getBoundingClientRect(), current.getBoundingClientRect()]
  const [before, after] = [seen.left + neighbour - wanted.left, wanted.right + neighbour - seen.right]
  if (before > 0) strip.scrollLeft -= before
  else if (after > 0) strip.scrollLeft += after
}
