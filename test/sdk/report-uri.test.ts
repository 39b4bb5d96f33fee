// What a real Chromium sends by itself when a page breaks its own Content-Security-Policy (protocol 2.10).

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../browser/chromium.ts'
import { parseDsn } from '../../core/envelope/dsn.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'

let server: TestServer
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A page that names our address for its reports and loads a script it may not; returns when its report was answered. */
async function breakPolicy(directive: string): Promise<number> {
  const { publicKey } = parseDsn(server.project.dsn)!
  const reports = `${server.url}/api/${server.project.id}/security/?sentry_key=${publicKey}&sentry_release=shop%401`
  const shop = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': `${directive}; report-uri ${reports}` })
    response.end('<!doctype html><title>Shop</title><script src="https://evil.example/x.js"></script><style>b{color:red}</style>')
  })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  const answered = page.waitForResponse((response) => response.url() === reports)
  await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/`)
  const status = (await answered).status()
  await page.close()
  shop.close()
  return status
}

test.each([
  ["script-src 'self'", "Blocked 'script' from 'evil.example'"],
  ["style-src 'self'", "Blocked 'style' or 'link' element"],
])('a page with %s that breaks it is an issue', async (directive, title) => {
  expect(await breakPolicy(directive)).toBe(200)
  const issue = await eventually(15_000, title, async () => (await server.client.issues(server.project.slug)).data.find((each) => each.title === title))
  const { data: event } = await server.client.issueEvent(issue.id, 'latest')
  expect(event.release?.version).toBe('shop@1')
  expect(event.tags).toContainEqual(expect.objectContaining({ key: 'effective-directive' }))
})
