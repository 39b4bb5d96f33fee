// Grouping in the screenshots: rules of the sample shop, a candidate with a conflict, and issues that people merged.

import type { Page } from 'playwright-core'
import type { Client } from '../../client.ts'
import type { GroupingState } from '../../core/contract/grouping.ts'
import { eventually } from '../eventually.ts'
import { keepApart } from './grouping-data.ts'

type Shot = [name: string, address: string, ready: (page: Page) => Promise<unknown>]

const rules = `# Whatever took too long is one thing to look at.
error.type:*Timeout* -> timeouts title="Something took too long"
error.value:"*refused*" -> refused title="Connection refused"

# Each region has its own servers.
error.type:TypeError -> {{ default }}, {{ tags.region }}`

/** Saves rules of the shop and builds a candidate; resolves with the pictures of it. */
export async function fillGrouping(client: Client): Promise<Shot[]> {
  const { data: issues } = await client.issues('shop', { query: '', limit: 100 })
  const idOf = (title: string): string => issues.find((issue) => issue.title.startsWith(title))!.id
  await keepApart(client, 'shop', [idOf('SQLTimeout'), idOf('Net::ReadTimeout')].toSorted((a, b) => Number(a) - Number(b)) as [string, string])
  const { data: { merge }, position } = await client.mergeIssues('shop', [idOf('NetworkError'), idOf('RangeError'), idOf('SecurityError')])
  const merged = (await client.issue(merge.parent, { after: position })).data.shortId
  await client.saveRules('shop', { rules, frameRules: 'stack.abs_path:framework/** -app' })
  const { data: { id } } = await client.createGeneration('shop')
  const older = (await client.createGeneration('billing', { version: 'v1', thenApply: true })).data.id
  for (const [slug, generation, state] of [['shop', id, 'candidate'], ['billing', older, 'live']] as const) {
    await eventually(60_000, `a generation of ${slug} is ${state}`, async () => {
      const known = await client.generation(slug, generation).catch(() => undefined)
      return known?.data.state === state || undefined
    })
  }
  return pagesOf(id, merged)
}

function pagesOf(generation: string, merged: string): Shot[] {
  const editor = (page: Page): Promise<unknown> => page.locator('.rule-hits li').first().waitFor()
  const complete = (page: Page): Promise<unknown> => page.locator('[data-complete=true]').waitFor()
  const form = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Form' }).click()
    await page.locator('[data-rule]').first().waitFor()
  }
  return [
    ['grouping', '/p/shop/grouping', editor],
    ['grouping-upgrade', '/p/billing/grouping', (page) => page.getByRole('button', { name: 'Preview v2' }).waitFor()],
    ['grouping-form', '/p/shop/grouping', async (page) => {
      await editor(page)
      await form(page)
      await page.getByRole('heading', { name: 'Rules', exact: true }).scrollIntoViewIfNeeded()
      // The next picture is of the text again.
      await page.evaluate(() => localStorage.removeItem('refold.rules'))
    }],
    ['grouping-error', '/p/shop/grouping', async (page) => {
      await editor(page)
      await page.getByRole('textbox', { name: 'Fingerprint rules' }).fill(`${rules}\nerror.tipe:MemoryError -> memory\nlevel:fatal`)
      await page.locator('.rule-problems li').first().waitFor()
    }],
    ['grouping-history', '/p/shop/grouping', async (page) => {
      await editor(page)
      for (const summary of await page.locator('main summary').all()) await summary.click()
      await page.getByRole('heading', { name: 'Generations' }).scrollIntoViewIfNeeded()
    }],
    ['preview', `/p/shop/grouping/${generation}`, complete],
    ['preview-changes', `/p/shop/grouping/${generation}`, async (page) => {
      await complete(page)
      await page.getByRole('button', { name: 'Compare two events' }).first().click()
      await page.locator('.comparison').waitFor()
      await page.getByRole('heading', { name: 'By issue' }).evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
    }],
    ['building', `/p/shop/grouping/${generation}`, async (page) => {
      await page.route('**/shop/grouping/', async (route) => {
        const response = await route.fetch()
        const state = (await response.json()) as GroupingState
        const one = state.generations.find(({ id }) => id === generation)!
        Object.assign(one, { state: 'building', progress: { ...one.progress, done: 23_440, total: 38_412, rate: 11_200, etaSeconds: 2, finishedAt: null } })
        await route.fulfill({ response, json: state })
      })
      await page.reload()
      await page.locator('.building').waitFor()
      await page.unroute('**/shop/grouping/')
    }],
    ['browsed', `/p/shop/issues?generation=${generation}`, (page) => page.locator('[data-row]').first().waitFor()],
    ['issue-merged', `/issues/${merged}`, async (page) => {
      await page.locator('.merged-keys li').first().waitFor()
      await page.getByRole('heading', { name: 'Merged' }).evaluate((heading) => heading.scrollIntoView({ block: 'center' }))
    }],
  ]
}
