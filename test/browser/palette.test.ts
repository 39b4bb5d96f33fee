// The command palette (ui.md 2.1): to an issue, a page or an action without leaving the keyboard.

import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { phone } from './chromium.ts'
import { nodeErrors } from './events.ts'

const app = useApp()
let shortIds: string[]
let eventId: string

beforeAll(async () => {
  const ids = await app.send(app.server.project, ...nodeErrors(6))
  eventId = ids[0]!
  shortIds = (await app.server.client.issues('shop')).data.map((issue) => issue.shortId)
})

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })
const options = (page: Page) => page.getByRole('option')
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '')
async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await palette(page).getByRole('combobox').waitFor()
}

test('G-03 Mod+K opens the palette; an issue id in any case is listed first, Enter goes there', async () => {
  const page = await openStream(app, 'shop')
  await openPalette(page)
  expect(await palette(page).getByRole('combobox').evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type(shortIds[2]!.toLowerCase())
  await expect.poll(() => options(page).first().textContent()).toMatch(new RegExp(`^${shortIds[2]}.+`))
  expect(await options(page).first().getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/issues/${shortIds[2]}`)
  // It is among those opened last once it has been read.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('refold.recent'))).toContain(shortIds[2])
  await palette(page).waitFor({ state: 'detached' })
  await openPalette(page)
  await page.getByRole('group', { name: 'Recent issues' }).getByText(shortIds[2]!).waitFor()
})

test('G-03 Esc closes the palette and gives the focus back, also to a field', async () => {
  const page = await openStream(app, 'shop')
  await page.keyboard.press('/')
  const before = await focused(page)
  expect(before).toContain('<input')
  await openPalette(page)
  await page.keyboard.type('nothing at all')
  await page.keyboard.press('Escape')
  await palette(page).waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toBe(before)
  await openPalette(page)
  await page.keyboard.press('Control+k')
  await palette(page).waitFor({ state: 'detached' })
})

test('the palette finds an event by its id, a page, and else searches', async () => {
  const page = await openStream(app, 'shop')
  await openPalette(page)
  await page.keyboard.type(eventId.toUpperCase())
  await page.getByRole('group', { name: 'Event' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/issues/SHOP-*/events/${eventId}`)

  await openPalette(page)
  await page.keyboard.type('tok')
  await page.getByRole('option', { name: 'API tokens' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/tokens')

  await openPalette(page)
  await page.keyboard.type('regress')
  await page.getByRole('group', { name: 'Views' }).getByRole('option', { name: 'Regressed' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.get('query') === 'is:regressed')

  await openPalette(page)
  await page.keyboard.type('payment refused')
  await expect.poll(() => options(page).allTextContents()).toEqual(['Search issues for “payment refused”'])
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.get('query') === 'payment refused')
})

test('the palette runs what the keys of the page do, on the row with the cursor', async () => {
  const page = await openStream(app, 'shop')
  await page.keyboard.press('j')
  await openPalette(page)
  await page.keyboard.type('resolve')
  await page.getByRole('group', { name: 'On this page' }).getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-row]').nth(1).getByText('Resolved').waitFor()
  await page.keyboard.press('z')
})

test('an action of the palette that moves the focus keeps it', async () => {
  const page = await openStream(app, 'shop')
  await openPalette(page)
  await page.keyboard.type('search')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toContain('<input')
})

test('on a phone the palette has a button', async () => {
  const page = await openStream(app, 'shop', phone)
  await page.getByRole('button', { name: 'Search or go to' }).tap()
  await palette(page).waitFor()
  await page.getByRole('option', { name: 'Projects', exact: true }).tap()
  await page.waitForURL('**/projects')
})

test('of more than ten projects one is found by typing', async () => {
  for (let at = 0; at < 11; at += 1) await app.server.addProject(`many-${at}`)
  const page = await openStream(app, 'shop')
  await page.getByRole('button', { name: /^Project shop/ }).click()
  await page.getByRole('dialog', { name: 'Change the project' }).waitFor()
  await page.keyboard.type('y-7')
  await expect.poll(() => options(page).count()).toBe(1)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/p/many-7/issues')
})
