// One issue and its events (ui.md 2.6). Every event came through the real ingest.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openStream, useApp, type OpenOptions } from './app.ts'
import { phone } from './chromium.ts'
import { crumbTimes, hostileEvent, javaChain, javascriptChain, messageOnly, nodeError, nodeErrors, oddFrames, pythonChain, withSource } from './events.ts'
import { overflowOf, timeFromKey } from './look.ts'
import type { SentryEvent } from './send.ts'

const app = useApp()

/** Sends one event and opens it. */
async function openEvent(event: SentryEvent, options: OpenOptions = {}): Promise<Page> {
  const [id] = await app.send(app.server.project, event)
  const { data } = await app.server.client.event('shop', id!)
  const page = await app.open(`/issues/${data.groupID}/events/${id}`, options)
  await page.locator('.event-region[data-state=ready]').waitFor()
  return page
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()

test('D-01 Enter opens the row: its heading at once, from what the list knows, then its stack trace', async () => {
  const project = await app.server.addProject('opens')
  await app.send(project, ...nodeErrors(3))
  const page = await openStream(app, 'opens')
  const typeOf = async (index: number): Promise<string> => (await page.locator('[data-row] .issue-title b').nth(index).innerText()).trim()
  // The first opening also loads the page's code.
  for (const key of ['j', 'Enter']) await page.keyboard.press(key)
  await page.locator('[data-frame]').first().waitFor()
  await page.keyboard.press('u')
  await page.locator('[data-row]').first().waitFor()

  await page.route(/\/issues\/[^/]+\/(\?.*)?$/, () => undefined) // the issue itself is never answered
  const [heading, frame] = [await timeFromKey(page, 'h1', await typeOf(2)), await timeFromKey(page, '[data-frame]', `run${await typeOf(2)}`)]
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  expect(await heading()).toBeLessThan(100)
  expect(await frame()).toBeLessThan(600)
})

describe('the stack trace', () => {
  test('D-02 opens the first in-app frame at its line, and folds library frames', async () => {
    const page = await openEvent(withSource)
    const frames = page.locator('[data-frame]')
    expect(await frames.evaluateAll((all) => all.map((one) => [one.getAttribute('data-in-app'), one.querySelector('button')!.getAttribute('aria-expanded')]))).toEqual([['true', 'true'], ['true', 'false'], ['false', 'false']])
    const failing = frames.first().locator('[aria-current=true]')
    expect(squeeze(await failing.innerText())).toMatch(/^(▶ )?42 throw new Error\("x"\)$/)
    expect(await page.getByRole('button', { name: /library frames/ }).innerText()).toBe('4 library frames')
  })

  test('D-03 t shows all frames, and again those of the application', async () => {
    const page = await openEvent(withSource)
    const frames = page.locator('[data-frame]')
    expect(await frames.count()).toBe(3)
    await page.keyboard.press('t')
    await expect.poll(() => frames.count()).toBe(7)
    await page.keyboard.press('t')
    await expect.poll(() => frames.count()).toBe(3)
  })

  const chains: [string, SentryEvent, string[]][] = [
    ['Python', pythonChain, ['InvoiceNotFound INV-7', 'while handling', 'LookupError no such invoice', 'caused by', "KeyError 'INV-7'"]],
    ['JavaScript', javascriptChain, ['CheckoutError order not placed', 'caused by', 'PaymentError card not charged', 'caused by', 'Error connect ECONNREFUSED']],
    ['Java', javaChain, ['IllegalStateException order lookup failed', 'caused by', 'SQLTimeoutException statement timed out', 'caused by', 'SocketTimeoutException Read timed out']],
  ]
  test.for(chains)('D-05 chained exceptions of %s: the thrown one first, each with its relation', async ([, event, golden]) => {
    const page = await openEvent(event)
    const lines = await page.locator('.relation, .exception-head').evaluateAll((all) => all.map((one) => (one.matches('.relation') ? one.textContent : `${one.querySelector('h3')!.textContent} ${one.querySelector('.exception-value')!.textContent}`)))
    expect(lines.map(squeeze)).toEqual(golden)
  })

  test('D-06 places read the way each language writes them', async () => {
    const page = await openEvent(oddFrames)
    expect((await page.locator('[data-frame] .frame-place').allTextContents()).map(squeeze)).toEqual([
      '…/that-goes-on/and-on/and-on/src/orders/place.ts:42:11 in placeOrder',
      '/assets/app-4f2a.js:1:4821 in <anonymous>',
      'C:\\build\\Warehouse\\Picking\\RouteService.cs:55 in Next',
      'com.acme.orders.OrderDao:88 in find',
    ])
    expect(await page.locator('[data-frame]').first().locator('.no-source').innerText()).toBe('The SDK sent no source.')
  })
})

test('D-07 h and l go from event to event; at the ends the buttons stay reachable and say why', async () => {
  const ids: string[] = []
  for (const hour of [3, 2, 1]) ids.push(...(await app.send(app.server.project, nodeError('Thrice', 'told', { timestamp: Date.now() / 1000 - hour * 3600 }))))
  const { data } = await app.server.client.event('shop', ids[0]!)
  const page = await app.open(`/issues/${data.groupID}/events/${ids[0]}`)
  const told = page.locator('.event-bar')
  const at = async (index: number): Promise<void> => {
    await expect.poll(() => told.innerText()).toContain(`Event ${index} of 3`)
    await page.waitForURL(`**/events/${ids[index - 1]}`)
  }
  await at(1)
  for (const [key, index] of [['l', 2], ['l', 3], ['h', 2]] as const) {
    await page.keyboard.press(key)
    await at(index)
  }
  await page.keyboard.press('Shift+L')
  await expect.poll(() => told.innerText()).toContain('Event 3 of 3')
  expect(await told.innerText()).toContain(ids[2])
  const next = page.getByRole('button', { name: /^Next/ })
  expect(await next.getAttribute('aria-disabled')).toBe('true')
  expect(await next.getAttribute('title')).toBe('This is the newest event')
  expect(await next.evaluate((button: HTMLButtonElement) => (button.focus(), button.textContent))).toContain('This is the newest event')
  expect(await next.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.keyboard.press('Shift+H')
  await expect.poll(() => told.innerText()).toContain('Event 1 of 3')
  expect(await page.getByRole('button', { name: /^Previous/ }).getAttribute('title')).toBe('This is the oldest event')
})

describe('D-16 an event written by an attacker', () => {
  test.for([['1360 px', {}], ['390 px', phone]] as const)('D-16 runs nothing, hides nothing and stays in its box, at %s', async ([, look]) => {
    const [id] = await app.send(app.server.project, hostileEvent())
    const { data } = await app.server.client.event('shop', id!)
    const prepare = (page: Page): Promise<unknown> => page.addInitScript(() => Object.assign(globalThis, { alert: () => console.error('a script of the event ran') }))
    for (const address of [`/issues/${data.groupID}/events/${id}`, `/issues/${data.groupID}/events/${id}/json`, '/p/shop/issues?query=']) {
      const page = await app.open(address, { ...look, prepare })
      await page.locator('.event-region[data-state=ready], .raw-chunk, [data-row]').first().waitFor()
      await page.locator('[data-frame] > button[aria-expanded=false], details > summary').evaluateAll((all: HTMLElement[]) => all.forEach((one) => one.click()))
      const text = await page.locator('main').innerText()
      expect(text).not.toMatch(/Invalid Date|NaN|undefined/)
      // oxlint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000\u202a-\u202e\u2066-\u2069\ud800-\udfff]/)
      expect(text).toContain('⟨U+202E⟩')
      expect(await page.locator('main img, main script, a[href^="javascript" i], [onerror]').count()).toBe(0)
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
    }
  })
})

test('D-17 breadcrumb times in every form, and none', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const page = await openEvent(crumbTimes(yesterday), { timezoneId: 'Asia/Kolkata' })
  const crumbs = await page.locator('[data-crumb]').evaluateAll((all) => all.map((one) => ['.crumb-category', '.crumb-clock', '.crumb-delta'].map((part) => one.querySelector(part)!.textContent)))
  expect(crumbs).toEqual([
    ['seconds', '17:28:29.750', '−1 m 30 s'],
    ['zone', '17:29:10.250', '−50 s'],
    ['bare', '17:29:58.000', '−2.0 s'],
    ['missing', '–', '–'],
    ['nonsense', '–', '–'],
  ])
  expect(await page.locator('main').innerText()).not.toContain('Invalid Date')
})

test('an issue that is not there is asked for once, and its page says so', async () => {
  app.expectTrouble(/404/)
  const page = await app.open('/issues/SHOP-ZZZZ')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').innerText()).toMatch(/Not here.*Status 404/)
  expect(app.requested.filter((url) => url.endsWith('/issues/SHOP-ZZZZ/')).length).toBeLessThanOrEqual(2)
})

test('a message without an exception has its text, and no stack trace', async () => {
  const page = await openEvent(messageOnly)
  expect(await page.locator('h1').innerText()).toBe('Order queue is not being read')
  expect(await page.getByRole('heading', { name: 'Stack trace' }).count()).toBe(0)
})

describe('D-24 W-03 narrow windows', () => {
  test.for([390, 320])('D-24 at %i px nothing but code scrolls sideways, and the numbers stand in one row', async (width) => {
    const page = await openEvent(withSource, { ...phone, viewport: { width, height: 844 } })
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    expect(await page.locator('.source').first().evaluate((box) => getComputedStyle(box).overflowX)).toBe('auto')
    const tops = await page.locator('.issue-numbers dt').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(1)
  })
})
