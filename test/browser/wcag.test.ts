// Accessibility on every page beyond what axe finds (ui.md 2.14). W-01 is axe.test.ts, W-11 is R-06, W-12 is G-10.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { desktop } from './chromium.ts'
import { nodeErrors } from './events.ts'
import { overflowOf } from './look.ts'
import { listPages, type PageCase } from './pages.ts'
import { checkoutEvent } from './sample-checkout.ts'
import { findCutText, findFocusFlaw, findNameFlaws, findOutlineFlaws, findSmallTargets, spaceText } from './wcag.ts'

const app = useApp()
let pages: PageCase[]
let issue: string

beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(8))
  await app.send(app.server.project, checkoutEvent(Date.now() - 60_000))
  const [event] = await app.send(app.server.project, checkoutEvent(Date.now()))
  issue = (await app.server.client.issues('shop')).data[0]!.shortId
  pages = listPages({ issue, event: event! })
})

/** One line per flaw and page. */
async function onEveryPage(look: (page: Page) => Promise<readonly string[]>, options: Parameters<typeof app.open>[1] = {}, among = pages): Promise<string[]> {
  app.expectTrouble(/status of (400|404)/)
  const found: string[] = []
  for (const signedIn of [true, false]) {
    const page = await app.open('about:blank', { ...options, signedIn })
    for (const one of among.filter((each) => (each.signedIn ?? true) === signedIn)) {
      await page.goto(one.address)
      await one.ready(page)
      await page.waitForFunction(() => document.fonts.status === 'loaded' && document.querySelector('.skeleton') === null)
      found.push(...(await look(page)).map((flaw) => `${one.name}: ${flaw}`))
    }
  }
  return found
}

test('W-13 W-14 names hold what one reads; each page has a language, a title, one h1 and headings in order', async () => {
  expect(await onEveryPage(async (page) => [...(await findOutlineFlaws(page)), ...(await findNameFlaws(page))])).toEqual([])
})

test('W-03 at 320 px no page scrolls sideways', async () => {
  expect(await onEveryPage(async (page) => ((await overflowOf(page)) > 0 ? [`${await overflowOf(page)} px too wide`] : []), { viewport: { width: 320, height: 640 } })).toEqual([])
})

test('W-04 at twice the size, and with wide text, nothing is cut off', async () => {
  const look = async (page: Page): Promise<string[]> => {
    await spaceText(page)
    return [...(await findCutText(page)), ...((await overflowOf(page)) > 0 ? ['wider than the window'] : [])]
  }
  const { width, height } = desktop.viewport
  expect(await onEveryPage(look, { viewport: { width: width / 2, height: height / 2 } })).toEqual([])
})

test('W-06 with a finger every target is 40 px high', async () => {
  const flaws = await onEveryPage(async (page) => {
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true)
    return findSmallTargets(page, 40)
  }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  expect(flaws).toEqual([])
})

test('W-02 the focus is seen wherever Tab leads', { timeout: 120_000 }, async () => {
  const shown = new Set(['stream', 'issue', 'events of an issue', 'outcomes', 'grouping', 'projects', 'keys', 'members'])
  const flaws = await onEveryPage(async (page) => {
    const found = new Set<string>()
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab')
      const flaw = await findFocusFlaw(page)
      if (flaw !== null) found.add(flaw)
    }
    return [...found]
  }, {}, pages.filter(({ name }) => shown.has(name)))
  expect(flaws).toEqual([])
})

test('W-02 S-03 and D-07 by keyboard only', async () => {
  const page = await openStream(app, 'shop')
  for (const key of ['j', 'j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key)
  await page.getByRole('status').filter({ hasText: '2 selected' }).first().waitFor()
  await page.keyboard.press('e')
  await expect.poll(() => page.locator('[data-row]').getByText('Resolved').count()).toBe(2)
  await page.goto(`/issues/${issue}`)
  await page.locator('.event-region[data-state=ready]').waitFor()
  await page.getByText('Event 2 of 2').waitFor()
  await page.keyboard.press('h')
  await page.getByText('Event 1 of 2').waitFor()
  await page.keyboard.press('l')
  await page.getByText('Event 2 of 2').waitFor()
})

test('W-05 a level has a shape and a name, a status a word, the failing line a sign', async () => {
  const page = await openStream(app, 'shop')
  expect(await page.locator('[data-row]').evaluateAll((rows) => rows.every((row) => (row.querySelector('svg.level')?.getAttribute('aria-label') ?? '') !== '' && /\w/.test(row.querySelector('.status')?.textContent ?? '')))).toBe(true)
  await page.goto(`/issues/${issue}`)
  const line = page.locator('[data-frame] [aria-current]').first()
  await line.waitFor()
  expect(await line.locator('.line-number').evaluate((element) => getComputedStyle(element, '::before').content)).toContain('▶')
})

test('W-07 who wants no motion sees none', async () => {
  const page = await openStream(app, 'shop', { reducedMotion: 'reduce' })
  await page.route(/\/shop\/issues\/\?/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.fallback()
  })
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link').nth(1).click()
  await page.locator('.reload-bar').waitFor()
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  expect(await page.locator('.reload-bar').evaluate((bar) => getComputedStyle(bar).animationName)).toBe('none')
})

test('W-08 with forced colours spine, glyph, focus, cursor and selection are seen', async () => {
  const page = await openStream(app, 'shop', { forcedColors: 'active' })
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const row = page.locator('[data-row][aria-current=true]')
  await row.waitFor()
  const seen = await row.evaluate((element) => {
    const canvas = getComputedStyle(document.body).backgroundColor
    const glyph = getComputedStyle(element.querySelector('svg.level')!)
    const spine = [element, ...element.querySelectorAll('*')].map((one) => getComputedStyle(one)).some((style) => Number.parseFloat(style.borderLeftWidth) === 3 && style.borderLeftColor !== canvas)
    return { spine, glyph: glyph.fill !== canvas && glyph.fill !== 'none', cursor: getComputedStyle(element).outlineStyle !== 'none', selection: element.querySelector<HTMLInputElement>('input[type=checkbox]')!.checked }
  })
  expect(seen).toEqual({ spine: true, glyph: true, cursor: true, selection: true })
  await page.keyboard.press('Tab')
  expect(await findFocusFlaw(page)).toBeNull()
})

describe('W-09 a dialog takes the focus, keeps it, and gives it back on Esc', () => {
  const dialogs: [name: string, address: string, button: string | RegExp][] = [
    ['keys', '/p/shop/issues', /^Keys/],
    ['palette', '/p/shop/issues', /^Search or go to/],
    ['new project', '/projects', 'New project'],
    ['invitation', '/settings/members', 'Invite'],
    ['new token', '/settings/tokens', 'New token'],
  ]
  test.for(dialogs)('W-09 %s', async ([, address, name]) => {
    const page = await app.open(address)
    const button = page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const isInside = (): Promise<boolean> => dialog.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(isInside).toBe(true)
    for (let step = 0; step < 12; step += 1) await page.keyboard.press(step % 3 === 0 ? 'Shift+Tab' : 'Tab')
    expect(await isInside()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

test('W-10 while new issues pour in, the number of them is read out once in 5 s', async () => {
  const page = await openStream(app, 'shop')
  await page.evaluate(() => {
    const said: { at: number; text: string }[] = []
    Object.assign(globalThis, { said })
    const last = new Map<Element, string>()
    new MutationObserver(() => {
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]:not([aria-live=off])')) {
        const text = region.textContent.trim()
        if (text !== '' && text !== last.get(region)) said.push({ at: performance.now(), text })
        last.set(region, text)
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  const started = Date.now()
  for (let at = 0; Date.now() - started < 7000; at += 1) {
    await app.send(app.server.project, { ...nodeErrors(1)[0]!, exception: { values: [{ type: `Poured${at}`, value: 'one more' }] } })
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
  await page.getByText(/\d+ new/).first().waitFor()
  const said = await page.evaluate(() => (globalThis as unknown as { said: { at: number; text: string }[] }).said.filter(({ text }) => /\d/.test(text)))
  expect(said.length).toBeGreaterThan(0)
  expect(said.filter((one, at) => at > 0 && one.at - said[at - 1]!.at < 4900)).toEqual([])
})
