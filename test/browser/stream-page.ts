// The stream as tests of its views and filters use it: four issues of several times and environments, saved views that are gone
// before each test, and the parts of the page by role and name.

import type { Locator, Page } from 'playwright-core'
import { beforeAll, beforeEach, expect } from 'vitest'
import type { View } from '../../core/contract/view.ts'
import type { App } from './app.ts'
import { nodeError } from './events.ts'
import { signIn } from './send.ts'

/** Unix seconds. */
export const hoursAgo = (hours: number): number => Date.now() / 1000 - hours * 3600
export const everything = ['FreshError', 'LocalError', 'DayError', 'OldError']

/** Call at the top of a file. `ask`: saved views over the API, as the owner; `save` makes one of the project. */
export function useViews(app: App) {
  let cookie: string | undefined
  const ask = async <T>(method: string, rest: string, body?: unknown): Promise<T> => {
    const { url, owner } = app.server
    cookie ??= await signIn(url, owner)
    const init = { method, headers: { cookie, origin: url, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await fetch(`${url}/api/0/organizations/refold/group-search-views/${rest}`, init)
    if (!response.ok) throw new Error(`${method} ${rest}: ${response.status} ${await response.text()}`)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
  beforeAll(() => app.send(
    app.server.project,
    nodeError('OldError', 'of last week', { environment: 'staging', timestamp: hoursAgo(24 * 6) }),
    nodeError('DayError', 'of yesterday', { environment: 'production', level: 'fatal', timestamp: hoursAgo(20) }),
    nodeError('LocalError', 'of a laptop', { environment: 'development', timestamp: hoursAgo(3) }),
    nodeError('FreshError', 'of this hour', { environment: 'production', timestamp: hoursAgo(0.2) }),
  ))
  beforeEach(async () => {
    for (const { id } of await ask<View[]>('GET', '')) await ask('DELETE', `${id}/`)
  })
  return { ask, save: (name: string, query: string, more: object = {}): Promise<View> => ask('POST', '', { name, query, projects: ['shop'], ...more }) }
}

const titles = (page: Page): Promise<string[]> => page.locator('[data-row] .issue-title b').allInnerTexts()
export const shows = (page: Page, types: string[]) => expect.poll(() => titles(page), { timeout: 10_000 }).toEqual(types)
export const tabs = (page: Page): Locator => page.getByRole('navigation', { name: 'Views' })
export const tab = (page: Page, name: string): Locator => tabs(page).getByRole('link', { name })
export const current = (page: Page): Locator => tabs(page).locator('[aria-current=page] .view-name')
export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
/** Names of one's own tabs. */
export const own = (page: Page): Promise<string[]> => tabs(page).locator('[data-own=true] .view-name').allInnerTexts()
export const pick = async (page: Page, menu: string | RegExp, ...items: string[]): Promise<void> => {
  await page.getByRole('button', { name: menu, exact: true }).click()
  for (const item of items) await page.getByRole('menu').getByText(item, { exact: true }).click()
}
export const search = async (page: Page, text: string): Promise<void> => {
  const field = page.getByRole('main').getByLabel('Search issues')
  await field.fill(text)
  await field.press('Enter')
}
export const nameView = async (page: Page, text: string, action: string): Promise<void> => {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(text)
  await dialog.getByRole('button', { name: action }).click()
}
