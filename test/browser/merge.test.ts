// What people put together and take apart (ui.md 2.4 and 2.6): merging on the stream, unmerging on the issue's page, and
// what the page says of why events are together.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { nodeErrors } from './events.ts'
import { dumpLive, errorAt, sendInOrder } from './grouping-data.ts'
import { squeeze } from './grouping-pages.ts'

const app = useApp()
const row = (page: Page, text: string) => page.locator('[data-row]').filter({ hasText: text })
const soon = { timeout: 10_000 }

/** Issues A, B and C of 1, 2 and 3 events, oldest first. */
async function threeIssues(slug: string) {
  const project = await app.server.addProject(slug)
  await sendInOrder(app, project, ['A', 'B', 'B', 'C', 'C', 'C'].map((name) => errorAt(`${name}Error`, `run${name}`)))
  const { data } = await app.server.client.issues(slug, { query: '' })
  return { project, issues: data.toSorted((a, b) => Number(a.id) - Number(b.id)) }
}

/** What people did stays in the activity. */
const tables = async (slug: string): Promise<string[]> => (await dumpLive(app.server.pool, slug)).filter((line) => !line.startsWith('activity'))

/** The first so many, by keys: rows are read as one comes near. */
async function selectRows(page: Page, count: number): Promise<void> {
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const selected = page.locator('.stream-foot').getByRole('status')
  await expect.poll(async () => {
    const done = Number.parseInt(await selected.innerText(), 10) || 1
    for (let press = Math.min(20, count - done); press > 0; press -= 1) await page.keyboard.press('Shift+J')
    return done
  }, { timeout: 40_000, interval: 50 }).toBe(count)
}

async function openIssue(shortId: string): Promise<Page> {
  const page = await app.open(`/issues/${shortId}`)
  await page.locator('.event-region[data-state=ready]').waitFor()
  return page
}

test('selected issues are merged on the stream, with exact counts, and undone', async () => {
  const { issues } = await threeIssues('merging')
  const before = await tables('merging')
  const page = await openStream(app, 'merging')
  for (const { shortId } of issues) await page.getByRole('checkbox', { name: `Select ${shortId}` }).check()
  await page.keyboard.press('Shift+M')
  const [first] = issues
  await page.getByRole('status').filter({ hasText: `3 issues merged into ${first!.shortId}` }).waitFor()
  await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(1)
  expect(await row(page, first!.shortId).locator('.cell-num').first().innerText()).toBe('6')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(3)
  expect(await tables('merging')).toEqual(before)
})

test('one issue alone cannot be merged, and the key says so', async () => {
  await threeIssues('alone')
  const page = await openStream(app, 'alone')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+M')
  await page.getByRole('status').filter({ hasText: 'Select two issues or more' }).waitFor()
})

test('D-20 D-26 unmerging one of two keys brings its issue back under its old id, with its events; the counts add up', async () => {
  const { issues } = await threeIssues('apart')
  const [, b, c] = issues
  const open = await openIssue(c!.shortId)
  const stream = await openStream(app, 'apart')
  for (const { shortId } of [b!, c!]) await stream.getByRole('checkbox', { name: `Select ${shortId}` }).check()
  await stream.getByRole('button', { name: 'Merge', exact: true }).click()
  await stream.getByRole('status').filter({ hasText: '2 issues merged' }).waitFor()

  // Whoever was looking at the one that went lands on the one that stays; Back leads to where they were before.
  await open.waitForURL(`**/issues/${b!.shortId}`)
  await open.getByRole('status').filter({ hasText: `${c!.shortId} is now part of ${b!.shortId}` }).waitFor()
  await open.goto(`/p/apart/issues`)
  await open.goto(`/issues/${c!.shortId}`)
  await open.waitForURL(`**/issues/${b!.shortId}`)
  await open.goBack()
  await open.waitForURL('**/p/apart/issues')
  await open.goForward()

  const keys = open.getByRole('region', { name: 'Merged' })
  await keys.getByRole('checkbox').nth(1).waitFor()
  expect(await open.locator('.issue-numbers dd').first().innerText()).toBe('5')
  const unmerge = keys.getByRole('button', { name: 'Unmerge' })
  expect(await unmerge.isDisabled()).toBe(true)
  for (const index of [0, 1]) await keys.getByRole('checkbox').nth(index).check()
  expect(await keys.locator('#unmerge-why').innerText()).toBe('One key has to stay.')
  expect(await unmerge.isDisabled()).toBe(true)
  await keys.getByRole('checkbox', { name: /^BError/ }).uncheck()
  await unmerge.click()
  await open.getByRole('status').filter({ hasText: `1 key left ${b!.shortId}` }).waitFor()
  await expect.poll(() => open.locator('.issue-numbers dd').first().innerText(), soon).toBe('2')
  expect((await app.server.client.issue(c!.id)).data).toMatchObject({ shortId: c!.shortId, count: '3' })

  await open.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => open.locator('.issue-numbers dd').first().innerText(), soon).toBe('5')
})

test('D-21 an action on more than 100 issues shows how far it is, and the list follows', async () => {
  const project = await app.server.addProject('many')
  await app.send(project, ...nodeErrors(130))
  const page = await openStream(app, 'many')
  await selectRows(page, 130)
  await page.route('**/many/issues/**', async (route) => {
    if (route.request().method() === 'PUT') await new Promise((resolve) => setTimeout(resolve, 500))
    await route.continue()
  })
  await page.getByRole('button', { name: 'Resolve', exact: true }).click()
  const line = page.getByRole('progressbar', { name: 'Resolving' })
  await expect.poll(() => line.getAttribute('aria-valuetext'), soon).toBe('Resolving: 100 of 130 issues')
  await expect.poll(() => line.count(), soon).toBe(0)
  await page.locator('[data-state=empty]').waitFor()
  expect((await app.server.client.issues('many', { query: 'is:resolved' })).hits).toBe(130)
})

test('merging more than 100 is one decision, and says that it is under way', async () => {
  const project = await app.server.addProject('heap')
  await app.send(project, ...nodeErrors(120))
  const page = await openStream(app, 'heap')
  await selectRows(page, 120)
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByRole('status').filter({ hasText: '120 issues merged' }).waitFor({ timeout: 20_000 })
  await expect.poll(() => page.locator('[data-row]').count(), soon).toBe(1)
  expect(await page.locator('[data-row] .cell-num').first().innerText()).toBe('120')
})

test('why events are together: the frames that count, a rule to split them, and the first difference from another issue', async () => {
  const { issues } = await threeIssues('why')
  const [a, b] = issues
  const page = await openIssue(a!.shortId)
  await page.keyboard.press('t')
  await expect.poll(() => page.locator('[data-frame]').count(), soon).toBe(3)
  expect(await page.locator('[data-frame]:has(.frame-counts)').evaluateAll((all) => all.map((one) => one.querySelector('.frame-function')!.textContent))).toEqual(['runA', 'serve'])
  expect(squeeze(await page.locator('.frame-verdict').first().innerText())).toMatch(/^Part of the grouping: /)

  await page.getByRole('button', { name: 'Compare with…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('The other issue').fill(b!.shortId)
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await dialog.getByText('First difference:').waitFor()
  expect(squeeze(await dialog.locator('[data-first=true]').innerText())).toContain('AError')
  await dialog.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('link', { name: 'Split by a rule' }).click()
  await page.getByRole('status').filter({ hasText: 'A rule was put on top of the fingerprint rules.' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Fingerprint rules' }).inputValue()).toBe('error.type:AError message:"AError in runA" stack.function:runA -> aerror, {{ message }}')
  expect(await page.locator('#rule-why').innerText()).toContain('Not saved.')
})
