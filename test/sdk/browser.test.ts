// A page in a real Chromium with @sentry/browser, on another origin than the server, so that CORS is what it is in the wild.

import binary from '@sparticuz/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium } from '../browser/chromium.ts'
import { eventually } from '../eventually.ts'
import { testShop } from './shop.ts'
import { startWebShop, type WebShop } from './web-shop.ts'

let shop: WebShop
let browser: Browser

beforeAll(async () => {
  shop = await startWebShop('page.ts')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  shop?.close()
})

async function openShop(from: Browser, dsn: string, scenario = 'uncaught') {
  const context = await from.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  // The SDK also sends a session: only the envelope with the error counts.
  const sent = page.waitForResponse((response) => response.url().startsWith(`${server().url}/api/`) && (response.request().postData()?.includes('"type":"event"') ?? false))
  await page.goto(`${shop.url}/?${new URLSearchParams({ dsn, scenario }).toString()}`)
  await page.getByRole('button', { name: 'Buy' }).click()
  return { context, response: await sent }
}

const server = testShop({
  async run(scenario, dsn) {
    const { context, response } = await openShop(browser, dsn, scenario)
    await context.close()
    return { code: response.status(), output: '' }
  },
  sdk: 'sentry.javascript.browser',
  uncaught: {
    code: 200,
    issue: { title: 'TypeError: no card was given', level: 'error', platform: 'javascript' },
    // The line in the bundle, which has a number of its own.
    frame: { function: 'checkout', filename: expect.stringMatching(/\/shop\.js$/), lineNo: expect.any(Number) },
  },
  chain: { title: 'Error: the order failed', exceptions: [['TypeError', 'the stock is unknown'], ['Error', 'the order failed']] },
  message: { title: 'stock is low' },
})

test('an event tells where the visitor was and what was clicked', async () => {
  const { project, client } = server()
  const { context, response } = await openShop(browser, project.dsn)
  const { id } = (await response.json()) as { id: string }
  await context.close()
  const { data: event } = await eventually(10_000, 'the event', () => client.event(project.slug, id).catch(() => undefined))
  expect(event.entries.flatMap((entry) => (entry.type === 'request' ? [entry.data.url] : []))).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/)])
  const crumbs = event.entries.flatMap((entry) => (entry.type === 'breadcrumbs' ? entry.data.values : []))
  expect(crumbs.map(({ category }) => category)).toContain('ui.click')
})

test('the page may read the answer to a wrong key', async () => {
  const { context, response } = await openShop(browser, server().project.dsn.replace(/\/\/[0-9a-f]{32}@/, `//${'0'.repeat(32)}@`))
  expect(response.status()).toBe(403)
  expect(await response.headerValue('access-control-allow-origin')).toBe('*')
  await context.close()
})

test('the packaged Chromium sends the same', async () => {
  vi.stubEnv('CHROMIUM_PATH', await binary.executablePath())
  const packaged = await launchChromium()
  const { response } = await openShop(packaged, server().project.dsn)
  expect(response.status()).toBe(200)
  await packaged.close()
  vi.unstubAllEnvs()
})
