// What came in, what was dropped and why (J-02 is in projects.test.ts).

import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { frameItems, type Item } from '../envelope.ts'
import { eventually } from '../eventually.ts'
import { useApp } from './app.ts'
import { nodeErrors } from './events.ts'

const app = useApp()
const newId = (): string => crypto.randomUUID().replaceAll('-', '')

async function post(items: readonly Item[], headers: Record<string, string> = {}, key?: string): Promise<number> {
  const { origin, pathname, username } = new URL(app.server.project.dsn)
  return (await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${key ?? username}&sentry_client=sentry.python/2.1`, { method: 'POST', headers, body: frameItems(newId(), items) })).status
}
const event = (message: string): Item => [{ type: 'event' }, JSON.stringify({ message })]

beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(6))
  await app.server.client.updateProject('shop', { filters: { errorMessages: ['*ChunkLoadError*'] }, allowedDomains: ['shop.example.com'] })
  await eventually(15_000, 'the settings hold', async () => ((await post([event('ChunkLoadError: x')], { origin: 'https://evil.example' })) === 403 ? true : undefined))
  for (let count = 0; count < 3; count++) await post([event('ChunkLoadError: x')])
  await post([[{ type: 'client_report' }, JSON.stringify({ timestamp: Date.now() / 1000, discarded_events: [{ reason: 'before_send', category: 'error', quantity: 7 }] })]])
  await eventually(20_000, 'all is counted', async () => {
    const { groups } = (await app.server.client.stats({ project: 'shop', groupBy: ['outcome'], statsPeriod: '24h' })).data
    const has = (outcome: string): boolean => groups.some((group) => group.by.outcome === outcome && group.totals['sum(quantity)']! > 0)
    return has('filtered') && has('rejected') && has('client_discard') ? true : undefined
  })
})

const band = (page: Page, name: string) => page.getByRole('group', { name: /^What became of it/ }).getByRole('button', { name: new RegExp(`^${name}`) })
const reason = (page: Page, name: string) => page.locator(`[data-reason="${name}"]`)

test('sums, reasons in words with what to do, and each leads to the setting that causes it', async () => {
  const page = await app.open('/p/shop/outcomes')
  await expect.poll(() => band(page, 'Not sent').innerText()).toMatch(/7/)
  const { groups } = (await app.server.client.stats({ project: 'shop', groupBy: ['outcome'], statsPeriod: '24h' })).data
  const filtered = groups.find(({ by }) => by.outcome === 'filtered')!.totals['sum(quantity)']!
  expect(filtered).toBeGreaterThanOrEqual(3)
  expect((await band(page, 'Filtered').innerText()).split('\n')[1]).toBe(String(filtered))
  expect(await reason(page, 'client_discard/before_send').innerText()).toMatch(/beforeSend[^]*7/)
  expect(await reason(page, 'filtered/error_message').innerText()).toContain('Its message is on the list of an inbound filter.')
  await page.locator('section', { has: page.getByRole('heading', { name: 'The newest of each' }) }).getByRole('row').filter({ hasText: 'sentry.python/2.1' }).filter({ hasText: 'not among the allowed domains' }).waitFor()
  expect(await page.locator('[data-category=error]').innerText()).toMatch(/^errors/)
  await reason(page, 'rejected/origin').getByRole('link', { name: 'Allowed origins' }).locator('visible=true').click()
  await page.waitForURL('**/settings/projects/shop/filters')
  expect(await page.getByLabel('Allowed domains').inputValue()).toBe('shop.example.com')
})

test('the chart covers what is chosen, and its table says the same', async () => {
  const page = await app.open('/p/shop/outcomes')
  const picture = page.getByRole('img', { name: /^Items per hour over 24 hours/ })
  await picture.waitFor()
  expect(await picture.getAttribute('aria-label')).toContain('7 not sent')
  await page.getByText('As a table').click()
  const table = page.getByRole('table', { name: 'Items per hour' })
  expect(await table.getByRole('row').count()).toBe(25)
  expect(await table.getByRole('row').nth(1).innerText()).toMatch(/7$/)
  // Out of the chart and in again.
  const drawn = (): Promise<string> => picture.locator('[data-band=discarded]').getAttribute('d').then((d) => d ?? '')
  expect(await drawn()).not.toBe('')
  await band(page, 'Not sent').click()
  expect(await drawn()).toBe('')
  expect(await band(page, 'Not sent').getAttribute('aria-pressed')).toBe('false')
  for (const [name, bars] of [['7 days', 28], ['30 days', 30], ['90 days', 90]] as const) {
    await page.getByRole('group', { name: 'Over how long' }).getByRole('button', { name }).click()
    await expect.poll(() => page.locator('section[aria-label="Over time"] tbody tr').count()).toBe(bars)
  }
  expect(new URL(page.url()).search).toBe('?period=90d')
  expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0)
})

test('nothing yet says so; a failure of one part leaves the other', async () => {
  await app.server.addProject('silent')
  const page = await app.open('/p/silent/outcomes')
  await page.getByText('Nothing came in over the last 24 hours').waitFor()
  await page.getByText('Nothing was ever refused.').waitFor()
  app.expectTrouble(/500/)
  await page.route('**/stats_v2/**', (route) => route.fulfill({ status: 500, json: { detail: 'Internal error.' } }))
  await page.goto('/p/shop/outcomes')
  await page.getByRole('alert').getByRole('button', { name: 'Retry' }).waitFor()
  await page.getByRole('cell', { name: /Filtered/ }).first().waitFor()
})
