// The report dialog of @sentry/browser in a real Chromium: on a page of another origin, under a Content-Security-Policy that allows
// no inline styles and no inline scripts.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFlaws } from '../browser/axe.ts'
import { dark, launchChromium, light, phone } from '../browser/chromium.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { startWebShop, type WebShop } from './web-shop.ts'

let server: TestServer
let shop: WebShop
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  const policy = `default-src 'none'; script-src 'self' ${server.url}; connect-src ${server.url}; style-src 'none'`
  shop = await startWebShop('dialog-page.ts', { headers: { 'content-security-policy': policy } })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  shop?.close()
  await server?.stop()
})

type Options = Record<string, unknown>
type Opened = { page: Page; close(): Promise<void>; complaints: string[] }

/** Clicks the button that fails; `complaints` is what the browser says about the page's policy or its scripts. */
async function fail(options: Options = {}, look: object = light, dsn = server.project.dsn): Promise<Opened> {
  const context = await browser.newContext({ locale: 'en-GB', ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => void (/Content Security Policy/i.test(message.text()) && complaints.push(message.text())))
  page.on('dialog', (dialog) => void complaints.push(`dialog ${dialog.message()}`))
  const query = new URLSearchParams({ dsn, options: JSON.stringify(options) })
  await page.goto(`${shop.url}/?${query.toString()}`)
  await page.getByRole('button', { name: 'Buy' }).click()
  return { page, complaints, close: () => context.close() }
}

const titled = (page: Page, word: string): Promise<unknown> => page.waitForFunction((wanted) => document.title.includes(wanted), word)
const feedback = async () => (await server.client.userFeedback(server.project.slug)).data

describe('the dialog', () => {
  test('sends what a user wrote to the event it is about', async () => {
    const { page, close, complaints } = await fail({ user: { email: 'ada@example.com' } })
    const dialog = page.getByRole('dialog', { name: 'Something went wrong here.' })
    await dialog.getByLabel('Name').fill('Ada Lovelace')
    await expect(dialog.getByLabel('Email').inputValue()).resolves.toBe('ada@example.com')
    await dialog.getByLabel('What happened?').fill('I pressed <b>Buy</b> & nothing happened.')
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await dialog.getByRole('status').getByText('Your report has been sent').waitFor()
    await page.keyboard.press('Enter')
    await titled(page, 'closed')
    await expect(dialog.count()).resolves.toBe(0)
    const [report] = await eventually(10_000, 'the report', async () => ((await feedback()).length > 0 ? feedback() : undefined))
    expect(report).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com', comments: 'I pressed <b>Buy</b> & nothing happened.' })
    await eventually(10_000, 'its issue', async () => (await feedback()).find(({ issue }) => issue !== null))
    expect(complaints).toEqual([])
    await close()
  })

  test('keeps the keyboard to itself, closes on Esc and gives focus back', async () => {
    const { page, close, complaints } = await fail()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id ?? document.activeElement?.tagName ?? '')
    await expect(focused()).resolves.toBe('title')
    const visited: string[] = []
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab')
      visited.push(await focused())
    }
    expect(visited.slice(0, 3)).toEqual(['name', 'email', 'comments'])
    expect(visited).not.toContain('BUTTON')
    await page.evaluate(() => (document.title = ''))
    await dialog.getByLabel('What happened?').press('x')
    await expect(page.title()).resolves.not.toContain('key')
    await page.keyboard.press('Escape')
    await titled(page, 'closed')
    await expect(dialog.count()).resolves.toBe(0)
    await expect(focused()).resolves.toBe('BUTTON')
    expect(complaints).toEqual([])
    await close()
  })

  test('says what is missing and leads there', async () => {
    const { page, close } = await fail({ user: { email: 'ada' } })
    const dialog = page.getByRole('dialog')
    const comments = dialog.getByLabel('What happened?')
    await comments.fill('   ')
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await dialog.getByRole('alert').getByText('Some fields are not right yet.').waitFor()
    await expect(dialog.getByLabel('Email').getAttribute('aria-invalid')).resolves.toBe('true')
    await expect(comments.getAttribute('aria-invalid')).resolves.toBe('true')
    await expect(dialog.getByLabel('Name').getAttribute('aria-invalid')).resolves.toBe('false')
    await expect(dialog.getByLabel('Email').evaluate((field) => field.matches(':focus'))).resolves.toBe(true)
    await close()
  })

  test('keeps what was written when it cannot be sent, and sends it when it can', async () => {
    const { page, close } = await fail()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What happened?').fill('offline')
    await page.context().setOffline(true)
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await dialog.getByRole('alert').getByText('could not be sent').waitFor()
    await page.context().setOffline(false)
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await dialog.getByRole('status').waitFor()
    await close()
  })

  test('opens once, however often it is asked for', async () => {
    const { page, close } = await fail()
    await page.getByRole('dialog').waitFor()
    await page.evaluate(() => document.querySelector('button')!.click())
    await titled(page, 'loaded loaded')
    await expect(page.getByRole('dialog').count()).resolves.toBe(1)
    await close()
  })

  test('says everything in the words of the page', async () => {
    const words = { title: 'Titel', subtitle: 'Unter', subtitle2: 'Titel zwei', labelName: 'Ihr Name', labelEmail: 'Ihre E-Mail', labelComments: 'Was ist passiert?', labelSubmit: 'Senden', labelClose: 'Zu', errorFormEntry: 'Bitte prüfen', successMessage: 'Danke', lang: 'de' }
    const { page, close } = await fail(words)
    const dialog = page.getByRole('dialog', { name: 'Titel' })
    await dialog.waitFor()
    await expect(dialog.getAttribute('lang')).resolves.toBe('de')
    expect((await dialog.innerText()).split(/\n+/)).toEqual(['Titel', 'Unter', 'Titel zwei', 'Ihr Name', 'Ihre E-Mail', 'Was ist passiert?', 'Senden', 'Zu'])
    await dialog.getByRole('button', { name: 'Senden' }).click()
    await dialog.getByText('Bitte prüfen').waitFor()
    await dialog.getByLabel('Was ist passiert?').fill('Nichts')
    await dialog.getByRole('button', { name: 'Senden' }).click()
    await dialog.getByText('Danke').waitFor()
    await dialog.getByRole('button', { name: 'Zu' }).click()
    await titled(page, 'closed')
    await close()
  })

  test('shows whatever an option says as text', async () => {
    const evil = `"'><img src=x onerror="alert(1)"></textarea><script>alert(2)</script>\${alert(3)}`
    const names = ['title', 'subtitle', 'subtitle2', 'labelName', 'labelEmail', 'labelComments', 'labelSubmit', 'labelClose', 'lang', 'successMessage', 'errorGeneric', 'errorFormEntry']
    const { page, close, complaints } = await fail({ ...Object.fromEntries(names.map((name) => [name, evil])), user: { name: evil, email: evil } })
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await dialog.getByRole('button').first().click()
    await dialog.getByRole('alert').getByText('<img').waitFor()
    await expect(dialog.locator('img, script').count()).resolves.toBe(0)
    await expect(dialog.getByRole('heading').textContent()).resolves.toBe(evil)
    await expect(dialog.locator('#name').inputValue()).resolves.toBe(evil)
    expect(complaints).toEqual([])
    await close()
  })

  test('does not open for a DSN that is wrong, and the page is told', async () => {
    const { page, close } = await fail({}, light, server.project.dsn.replace(/\/\/[0-9a-f]{32}@/, `//${'0'.repeat(32)}@`))
    await titled(page, 'failed')
    await expect(page.getByRole('dialog').count()).resolves.toBe(0)
    await close()
  })

  test.each([['light', light], ['dark', dark], ['a phone', phone]])('has no flaws that axe finds in %s', async (_name, look) => {
    const { page, close } = await fail({}, look)
    await page.getByRole('dialog').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Send report' }).click()
    await expect(findFlaws(page)).resolves.toEqual([])
    await expect(page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth)).resolves.toBe(true)
    await close()
  })
})
