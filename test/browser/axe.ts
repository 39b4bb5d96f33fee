// What axe finds on a page by the rules of WCAG 2.2 AA.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** One line per rule and place; empty when there is nothing to find. */
export async function findFlaws(page: Page): Promise<string[]> {
  // Legacy: without a second page for the frames that the app does not have.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? violation.help}`))
}
