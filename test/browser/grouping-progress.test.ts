// A build while people look at it (ui.md 2.11, B): how far it is, on every page and in every browser, and what can be done.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { GroupingState, NewGeneration } from '../../core/contract/grouping.ts'
import { openStream, useApp } from './app.ts'
import { nodeErrors } from './events.ts'
import { dumpLive } from './grouping-data.ts'
import { holdBuild, openGrouping, squeeze } from './grouping-pages.ts'

const app = useApp()
const events = 20
const asked: NewGeneration = { version: 'v1', revision: null }
/** Messages of one generation come at most twice a second. */
const soon = { timeout: 10_000 }
const bar = (page: Page) => page.getByRole('main').getByRole('progressbar')
const valueOf = async (page: Page): Promise<number> => Number(await bar(page).getAttribute('aria-valuenow'))

async function holdProject(slug: string) {
  const project = await app.server.addProject(slug)
  await app.send(project, ...nodeErrors(events))
  return { project, build: await holdBuild(app, project, asked) }
}
const progressOf = async (slug: string, id: string) => (await app.server.client.generation(slug, id)).data.progress!

test('B-01 B-02 B-03 progress is a bar with words, never goes back, and is the same after a reload, in another browser and in the shell', async () => {
  const { build } = await holdProject('progress')
  await build.step(6)
  const page = await app.open(`/p/progress/grouping/${build.id}`)
  await bar(page).waitFor()
  const other = await openStream(app, 'progress')
  const shell = other.getByRole('link', { name: `Building generation ${build.id}` })
  let before = 0
  for (const facts of [0, 4, 5]) {
    if (facts > 0) await build.step(facts)
    const { done, total } = await progressOf('progress', build.id)
    const percent = Math.floor((done / total!) * 100)
    expect(percent).toBeGreaterThan(before)
    await expect.poll(() => valueOf(page), soon).toBe(percent)
    expect([await bar(page).getAttribute('aria-valuemin'), await bar(page).getAttribute('aria-valuemax')]).toEqual(['0', '100'])
    expect(await bar(page).getAttribute('aria-valuetext')).toContain(`${percent}% · ${done} of ${events} events`)
    await expect.poll(async () => squeeze(await shell.innerText()), soon).toBe(`Building generation ${build.id}: ${percent}%`)
    before = percent
  }
  await page.reload()
  await expect.poll(() => valueOf(page), soon).toBe(before)
  expect(await page.locator('main [data-job]').getAttribute('data-pct')).toBe(String(before))
  // The stream still answers, and the way from it leads here.
  expect(await other.locator('[data-row]').count()).toBe(events)
  await shell.click()
  await other.waitForURL(`**/grouping/${build.id}`)

  await build.release()
  await page.locator('[data-complete=true]').waitFor({ timeout: 30_000 })
  await expect.poll(() => shell.count(), soon).toBe(0)
})

test('B-01 a number that goes back within a build is not shown', async () => {
  const { build } = await holdProject('back')
  await build.step(12)
  const page = await app.open(`/p/back/grouping/${build.id}`)
  await bar(page).waitFor()
  const high = await valueOf(page)
  await app.server.pool.query('update generation_build set events = 1 where generation = $1', [build.id])
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
  await build.step(1)
  await expect.poll(async () => (await bar(page).getAttribute('aria-valuetext')) ?? '', soon).toContain(' of 20 events')
  expect(await valueOf(page)).toBeGreaterThanOrEqual(high)
  await build.release()
})

test('pause and resume: a paused build stands where it is, and goes on from there', async () => {
  const { build } = await holdProject('paused')
  await build.step(8)
  const page = await app.open(`/p/paused/grouping/${build.id}`)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('button', { name: 'Resume', exact: true }).waitFor()
  const before = await valueOf(page)
  expect(before).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 30_000 })
  expect((await progressOf('paused', build.id)).done).toBe(events)
  await build.release()
})

test('B-04 cancelling leaves the live generation as it was, and says what was thrown away', async () => {
  const { build } = await holdProject('cancelled')
  const before = await dumpLive(app.server.pool, 'cancelled')
  await build.step(8)
  const { done } = await progressOf('cancelled', build.id)
  const page = await openGrouping(app, 'cancelled')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: `Throw generation ${build.id} away` }).click()
  await page.getByRole('status').filter({ hasText: `Generation ${build.id} was thrown away, and with it what it had read of ${done} events. The live generation is as it was.` }).waitFor()
  await expect.poll(() => page.locator('[data-job]').count(), soon).toBe(0)
  expect(await dumpLive(app.server.pool, 'cancelled')).toEqual(before)
  await build.release()
})

test('B-05 of an unknown total the bar has no percentage, but a count', async () => {
  app.expectTrouble(/ERR_FAILED/)
  const { build } = await holdProject('unknown')
  await build.step(8)
  const withoutTotal = async (page: Page): Promise<void> => {
    // What the live stream says would have a total again.
    await page.route('**/live/**', (route) => route.abort())
    await page.route('**/unknown/grouping/', async (route) => {
      const response = await route.fetch()
      const state = (await response.json()) as GroupingState
      for (const { progress } of state.generations) if (progress) Object.assign(progress, { total: null, etaSeconds: null, rate: 1234 })
      await route.fulfill({ response, json: state })
    })
  }
  const page = await app.open(`/p/unknown/grouping/${build.id}`, { prepare: withoutTotal })
  await bar(page).waitFor()
  expect(await bar(page).getAttribute('aria-valuenow')).toBeNull()
  const { done } = await progressOf('unknown', build.id)
  expect(await bar(page).getAttribute('aria-valuetext')).toBe(`${done} events · 1,234 a second`)
  expect(await page.locator('main .progress').innerText()).not.toContain('%')
  await build.release()
})
