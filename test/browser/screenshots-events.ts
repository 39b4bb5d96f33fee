// Pictures of one issue's chart, filter and sections, and of the lists of its events and tags.

import type { Page } from 'playwright-core'

type Shot = [name: string, address: string, ready: (page: Page) => Promise<unknown>]

const row = (page: Page): Promise<unknown> => page.locator('[data-row]').first().waitFor()

export function eventPages(shortId: string): Shot[] {
  return [
    ['issue-range', `/issues/${shortId}`, async (page) => {
      await page.locator('[data-chart=ready]').waitFor()
      await page.getByRole('link', { name: 'last 6 hours' }).click()
      await page.locator('.chart-range').waitFor()
      await page.locator('[data-facet=server_name]').hover()
      await page.locator('.facet-more').waitFor()
    }],
    ['issue-week', `/issues/${shortId}`, async (page) => {
      await page.locator('[data-chart=ready]').waitFor()
      await page.getByRole('button', { name: '7 d', exact: true }).click()
      await page.locator('.chart-plot').hover({ position: { x: 300, y: 40 } })
      await page.locator('.chart-tip').waitFor()
    }],
    ['issue-scrolled', `/issues/${shortId}`, async (page) => {
      await page.locator('[data-frame]').first().waitFor()
      await page.locator('main').evaluate((main) => main.scrollTo(0, 1200))
      await page.getByRole('navigation', { name: 'Sections of the event' }).waitFor()
    }],
    ['issue-no-match', `/issues/${shortId}?query=environment:moon`, (page) => page.getByRole('heading', { name: 'No event of this issue' }).waitFor()],
    ['events', `/issues/${shortId}/events?query=environment:staging`, row],
    ['events-columns', `/issues/${shortId}/events?column=level&column=browser&column=region`, async (page) => {
      await row(page)
      await page.getByRole('button', { name: 'Columns' }).click()
      await page.keyboard.press('j')
    }],
    ['tags', `/issues/${shortId}/tags`, (page) => page.locator('[data-tag]').first().waitFor()],
    ['tag', `/issues/${shortId}/tags/user`, row],
  ]
}
