// axe finds nothing in any state of grouping and of a build (ui.md R-08, B-06), in light and dark, wide and narrow.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp, type OpenOptions } from './app.ts'
import { findFlawsInThemes } from './axe.ts'
import { phone } from './chromium.ts'
import { errorAt, goldenEvents, goldenRules, keepApart, sendInOrder } from './grouping-data.ts'
import { holdBuild, rulesField, type HeldBuild } from './grouping-pages.ts'
import { overflowOf } from './look.ts'

const app = useApp()
let build: HeldBuild
let conflicting: string
let merged: string

beforeAll(async () => {
  const { project, client, addProject } = app.server
  await sendInOrder(app, project, goldenEvents)
  const timeouts = (await client.issues('shop', { query: 'TimeoutError' })).data.toSorted((a, b) => Number(a.id) - Number(b.id))
  await keepApart(client, 'shop', [timeouts[0]!.id, timeouts[1]!.id])
  await client.saveRules('shop', { rules: goldenRules, frameRules: 'stack.module:acme.** +app' })
  conflicting = (await client.createGeneration('shop')).data.id
  const page = await app.open(`/p/shop/grouping/${conflicting}`)
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })

  const other = await addProject('building')
  await sendInOrder(app, other, ['A', 'B', 'C', 'D'].map((name) => errorAt(`${name}Error`, `run${name}`)))
  const issues = (await client.issues('building')).data
  await client.mergeIssues('building', issues.slice(0, 2).map(({ id }) => id))
  merged = issues[1]!.shortId
  build = await holdBuild(app, other, { version: 'v1' })
  await build.step(4)
}, 120_000)
afterAll(() => build?.release())

const editor = (page: Page): Promise<unknown> => page.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
const complete = (page: Page): Promise<unknown> => page.locator('[data-complete=true]').waitFor()
type State = [name: string, address: () => string, reach: (page: Page) => Promise<unknown>, options?: OpenOptions]

const states: State[] = [
  ['editor', () => '/p/shop/grouping', async (page) => {
    await editor(page)
    await page.locator('.rule-hits li').first().waitFor()
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await page.locator('.revisions').waitFor()
  }],
  ['form', () => '/p/shop/grouping', async (page) => {
    await editor(page)
    await page.getByRole('button', { name: 'Form' }).click()
    await page.locator('[data-rule]').first().waitFor()
  }],
  ['form on a phone', () => '/p/shop/grouping', async (page) => {
    await editor(page)
    await page.getByRole('button', { name: 'Form' }).click()
    await page.locator('[data-rule]').first().waitFor()
  }, phone],
  ['error', () => '/p/shop/grouping', async (page) => {
    await editor(page)
    await rulesField(page).fill('error.tipe:X -> y')
    await page.locator('.rule-problems li').first().waitFor()
  }],
  ['preview with a conflict', () => `/p/shop/grouping/${conflicting}`, async (page) => {
    await complete(page)
    await page.getByRole('button', { name: 'Compare two events' }).first().click()
    await page.locator('.comparison').waitFor()
  }],
  ['preview on a phone', () => `/p/shop/grouping/${conflicting}`, complete, phone],
  ['running build', () => `/p/building/grouping/${build.id}`, (page) => page.getByRole('main').getByRole('progressbar').waitFor()],
  ['running build on a phone, and in the shell', () => `/p/building/grouping/${build.id}`, (page) => page.locator('.building').waitFor(), phone],
  ['cancelling', () => `/p/building/grouping/${build.id}`, async (page) => {
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }],
  ['browsed stream', () => `/p/shop/issues?generation=${conflicting}`, async (page) => {
    await page.locator('[data-row]').first().waitFor()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  }],
  ['merged keys', () => `/issues/${merged}`, (page) => page.getByRole('region', { name: 'Merged' }).getByRole('checkbox').first().waitFor()],
  ['comparing issues', () => `/issues/${merged}`, async (page) => {
    await page.getByRole('button', { name: 'Compare with…' }).click()
    await page.getByRole('dialog').waitFor()
  }],
  ['grouping that fails', () => '/p/shop/grouping', (page) => page.locator('[data-state=error]').waitFor(), { prepare: (page) => page.route('**/shop/grouping/', (route) => route.fulfill({ status: 500, json: { detail: 'Internal error.' } })) }],
  ['no such generation', () => '/p/shop/grouping/99999', (page) => page.getByRole('heading', { name: 'No such generation' }).waitFor()],
]

describe('R-08 B-06 axe = 0, and nothing scrolls sideways', () => {
  test.for(states)('%s', async ([, address, reach, options]) => {
    app.expectTrouble(/status of (404|500)/)
    const page = await app.open(address(), options)
    await reach(page)
    expect(await overflowOf(page)).toBeLessThanOrEqual(0)
    const flaws = await findFlawsInThemes(page)
    expect(flaws).toEqual({ light: [], dark: [] })
  })
})
