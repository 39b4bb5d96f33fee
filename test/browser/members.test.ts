// Members and invitations (ui.md 2.10).

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccount } from '../../ingest/auth/accounts.ts'
import { useApp } from './app.ts'
import { browserCookie, sendEvents, signIn } from './send.ts'

const app = useApp()
const password = 'correct horse battery'
const row = (page: Page, email: string) => page.locator(`[data-member="${email}"]`)

test('M-01 an invitation is a link; who opens it chooses a password and lands in the project; a second use says used', async () => {
  const page = await app.open('/settings/members')
  await row(page, app.server.owner.email).waitFor()
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByLabel('Email').fill('ben@example.com')
  await page.getByLabel('Role').selectOption('viewer')
  await page.getByRole('radio', { name: 'Only these' }).check()
  await page.getByRole('checkbox', { name: 'shop' }).check()
  await page.getByRole('button', { name: 'Create link' }).click()
  const link = await page.locator('[data-invite]').innerText()
  expect(new URL(link).origin).toBe(app.server.url)
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain(link)
  expect(await row(page, 'ben@example.com').innerText()).toMatch(/invited\s+Viewer\s+shop/)

  const { pathname } = new URL(link)
  const ben = await app.open(pathname, { signedIn: false })
  await ben.getByRole('heading', { name: 'Join refold' }).waitFor()
  expect(await ben.getByLabel('Email').inputValue()).toBe('ben@example.com')
  await ben.getByLabel('Name').fill('Ben')
  await ben.getByLabel('Password', { exact: true }).fill(password)
  await ben.getByRole('button', { name: 'Join' }).click()
  await ben.getByRole('heading', { name: 'Projects' }).waitFor()
  expect(await ben.locator('tbody tr').getByRole('link').first().innerText()).toBe('shop')

  app.expectTrouble(/status of 409/)
  const second = await app.open(pathname, { signedIn: false })
  await second.getByText('This invitation has been used. Sign in instead.').waitFor()
  await page.reload()
  await expect.poll(() => row(page, 'ben@example.com').innerText()).toMatch(/^Ben/)
  expect(await row(page, 'ben@example.com').innerText()).toContain('now')

  await page.getByRole('button', { name: 'Change Ben' }).click()
  await page.getByLabel('Role').selectOption('manager')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => row(page, 'ben@example.com').innerText()).toMatch(/Manager\s+all/)
  await page.getByRole('button', { name: 'Remove Ben' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await row(page, 'ben@example.com').waitFor({ state: 'detached' })
})

test('M-02 what a member may not do is not offered, and the API refuses it', async () => {
  await createAccount(app.server.pool, { email: 'mia@example.com', password, role: 'member' })
  const cookie = await signIn(app.server.url, { email: 'mia@example.com', password })
  const page = await app.open('/settings/members', { signedIn: false, prepare: (one) => one.context().addCookies([browserCookie(app.server.url, cookie)]) })
  await row(page, app.server.owner.email).waitFor()
  await page.getByRole('button', { name: 'Leave' }).waitFor()
  expect(await page.locator('main').getByRole('button').allInnerTexts()).toEqual(['Leave'])
  await page.goto('/projects')
  await page.getByRole('link', { name: 'shop' }).first().waitFor()
  expect(await page.getByRole('button', { name: 'New project' }).count()).toBe(0)
  await page.goto('/settings/projects/shop/keys')
  await page.locator('[data-key]').waitFor()
  expect(await page.locator('main').getByRole('button', { name: /New key|Change|Disable|More/ }).count()).toBe(0)
  for (const section of ['', '/limits', '/filters', '/privacy']) {
    await page.goto(`/settings/projects/shop${section}`)
    await page.getByText('Read-only for you, a member: a manager or an owner can change it.').first().waitFor()
    expect(await page.locator('main').getByRole('button', { name: /Save|Add|Delete/ }).count()).toBe(0)
    expect(await page.locator('main form').first().locator('input, textarea, select').first().isDisabled()).toBe(true)
  }
  await page.goto('/p/shop/grouping')
  await page.getByText('Your role may not change the grouping.').waitFor()
  app.expectTrouble(/status of 403/)
  const refused = await page.evaluate(async () => {
    const ask = (method: string, path: string): Promise<number> =>
      fetch(`/api/0/${path}`, { method, headers: { 'content-type': 'application/json' }, body: '{}' }).then((response) => response.status)
    return [await ask('POST', 'organizations/refold/members/'), await ask('DELETE', 'organizations/refold/members/1/'), await ask('POST', 'projects/refold/'), await ask('PUT', 'projects/refold/shop/')]
  })
  expect(refused).toEqual([403, 403, 403, 403])
})

test('who only reads is told so, and nothing is sent', async () => {
  await createAccount(app.server.pool, { email: 'vic@example.com', password, role: 'viewer' })
  const cookie = await signIn(app.server.url, { email: 'vic@example.com', password })
  await sendEvents(app.server.project.dsn, [{ message: 'only to be looked at' }])
  const page = await app.open('/p/shop/issues', { signedIn: false, prepare: (one) => one.context().addCookies([browserCookie(app.server.url, cookie)]) })
  await page.locator('[data-row]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.getByText('Your role only reads.').waitFor()
  await page.locator('[data-row] a').first().click()
  await page.getByRole('button', { name: /^Resolve/ }).waitFor()
  expect(await page.getByRole('button', { name: /^Resolve/ }).getAttribute('aria-disabled')).toBe('true')
  expect(await page.getByRole('textbox', { name: 'Comment' }).count()).toBe(0)
})
