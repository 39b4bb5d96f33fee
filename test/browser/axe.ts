// What axe finds on a page by the rules of WCAG 2.2 AA.

import axe, { type RunOnly } from 'axe-core'
import type { Page } from 'playwright-core'

const ofWcag: RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** The rules that look at colours: all that another theme can change. */
const ofColours: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** In light and in dark; a line per rule and place. */
export async function findFlawsInThemes(page: Page): Promise<{ light: string[]; dark: string[] }> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await findFlaws(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  return { light, dark: await findFlaws(page, ofColours) }
}

/** One line per rule and place; empty when there is nothing to find. */
export async function findFlaws(page: Page, runOnly = ofWcag): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate((runOnly) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly, resultTypes: ['violations'] }), runOnly)
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? violation.help}`))
}
