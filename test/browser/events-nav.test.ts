// Moving through the events of one issue: filter, chart, event bar, facets, the list of events (ui.md 2.6, 2.7).

import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useApp } from './app.ts'
import { nodeError } from './events.ts'

const app = useApp()
/** The machine may be busy with others. */
const soon = { timeout: 15_000 }
const hour = 3_600_000
const now = Date.now()
/** One per hour, the newest in this hour: ids from the oldest. Of ten events the third and the sixth are of staging. */
const ids: string[] = []
let shortId: string

beforeAll(async () => {
  for (const index of Array.from({ length: 10 }, (_, at) => at)) {
    const event = nodeError('Wandering', 'through events', {
      timestamp: (now - (9 - index) * hour) / 1000, environment: index === 2 || index === 5 ? 'staging' : 'production', release: index < 5 ? 'shop@1.0.0' : 'shop@1.1.0',
      user: { id: String(index) }, tags: { turn: index % 2 === 0 ? 'even' : 'odd' }, request: { url: `https://shop.example.com/cart/${index}`, method: 'GET' },
    })
    ids.push(...(await app.send(app.server.project, event)))
  }
  shortId = (await app.server.client.event('shop', ids[0]!)).data.refold.shortId
})

const told = (page: Page): Promise<string> => page.locator('.event-bar > p').innerText()
const openIssue = async (rest = ''): Promise<Page> => {
  const page = await app.open(`/issues/${shortId}${rest}`)
  await page.locator('.event-region[data-state=ready]').waitFor()
  return page
}
/** Which of the 24 bars counts a time: the last one is of the hour that it is now. */
const barOf = (time: number): number => 23 - (Math.floor(Date.now() / hour) - Math.floor(time / hour))
const search = (page: Page): URLSearchParams => new URL(page.url()).searchParams

test('D-08 the event after the next is there before it is asked for', async () => {
  const page = await openIssue(`/events/${ids[0]}`)
  const asked = (id: string): number => app.requested.filter((url) => url.includes(`/events/${id}/`)).length
  await page.keyboard.press('l')
  await page.waitForURL(`**/events/${ids[1]}`)
  await expect.poll(() => told(page), soon).toContain('Event 2 of 10')
  await expect.poll(() => asked(ids[2]!), soon).toBe(1)
  await page.waitForLoadState('networkidle')
  const before = asked(ids[2]!)
  await page.keyboard.press('l')
  await page.waitForURL(`**/events/${ids[2]}`)
  await expect.poll(() => told(page), soon).toContain('Event 3 of 10')
  expect(asked(ids[2]!)).toBe(before)
  // Pointing at a button is enough.
  await page.getByRole('button', { name: /^Newest/ }).hover()
  await expect.poll(() => asked('latest'), soon).toBe(1)
})

describe('D-09 a filter', () => {
  test('D-09 the ends and the steps stay inside the search, which stands in the address', async () => {
    const page = await openIssue()
    await page.keyboard.press('/')
    await page.keyboard.type('environment:staging')
    await page.keyboard.press('Enter')
    await expect.poll(() => told(page), soon).toContain('Event 6 of 10')
    expect(await told(page)).toContain('matches environment:staging')
    expect(search(page).get('query')).toBe('environment:staging')
    await page.locator('.event-bar').click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('h')
    await expect.poll(() => told(page), soon).toContain('Event 3 of 10')
    expect(page.url()).toContain(`/events/${ids[2]}?query=`)
    expect(await page.getByRole('button', { name: /^Oldest/ }).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Shift+L')
    await expect.poll(() => told(page), soon).toContain('Event 6 of 10')
    await page.keyboard.press('Shift+H')
    await expect.poll(() => told(page), soon).toContain('Event 3 of 10')
    expect(search(page).get('query')).toBe('environment:staging')
    // Without the filter the same event stays.
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect.poll(() => search(page).has('query'), soon).toBe(false)
    expect(await told(page)).toContain('Event 3 of 10')
  })

  test('D-09 what nothing matches says so, and how to see everything again', async () => {
    app.expectTrouble(/404/)
    const page = await app.open(`/issues/${shortId}?query=environment:moon`)
    await page.getByRole('heading', { name: 'No event of this issue matches' }).waitFor()
    expect(await page.locator('main').innerText()).toContain('Nothing was found for environment:moon')
    await page.getByRole('link', { name: 'Clear filter' }).click()
    await expect.poll(() => told(page), soon).toContain('Event 10 of 10')
  })

  test('D-09 what the server cannot read is said at the field', async () => {
    app.expectTrouble(/400/)
    const page = await app.open(`/issues/${shortId}?query=level:>banana`)
    await page.getByRole('heading', { name: 'This search cannot be read' }).waitFor()
    expect(await page.getByRole('searchbox').or(page.getByRole('combobox')).first().getAttribute('aria-invalid')).toBe('true')
  })

  test('D-09 an environment of the stream goes along to the issue', async () => {
    const page = await app.open('/p/shop/issues?environment=staging')
    await page.locator('[data-row] a').first().click()
    await expect.poll(() => told(page), soon).toContain('Event 6 of 10')
    expect(search(page).getAll('environment')).toEqual(['staging'])
  })
})

test('D-10 an event that is not stored says so, and leads to the newest one', async () => {
  app.expectTrouble(/404/)
  const page = await app.open(`/issues/${shortId}/events/${'ab'.repeat(16)}`)
  const alert = page.getByRole('alert')
  await alert.waitFor()
  expect(await alert.innerText()).toContain('This event is not stored. It may have been removed by retention, or the id is wrong.')
  await alert.getByRole('link', { name: 'Show the newest event' }).click()
  await expect.poll(() => told(page), soon).toContain('Event 10 of 10')
})

describe('D-11 the chart', () => {
  const field = async (page: Page): Promise<{ plot: Locator; x: number; y: number; width: number }> => {
    await page.locator('[data-chart=ready]').waitFor()
    const plot = page.locator('.chart-plot')
    const { x, y, width } = (await plot.boundingBox())!
    return { plot, x, y, width }
  }

  test('D-11 W-11 a drag sets a range in the address, Esc ends it, and a link gives the same one', async () => {
    const page = await openIssue()
    const { x, y, width } = await field(page)
    await page.mouse.move(x + (18.5 / 24) * width, y + 30)
    await page.mouse.down()
    await page.mouse.move(x + (21.5 / 24) * width, y + 35, { steps: 4 })
    await page.mouse.move(x + (23.5 / 24) * width, y + 35, { steps: 4 })
    await page.mouse.up()
    await page.locator('.chart-range').waitFor()
    const dragged = { start: search(page).get('start'), end: search(page).get('end') }
    const thisHour = Math.floor(Date.now() / hour) * hour
    expect(dragged).toEqual({ start: new Date(thisHour - 5 * hour).toISOString(), end: new Date(thisHour + hour - 1).toISOString() })
    await expect.poll(() => told(page), soon).toContain('matches')
    await page.keyboard.press('Escape')
    await expect.poll(() => search(page).has('start'), soon).toBe(false)
    expect(page.url()).toContain(`/issues/${shortId}`)
    await page.getByRole('link', { name: 'last 6 hours' }).click()
    await expect.poll(() => ({ start: search(page).get('start'), end: search(page).get('end') }), soon).toEqual(dragged)
    // The first one of six hours.
    await page.keyboard.press('Shift+H')
    const first = ids.findIndex((_, index) => barOf(now - (9 - index) * hour) >= 18)
    await expect.poll(() => told(page), soon).toContain(`Event ${first + 1} of 10`)
  })

  test('D-11 a click on a bar shows the newest event in it; the table has the same numbers as links', async () => {
    const page = await openIssue()
    const { x, y, width } = await field(page)
    await page.mouse.click(x + ((barOf(now - 3 * hour) + 0.5) / 24) * width, y + 50)
    await expect.poll(() => told(page), soon).toContain('Event 7 of 10')
    await page.getByText('Data table').click()
    const rows = page.locator('.chart-table tbody tr')
    await expect.poll(() => rows.count(), soon).toBe(10)
    await rows.last().getByRole('link').click()
    await expect.poll(() => told(page), soon).toContain('Event 1 of 10')
  })

  test('D-11 bars are drawn in the colours of the theme, and again in those of another', async () => {
    const page = await openIssue()
    await field(page)
    const inked = (): Promise<string> => page.evaluate((bar) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.chart-plot canvas')!
      const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const at = ((height - 4) * width + Math.floor(((bar + 0.5) / 24) * width)) * 4
      return data.slice(at, at + 3).join(',')
    }, barOf(now))
    const colour = (): Promise<string> => page.locator('.chart-probe[data-colour=bar]').evaluate((probe) => getComputedStyle(probe).color.replaceAll(/[^\d,]/g, ''))
    await expect.poll(inked, soon).toBe(await colour())
    const light = await inked()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(inked, soon).toBe(await colour())
    expect(await inked()).not.toBe(light)
  })

  test('D-11 another period shows other bars, and does not filter', async () => {
    const page = await openIssue()
    for (const [name, words] of [['7 d', 'the last 7 days'], ['30 d', 'the last 30 days'], ['All', 'of all time']] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect.poll(() => page.locator('.chart-top').innerText(), soon).toContain(words)
      await expect.poll(() => page.locator('.chart-top').innerText(), soon).toContain('10 events')
    }
    expect(search(page).size).toBe(0)
    expect(await page.locator('.chart-release').count()).toBeGreaterThan(0)
  })
})

test('D-12 facets say what the API says, and lead to the events', async () => {
  // A user of other events: none matches, which the API answers with 404.
  app.expectTrouble(/404/)
  const page = await openIssue()
  const { data } = await app.server.client.tags(shortId)
  await page.locator('[data-facet]').first().waitFor()
  const facets = await page.locator('[data-facet]').evaluateAll((all) => all.map((one) => {
    const bar = one.querySelector<HTMLElement>('.facet-bar')
    const widths = [...(bar?.children ?? [])].map((part) => part.getBoundingClientRect().width)
    return { key: one.getAttribute('data-facet')!, shares: [...one.querySelectorAll('.facet-share')].map((share) => share.textContent), part: bar === null ? 0 : widths.reduce((sum, width) => sum + width, 0) / bar.getBoundingClientRect().width }
  }))
  expect(facets.length).toBeGreaterThan(4)
  for (const { key, shares, part } of facets) {
    const facet = data.find((one) => one.key === key)!
    expect(part).toBeLessThanOrEqual(1)
    for (const [index, share] of shares.entries()) expect(Math.abs(Number(share!.replace(/[<%]/g, '')) - (facet.topValues[index]!.count / facet.totalValues) * 100)).toBeLessThanOrEqual(1)
  }
  const environment = page.locator('[data-facet=environment]')
  expect((await environment.locator('h3').innerText()).replace(/\s+/g, ' ')).toBe('environment 2 values')
  await environment.getByRole('link', { name: /staging/ }).click()
  await expect.poll(() => told(page), soon).toContain('matches environment:staging')
  await expect.poll(() => told(page), soon).toContain('Event 6 of 10')
  await page.locator('[data-facet=turn]').getByRole('link', { name: /even/ }).click()
  await expect.poll(() => search(page).get('query'), soon).toBe('environment:staging turn:even')
  await expect.poll(() => told(page), soon).toContain('Event 3 of 10')
  // Reaching a tag by Tab shows five of its ten values.
  const user = page.locator('[data-facet=user]')
  expect(await user.locator('.facet-value').count()).toBe(2)
  await user.locator('h3 a').focus()
  await expect.poll(() => user.locator('.facet-value').count(), soon).toBe(5)
  await user.locator('.facet-value').first().click()
  await expect.poll(() => search(page).get('query'), soon).toContain('user:')
})

describe('V-01 the list of events', () => {
  test('V-01 j, k and Enter open an event, with the search kept', async () => {
    const page = await app.open(`/issues/${shortId}/events?query=turn:odd`)
    await page.locator('[data-row]').first().waitFor()
    expect(await page.locator('h1').innerText()).toBe('Events')
    expect(await page.title()).toBe(`Events · ${shortId} · shop · Refold`)
    expect(await page.locator('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-id')))).toEqual([9, 7, 5, 3, 1].map((index) => ids[index]))
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    expect(await page.locator('[data-row][aria-current=true]').getAttribute('data-id')).toBe(ids[7])
    await page.keyboard.press('Enter')
    await expect.poll(() => told(page), soon).toContain('Event 8 of 10')
    expect(await told(page)).toContain('matches turn:odd')
    await page.keyboard.press('h')
    await expect.poll(() => told(page), soon).toContain('Event 6 of 10')
    await page.getByRole('link', { name: 'List' }).click()
    await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(5)
  })

  test('V-01 columns are chosen, stand in the address, and are there again', async () => {
    const page = await app.open(`/issues/${shortId}/events`)
    await page.locator('[data-row]').first().waitFor()
    const cells = (): Promise<(string | null)[]> => page.locator('[data-row]').first().locator('[data-column]').evaluateAll((all) => all.map((cell) => `${cell.getAttribute('data-column')}=${cell.textContent}`))
    await expect.poll(cells, soon).toEqual(['release=shop@1.1.0', 'environment=production', 'user=id:9', 'url=https://shop.example.com/cart/9'])
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'turn' }).check()
    await page.getByRole('checkbox', { name: 'user' }).uncheck()
    await expect.poll(cells, soon).toEqual(['release=shop@1.1.0', 'environment=production', 'url=https://shop.example.com/cart/9', 'turn=odd'])
    expect(search(page).getAll('column')).toEqual(['release', 'environment', 'url', 'turn'])
    await page.goto(`/issues/${shortId}/events`)
    await expect.poll(() => search(page).getAll('column'), soon).toEqual(['release', 'environment', 'url', 'turn'])
  })
})

test('the strip of sections comes when the header has gone, and leads to them', async () => {
  const page = await openIssue()
  const strip = page.getByRole('navigation', { name: 'Sections of the event' })
  expect(await strip.count()).toBe(0)
  const before = await page.locator('#request').evaluate((section) => section.getBoundingClientRect().top + section.closest('main')!.scrollTop)
  await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
  await strip.waitFor()
  expect(await page.locator('#request').evaluate((section) => section.getBoundingClientRect().top + section.closest('main')!.scrollTop)).toBeCloseTo(before, 0)
  expect((await strip.getByRole('link').allInnerTexts()).slice(0, 2)).toEqual(['Stack trace', 'Request'])
  await strip.getByRole('link', { name: 'Stack trace' }).click()
  await expect.poll(() => page.locator('h2:focus').innerText(), soon).toBe('Stack trace')
  await expect.poll(() => strip.getByRole('link', { name: 'Stack trace' }).getAttribute('aria-current'), soon).toBe('true')
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0))
  await expect.poll(() => strip.count(), soon).toBe(0)
})
