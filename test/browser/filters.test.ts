// What narrows the stream: times and environments; how its rows look; and all of it on a phone and under axe.

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { findFlawsInThemes } from './axe.ts'
import { phone } from './chromium.ts'
import { overflowOf } from './look.ts'
import { button, everything, hoursAgo, pick, shows, tabs, useViews } from './stream-page.ts'

const app = useApp()
const { save } = useViews(app)

describe('when and where', () => {
  test('the period narrows the list, and is cleared at a glance', async () => {
    const page = await openStream(app, 'shop')
    await pick(page, 'Period: Any time', 'Last 24 hours')
    await shows(page, ['FreshError', 'LocalError', 'DayError'])
    await pick(page, 'Period: Last 24 hours', 'Last hour')
    await shows(page, ['FreshError'])
    await button(page, 'Clear period: Last hour').click()
    await shows(page, everything)
    expect(new URL(page.url()).search).toBe('')
  })

  test('between two times of the local clock; what makes no span is said', async () => {
    const page = await openStream(app, 'shop')
    // Lisbon, as the browser is set.
    const local = (hours: number): string => new Date(hoursAgo(hours) * 1000).toLocaleString('sv-SE', { timeZone: 'Europe/Lisbon' }).replace(' ', 'T').slice(0, 16)
    await pick(page, 'Period: Any time', 'Between two times…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('Enter a start or an end.').waitFor()
    await dialog.getByLabel('From').fill(local(2))
    await dialog.getByLabel('Until').fill(local(30))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('The end must come after the start.').waitFor()
    await dialog.getByLabel('From').fill(local(30))
    await dialog.getByLabel('Until').fill(local(2))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await shows(page, ['LocalError', 'DayError'])
    const { searchParams } = new URL(page.url())
    expect(searchParams.get('start')).toBe(`${new Date(hoursAgo(30) * 1000).toISOString().slice(0, 16)}:00Z`)
    await pick(page, /^Period: /, 'Between two times…')
    expect(await dialog.getByLabel('From').inputValue()).toBe(local(30))
  })

  test('environments are those of the project, several at once, by keyboard too', async () => {
    const page = await openStream(app, 'shop')
    await page.getByRole('button', { name: 'Environment: All environments' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'development' }).waitFor()
    expect(await page.getByRole('menuitemcheckbox').allInnerTexts()).toEqual(['development', 'production', 'staging'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('s')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await button(page, 'Environment: development +1').waitFor()
    await shows(page, ['LocalError', 'OldError'])
    await button(page, 'Clear environment: development +1').click()
    await shows(page, everything)
  })

  test('S-16 nothing found names the search, the environment and the time, and clears them', async () => {
    const page = await app.open('/p/shop/issues?query=level:warning&environment=staging&environment=production&statsPeriod=24h')
    await page.getByRole('heading', { name: 'No issue matches' }).waitFor()
    expect(await page.locator('.empty p').first().innerText()).toBe('Nothing was found for level:warning in staging, production, seen in the last 24 hours.')
    await page.getByRole('link', { name: 'Search any time, everywhere' }).click()
    await expect.poll(() => page.locator('.empty p').first().innerText()).toBe('Nothing was found for level:warning.')
    await page.getByRole('link', { name: 'Clear' }).click()
    await shows(page, everything)
  })
})

describe('one line a row', () => {
  test('shows level, type, value and short id on it, and head and rows stand under each other', async () => {
    const page = await openStream(app, 'shop', { search: '?density=compact&columns=trend,events,seen' })
    const row = page.locator('[data-row]').first()
    const box = (await row.boundingBox())!
    expect(box.height).toBe(28)
    for (const part of ['.level', '.issue-title b', '.issue-title span', '.issue-short', '.status']) {
      const inner = (await row.locator(part).boundingBox())!
      expect([part, inner.width > 0, inner.y >= box.y, inner.y + inner.height <= box.y + box.height]).toEqual([part, true, true, true])
    }
    const edges = (place: string): Promise<number[]> => page.locator(place).first().locator('> :visible').evaluateAll((cells) => cells.slice(1).map((cell) => Math.round(cell.getBoundingClientRect().right)))
    expect(await edges('[data-row]')).toEqual(await edges('.issue-head'))
  })

  test('S-01 the other way round a row has two lines again, and the cursor is kept', async () => {
    const page = await openStream(app, 'shop', { search: '?density=compact' })
    await page.keyboard.press('j')
    await pick(page, 'Columns and rows', 'Two lines')
    await expect.poll(() => page.locator('[data-row]').first().evaluate((row) => row.getBoundingClientRect().height)).toBe(44)
    expect(await page.locator('[data-row][aria-current=true]').count()).toBe(1)
    expect(await page.locator('[data-row]').nth(1).evaluate((row) => row.getBoundingClientRect().top - row.previousElementSibling!.getBoundingClientRect().top)).toBe(44)
  })
})

describe('on a phone', () => {
  test('S-19 many views scroll in their own box, the page does not; the one that is shown is in view', async () => {
    const views = []
    for (let index = 1; index <= 14; index += 1) views.push(await save(`A view of mine, number ${index}`, `level:fatal ${index}`))
    for (const width of [390, 320]) {
      const page = await app.open(`/p/shop/issues?view=${views.at(-1)!.id}&query=is:unresolved&environment=production&statsPeriod=7d`, { ...phone, viewport: { width, height: 844 } })
      await page.locator('[data-row]').first().waitFor()
      await button(page, 'Save').waitFor()
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      const box = (await tabs(page).boundingBox())!
      expect([box.x >= 0, box.x + box.width <= width]).toEqual([true, true])
      await expect.poll(async () => (({ x, width: wide }) => x >= -1 && x + wide <= width + 1)((await tabs(page).locator('[aria-current=page]').boundingBox())!)).toBe(true)
      for (const control of await page.locator('.filters .btn, .view-tools .btn').all()) {
        await control.evaluate((one) => one.scrollIntoView({ inline: 'nearest', block: 'nearest' }))
        await expect.poll(async () => (({ x, width: wide }) => x >= -1 && x + wide <= width + 1)((await control.boundingBox())!)).toBe(true)
      }
    }
  })
})

describe('axe = 0', () => {
  test.for([
    ['a view that was changed, one line a row, environments open', async (page: Page): Promise<void> => {
      await button(page, 'Save').waitFor()
      await pick(page, /^Environment: /)
      await page.getByRole('menuitemcheckbox').first().waitFor()
    }],
    ['between two times', (page: Page) => pick(page, /^Period: /, 'Between two times…')],
    ['naming a view', (page: Page) => button(page, 'Save as…').click()],
  ] as const)('%s', async ([, reach]) => {
    const view = await save('Worst', 'level:fatal')
    const page = await app.open(`/p/shop/issues?view=${view.id}&query=level:fatal&environment=production&statsPeriod=24h&density=compact`)
    await page.locator('[data-row]').first().waitFor()
    await reach(page)
    expect(await findFlawsInThemes(page)).toEqual({ light: [], dark: [] })
  })
})
