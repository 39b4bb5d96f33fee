// No state of the settings, the setup page and the page of outcomes has a flaw that axe can find, and none scrolls sideways on a phone
// (ui.md W-01, W-03).

import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../ingest/auth/accounts.ts'
import { eventually } from '../eventually.ts'
import { useApp, type OpenOptions } from './app.ts'
import { findFlawsInThemes } from './axe.ts'
import { nodeErrors } from './events.ts'
import { overflowOf } from './look.ts'
import { browserCookie, signIn } from './send.ts'

const app = useApp()
const password = 'correct horse battery'
let viewer: string

beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(3))
  await app.server.addProject('virgin')
  await app.server.client.updateProject('shop', { filters: { errorMessages: ['*ChunkLoadError*'] }, quotas: [{ categories: ['error', 'span'], count: 5_000, window: 90 }] })
  await app.server.client.createKey('shop', { name: 'worker' })
  await createAccount(app.server.pool, { email: 'vic@example.com', password, role: 'viewer' })
  viewer = await signIn(app.server.url, { email: 'vic@example.com', password })
  const { origin, pathname } = new URL(app.server.project.dsn)
  await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${'f'.repeat(32)}`, { method: 'POST', body: '{}' })
  await eventually(20_000, 'the refusal is counted', async () => (await app.server.client.project('shop')).data.refold.dropped[0])
})

const section = (name: string): string => `/settings/projects/shop/${name}`
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()
const dialog = (page: Page): Promise<unknown> => page.getByRole('dialog').waitFor()
const asViewer = (): OpenOptions => ({ signedIn: false, prepare: (page) => page.context().addCookies([browserCookie(app.server.url, viewer)]) })

type State = [name: string, address: string, reach: (page: Page) => Promise<unknown>, options?: () => OpenOptions]
const states: State[] = [
  ['general', section(''), (page) => page.getByLabel('Slug').waitFor()],
  ['general, read-only', section(''), (page) => page.getByText('Read-only for you, a viewer').first().waitFor(), asViewer],
  ['deleting a project', section(''), async (page) => {
    await press('Delete project…')(page)
    await dialog(page)
  }],
  ['keys with a menu', section('keys'), async (page) => {
    await press('More for worker')(page)
    await page.getByRole('menu').waitFor()
  }],
  ['a key with a limit', section('keys'), async (page) => {
    await press('New key')(page)
    await page.getByRole('checkbox', { name: /^A limit of its own/ }).check()
  }],
  ['limits of its own', section('limits'), (page) => page.getByRole('list', { name: 'Limits' }).waitFor()],
  ['filters, not saved', section('filters'), async (page) => {
    await page.getByLabel('Error messages').fill('*x*')
    await page.getByText('Not saved yet').waitFor()
  }],
  ['leaving without saving', section('filters'), async (page) => {
    await page.getByLabel('Error messages').fill('*x*')
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    await dialog(page)
  }],
  ['privacy with its test', section('privacy'), (page) => page.locator('[data-removed]').first().waitFor()],
  ['limits of all', '/settings/limits', press('Add a limit')],
  ['audit log', '/settings/audit', (page) => page.locator('[data-audit]').first().locator('summary').click()],
  ['new build token', '/settings/tokens', async (page) => {
    await press('New build token')(page)
    await dialog(page)
  }],
  ['outcomes', '/p/shop/outcomes', async (page) => {
    await page.getByRole('img', { name: /^Items per hour/ }).waitFor()
    await page.getByText('As a table').click()
  }],
  ['no outcomes', '/p/virgin/outcomes', (page) => page.getByText('Nothing came in').waitFor()],
  ['projects with a drop', '/projects', (page) => page.getByText('dropped in the last hour').waitFor()],
  ['setup, test event', '/p/virgin/setup', async (page) => {
    await press('Send a test event')(page)
    await page.getByRole('link', { name: 'Open the test event' }).waitFor()
  }],
]

test.for(states)('W-01 W-03 %s', async ([, address, reach, options]) => {
  const page = await app.open(address, options?.())
  await reach(page)
  const flaws = await findFlawsInThemes(page)
  await page.setViewportSize({ width: 320, height: 700 })
  expect(flaws).toEqual({ light: [], dark: [] })
  await expect.poll(() => overflowOf(page)).toBeLessThanOrEqual(0)
})
