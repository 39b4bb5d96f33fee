// SDKs that send to their own origin, which sends the bytes on to the server: nothing but the envelope says whose they are.

import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../browser/chromium.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { runCommand } from './programs.ts'
import { listItems, startRelay } from './relay.ts'
import { findIssue, readLatest, readPayload } from './shop.ts'
import { startWebShop, type WebShop } from './web-shop.ts'

let server: TestServer
let shop: WebShop

beforeAll(async () => {
  server = await startTestServer()
  shop = await startWebShop('page.ts', { tunnel: `${server.url}/api/${server.project.id}/envelope/` })
})
afterAll(async () => {
  shop?.close()
  await server?.stop()
})

test('an error of a page is an issue, and the page asked nobody but its own origin', async () => {
  const browser = await launchChromium()
  const page = await browser.newPage()
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('"type":"event"') ?? false)
  await page.goto(`${shop.url}/?${new URLSearchParams({ dsn: server.project.dsn, tunnel: '/tunnel' }).toString()}`)
  await page.getByRole('button', { name: 'Buy' }).click()
  expect((await answered).status()).toBe(200)
  await browser.close()
  const issue = await findIssue(server, 'TypeError: no card was given')
  expect(issue).toMatchObject({ level: 'error', isUnhandled: true })
  expect((await readLatest(server, issue)).sdk?.name).toBe('sentry.javascript.browser')
  expect([...asked]).toEqual([shop.url])
})

test('what @sentry/node compressed goes through compressed', async () => {
  const relay = await startRelay(server.url)
  const env = { PATH: process.env.PATH, DSN: server.project.dsn, TUNNEL: `${relay.url}/api/${server.project.id}/envelope/` }
  const { code, output } = await runCommand([process.execPath, path.join(import.meta.dirname, 'programs/node/shop.ts'), 'large'], { env })
  relay.close()
  expect(code, output).toBe(0)
  const event = await readLatest(server, await findIssue(server, 'the catalogue is long'))
  const sent = relay.passed.find((passed) => listItems(passed).includes('event'))
  expect(sent?.headers).toMatchObject({ 'content-encoding': 'gzip' })
  expect(await readPayload(server, event)).toEqual(sent?.body)
})
