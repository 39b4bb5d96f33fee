// The frame around every page (ui.md 2.1).

import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openStream, useApp } from './app.ts'
import { dark, light } from './chromium.ts'
import { nodeErrors } from './events.ts'
import { browserCookie, signIn } from './send.ts'

const app = useApp()
let pages: string[]

beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(3))
  const { data } = await app.server.client.issues('shop')
  pages = ['/p/shop/issues', `/issues/${data[0]!.shortId}`, `/issues/${data[0]!.shortId}/events/oldest`, '/projects', '/p/shop/setup', '/settings/account', '/settings/tokens', '/settings/projects/shop', '/no/such/page']
})

const background = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
const sparkColour = (page: Page): Promise<string> => page.locator('.spark path').first().evaluate((path) => getComputedStyle(path).fill)

test('G-01 the bare address leads to the stream of the last project', async () => {
  const page = await openStream(app, 'shop')
  await page.goto('/')
  await page.locator('[data-row]').first().waitFor()
  expect(new URL(page.url()).pathname).toBe('/p/shop/issues')
  expect(await page.title()).toContain('shop')
  expect(await page.locator('main').count()).toBe(1)
  expect(await page.locator('h1').count()).toBe(1)
  expect(await page.locator('nav[aria-label=Main]').count()).toBe(1)
  expect(await page.locator('nav:not([aria-label])').count()).toBe(0)
})

test('G-02 the first Tab offers to skip to the content', async () => {
  const page = await openStream(app, 'shop')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('main') !== null)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
})

describe('G-04 the list of keys', () => {
  const keysOf = async (page: Page): Promise<string[]> => {
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard' })
    await dialog.waitFor()
    const keys = await dialog.locator('[data-shortcut] kbd').allTextContents()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    return keys.flatMap((text) => text.split(', '))
  }

  test('G-04 names what works on this page, each key once', async () => {
    const page = await openStream(app, 'shop')
    const list = await keysOf(page)
    expect(list).toEqual(expect.arrayContaining(['j', 'k', 'x', 'e', 'm', 'z', '/', '.', '?', 'g i', 'g p', 'g s']))
    expect(new Set(list).size).toBe(list.length)
    await page.goto(pages[1]!)
    await page.locator('[data-frame]').first().waitFor()
    const detail = await keysOf(page)
    expect(detail).toEqual(expect.arrayContaining(['t', 'v', 'h', 'l', 'u']))
    expect(detail).not.toContain('x')
    expect(new Set(detail).size).toBe(detail.length)
  })
})

describe('G-05 G-06 every page', () => {
  test('G-05 asks no other host, G-06 breaches no policy', async () => {
    const page = await app.open('/')
    for (const address of pages) {
      await page.goto(address)
      await page.locator('main h1').first().waitFor()
      await page.locator('[data-live=on]').waitFor()
      await page.waitForFunction(() => document.querySelector('[data-state=loading]') === null)
    }
    const csp = (await page.request.get('/')).headers()['content-security-policy']
    expect(csp).toBe("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'")
    expect(app.requested.length).toBeGreaterThan(50)
    expect(app.complaints).toEqual([])
  })

  test('would fail on either', async () => {
    app.expectTrouble(/./)
    const page = await app.open('/projects')
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red">inline</p><img src="http://elsewhere.example/pixel.png">'))
    for (const breach of ['style-src-attr inline', 'img-src http://elsewhere.example']) {
      await expect.poll(() => app.complaints.some((complaint) => complaint.startsWith(`console: content security policy: ${breach}`))).toBe(true)
    }
    const elsewhere = await app.open('about:blank')
    await elsewhere.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => undefined))
    expect(app.complaints).toContain('foreign request: http://127.0.0.1:9/')
  })
})

test('G-07 the theme follows the system until one is chosen, and is there at the first paint', async () => {
  const page = await openStream(app, 'shop', { ...light })
  const [lightPage, lightSpark] = [await background(page), await sparkColour(page)]
  await page.emulateMedia({ ...dark })
  const [darkPage, darkSpark] = [await background(page), await sparkColour(page)]
  expect(darkPage).not.toBe(lightPage)
  expect(darkSpark).not.toBe(lightSpark)

  await page.emulateMedia({ ...light })
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect([await background(page), await sparkColour(page)]).toEqual([darkPage, darkSpark])

  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(globalThis, { seen })
    const look = (): void => {
      if (document.body) seen.add(getComputedStyle(document.body).backgroundColor)
      requestAnimationFrame(look)
    }
    look()
  })
  await page.reload()
  await page.locator('[data-row]').first().waitFor()
  expect(await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen])).toEqual([darkPage])
})

test('G-08 a network that is gone while the stream stands is noticed, and so is its return, without a click', async () => {
  app.expectTrouble(/ERR_FAILED/)
  const page = await openStream(app, 'shop')
  await page.route('**/api/0/**', (route) => route.abort())
  await page.getByRole('link', { name: /^Archived/ }).click()
  const banner = page.getByRole('status').filter({ hasText: /^Offline\. Showing data from/ })
  await banner.waitFor()
  await page.locator('[data-live=stale]').waitFor()
  // No request of the page itself is under way any more.
  await page.locator('.stream-region[data-state=error]').waitFor()
  await page.waitForTimeout(1500) // longer than a request that was merely kept away
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await banner.waitFor({ state: 'detached' })
  await page.locator('[data-live=on]').waitFor()
  await page.locator('.stream-region[data-state=empty]').waitFor()
})

describe('G-09 a newer build', () => {
  const offer = (page: Page) => page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Reload for the new version' }) })
  /** Pages that are chunks of their own answer 404, as after a deployment. */
  const removeChunk = (name: string) => (page: Page) => page.route(`**/assets/${name}-*.js`, (route) => route.fulfill({ status: 404, body: '' }))

  test('G-09 another build id on an answer offers to reload, once and quietly', async () => {
    const page = await openStream(app, 'shop')
    expect(await offer(page).count()).toBe(0)
    await page.route('**/api/0/**', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'x-refold-build': 'another' } })
    })
    await page.getByRole('link', { name: /^Archived/ }).click()
    await offer(page).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload for the new version' }).click()])
    await page.locator('[data-live=on]').waitFor()
    expect(await offer(page).count()).toBe(0)
  })

  test('G-09 a page whose code is gone offers the same, and the others still open', async () => {
    app.expectTrouble(/404|dynamically imported module/)
    const page = await openStream(app, 'shop', { prepare: removeChunk('ProjectsPage') })
    await page.getByRole('link', { name: 'Projects' }).click()
    await offer(page).waitFor()
    await page.getByRole('heading', { level: 1, name: 'This page has changed' }).waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
  })

  test('G-09 code that cannot be fetched without a server is not taken for that of another version', async () => {
    app.expectTrouble(/ERR_INTERNET_DISCONNECTED|dynamically imported module/)
    const page = await openStream(app, 'shop')
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Projects' }).click()
    await page.getByRole('heading', { level: 1, name: 'This page could not be loaded' }).waitFor()
    await page.getByRole('status').filter({ hasText: /^Offline/ }).waitFor()
    expect(await offer(page).count()).toBe(0)
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  })

  test('G-09 the palette whose code is gone offers the same, and the page stays', async () => {
    app.expectTrouble(/404|dynamically imported module/)
    const page = await openStream(app, 'shop', { prepare: removeChunk('Palette') })
    await page.keyboard.press('Control+k')
    await offer(page).waitFor()
    expect(await page.locator('[data-row]').count()).toBe(3)
  })
})

test('G-10 W-12 single keys can be turned off; Mod+K and Esc stay', async () => {
  const page = await openStream(app, 'shop')
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  for (const key of ['j', 'x', 'e', 'Shift+J', '?', '.', 'g', 'p', '/']) await page.keyboard.press(key)
  await page.reload()
  await page.locator('[data-row]').first().waitFor()
  await page.keyboard.press('j')
  expect(new URL(page.url()).pathname).toBe('/p/shop/issues')
  expect(await page.locator('[aria-current=true], dialog, [role=dialog], input:checked, .toast').count()).toBe(0)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).waitFor()
  await page.keyboard.type('e')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('single-key shortcuts on')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.locator('[aria-current=true]').waitFor()
})

test('G-11 a session that has ended leads to the login and back to the same address', async () => {
  app.expectTrouble(/401/)
  const { url } = app.server
  const cookie = await signIn(url, app.server.owner)
  const page = await openStream(app, 'shop', { search: '?query=Failure&sort=freq', signedIn: false, prepare: (one) => one.context().addCookies([browserCookie(url, cookie)]) })
  await fetch(`${url}/api/0/auth/`, { method: 'DELETE', headers: { cookie, origin: url } })
  await page.getByRole('link', { name: /^Archived/ }).click()
  await page.waitForURL(/\/login\?next=/)
  const next = new URL(page.url()).searchParams.get('next')!
  expect(new URLSearchParams(next.split('?')[1]).get('query')).toBe('is:archived')
  await page.getByLabel('Email').fill(app.server.owner.email)
  await page.getByLabel('Password', { exact: true }).fill(app.server.owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname + url.search === next)
  await page.locator('main h1').waitFor({ state: 'attached' })
})
