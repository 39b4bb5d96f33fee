// Signing in (ui.md 2.2).

import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useApp } from './app.ts'

const app = useApp()

const open = (search = ''): Promise<Page> => app.open(`/login${search}`, { signedIn: false })
const passwordOf = (page: Page) => page.getByLabel('Password', { exact: true })

async function submit(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await passwordOf(page).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('L-01 a wrong password and an unknown user get the same message, tied to the form', async () => {
  app.expectTrouble(/401/)
  const page = await open()
  const messages: string[] = []
  for (const email of [app.server.owner.email, 'nobody@example.com']) {
    const answered = page.waitForResponse('**/auth/login/')
    await submit(page, email, 'not this one')
    expect((await answered).status()).toBe(401)
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.count()).toBe(1)
    messages.push(await alert.innerText())
    expect(await page.locator('form').getAttribute('aria-describedby')).toBe(await alert.getAttribute('id'))
    expect(await passwordOf(page).inputValue()).toBe('')
    expect(await passwordOf(page).evaluate((field) => field === document.activeElement)).toBe(true)
  }
  expect(messages).toEqual(['Email or password is wrong.', 'Email or password is wrong.'])
})

test('L-02 password managers and paste work', async () => {
  const page = await open()
  expect(await page.getByLabel('Email').getAttribute('autocomplete')).toBe('username')
  expect(await passwordOf(page).getAttribute('autocomplete')).toBe('current-password')
  // What is on the clipboard comes from a field of the same page: a headless browser starts with none.
  await page.getByLabel('Email').fill('pasted@example.com')
  await page.getByLabel('Email').press('Control+A')
  await page.keyboard.press('Control+C')
  await passwordOf(page).focus()
  await page.keyboard.press('Control+V')
  expect(await passwordOf(page).inputValue()).toBe('pasted@example.com')
  await page.getByRole('button', { name: 'Show password' }).click()
  expect(await passwordOf(page).getAttribute('type')).toBe('text')
})

describe('L-03 an address of another host is no place to go after signing in', () => {
  test.for(['//evil.example', 'https://evil.example/p', '/\\evil.example', 'javascript:document.title="evil"'])('L-03 %s is ignored', async (next) => {
    const page = await open(`?next=${encodeURIComponent(next)}`)
    await submit(page, app.server.owner.email, app.server.owner.password)
    await page.waitForURL((url) => url.pathname !== '/login')
    await page.locator('main h1').waitFor()
    expect(new URL(page.url()).origin).toBe(app.server.url)
    expect(await page.title()).not.toContain('evil')
  })

  test('L-03 an own one is where one lands', async () => {
    const page = await open(`?next=${encodeURIComponent('/settings/tokens?a=b')}`)
    await submit(page, app.server.owner.email, app.server.owner.password)
    await page.waitForURL((url) => url.pathname + url.search === '/settings/tokens?a=b')
  })
})

test('a new password is chosen with the old one, and this browser stays signed in', async () => {
  const page = await app.open('/settings/account')
  const change = async (present: string, next: string): Promise<void> => {
    await page.getByLabel('Current password').fill(present)
    await page.getByLabel('New password').fill(next)
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  app.expectTrouble(/status of 400/)
  await change('not this one', 'another long one')
  await page.getByText('This is not your password.').waitFor()
  await change(app.server.owner.password, 'another long one')
  await page.getByText('Password changed.').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Password' }).waitFor()
  await change('another long one', app.server.owner.password)
  await page.getByText('Password changed.').waitFor()
})
