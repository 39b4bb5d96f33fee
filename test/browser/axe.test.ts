// No page and no state of a page has a flaw that axe can find (WCAG 2.2 AA), in light and dark (ui.md W-01, S-20, D-25).
// The owner form and the empty list of projects are in first-run.test.ts.

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useApp, type OpenOptions } from './app.ts'
import { findFlawsInThemes } from './axe.ts'
import { phone } from './chromium.ts'
import { hostileEvent, manyFrames, messageOnly, nativeCrash, nodeError, nodeErrors, pythonChain } from './events.ts'
import { checkoutEvent } from './sample-checkout.ts'
import { eventually } from '../eventually.ts'
import { aboutEvent, sendEvent, sendItems, type SentryEvent } from './send.ts'

const app = useApp()
const addresses: Record<string, string> = {}

beforeAll(async () => {
  const { project, client } = app.server
  const all: Record<string, SentryEvent> = { rich: checkoutEvent(Date.now() - 5000), hostile: hostileEvent(), message: messageOnly, chain: pythonChain, native: nativeCrash, crumbs: { ...manyFrames, exception: pythonChain.exception } }
  await app.send(project, ...nodeErrors(20))
  for (const [name, event] of Object.entries(all)) {
    const [id] = await app.send(project, event)
    addresses[name] = `/issues/${(await client.event(project.slug, id!)).data.groupID}/events/${id}`
  }
  const [, , rich, , richEvent] = addresses.rich!.split('/') as [string, string, string, string, string]
  await sendItems(project.dsn, richEvent, aboutEvent(richEvent))
  await eventually(10_000, 'the feedback', async () => (await client.userFeedback(project.slug)).data[0])
  await client.addComment(rich, 'See https://status.example.com')
  await client.updateIssue((await client.issues('shop')).data[4]!.id, { status: 'resolved' })
  await app.server.addProject('virgin')
})

type State = [name: string, address: () => string, reach: (page: Page) => Promise<unknown>, options?: OpenOptions]

const row = (page: Page): Promise<unknown> => page.locator('[data-row]').first().waitFor()
const event = (page: Page): Promise<unknown> => page.locator('.event-region[data-state=ready]').waitFor()
const ready = (page: Page): Promise<unknown> => page.locator('main [data-state=ready]').first().waitFor()
const press = async (page: Page, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}
const dialogBy = async (page: Page, button: string): Promise<void> => {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('dialog').waitFor()
}
const search = async (page: Page, text: string): Promise<void> => {
  await row(page)
  await press(page, ['/'])
  await page.keyboard.type(text)
  await page.getByRole('option').first().waitFor()
}
const refuse = (page: Page): Promise<unknown> => page.route('**/shop/issues/**', (route) => route.fulfill({ status: 500, json: { detail: 'Internal error.' } }))
const stream = (): string => '/p/shop/issues'

const states: State[] = [
  ['login', () => '/login', (page) => page.getByRole('heading', { name: 'Sign in' }).waitFor(), { signedIn: false }],
  ['login refused', () => '/login', async (page) => {
    await page.getByLabel('Email').fill('nobody@example.com')
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
  }, { signedIn: false }],
  ['user feedback', () => '/p/shop/feedback', ready],
  ['no user feedback', () => '/p/virgin/feedback', (page) => page.locator('[data-state=empty]').waitFor()],
  ['setup with a refusal', () => '/p/virgin/setup', async (page) => {
    await fetch(`${app.server.url}/api/${new URL(await app.server.dsn('virgin')).pathname.slice(1)}/envelope/?sentry_key=${'f'.repeat(32)}`, { method: 'POST', body: '{}' })
    await page.getByText('Rejected').waitFor()
  }],
  ['projects', () => '/projects', ready],
  ['new project', () => '/projects', (page) => dialogBy(page, 'New project')],
  ['setup', () => '/p/virgin/setup', (page) => page.getByRole('heading', { name: 'DSN' }).waitFor()],
  ['setup after the first event', () => '/p/virgin/setup', async (page) => {
    await page.getByText('Listening…').waitFor()
    await sendEvent(await app.server.dsn('virgin'), nodeError('First', 'of all'))
    await page.locator('[data-outcome=accepted]').waitFor()
  }],
  ['stream', stream, row],
  ['stream on a phone', stream, row, phone],
  ['stream, two selected', stream, async (page) => {
    await row(page)
    await press(page, ['j', 'x', 'j', 'j', 'x'])
  }],
  ['stream on a phone, one selected', stream, async (page) => {
    await row(page)
    await page.getByRole('checkbox', { name: /^Select SHOP/ }).first().check()
  }, phone],
  ['stream, after a decision', stream, async (page) => {
    await row(page)
    await press(page, ['j', 'e'])
    await page.locator('.toast').waitFor()
    await press(page, ['z'])
  }],
  ['stream, menu open', stream, async (page) => {
    await row(page)
    await page.getByRole('button', { name: 'Project shop' }).click()
    await page.getByRole('menu').waitFor()
  }],
  ['stream, help open', stream, async (page) => {
    await row(page)
    await press(page, ['?'])
    await page.getByRole('dialog').waitFor()
  }],
  ['stream, nothing found', () => '/p/shop/issues?query=nothing', (page) => page.locator('[data-state=empty]').waitFor()],
  ['stream, search not understood', () => '/p/shop/issues?query=is:banana', (page) => page.locator('[aria-invalid=true]').waitFor()],
  ['search, filters offered', stream, (page) => search(page, '')],
  ['search, filters offered on a phone', stream, (page) => search(page, ''), phone],
  ['search, values offered', stream, async (page) => {
    await search(page, '!level:[info] has:')
    await press(page, ['ArrowDown'])
  }],
  ['search, a mistake', stream, async (page) => {
    await search(page, 'level:>banana ')
    await page.locator('[aria-invalid=true]').waitFor()
  }],
  ['stream, failed', stream, (page) => page.locator('[data-state=error]').waitFor(), { prepare: refuse }],
  ['issue', () => addresses.rich!, event],
  ['issue on a phone', () => addresses.rich!, event, phone],
  ['issue, all frames', () => addresses.rich!, async (page) => {
    await event(page)
    await press(page, ['t'])
    await page.locator('[data-frame] > button[aria-expanded=false], details > summary').evaluateAll((all: HTMLElement[]) => all.forEach((one) => one.click()))
  }],
  ['issue, raw trace', () => addresses.rich!, async (page) => {
    await event(page)
    await page.getByRole('button', { name: 'Raw' }).click()
  }],
  ['issue, chained', () => addresses.chain!, event],
  ['issue, hostile', () => addresses.hostile!, event],
  ['issue, message only', () => addresses.message!, event],
  ['issue, native, all that is closed open', () => addresses.native!, async (page) => {
    await event(page)
    await page.locator('[data-frame] > button[aria-expanded=false], details > summary').evaluateAll((all: HTMLElement[]) => all.forEach((one) => one.click()))
    await page.getByRole('columnheader', { name: 'Debug id' }).waitFor()
  }],
  ['issue, frames expanded, breadcrumbs filtered', () => addresses.crumbs!, async (page) => {
    await event(page)
    await page.getByLabel('Find in breadcrumbs').fill('pay')
    await page.getByRole('button', { name: 'Expand all' }).click()
    await page.getByRole('button', { name: 'Collapse all' }).waitFor()
  }],
  ['issue, comment edited', () => addresses.rich!, async (page) => {
    await event(page)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
  }],
  ['issue, comment about to be deleted', () => addresses.rich!, async (page) => {
    await event(page)
    await page.locator('.activity').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete for good' }).waitFor()
  }],
  ['JSON of an event', () => `${addresses.rich!}/json`, (page) => page.locator('.raw-chunk').first().waitFor()],
  ['JSON of an event on a phone', () => `${addresses.rich!}/json`, (page) => page.locator('.raw-chunk').first().waitFor(), phone],
  ['issue, filtered by a range, facet and table open', () => addresses.rich!, async (page) => {
    await event(page)
    await page.getByRole('link', { name: 'last 6 hours' }).click()
    await page.locator('.chart-range').waitFor()
    await page.getByText('Data table').click()
    await page.locator('[data-facet] a').first().focus()
  }],
  ['issue, no event matches', () => `${addresses.rich!.replace(/events.*/, '')}?query=environment:moon`, (page) => page.getByRole('heading', { name: 'No event of this issue matches' }).waitFor()],
  ['issue, event gone', () => addresses.rich!.replace(/[^/]+$/, 'ab'.repeat(16)), (page) => page.getByRole('alert').waitFor()],
  ['issue, scrolled', () => addresses.rich!, async (page) => {
    await event(page)
    await page.locator('main').evaluate((main) => main.scrollTo(0, 900))
    await page.getByRole('navigation', { name: 'Sections of the event' }).waitFor()
  }],
  ['events of an issue', () => addresses.rich!.replace(/\/[^/]+$/, ''), async (page) => {
    await row(page)
    await press(page, ['j'])
    await page.getByRole('button', { name: 'Columns' }).click()
  }],
  ['events of an issue on a phone', () => addresses.rich!.replace(/\/[^/]+$/, ''), row, phone],
  ['events of an issue, none match', () => `${addresses.rich!.replace(/\/[^/]+$/, '')}?query=environment:moon`, (page) => page.locator('[data-state=empty]').waitFor()],
  ['tags of an issue', () => addresses.rich!.replace(/events.*/, 'tags'), (page) => page.locator('[data-tag]').first().waitFor()],
  ['values of a tag', () => addresses.rich!.replace(/events.*/, 'tags/level'), row],
  ['values of a tag, none', () => addresses.rich!.replace(/events.*/, 'tags/nothing'), (page) => page.locator('[data-state=empty]').waitFor()],
  ['issue that is not there', () => '/issues/SHOP-ZZZZ', (page) => page.getByRole('alert').waitFor()],
  ['account', () => '/settings/account', (page) => page.getByRole('button', { name: 'Save name' }).waitFor()],
  ['members', () => '/settings/members', ready],
  ['inviting', () => '/settings/members', (page) => dialogBy(page, 'Invite')],
  ['invitation that is gone', () => '/accept-invite/1/x', (page) => page.getByRole('alert').waitFor()],
  ['tokens', () => '/settings/tokens', ready],
  ['new token', () => '/settings/tokens', (page) => dialogBy(page, 'New token')],
  ['token just made', () => '/settings/tokens', async (page) => {
    await dialogBy(page, 'New token')
    await page.getByLabel('Name').fill('deploy script')
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.locator('[data-token]').waitFor()
  }],
  ['revoking a token', () => '/settings/tokens', async (page) => {
    await page.getByRole('button', { name: 'Revoke test' }).click()
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor()
  }],
  ['project settings', () => '/settings/projects/shop/keys', (page) => page.locator('[data-key]').waitFor()],
  ['palette', stream, async (page) => {
    await row(page)
    await press(page, ['j', 'Control+k'])
    await page.getByRole('option').first().waitFor()
  }],
  ['palette, an issue found', stream, async (page) => {
    await row(page)
    await press(page, ['Control+k'])
    await page.keyboard.type('SHOP-1')
    await page.getByRole('option').first().waitFor()
  }],
  ['the rest of the places on a phone', stream, async (page) => {
    await row(page)
    await page.getByRole('button', { name: 'More', exact: true }).tap()
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor()
  }, phone],
  ['stream, older than it should be', stream, async (page) => {
    await row(page)
    await refuse(page)
    await press(page, ['.'])
    await page.locator('.stale-note').waitFor()
  }],
  ['projects, a part that failed', () => '/projects', (page) => page.locator('[data-crash]').waitFor(), { prepare: (page) => page.route(/organizations\/[^/]+\/projects\/\?/, (route) => route.fulfill({ json: [{ slug: 'x', name: 'x' }] })) }],
  ['outcomes', () => '/p/shop/outcomes', ready],
  ['limits', () => '/settings/limits', ready],
  ['audit log', () => '/settings/audit', ready],
  ['keys', () => '/settings/projects/shop/keys', (page) => page.locator('[data-key]').first().waitFor()],
  ['limits of a project', () => '/settings/projects/shop/limits', ready],
  ['filters', () => '/settings/projects/shop/filters', ready],
  ['private data', () => '/settings/projects/shop/privacy', ready],
  ['no such page', () => '/no/such/page', (page) => page.getByRole('heading', { name: 'No such page' }).waitFor()],
]

describe('W-01 S-20 D-25 axe = 0', () => {
  test.for(states)('%s', async ([, address, reach, options]) => {
    app.expectTrouble(/status of (400|401|404|500)/)
    const page = await app.open(address(), options)
    await reach(page)
    const flaws = await findFlawsInThemes(page)
    expect(flaws).toEqual({ light: [], dark: [] })
  })
})
