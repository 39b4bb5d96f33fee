// What the tests of grouping do in its pages, and with a build that they hold in their own hands.

import type { Page } from 'playwright-core'
import type { NewGeneration } from '../../core/contract/grouping.ts'
import { openFoldPool } from '../../projections/fold-pool.ts'
import { advanceGeneration } from '../../projections/generations/build.ts'
import { notifyGeneration } from '../../projections/live/notice.ts'
import type { App, OpenOptions } from './app.ts'

export const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()
export const rulesField = (page: Page) => page.getByRole('textbox', { name: 'Fingerprint rules' })
export const summaryOf = async (page: Page): Promise<string> => squeeze(await page.locator('.summary').innerText())
export const generationIn = (page: Page): string => /grouping\/(\d+)/.exec(page.url())![1]!

export async function openGrouping(app: App, slug: string, options: OpenOptions = {}): Promise<Page> {
  const page = await app.open(`/p/${slug}/grouping`, options)
  await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
  return page
}

/** Builds a candidate of `rules` in the page and waits for its complete preview. */
export async function previewRules(page: Page, rules: string): Promise<void> {
  await rulesField(page).fill(rules)
  await page.getByRole('button', { name: 'Save and build candidate' }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
}

export type HeldBuild = {
  id: string
  /** Folds `events` more facts, as a process that builds would, and says so on the live stream. */
  step(facts: number): Promise<void>
  /** Gives the build to the server. */
  release(): Promise<void>
}

/** A generation that another process than the server seems to build: this test, one step at a time. */
export async function holdBuild(app: App, project: { id: number; slug: string }, asked: NewGeneration): Promise<HeldBuild> {
  const { pool, databaseUrl, client } = app.server
  const { id } = (await client.createGeneration(project.slug, asked)).data
  const hold = (): Promise<unknown> => pool.query(`update generation_build set state = 'running', updated_at = now() + interval '1 hour' where generation = $1 and state in ('queued', 'running')`, [id])
  while ((await pool.query('select from generation_build where generation = $1', [id])).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await hold()
  const own = openFoldPool(databaseUrl)
  return {
    id,
    async step(facts) {
      await advanceGeneration(own, Number(id), { limit: facts })
      await hold()
      await notifyGeneration(pool, project.id, Number(id))
    },
    async release() {
      await own.end()
      await pool.query(`update generation_build set state = 'queued' where generation = $1 and state = 'running'`, [id])
    },
  }
}

/** By Tab alone, to the control with that text; the focus must be seen on the way (ui.md W-02). */
export async function tabTo(page: Page, text: string): Promise<void> {
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement!
      const box = element.getBoundingClientRect()
      const shown = element.ownerDocument.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10))
      return { text: element.textContent, outlined: getComputedStyle(element).outlineStyle !== 'none' || element.closest('.rule-box') !== null, isSeen: shown !== null && (element.contains(shown) || shown.contains(element)) }
    })
    if (!at.outlined || !at.isSeen) throw new Error(`the focus on "${squeeze(at.text)}" cannot be seen`)
    if (squeeze(at.text).startsWith(text)) return
  }
  throw new Error(`Tab does not lead to "${text}"`)
}
