// A page in a real Chromium with @sentry/browser, on another origin than the server, so that CORS is what it is in the wild.

import binary from '@sparticuz/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Issue } from '../../core/contract/issue.ts'
import { launchChromium } from '../browser/chromium.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { startWebShop, type WebShop } from './web-shop.ts'

let server: TestServer
let shop: WebShop
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  shop = await startWebShop('page.ts')
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  shop?.close()
  await server?.stop()
})

const findIssue = (title: string): Promise<Issue> =>
  eventually(2_000, `an issue "${title}"`, async () => (await server.client.issues(server.project.slug)).data.find((issue) => issue.title === title))

async function openShop(from: Browser, dsn = server.project.dsn) {
  const context = await from.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  // The SDK also sends a session: only the envelope with the error counts.
  const sent = page.waitForResponse((response) => response.url().startsWith(`${server.url}/api/`) && (response.request().postData()?.includes('"type":"event"') ?? false))
  await page.goto(`${shop.url}/?dsn=${encodeURIComponent(dsn)}`)
  await page.getByRole('button', { name: 'Buy' }).click()
  return { context, response: await sent }
}

test('an error on a page of another origin is an issue within two seconds', async () => {
  const { context, response } = await openShop(browser)
  expect(response.status()).toBe(200)
  const issue = await findIssue('TypeError: the basket is empty')
  expect(issue).toMatchObject({ level: 'error', isUnhandled: true, status: 'unresolved' })
  const { data: event } = await server.client.issueEvent(issue.id, 'latest')
  expect(event.sdk?.name).toBe('sentry.javascript.browser')
  expect(event.entries.flatMap((entry) => (entry.type === 'request' ? [entry.data.url] : []))).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/)])
  const crumbs = event.entries.flatMap((entry) => (entry.type === 'breadcrumbs' ? entry.data.values : []))
  expect(crumbs.map(({ category }) => category)).toContain('ui.click')
  await context.close()
})

test('the page may read the answer to a wrong key', async () => {
  const { context, response } = await openShop(browser, server.project.dsn.replace(/\/\/[0-9a-f]{32}@/, `//${'0'.repeat(32)}@`))
  expect(response.status()).toBe(403)
  expect(await response.headerValue('access-control-allow-origin')).toBe('*')
  await context.close()
})

test('the packaged Chromium sends the same', async () => {
  vi.stubEnv('CHROMIUM_PATH', await binary.executablePath())
  const packaged = await launchChromium()
  const { response } = await openShop(packaged)
  expect(response.status()).toBe(200)
  await packaged.close()
  vi.unstubAllEnvs()
})
