// Every page of the app, for what must hold on each of them. A new page belongs here.

import type { Page } from 'playwright-core'

export type PageCase = { name: string; address: string; ready: (page: Page) => Promise<unknown>; signedIn?: false }

const ready = (page: Page): Promise<unknown> => page.locator('main [data-state=ready]').first().waitFor()
const row = (page: Page): Promise<unknown> => page.locator('[data-row]').first().waitFor()
const heading = (name: string | RegExp) => (page: Page): Promise<unknown> => page.getByRole('heading', { level: 1, name }).waitFor()

/** `issue`, `event`: ids of one in the project `shop`. */
export function listPages({ issue, event }: { issue: string; event: string }): PageCase[] {
  const at = `/issues/${issue}`
  return [
    { name: 'stream', address: '/p/shop/issues', ready: row },
    { name: 'issue', address: at, ready: (page) => page.locator('.event-region[data-state=ready]').waitFor() },
    { name: 'event', address: `${at}/events/${event}`, ready: (page) => page.locator('.event-region[data-state=ready]').waitFor() },
    { name: 'events of an issue', address: `${at}/events`, ready: row },
    { name: 'tags of an issue', address: `${at}/tags`, ready: (page) => page.locator('[data-tag]').first().waitFor() },
    { name: 'one tag', address: `${at}/tags/environment`, ready: row },
    { name: 'raw event', address: `${at}/events/${event}/json`, ready },
    { name: 'feedback', address: '/p/shop/feedback', ready: (page) => page.locator('main [data-state=empty], main [data-state=ready]').first().waitFor() },
    { name: 'outcomes', address: '/p/shop/outcomes', ready },
    { name: 'grouping', address: '/p/shop/grouping', ready },
    { name: 'setup', address: '/p/shop/setup', ready },
    { name: 'projects', address: '/projects', ready },
    { name: 'account', address: '/settings/account', ready: heading('Account') },
    { name: 'members', address: '/settings/members', ready },
    { name: 'tokens', address: '/settings/tokens', ready },
    { name: 'limits', address: '/settings/limits', ready },
    { name: 'audit log', address: '/settings/audit', ready },
    { name: 'project settings', address: '/settings/projects/shop', ready },
    { name: 'keys', address: '/settings/projects/shop/keys', ready: (page) => page.locator('[data-key]').first().waitFor() },
    { name: 'limits of a project', address: '/settings/projects/shop/limits', ready },
    { name: 'filters', address: '/settings/projects/shop/filters', ready },
    { name: 'private data', address: '/settings/projects/shop/privacy', ready },
    { name: 'no such page', address: '/no/such/page', ready: heading('No such page') },
    { name: 'login', address: '/login', ready: heading('Sign in'), signedIn: false },
    { name: 'invitation that is gone', address: '/accept-invite/1/x', ready: heading(/./), signedIn: false },
  ]
}
