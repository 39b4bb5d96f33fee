// `npm run screenshots [folder] [pattern of names]`: every page with sample data, as PNG, light and dark, desktop and phone.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { pino } from 'pino'
import { readConfig } from '../../core/config.ts'
import { createClient, type Client } from '../../client.ts'
import { serve } from '../../main.ts'
import { buildApp } from '../../ui/build.ts'
import { eventually } from '../eventually.ts'
import { freePort, organization, owner } from '../server-process.ts'
import { dark, desktop, launchChromium, light, phone } from './chromium.ts'
import { checkoutEvent } from './sample-checkout.ts'
import { createRandom, eventsOf, messageEvents, messages, samples } from './sample.ts'
import { eventPages } from './screenshots-events.ts'
import { fillGrouping } from './screenshots-grouping.ts'
import { browserCookie, sendEvent, sendEvents, signIn, type SentryEvent, sendItems, aboutEvent } from './send.ts'

/** Not in the repository: `docs/` has the two that the README shows. */
const folder = process.argv[2] ?? path.join(import.meta.dirname, '../../screenshots')
console.log(`Screenshots go to ${folder}`)
mkdirSync(folder, { recursive: true })
await buildApp(false)

const dataDir = mkdtempSync(path.join(tmpdir(), 'refold-screenshots-'))
const browser = await launchChromium()
try {
  const heading = (name: string) => (page: Page) => page.getByRole('heading', { name }).waitFor()
  await withServer({}, (url) => shootAll(url, undefined, [['owner', '/login', heading('Create the owner')]]))
  await withServer({ CREATE_SUPERUSER: `${owner.email}:${owner.password}` }, async (url) => {
    await shootAll(url, undefined, [['login', '/login', heading('Sign in')]])
    const cookie = await signIn(url, owner)
    const client = connect(url, cookie)
    const shortId = await fill(client)
    const { data: invited } = await client.inviteMember({ email: 'ben@example.com', orgRole: 'viewer', projects: ['shop', 'billing'] })
    await shootAll(url, undefined, [['invitation', new URL(invited.refold.inviteUrl!).pathname, heading('Join')], ['invitation-gone', '/accept-invite/1/x', heading('This link')]])
    await shootAll(url, cookie, [...pagesOf(shortId), ...(await fillGrouping(client))])
  })
} finally {
  await browser.close()
  rmSync(dataDir, { recursive: true, force: true })
}

/** On the same data each time: the second one finds what the first has made. */
async function withServer(env: Record<string, string>, work: (url: string) => Promise<void>): Promise<void> {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const read = readConfig({ DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: port, PUBLIC_URL: url, ORGANIZATION: organization, ...env })
  if ('problems' in read) throw new Error(read.problems.join(' '))
  const running = await serve(read.config, pino({ level: 'error' }))
  try {
    await work(url)
  } finally {
    await running.stop()
  }
}

function connect(url: string, cookie: string): Client {
  return createClient({ baseUrl: url, organization, fetch: (input, init) => fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), cookie, origin: url } }) })
}

/** Three projects with a day of errors, some of them looked after; the short id of the issue to open. */
async function fill(client: Client): Promise<string> {
  const random = createRandom(7)
  const now = Date.now()
  const [checkout, ...rest] = samples
  const shop: SentryEvent[] = [
    ...eventsOf(checkout!, now, random).map((event): SentryEvent => ({ ...event, exception: checkoutEvent(Number(event.timestamp) * 1000).exception })),
    ...rest.flatMap((sample) => eventsOf(sample, now, random)),
    ...messages.flatMap((message) => messageEvents(message, now, random)),
    checkoutEvent(now),
  ].sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
  await send(client, 'Shop', 'node', shop)
  await send(client, 'Billing', 'python-django', rest.filter((sample) => sample.platform === 'python').flatMap((sample) => eventsOf(sample, now, random)))
  await send(client, 'Warehouse', 'dotnet', [])
  return triage(client)
}

/** The last event goes alone: when it is folded, all are. */
async function send(client: Client, name: string, platform: string, events: readonly SentryEvent[]): Promise<void> {
  const { data: project } = await client.createProject({ name, platform })
  const keys = await eventually(10_000, `${name} is folded`, async () => (await client.keys(project.slug).catch(() => undefined))?.data)
  const last = events.at(-1)
  if (last === undefined) return
  await sendEvents(keys[0]!.dsn.public, events.slice(0, -1))
  const id = await sendEvent(keys[0]!.dsn.public, last)
  await eventually(60_000, `the events of ${name} are folded`, () => client.event(project.slug, id).catch(() => undefined))
  await sendItems(keys[0]!.dsn.public, id, aboutEvent(id))
}

/** A few issues resolved, archived, assigned, commented on. */
async function triage(client: Client): Promise<string> {
  const { data: me } = await client.me()
  const { data: issues } = await client.issues('shop', { sort: 'freq' })
  const checkout = issues.find((issue) => issue.title.startsWith('CheckoutError'))!
  for (const [index, issue] of issues.entries()) {
    if (issue === checkout) continue
    if (index % 9 === 4) await client.updateIssue(issue.id, { status: 'resolved' })
    if (index % 9 === 7) await client.updateIssue(issue.id, { status: 'ignored', substatus: 'archived_forever' })
    if (index % 6 === 1) await client.updateIssue(issue.id, { assignedTo: `user:${me.id}` })
  }
  await client.updateIssue(checkout.id, { assignedTo: `user:${me.id}` })
  await client.addComment(checkout.id, 'The bank has an outage since 16:40, see https://status.bank.example.com. Orders are queued.')
  return checkout.shortId
}

type Shot = [name: string, address: string, ready: (page: Page) => Promise<unknown>]

function pagesOf(shortId: string): Shot[] {
  const ready = (page: Page): Promise<unknown> => page.locator('main [data-state=ready]').first().waitFor()
  const row = (page: Page): Promise<unknown> => page.locator('[data-row]').first().waitFor()
  return [
    ['stream', '/p/shop/issues', row],
    ['stream-all', '/p/shop/issues?query=', row],
    ['stream-selected', '/p/shop/issues', async (page) => {
      await row(page)
      for (const key of ['j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key)
    }],
    ['search-filters', '/p/shop/issues?query=', async (page) => {
      await row(page)
      await page.keyboard.press('/')
      await page.getByRole('option').first().waitFor()
    }],
    ['search-values', '/p/shop/issues', async (page) => {
      await row(page)
      await page.keyboard.press('/')
      await page.keyboard.type('!level:[info, debug] release:')
      await page.getByRole('option').nth(3).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
    }],
    ['search-events', `/issues/${shortId}`, async (page) => {
      await page.locator('[data-frame]').first().waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('environment:')
      await page.getByRole('option').first().waitFor()
    }],
    ['search-mistake', '/p/shop/issues', async (page) => {
      await row(page)
      await page.keyboard.press('/')
      await page.keyboard.type('level:>banana cart')
      await page.locator('[aria-invalid=true]').waitFor()
      await page.keyboard.press('Escape')
    }],
    ['stream-nothing', '/p/shop/issues?query=nothingtofind', (page) => page.locator('[data-state=empty]').waitFor()],
    ['stream-view', '/p/shop/issues', async (page) => {
      await keepView(page, 'Checkout', 'is:unresolved browser:*')
      await page.goto(`/p/shop/issues?view=${await keepView(page, 'Errors in production', 'is:unresolved level:error', ['production'])}&query=is:unresolved&environment=production&statsPeriod=14d`)
      await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
    }],
    ['stream-compact', '/p/shop/issues?density=compact&columns=trend,events,users,seen', row],
    ['stream-period', '/p/shop/issues?statsPeriod=7d', async (page) => {
      await row(page)
      await page.getByRole('button', { name: 'Period: Last 7 days', exact: true }).click()
      await page.getByRole('menu').waitFor()
    }],
    ['stream-environments', '/p/shop/issues?environment=production', async (page) => {
      await row(page)
      await page.getByRole('button', { name: 'Environment: production', exact: true }).click()
      await page.getByRole('menuitemcheckbox').nth(1).waitFor()
    }],
    ['stream-columns', '/p/shop/issues', async (page) => {
      await row(page)
      await page.getByRole('button', { name: 'Columns and rows' }).click()
      await page.getByRole('menu').waitFor()
    }],
    ['stream-between', '/p/shop/issues', async (page) => {
      await row(page)
      await page.getByRole('button', { name: /^Period/ }).click()
      await page.getByRole('menuitem', { name: 'Between two times' }).click()
      await page.getByRole('dialog').waitFor()
    }],
    ['stream-nothing-here', '/p/shop/issues?query=nothingtofind&environment=production&statsPeriod=24h', (page) => page.locator('[data-state=empty]').waitFor()],
    ['stream-help', '/p/shop/issues', async (page) => {
      await row(page)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    }],
    ['palette', '/p/shop/issues', async (page) => {
      await row(page)
      await page.keyboard.press('j')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or go to' }).waitFor()
    }],
    ['issue', `/issues/${shortId}`, (page) => page.locator('[data-frame]').first().waitFor()],
    ['issue-frames', `/issues/${shortId}`, async (page) => {
      await page.locator('[data-frame]').first().waitFor()
      await page.keyboard.press('t')
    }],
    ...eventPages(shortId),
    ['projects', '/projects', ready],
    ['new-project', '/projects', async (page) => {
      await page.getByRole('button', { name: 'New project' }).click()
      await page.getByRole('dialog').waitFor()
    }],
    ['issue-breadcrumbs', `/issues/${shortId}`, (page) => page.getByRole('heading', { name: 'Breadcrumbs' }).scrollIntoViewIfNeeded()],
    ['issue-request', `/issues/${shortId}`, (page) => page.getByRole('heading', { name: 'User', exact: true }).scrollIntoViewIfNeeded()],
    ['issue-json', `/issues/${shortId}`, async (page) => {
      await page.getByRole('link', { name: 'JSON', exact: true }).click()
      await page.locator('.raw-chunk').first().waitFor()
    }],
    ['issue-files', `/issues/${shortId}`, (page) => page.getByRole('heading', { name: 'Attachments' }).scrollIntoViewIfNeeded()],
    ['issue-feedback', `/issues/${shortId}`, (page) => page.getByRole('heading', { name: 'User feedback' }).scrollIntoViewIfNeeded()],
    ['feedback', '/p/shop/feedback', ready],
    ['feedback-none', '/p/warehouse/feedback', (page) => page.locator('[data-state=empty]').waitFor()],
    ['setup', '/p/warehouse/setup', (page) => page.getByRole('heading', { name: 'DSN' }).waitFor()],
    // Of another project than `outcomes-none`, which has had nothing yet.
    ['setup-refused', '/p/billing/setup', async (page) => {
      await page.evaluate(() => fetch('/api/2/envelope/?sentry_key=' + 'f'.repeat(32), { method: 'POST', body: '{}' }))
      await page.getByText('Rejected').waitFor()
    }],
    ['settings-account', '/settings/account', (page) => page.getByRole('heading', { name: 'Account' }).first().waitFor()],
    ['settings-members', '/settings/members', ready],
    ['invite-member', '/settings/members', async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click()
      await page.getByRole('radio', { name: 'Only these' }).check()
    }],
    ['settings-tokens', '/settings/tokens', (page) => page.locator('main [data-state=empty]').first().waitFor()],
    ['new-token', '/settings/tokens', async (page) => {
      await page.getByRole('button', { name: 'New token' }).click()
      await page.getByRole('dialog').waitFor()
    }],
    ['settings-project', '/settings/projects/shop', ready],
    ['settings-keys', '/settings/projects/shop/keys', (page) => page.locator('[data-key]').first().waitFor()],
    ['settings-limits', '/settings/projects/shop/limits', (page) => page.getByRole('radio', { name: 'Its own' }).check()],
    ['settings-filters', '/settings/projects/shop/filters', ready],
    ['settings-privacy', '/settings/projects/shop/privacy', (page) => page.locator('[data-removed]').first().waitFor()],
    ['settings-privacy-test', '/settings/projects/shop/privacy', async (page) => {
      await page.locator('[data-removed]').first().waitFor()
      await page.getByRole('list', { name: 'The event as it would be shown' }).scrollIntoViewIfNeeded()
    }],
    ['settings-delete', '/settings/projects/shop', async (page) => {
      await page.getByRole('button', { name: 'Delete project…' }).click()
      await page.getByRole('dialog').waitFor()
    }],
    ['settings-limits-all', '/settings/limits', ready],
    ['settings-audit', '/settings/audit', (page) => page.locator('[data-audit]').first().waitFor()],
    ['outcomes', '/p/shop/outcomes', (page) => page.getByRole('img', { name: /^Items per hour/ }).waitFor()],
    ['outcomes-none', '/p/warehouse/outcomes', (page) => page.getByText('Nothing came in').waitFor()],
    ['missing', '/no/such/page', (page) => page.getByRole('heading', { name: 'No such page' }).waitFor()],
  ]
}

/** The id of a view of the owner's: made, or found from the look before. */
function keepView(page: Page, name: string, query: string, environments: string[] = []): Promise<string> {
  return page.evaluate(async (view) => {
    const path = '/api/0/organizations/refold/group-search-views/'
    await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(view) })
    const views = (await (await fetch(path)).json()) as { id: string; name: string }[]
    return views.find((one) => one.name === view.name)!.id
  }, { name, query, environments, projects: ['shop'] })
}

async function shootAll(url: string, cookie: string | undefined, shots: readonly Shot[]): Promise<void> {
  const looks: [string, BrowserContextOptions][] = [['light', { ...light, ...desktop }], ['dark', { ...dark, ...desktop }], ['light-phone', { ...light, ...phone }], ['dark-phone', { ...dark, ...phone }]]
  for (const [look, options] of looks) {
    const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options })
    if (cookie !== undefined) await context.addCookies([browserCookie(url, cookie)])
    const page = await context.newPage()
    for (const [name, address, ready] of shots.filter(([name]) => new RegExp(process.argv[3] ?? '').test(name))) {
      await page.goto(address)
      await ready(page)
      await page.waitForFunction(() => document.fonts.status === 'loaded' && document.querySelector('.skeleton') === null)
      await page.screenshot({ path: path.join(folder, `${name}-${look}.png`) })
      if (name === 'issue') await shootWhole(page, path.join(folder, `${name}-whole-${look}.png`))
    }
    await context.close()
  }
}

/** The page scrolls inside `main`: for one picture of all of it the window grows. */
async function shootWhole(page: Page, file: string): Promise<void> {
  const before = page.viewportSize()!
  const height = await page.locator('main').evaluate((main) => main.scrollHeight)
  await page.setViewportSize({ width: before.width, height: Math.min(height + 160, 6000) })
  await page.screenshot({ path: file })
  await page.setViewportSize(before)
}
