// The tags of an issue and the values of one (ui.md 2.7).

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from './app.ts'
import { phone } from './chromium.ts'
import { nodeError } from './events.ts'
import { overflowOf } from './look.ts'
import { sendEvents } from './send.ts'

const app = useApp()
/** The machine may be busy with others. */
const soon = { timeout: 15_000 }
const many = 1_000
const names = Array.from({ length: many }, (_, index) => `cart-${String(index).padStart(4, '0')}`)
let shortId: string

beforeAll(async () => {
  const { project } = app.server
  const at = Date.now() / 1000
  const event = (cart: string, before: number) => nodeError('ManyCarts', 'one for each', { timestamp: at - before, tags: { cart, plain: 'yes' } })
  await sendEvents(project.dsn, names.map((name, index) => event(name, 60 + many - index)))
  // One that is frequent and was not seen last; one that was.
  await sendEvents(project.dsn, Array.from({ length: 4 }, () => event('cart-0500', 45)))
  const [last] = await app.send(project, event('cart-0007', 1))
  shortId = (await app.server.client.event(project.slug, last!)).data.refold.shortId
}, 90_000)

const openTag = async (rest = '', options = {}): Promise<Page> => {
  const page = await app.open(`/issues/${shortId}/tags/cart${rest}`, options)
  await page.locator('[data-row]').first().waitFor()
  return page
}
const rowsOf = (page: Page): Promise<(string | null)[]> => page.locator('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-id')))

test('V-02 a thousand values: fifty rows, by count and by last seen, in pages both ways', async () => {
  const page = await openTag()
  expect(await page.locator('h1').innerText()).toBe('cart')
  await expect.poll(() => page.locator('.subpage-note').innerText(), soon).toContain('1,000 values in 1,005 events')
  expect((await rowsOf(page)).length).toBeLessThanOrEqual(60)
  expect((await rowsOf(page)).slice(0, 2)).toEqual(['cart-0500', 'cart-0007'])
  expect((await page.locator('[data-row]').first().innerText()).split(/\s*\n\s*/).slice(0, 3)).toEqual(['cart-0500', '5', '<1%'])

  await page.getByRole('link', { name: 'last seen' }).click()
  await expect.poll(() => rowsOf(page).then((rows) => rows.slice(0, 3)), soon).toEqual(['cart-0007', 'cart-0500', 'cart-0999'])
  expect(await page.getByRole('columnheader', { name: 'last seen' }).getAttribute('aria-sort')).toBe('descending')
  const first = await rowsOf(page)
  const back = page.getByRole('button', { name: /^Seen later/ })
  expect([await back.getAttribute('aria-disabled'), await back.getAttribute('title')]).toEqual(['true', 'This is the first page'])
  await page.getByRole('link', { name: 'Seen earlier' }).click()
  await expect.poll(() => rowsOf(page).then((rows) => rows[0]), soon).not.toBe(first[0])
  const second = await rowsOf(page)
  expect(second.length).toBeLessThanOrEqual(60)
  expect(second.filter((row) => first.includes(row))).toEqual([])
  await page.getByRole('link', { name: 'Seen later' }).click()
  await expect.poll(() => rowsOf(page), soon).toEqual(first)
})

test('V-02 values are searched, opened by keys, and there are words for none', async () => {
  const page = await openTag()
  await page.keyboard.press('/')
  await page.keyboard.type('0500')
  await expect.poll(() => rowsOf(page), soon).toEqual(['cart-0500'])
  expect(new URL(page.url()).searchParams.get('value')).toBe('0500')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.event-bar').innerText(), soon).toContain('matches cart:cart-0500')
  expect(new URL(page.url()).searchParams.get('query')).toBe('cart:cart-0500')

  await page.goto(`/issues/${shortId}/tags/cart?value=nowhere`)
  await page.locator('[data-state=empty]').waitFor()
  expect(await page.locator('main').innerText()).toContain('No value of this tag has “nowhere” in it.')
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect.poll(() => rowsOf(page).then((rows) => rows.length), soon).toBe(50)
})

test('V-02 all values come as a table for a spreadsheet', async () => {
  const page = await openTag('?value=cart-00')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()])
  expect(download.suggestedFilename()).toBe(`${shortId}-cart.csv`)
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n')
  expect(lines.length).toBe(101)
  expect(lines.slice(1).every((line) => line.startsWith('"cart-00'))).toBe(true)
})

test('all tags of the issue stand side by side, each with its ten most frequent values', async () => {
  const page = await app.open(`/issues/${shortId}`)
  await page.getByRole('link', { name: 'all tags' }).click()
  await page.locator('[data-tag=cart]').waitFor()
  expect(new URL(page.url()).pathname).toBe(`/issues/${shortId}/tags`)
  const cart = page.locator('[data-tag=cart]')
  expect(await cart.locator('.tag-value-link').count()).toBe(10)
  expect(await cart.innerText()).toContain('990 more values')
  expect(await page.locator('[data-tag=plain] .tag-value-link').innerText()).toMatch(/yes\s+100%/)
  await cart.locator('h2 a').click()
  await page.locator('[data-row]').first().waitFor()
  // The way back.
  await page.keyboard.press('u')
  await page.locator('.event-bar').waitFor()
})

test.for([390, 320])('W-03 at %i px nothing scrolls sideways', async (width) => {
  const page = await openTag('', { ...phone, viewport: { width, height: 844 } })
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  for (const rest of ['tags', 'events']) {
    await page.goto(`/issues/${shortId}/${rest}`)
    await page.locator('[data-tag], [data-row]').first().waitFor()
    expect([rest, await overflowOf(page)]).toEqual([rest, 0])
  }
})
