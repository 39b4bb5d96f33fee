// What a page is asked about accessibility beyond axe. Each function runs in the page and answers a line per flaw.

import type { Page } from 'playwright-core'

/** W-14: language, title, one h1 first, no heading level left out, one main. */
export const findOutlineFlaws = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((one) => one.getClientRects().length > 0).map((one) => Number(one.tagName[1]))
    return [
      ...(document.documentElement.lang === 'en' ? [] : ['lang']),
      ...(/.+ · Refold$/.test(document.title) ? [] : [`title ${document.title}`]),
      ...(document.querySelectorAll('main').length === 1 ? [] : ['main']),
      ...(levels.filter((level) => level === 1).length === 1 && levels[0] === 1 ? [] : [`h1: ${levels.join(' ')}`]),
      ...(levels.every((level, at) => at === 0 || level <= levels[at - 1]! + 1) ? [] : [`order: ${levels.join(' ')}`]),
    ]
  })

/** W-13: everything that is pressed has a name, and what one reads on it is a part of the name. */
export const findNameFlaws = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase()
    /** The text that is seen: without what is hidden from the eye or from screen readers. */
    const seen = (element: Element): string => {
      if (element.getAttribute('aria-hidden') === 'true' || element.classList.contains('sr-only') || element.getClientRects().length === 0) return ''
      return [...element.childNodes].map((node) => (node instanceof Element ? seen(node) : node.textContent)).join(' ')
    }
    return [...document.querySelectorAll('button, a[href], [role=button], [role=menuitem], summary')].filter((one) => one.getClientRects().length > 0).flatMap((one) => {
      const label = one.getAttribute('aria-label')
      const named = label ?? one.textContent
      const read = plain(seen(one))
      if (plain(named) === '' && one.querySelector('img[alt], svg[aria-label]') === null) return [`no name: ${one.outerHTML.slice(0, 120)}`]
      return label !== null && /[a-z0-9]/.test(read) && !plain(label).includes(read) ? [`"${read}" is not in "${label}"`] : []
    })
  })

/** W-04: text that its own box cuts off, top or bottom, and buttons whose text stands out. An ellipsis in one line is meant. */
export const findCutText = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')].filter((one) => one.getClientRects().length > 0 && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '')).flatMap((one) => {
      const name = `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 40)}"`
      const style = getComputedStyle(one)
      if (one.closest('.sr-only, [class*="max-"][class*="sr-only"]') || one.clientWidth <= 1) return []
      const hides = /hidden|clip/.test(style.overflowY)
      if (hides && one.scrollHeight > one.clientHeight + 2) return [`cut: ${name}`]
      const button = one.closest<HTMLElement>('.btn')
      return button && button.scrollWidth > button.clientWidth + 2 ? [`out of its button: ${name}`] : []
    }),
  )

/** W-06: what is pressed with a finger is at least 40 px high or wide enough a row to hit; links within a sentence are exempt. */
export const findSmallTargets = (page: Page, least: number): Promise<string[]> =>
  page.evaluate((least) => {
    const inText = (one: Element): boolean => one.tagName === 'A' && getComputedStyle(one).display === 'inline'
    return [...document.querySelectorAll<HTMLElement>('button, a[href], select, summary, input:not([type=checkbox], [type=radio]), [role=menuitem], [role=tab]')]
      .filter((one) => one.getClientRects().length > 0 && !inText(one) && !one.classList.contains('skip') && one.closest('.sr-only, [data-row]') === null)
      .flatMap((one) => {
        const { width, height } = one.getBoundingClientRect()
        return height < least - 0.5 ? [`${Math.round(width)}×${Math.round(height)} ${one.tagName.toLowerCase()}.${one.className.toString().slice(0, 40)} "${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 30)}"`] : []
      })
  }, least)

/** W-02: of the element with the focus: whether one sees that it has it, and sees the element itself. Null when all is well. */
export const findFocusFlaw = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement
    if (one === document.body) return null
    const name = `${one.tagName.toLowerCase()}.${one.className.toString().slice(0, 40)} "${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 30)}"`
    // The ring may be drawn around the row, or the editor, that the element stands for.
    const drawn = [getComputedStyle(one), getComputedStyle(one, '::after'), getComputedStyle(one, '::before'), getComputedStyle(one.parentElement!), getComputedStyle(one.parentElement!.parentElement!)]
    if (!drawn.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2)) return `no ring: ${name}`
    const box = one.getBoundingClientRect()
    const [left, right, top, bottom] = [Math.max(box.left, 0), Math.min(box.right, innerWidth), Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (right - left < 1 || bottom - top < 1) return `out of sight: ${name}`
    // Of a line that wraps the middle may be beside it.
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]] as const
    const isSeen = points.some(([x, y]) => {
      const at = document.elementFromPoint(x, y)
      return at !== null && (one.contains(at) || at.contains(one))
    })
    return isSeen ? null : `covered: ${name}`
  })

/** As a person who cannot read narrow lines sets them (WCAG 1.4.12); a policy forbids style elements, but not this. */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }')
    document.adoptedStyleSheets = [sheet]
  })
