// Rules, candidate, preview, apply and rollback (ui.md 2.11), by a person in the page and on data that came through the
// real ingest.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useApp } from './app.ts'
import { dumpLive, goldenEvents, goldenRules, liveGeneration, sendInOrder } from './grouping-data.ts'

const app = useApp()
const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()
const rulesField = (page: Page) => page.getByRole('textbox', { name: 'Fingerprint rules' })

/** Opens the grouping page with the rules it begins with. */
async function openGrouping(slug: string): Promise<Page> {
  const page = await app.open(`/p/${slug}/grouping`)
  await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
  return page
}

/** Builds a candidate of `rules` and waits for its complete preview. */
async function preview(page: Page, rules: string): Promise<void> {
  await rulesField(page).fill(rules)
  await page.getByRole('button', { name: 'Save and build candidate' }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 30_000 })
}

const summary = async (page: Page): Promise<string> => squeeze(await page.locator('.summary').innerText())

test('R-02 R-05 R-09 R-10 D-26 a person edits rules, previews, applies, follows an old link, rolls back, and finds everything as before', async () => {
  const project = await app.server.addProject('golden')
  const { client, pool } = app.server
  await sendInOrder(app, project, goldenEvents)
  const { data: issues } = await client.issues('golden', { query: '' })
  expect(issues.length).toBe(9)
  const timeouts = issues.filter(({ title }) => title.startsWith('TimeoutError')).toSorted((a, b) => Number(a.id) - Number(b.id))
  await client.addComment(timeouts[1]!.id, 'The stock service was moved.')
  const after = await client.addComment(timeouts[2]!.id, 'Prices are read twice.')
  await client.issue(timeouts[2]!.id, after.position)
  const before = await dumpLive(pool, 'golden')
  const first = await liveGeneration(pool, 'golden')

  const oldTab = await app.open(`/issues/${timeouts[1]!.shortId}`)
  await oldTab.getByRole('heading', { level: 1, name: 'TimeoutError' }).waitFor()

  const page = await openGrouping('golden')
  await preview(page, goldenRules)
  expect(await summary(page)).toBe('15 events read · 2 issues stay · 6 merge into 2 · 1 splits into 3 · counts add up')
  expect(await dumpLive(pool, 'golden')).toEqual(before)
  const candidate = page.url().split('/').at(-1)!

  // Browsed: the candidate's issues, and nothing can be done to them.
  await page.getByRole('link', { name: 'Browse it' }).click()
  await page.locator(`.stream[data-generation="${candidate}"]`).waitFor()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(7)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.getByRole('status').filter({ hasText: `Generation ${candidate} is read-only` }).waitFor()
  expect(await page.locator('[data-status=resolved]').count()).toBe(0)
  const refused = await fetch(`${app.server.url}/api/0/projects/refold/golden/issues/?id=${timeouts[0]!.id}&generation=${candidate}`, { method: 'PUT', headers: { authorization: `Bearer ${app.server.token}`, 'content-type': 'application/json' }, body: '{"status":"resolved"}' })
  expect(refused.status).toBe(400)
  await page.keyboard.press('Enter')
  await page.locator(`.issue-page[data-generation="${candidate}"]`).waitFor()
  expect(page.url()).toContain(`generation=${candidate}`)
  await page.getByRole('link', { name: 'What it changes' }).click()

  await page.getByRole('button', { name: 'Apply: 6 merge into 2, 1 splits into 3' }).click()
  await page.getByRole('status').filter({ hasText: `Generation ${candidate} is live` }).waitFor()
  const { data: now } = await client.issues('golden', { query: '' })
  expect(now.length).toBe(7)
  const merged = now.find(({ id }) => id === timeouts[0]!.id)!
  expect([merged.count, merged.numComments]).toEqual(['6', 2])

  // The old tab learns of it, and its address is the issue that holds the event now.
  await oldTab.waitForURL(`**/issues/${timeouts[0]!.shortId}`)
  await oldTab.getByRole('status').filter({ hasText: `${timeouts[1]!.shortId} is now part of ${timeouts[0]!.shortId}` }).waitFor()
  await oldTab.getByText('The stock service was moved.').waitFor()
  await oldTab.getByText('Prices are read twice.').waitFor()

  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('status').filter({ hasText: `Rolled back: generation ${first} is live` }).waitFor()
  expect(await dumpLive(pool, 'golden')).toEqual(before)
  const again = await app.open(`/issues/${timeouts[1]!.shortId}`)
  await again.getByRole('heading', { level: 1, name: 'TimeoutError' }).waitFor()
  expect(again.url()).toContain(timeouts[1]!.shortId)
})
