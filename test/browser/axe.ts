// What axe finds on a page by the rules of WCAG 2.2 AA.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The rules that look at colours: all that another theme can change. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** In light and in dark; a line per rule and place. */
export async function findFlawsInThemes(page: Page): Promise<{ light: string[]; dark: string[] }> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await findFlaws(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  return { light, dark: await findFlaws(page, ofColours) }
}

/** One line per rule and place; empty when there is nothing to find. Without `rules` all of WCAG 2.2 AA. */
export async function findFlaws(page: Page, rules?: string[]): Promise<string[]> {
  // Legacy: without a second page for the frames that the app does not have.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(tags)).analyze()
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? violation.help}`))
}
