// The issue stream (ui.md 2.4). What arrives while it is open is in live.test.ts.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { phone } from './chromium.ts'
import { nodeError, nodeErrors } from './events.ts'
import { overflowOf, timeFromKey } from './look.ts'

const app = useApp()
const rows = (page: Page) => page.locator('[data-row]')
const row = (page: Page, index: number) => page.locator(`[data-row][aria-rowindex="${index + 2}"]`)
const statusOf = (page: Page, index: number): Promise<string | null> => row(page, index).locator('[data-status]').getAttribute('data-status')
const cursorOf = async (page: Page): Promise<number> => Number(await page.locator('[data-row][aria-current=true]').getAttribute('aria-rowindex')) - 2

beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(100))
})

test('S-01 a row says what, where, how often and since when', async () => {
  const page = await openStream(app, 'shop')
  for (let index = 0; index < 10; index += 1) {
    const one = row(page, index)
    expect(await one.locator('.issue-title').innerText()).toBe(`Failure${100 - index} number ${100 - index} of 100`)
    expect(await one.locator('.issue-short').innerText()).toMatch(/^SHOP-[0-9A-HJKMNP-TV-Z]+$/)
    expect(await one.locator('[data-status]').innerText()).toBe('New')
    expect(await one.locator('.cell-num').allInnerTexts()).toEqual(['1', '0', expect.stringMatching(/^\dm$/), expect.stringMatching(/^\dm$/)])
    expect(await one.getByRole('img', { name: /24 hours/ }).getAttribute('aria-label')).toBe('Last 24 hours: 1 events, peak 1 per hour')
  }
})

describe('keys', () => {
  test('S-02 j and k move a cursor that stays in view', async () => {
    const page = await openStream(app, 'shop', {
      prepare: (one) => one.addInitScript(() => {
        const slow: number[] = []
        Object.assign(globalThis, { slow })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as PerformanceEventTiming[]) if (entry.name === 'keydown' && entry.processingEnd - entry.processingStart > 16) slow.push(entry.processingEnd - entry.processingStart)
        }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
      }),
    })
    expect(await page.locator('[aria-current=true][data-row]').count()).toBe(0)
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
    expect(await cursorOf(page)).toBe(1)
    for (let press = 1; press <= 60; press += 1) {
      await page.keyboard.press('j')
      await expect.poll(() => cursorOf(page)).toBe(1 + press)
      const [box, table] = [await page.locator('[data-row][aria-current=true]').boundingBox(), await page.getByRole('table').boundingBox()]
      expect(box!.y).toBeGreaterThanOrEqual(table!.y)
      expect(box!.y + box!.height).toBeLessThanOrEqual(table!.y + table!.height + 1)
    }
    // p95 of 63 presses.
    expect((await page.evaluate(() => (globalThis as unknown as { slow: number[] }).slow)).length).toBeLessThanOrEqual(3)
  })

  test('S-03 e resolves the selected rows at once, before the server has answered', async () => {
    const project = await app.server.addProject('bulk')
    await app.send(project, ...nodeErrors(5))
    const page = await openStream(app, 'bulk')
    let answered = false
    const puts: URL[] = []
    await page.route('**/api/0/**', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue()
      puts.push(new URL(route.request().url()))
      await new Promise((resolve) => setTimeout(resolve, 2000))
      answered = true
      return route.continue()
    })
    for (const key of ['j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key)
    await page.getByRole('status').filter({ hasText: /^2 selected$/ }).waitFor({ state: 'attached' })
    const resolved = await timeFromKey(page, '[data-row]:has([data-status=resolved]) ~ [data-row] [data-status=resolved]', '')
    await page.keyboard.press('e')
    expect(await resolved()).toBeLessThan(100)
    expect(answered).toBe(false)
    expect([await statusOf(page, 1), await statusOf(page, 3)]).toEqual(['resolved', 'resolved'])
    await expect.poll(async () => (await app.server.client.issues('bulk', { query: 'is:resolved' })).data.length, { timeout: 10_000 }).toBe(2)
    expect(puts.map((url) => url.searchParams.getAll('id').length)).toEqual([2])
  })

  test('S-04 a refusal puts the rows back, and says so with Retry', async () => {
    app.expectTrouble(/500/)
    const page = await openStream(app, 'shop')
    await page.route('**/api/0/**', (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 500, json: { detail: 'Internal error.' } }) : route.continue()))
    await page.keyboard.press('j')
    await page.keyboard.press('e')
    const toast = page.locator('.toast[data-kind=error]')
    await toast.waitFor()
    expect(await toast.innerText()).toMatch(/could not be resolved: Internal error\..*Retry/s)
    expect(await statusOf(page, 1)).toBe('new')
  })

  test('S-08 a letter in the search field is a letter, and no key acts under a dialog', async () => {
    const page = await openStream(app, 'shop')
    await page.keyboard.press('j')
    await page.keyboard.press('/')
    await page.keyboard.press('End')
    await page.keyboard.type(' jxe')
    expect(await page.getByLabel('Search issues').inputValue()).toMatch(/jxe$/)
    expect(await cursorOf(page).catch(() => 0)).toBeLessThanOrEqual(1)
    await page.goto('/p/shop/issues')
    await rows(page).first().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    for (const key of ['j', 'x', 'e']) await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.locator('[data-row][aria-current=true]').count()).toBe(0)
    expect(await page.locator('[data-row] input:checked').count()).toBe(0)
  })
})

describe('S-16 an empty list says why', () => {
  test('S-16 never an event: the way to the setup', async () => {
    await app.server.addProject('virgin')
    const page = await app.open('/p/virgin/issues')
    await page.getByRole('heading', { name: 'No event has arrived yet' }).waitFor()
    await page.getByRole('link', { name: 'Set up an SDK' }).click()
    await page.waitForURL('**/p/virgin/setup')
  })

  test('S-16 nothing found: which filter, and Clear', async () => {
    const page = await app.open('/p/shop/issues?query=nothing%20like%20it')
    await page.getByRole('heading', { name: 'No issue matches' }).waitFor()
    expect(await page.locator('.empty').innerText()).toContain('nothing like it')
    await page.getByRole('link', { name: 'Clear' }).click()
    await rows(page).first().waitFor()
  })

  test('S-16 all resolved', async () => {
    const project = await app.server.addProject('done')
    await app.send(project, nodeError('Done', 'soon'))
    const { data } = await app.server.client.issues('done')
    await app.server.client.updateIssue(data[0]!.id, { status: 'resolved' })
    const page = await app.open('/p/done/issues')
    await page.getByRole('heading', { name: 'All resolved' }).waitFor()
    await page.getByRole('link', { name: 'Show all issues' }).click()
    await rows(page).first().waitFor()
  })
})

describe('S-17 the first load', () => {
  /** Time stands still in the page, but for what `runFor` lets pass. */
  const freeze = async (page: Page): Promise<void> => {
    await page.clock.install({ time: new Date() })
    await page.clock.pauseAt(new Date(Date.now() + 1000))
  }
  const isList = (url: URL): boolean => url.pathname.endsWith('/projects/refold/shop/issues/')

  test('S-17 shows no skeleton when the rows are there within 150 ms', async () => {
    const page = await app.open('about:blank')
    await freeze(page)
    await page.addInitScript(() => {
      new MutationObserver(() => document.querySelector('.skeleton') && Object.assign(globalThis, { sawSkeleton: true })).observe(document, { childList: true, subtree: true })
    })
    const answered = page.waitForResponse((response) => isList(new URL(response.url())))
    await page.goto('/p/shop/issues')
    await (await answered).finished()
    await expect.poll(async () => (await page.clock.runFor(1), rows(page).count()), { interval: 20 }).toBeGreaterThan(5)
    expect(await page.evaluate(() => 'sawSkeleton' in globalThis)).toBe(false)
  })

  test('S-17 else one of the real row height: nothing moves when the rows come', async () => {
    const page = await app.open('about:blank')
    await freeze(page)
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(globalThis, { shifts })
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => shifts.push((entry as unknown as { value: number }).value))).observe({ type: 'layout-shift', buffered: true })
    })
    const held = Promise.withResolvers<void>()
    await page.route(isList, async (route) => {
      await held.promise
      await route.continue()
    })
    await page.goto('/p/shop/issues')
    await page.locator('.stream-region[data-state=loading]').waitFor({ state: 'attached' })
    await page.clock.runFor(149)
    expect(await page.locator('.skeleton').count()).toBe(0)
    await page.clock.runFor(2)
    const skeletonRows = page.locator('.issue-row-empty')
    await skeletonRows.first().waitFor()
    const height = (await skeletonRows.first().boundingBox())!.height
    const top = (await skeletonRows.first().boundingBox())!.y
    held.resolve()
    await expect.poll(async () => (await page.clock.runFor(20), rows(page).count())).toBeGreaterThan(5)
    const first = (await row(page, 0).boundingBox())!
    expect([first.height, first.y]).toEqual([height, top])
    expect((await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(0.02)
  })
})

test('S-18 a list that fails says so with its status, and can be asked again; the search goes on working', async () => {
  app.expectTrouble(/500/)
  const isList = (url: URL): boolean => url.pathname.endsWith('/projects/refold/shop/issues/')
  const page = await app.open('/p/shop/issues', { prepare: (one) => one.route(isList, (route) => route.fulfill({ status: 500, json: { detail: 'Internal error.' } })) })
  const alert = page.locator('[data-state=error]').getByRole('alert')
  await alert.waitFor()
  expect(await alert.innerText()).toMatch(/500/)
  const refused = page.waitForResponse((response) => response.url().includes('query=Failure42') && response.status() === 500)
  await page.getByLabel('Search issues').fill('Failure42')
  await refused
  await alert.waitFor()
  await page.unroute(isList)
  await page.getByRole('alert').getByRole('button', { name: 'Retry' }).click()
  await expect.poll(() => rows(page).count()).toBe(1)
  expect(await rows(page).first().innerText()).toContain('Failure42')
})

describe('S-19 W-03 narrow windows', () => {
  test.for([390, 320])('S-19 at %i px nothing scrolls sideways; select, issue and events stay', async (width) => {
    const page = await openStream(app, 'shop', { ...phone, viewport: { width, height: 844 } })
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    const heads = await page.getByRole('columnheader').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0 && one.clientWidth > 1).map((one) => one.textContent))
    expect(heads).toEqual(['', 'Issue', 'Events'])
    await page.getByRole('checkbox', { name: /^Select SHOP/ }).first().check()
    const resolve = (await page.getByRole('button', { name: 'Resolve' }).boundingBox())!
    expect(resolve.y + resolve.height).toBeGreaterThan(700)
    await page.getByRole('button', { name: 'Archive' }).click({ trial: true })
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  })
})
