// What arrives while somebody watches the stream: from real SDKs, in place, without moving a row (ui.md 2.4).

import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { nodeError, nodeErrors } from './events.ts'
import { sendEvents } from './send.ts'

const app = useApp()
const title = (page: Page, text: string) => page.locator('[data-row] .issue-title').filter({ hasText: text })

async function openEmpty(slug: string): Promise<Page> {
  const page = await app.open(`/p/${slug}/issues`)
  await page.getByRole('heading', { name: 'No event has arrived yet' }).waitFor()
  await page.locator('[data-live=on]').waitFor()
  return page
}

describe('an error of a real SDK is in the open stream within 2 s, without a reload', () => {
  test('@sentry/node: two seconds after the end of a program that threw', async () => {
    const project = await app.server.addProject('node')
    const page = await openEmpty('node')
    const child = spawn(process.execPath, [path.join(import.meta.dirname, '../sdk/programs/node/shop.ts'), 'uncaught'], { env: { PATH: process.env.PATH, DSN: project.dsn }, stdio: 'ignore' })
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1)
    await title(page, 'TypeError no card was given').waitFor({ timeout: 2000 })
    expect(app.requested.filter((url) => url.endsWith('/p/node/issues'))).toHaveLength(1)
  })

  describe('@sentry/browser', () => {
    let shop: Server
    beforeAll(async () => {
      const { build } = await import('vite')
      const built = await build({ configFile: false, logLevel: 'error', build: { write: false, lib: { entry: path.join(import.meta.dirname, 'shop-page.ts'), formats: ['es'] } } })
      const [{ output }] = built as { output: { code: string }[] }[] as [{ output: { code: string }[] }]
      shop = createServer((request, response) => {
        const isScript = request.url === '/shop.js'
        response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
        response.end(isScript ? output[0]!.code : '<!doctype html><title>Shop</title><button>Pay</button><script type="module" src="/shop.js"></script>')
      })
      await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
    })
    afterAll(() => shop?.close())

    test('@sentry/browser: two seconds after a page of another origin threw', async () => {
      const project = await app.server.addProject('browser')
      const page = await openEmpty('browser')
      const customer = await app.browser.newContext({ locale: 'en-GB' })
      try {
        const checkout = await customer.newPage()
        await checkout.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/?dsn=${encodeURIComponent(project.dsn)}`)
        await checkout.getByRole('button', { name: 'Pay' }).click()
        await title(page, "TypeError Cannot read properties of undefined (reading 'percent')").waitFor({ timeout: 2000 })
      } finally {
        await customer.close()
      }
      expect(await page.locator('[data-row]').innerText()).toContain('unhandled')
    })
  })
})

test('S-10 the count of a row rises in place', async () => {
  const project = await app.server.addProject('counts')
  await app.send(project, ...nodeErrors(8))
  const page = await openStream(app, 'counts')
  const row = page.locator('[data-row]').nth(4)
  const count = row.locator('.cell-num').first()
  const type = (await row.locator('.issue-title b').innerText()).trim()
  expect(await count.innerText()).toBe('1')
  await page.getByRole('table').evaluate((table) => {
    Object.assign(globalThis, { changed: 0 })
    new MutationObserver((list) => Object.assign(globalThis, { changed: (globalThis as unknown as { changed: number }).changed + list.length })).observe(table, { childList: true, subtree: true })
  })
  await sendEvents(project.dsn, Array.from({ length: 30 }, () => nodeError(type, `number ${type.slice(7)} of 8`)))
  await expect.poll(() => count.innerText(), { timeout: 2000 }).toBe('31')
  expect(await page.evaluate(() => (globalThis as unknown as { changed: number }).changed)).toBe(0)
  expect(await row.getByRole('img', { name: /24 hours/ }).getAttribute('aria-label')).toContain('31 events')
})

test('where the stream and the polls are kept away, the list is neither read again nor called offline', async () => {
  app.expectTrouble(/ERR_FAILED/)
  await app.send(await app.server.addProject('blocked'), ...nodeErrors(2))
  let [lists, lives] = [0, 0]
  const page = await app.open('/p/blocked/issues', { prepare: (one) => one.route('**/live/**', (route) => {
    lives += 1
    return route.abort()
  }) })
  await page.locator('[data-row]').first().waitFor()
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/blocked/issues/')) lists += 1
  })
  await expect.poll(() => lives, { timeout: 15_000 }).toBeGreaterThanOrEqual(6)
  expect(lists).toBe(0)
  expect(await page.getByText(/^Offline/).count()).toBe(0)
})

test('S-11 a new issue moves no row; a bar tells of it and . shows it on top', async () => {
  const project = await app.server.addProject('arrivals')
  await app.send(project, ...nodeErrors(5))
  const page = await openStream(app, 'arrivals')
  const first = page.locator('[data-row]').first()
  const [before, text] = [await first.boundingBox(), await first.innerText()]
  await app.send(project, nodeError('Newcomer', 'just born'))
  const bar = page.getByRole('status').filter({ hasText: '1 new' })
  await bar.waitFor({ timeout: 2000 })
  expect(await first.boundingBox()).toEqual(before)
  expect(await first.innerText()).toBe(text)
  await page.keyboard.press('.')
  await expect.poll(() => first.innerText()).toContain('Newcomer')
  await bar.waitFor({ state: 'detached' })
})
