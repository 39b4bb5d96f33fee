// Deciding about issues, on the stream and on an issue's page: menus, undo, all that match, deletion (ui.md 2.4, 2.6).

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { openStream, useApp } from './app.ts'
import { phone } from './chromium.ts'
import { nodeError, nodeErrors } from './events.ts'
import { overflowOf } from './look.ts'
import { sendEvents } from './send.ts'
import { watchPuts } from './triage-page.ts'

const app = useApp()
const soon = { timeout: 15_000 }
const row = (page: Page, index: number) => page.locator(`[data-row][aria-rowindex="${index + 2}"]`)
const wordOf = (page: Page, index: number): Promise<string> => row(page, index).locator('[data-status]').innerText()
const toast = (page: Page, text: string | RegExp) => page.locator('.toast').filter({ hasText: text })
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const detailOf = async (shortId: string) => (await app.server.client.issue(shortId)).data

/** A project with so many issues, the newest one first in its list. */
async function given(slug: string, count: number, over: Record<string, unknown> = {}) {
  const project = await app.server.addProject(slug)
  await app.send(project, ...nodeErrors(count).map((event) => ({ ...event, ...over })))
  const { data } = await app.server.client.issues(slug, { query: '' })
  return { project, issues: data }
}

/** Many issues; the API is only asked whether they are all there. */
async function givenMany(slug: string, count: number): Promise<void> {
  const project = await app.server.addProject(slug)
  await sendEvents(project.dsn, nodeErrors(count))
  await eventually(30_000, `${count} issues`, async () => ((await app.server.pool.query('select from issue where project_id = $1', [project.id])).rowCount === count ? true : undefined))
}

test('S-05 e then z: the former status, by the inverse command, and the activity shows both; several deep', async () => {
  const { issues } = await given('undo', 3)
  const [first] = issues
  const page = await openStream(app, 'undo')
  const puts = watchPuts(page)
  await press(page, 'j', 'k', 'e')
  await expect.poll(() => wordOf(page, 0), soon).toBe('Resolved')
  await press(page, 'j', 'i')
  await toast(page, 'assigned to you').waitFor()
  await press(page, 'z')
  await expect.poll(() => row(page, 1).locator('.cell-assignee').innerText(), soon).toBe('—')
  await press(page, 'z')
  await expect.poll(() => wordOf(page, 0), soon).toBe('New')
  expect(puts.map(({ body }) => body)).toEqual([{ status: 'resolved' }, { assignedTo: expect.stringMatching(/^user:\d+$/) }, { assignedTo: '' }, { status: 'unresolved', substatus: 'new' }])
  await expect.poll(async () => (await detailOf(first!.shortId)).activity.map(({ type }) => type), soon).toEqual(['set_unresolved', 'set_resolved', 'first_seen'])
  expect(await detailOf(first!.shortId)).toMatchObject({ status: 'unresolved', substatus: 'new' })
})

test('S-07 m opens a menu of seven; arrows, Enter and Esc work; m m archives until it escalates', async () => {
  const { issues } = await given('archive', 4)
  const page = await openStream(app, 'archive')
  await press(page, 'j', 'k', 'm')
  const menu = page.getByRole('menu')
  await menu.waitFor()
  expect(await menu.getByRole('menuitem').count()).toBe(7)
  await press(page, 'j', 'x')
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('aria-rowindex'))).toBe('2')
  expect(await page.locator('[data-row] input:checked').count()).toBe(0)

  await press(page, 'm')
  await menu.waitFor()
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter')
  await expect.poll(() => wordOf(page, 0), soon).toMatch(/^Archived until /)
  await expect.poll(async () => (await detailOf(issues[0]!.shortId)).substatus, soon).toBe('archived_until_condition_met')

  await press(page, 'j', 'm', 'm')
  await expect.poll(() => wordOf(page, 1), soon).toBe('Archived until it escalates')
  await expect.poll(async () => (await detailOf(issues[1]!.shortId)).substatus, soon).toBe('archived_until_escalating')
  expect(await menu.count()).toBe(0)

  await press(page, 'j', 'm')
  await menu.getByRole('menuitem', { name: 'Until more users…' }).click()
  const dialog = page.getByRole('dialog', { name: /until more users/ })
  await dialog.getByLabel('More users').fill('0')
  await dialog.getByRole('button', { name: 'Archive' }).click()
  await dialog.getByText('Enter a whole number').waitFor()
  await dialog.getByRole('button', { name: '1,000', exact: true }).click()
  await dialog.getByRole('button', { name: 'Archive' }).click()
  await expect.poll(() => wordOf(page, 2), soon).toBe('Archived until 1,000 more users')
  await press(page, 'z')
  await expect.poll(() => wordOf(page, 2), soon).toBe('New')
})

test('a and the buttons: people with a filter, releases with a filter, and what was archived is archived again by z', async () => {
  const { issues } = await given('choose', 2, { release: 'shop@4.2.1' })
  await app.server.client.updateIssue(issues[1]!.id, { status: 'ignored', statusDetails: { ignoreCount: 100 } })
  const page = await openStream(app, 'choose', { search: '?query=' })
  await press(page, 'j', 'k', 'a')
  const people = page.getByRole('dialog', { name: /^Assign / })
  await people.getByRole('option', { name: /\(you\)$/ }).waitFor()
  await page.keyboard.type('zzz')
  await people.getByRole('status').filter({ hasText: 'Nobody is called that' }).waitFor()
  await page.keyboard.press('Escape')
  await people.waitFor({ state: 'detached' })
  await press(page, 'a')
  await people.getByRole('option', { name: /\(you\)$/ }).waitFor()
  await press(page, 'ArrowDown', 'Enter')
  // No key of the list acts before it is gone.
  await people.waitFor({ state: 'detached' })
  await expect.poll(async () => (await detailOf(issues[0]!.shortId)).assignedTo !== null, soon).toBe(true)

  await expect.poll(() => wordOf(page, 1), soon).toBe('Archived until 100 more events')
  await press(page, 'j', 'x')
  await page.getByRole('button', { name: 'In which release' }).click()
  await page.getByRole('menuitem', { name: 'In a release…' }).click()
  const releases = page.getByRole('dialog', { name: /resolved in/ })
  await releases.getByLabel('Release').first().fill('4.2')
  await releases.getByRole('option', { name: 'shop@4.2.1' }).click()
  await releases.waitFor({ state: 'detached' })
  await expect.poll(() => wordOf(page, 1), soon).toBe('Resolved in 4.2.1')
  await expect.poll(async () => (await detailOf(issues[1]!.shortId)).statusDetails, soon).toMatchObject({ inRelease: 'shop@4.2.1' })
  await press(page, 'z')
  await expect.poll(() => wordOf(page, 1), soon).toBe('Archived until 100 more events')
  await expect.poll(async () => (await detailOf(issues[1]!.shortId)).statusDetails, soon).toMatchObject({ ignoreCount: 100 })
})

test('S-09 D-21 all that match, by their query: asked before, with the number, a thousand at a time with progress', { timeout: 120_000 }, async () => {
  await givenMany('many', 1284)
  const page = await openStream(app, 'many')
  const puts = watchPuts(page)
  const held = Promise.withResolvers<void>()
  await page.route(/\/many\/issues\/\?.*limit=1000/, async (route) => {
    if (puts.length > 1) await held.promise
    await route.continue()
  })
  await page.getByRole('checkbox', { name: 'Select all loaded issues' }).check()
  await page.getByRole('button', { name: 'Select all 1,284 matching' }).click()
  await page.getByRole('status').filter({ hasText: 'All 1,284 selected' }).waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  expect(await dialog.innerText()).toContain('1,284')
  expect(puts).toEqual([])
  await dialog.getByRole('button', { name: 'Resolve 1,284 issues' }).click()
  const line = page.locator('[data-job]').filter({ hasText: 'Resolving: 1,000 of 1,284 issues' })
  await line.waitFor()
  expect(await line.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('1000')
  expect(await line.getAttribute('data-pct')).toBe('77')
  held.resolve()
  await toast(page, '1,284 issues resolved').waitFor()
  await line.waitFor({ state: 'detached' })
  expect(puts.map(({ search, body }) => [search.get('query'), search.getAll('id').length, body])).toEqual([['is:unresolved', 0, { status: 'resolved' }], ['is:unresolved', 0, { status: 'resolved' }]])
  await page.getByRole('heading', { name: 'All resolved' }).waitFor(soon)

  // Fewer than a thousand are one request; Stop ends what is left.
  await page.goto('/p/many/issues?query=Failure12')
  await page.getByRole('checkbox', { name: 'Select all loaded issues' }).check()
  await page.getByRole('button', { name: /^Select all \d+ matching/ }).click()
  puts.length = 0
  await page.getByRole('button', { name: 'In which release' }).click()
  await page.getByRole('menuitem', { name: 'Reopen' }).click()
  await dialog.getByRole('button', { name: /^Reopen \d+ issues/ }).click()
  await toast(page, /issues reopened/).waitFor()
  expect(puts.map(({ search }) => [search.get('query'), search.getAll('id').length])).toEqual([['Failure12', 0]])
})

test('D-21 deleting asks with the number, shows its work, and the rows go; the issue page goes back to the list', async () => {
  const { issues } = await given('gone', 4)
  const page = await openStream(app, 'gone')
  const held = Promise.withResolvers<void>()
  await page.route('**/gone/issues/?*', async (route) => {
    if (route.request().method() === 'DELETE') await held.promise
    await route.continue()
  })
  await press(page, 'j', 'k', 'x', 'j', 'x')
  await page.locator('.bulk').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 2 issues?' })
  await dialog.getByRole('button', { name: 'Delete 2 issues' }).click()
  await page.locator('[data-job]').filter({ hasText: 'Deleting 2 issues' }).waitFor()
  held.resolve()
  await toast(page, '2 issues deleted').waitFor()
  expect(await page.locator('[data-job]').count()).toBe(0)
  await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(2)

  await press(page, 'j', 'Enter')
  await page.waitForURL(`**/issues/*-*`)
  const gone = issues.find(({ shortId }) => page.url().endsWith(shortId))!
  await page.locator('.issue-actions').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog', { name: `Delete ${gone.shortId}?` }).getByRole('button', { name: 'Delete issue' }).click()
  await page.waitForURL('**/p/gone/issues', soon)
  await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(1)
  await expect(detailOf(gone.shortId)).rejects.toThrow()
})

test('D-18 the keys do on the issue page what they do in the list; after e, ] opens the next issue of the same list', async () => {
  const { issues } = await given('page', 5)
  const ids = issues.map(({ shortId }) => shortId)
  const page = await openStream(app, 'page', { search: '?sort=new' })
  await press(page, 'j', 'Enter')
  const header = page.locator('.issue-header')
  const word = () => header.locator('[data-status]').innerText()
  const at = (index: number) => page.waitForURL(`**/issues/${ids[index]}`, soon)
  await at(1)
  await header.waitFor()
  await press(page, 'e')
  await expect.poll(word, soon).toBe('Resolved')
  await expect.poll(async () => (await app.server.client.issues('page')).data.length, soon).toBe(4)
  await press(page, ']')
  await at(2)
  await expect.poll(() => header.locator('h1').innerText(), soon).toBe('Failure3')
  await press(page, 'm', 'm')
  await expect.poll(word, soon).toBe('Archived until it escalates')
  await press(page, 'i')
  await header.getByText('assigned to').waitFor()
  await press(page, 'z', 'z')
  await expect.poll(word, soon).toBe('New')
  await header.getByText('assigned to').waitFor({ state: 'detached' })
  await press(page, 'm')
  await page.getByRole('menu').waitFor()
  expect(await page.getByRole('menuitem').count()).toBe(7)
  await press(page, 'Escape')
  await press(page, 'a')
  await page.getByRole('dialog', { name: `Assign ${ids[2]} to` }).waitFor()
  await press(page, 'Escape')
  await press(page, 'c')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Comment')
  await press(page, 'Escape', '[')
  // The resolved one has left the list, or is about to.
  await page.waitForURL((url) => [ids[0], ids[1]].some((id) => url.pathname === `/issues/${id}`))
  await press(page, 'u')
  await page.waitForURL('**/p/page/issues?sort=new')
})

test('what somebody else has deleted meanwhile stays selected and says why; the others are done', async () => {
  app.expectTrouble(/ERR_FAILED/)
  const { issues } = await given('skip', 3)
  // Nobody tells this page.
  const page = await app.open('/p/skip/issues', { prepare: (one) => one.route('**/live/**', (route) => route.abort()) })
  await row(page, 0).waitFor()
  await press(page, 'j', 'k', 'x', 'j', 'x')
  await app.server.client.deleteIssue(issues[1]!.id)
  await expect.poll(async () => (await app.server.client.issues('skip')).data.length, soon).toBe(2)
  await press(page, 'e')
  await expect.poll(() => wordOf(page, 0), soon).toBe('Resolved')
  await row(page, 1).getByText(/^skipped: /).waitFor()
  expect(await wordOf(page, 1)).toBe('New')
  expect(await row(page, 1).getByRole('checkbox').isChecked()).toBe(true)
  expect(await row(page, 0).getByRole('checkbox').isChecked()).toBe(false)
})

test('Shift+J and Shift+K extend the selection; Esc clears it; the bar stands at the bottom of a phone', async () => {
  await given('extend', 5)
  const page = await openStream(app, 'extend')
  await press(page, 'j', 'k', 'Shift+J', 'Shift+J')
  await page.getByRole('status').filter({ hasText: /^3 selected$/ }).waitFor({ state: 'attached' })
  await press(page, 'Escape')
  await expect.poll(() => page.locator('[data-row] input:checked').count()).toBe(0)
  const small = await openStream(app, 'extend', phone)
  await small.getByRole('checkbox', { name: /^Select EXTEND/ }).first().check()
  for (const name of ['Resolve', 'Archive', 'Assign', 'More']) {
    const box = (await small.locator('.bulk').getByRole('button', { name, exact: true }).boundingBox())!
    expect(box.y, name).toBeGreaterThan(600)
    expect(box.height, name).toBeGreaterThanOrEqual(40)
  }
  expect(await overflowOf(small)).toBeLessThanOrEqual(0)
})

test('y copies the link of the row, Mod+Alt+C its event as Markdown', async () => {
  const { issues } = await given('copy', 1)
  const page = await openStream(app, 'copy', { permissions: ['clipboard-read', 'clipboard-write'] })
  await press(page, 'j', 'k', 'y')
  await toast(page, 'Link to').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${app.server.url}/issues/${issues[0]!.shortId}`)
  await press(page, 'Control+Alt+c')
  await toast(page, 'copied as Markdown').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(issues[0]!.shortId)
})

test('who only reads is told so by every key', async () => {
  await app.send(app.server.project, nodeError('Read', 'only'))
  const page = await openStream(app, 'shop', {
    prepare: (one) => one.route('**/api/0/', async (route) => {
      const answer = await route.fetch()
      const info = (await answer.json()) as { auth: { scopes: string[] } }
      await route.fulfill({ response: answer, json: { ...info, auth: { ...info.auth, scopes: ['event:read', 'project:read', 'org:read'] } } })
    }),
  })
  const puts = watchPuts(page)
  await press(page, 'j')
  for (const key of ['e', 'm', 'a', 'i']) {
    await page.getByRole('button', { name: 'Close message' }).click({ timeout: 1000 }).catch(() => undefined)
    await press(page, key)
    await toast(page, 'Your role only reads').waitFor()
  }
  expect(await page.getByRole('menu').count() + await page.getByRole('dialog').count()).toBe(0)
  expect(puts).toEqual([])
})
