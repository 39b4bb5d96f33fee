// The app in a real Chromium against a real server. Every page is watched: a console error, an exception, a breach of the
// content security policy or a request to another host fails the test in which it happened (ui.md G-05, G-06).

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestProject, type TestServer } from '../server.ts'
import { desktop, launchChromium, light } from './chromium.ts'
import { browserCookie, sendEvents, signIn, type SentryEvent } from './send.ts'

export type OpenOptions = BrowserContextOptions & {
  /** A session of the owner; default true. */
  signedIn?: boolean
  /** Before the page is loaded: routes, scripts. */
  prepare?: (page: Page) => Promise<unknown>
}

export type Watch = {
  readonly browser: Browser
  /** A page in a browser profile of its own, closed after the test. */
  open(address: string, options?: OpenOptions): Promise<Page>
  /** This test brings about what would else fail it: a server that answers 500, one that is gone. */
  expectTrouble(...patterns: RegExp[]): void
  /** What there is to complain about so far. */
  readonly complaints: readonly string[]
  /** Every address that was asked for in this test. */
  readonly requested: readonly string[]
}

/** A routed answer may still be on its way when its test ends: its handler must not fail after it. */
async function closeContext(context: BrowserContext): Promise<void> {
  await Promise.all([context, ...context.pages()].map((routed) => routed.unrouteAll({ behavior: 'ignoreErrors' })))
  await context.close()
}

/** Call at the top of a file. `where` is asked when a page is opened. `flags` are added to Chromium's. */
export function watchChromium(where: () => { url: string; cookie?: string | undefined }, flags: readonly string[] = []): Watch {
  let browser: Browser | undefined
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  const requested: string[] = []
  const expected: RegExp[] = []

  beforeAll(async () => {
    browser = await launchChromium(flags)
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(closeContext))
    const unexpected = complaints.splice(0).filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))
    expected.length = requested.length = 0
    expect(unexpected).toEqual([])
  })

  async function open(address: string, { signedIn = true, prepare, ...options }: OpenOptions = {}): Promise<Page> {
    const { url, cookie } = where()
    // A locale always: without one uPlot and Intl fail under a C locale (ui.md pitfall 38).
    const context = await browser!.newContext({ baseURL: url, locale: 'en-GB', timezoneId: 'Europe/Lisbon', ...desktop, ...light, ...options })
    contexts.push(context)
    context.setDefaultTimeout(15_000)
    await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`)))
    context.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()} ${message.location().url}`))
    context.on('weberror', (error) => complaints.push(`exception: ${error.error().stack ?? error.error().message}`))
    context.on('request', (request) => {
      requested.push(request.url())
      if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin) complaints.push(`foreign request: ${request.url()}`)
    })
    if (signedIn && cookie !== undefined) await context.addCookies([browserCookie(url, cookie)])
    const page = await context.newPage()
    await prepare?.(page)
    await page.goto(address)
    return page
  }

  return {
    get browser() {
      return browser!
    },
    open,
    expectTrouble: (...patterns) => void expected.push(...patterns),
    complaints,
    requested,
  }
}

export type App = Watch & {
  readonly server: TestServer
  /** By real envelopes to the project's DSN; resolves with their ids when the API answers for each. */
  send(project: TestProject, ...events: SentryEvent[]): Promise<string[]>
}

/** As `watchChromium`, with a server of this file's own and its owner signed in. */
export function useApp(options: { env?: Record<string, string>; flags?: readonly string[] } = {}): App {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startTestServer(options.env ? { env: options.env } : {})
    cookie = await signIn(server.url, server.owner)
  })
  afterAll(() => server?.stop())
  const watch = watchChromium(() => ({ url: server.url, cookie }), options.flags)
  return Object.defineProperties(watch as App, {
    server: { get: () => server },
    send: {
      value: async (project: TestProject, ...events: SentryEvent[]) => {
        const ids = await sendEvents(project.dsn, events)
        for (const id of ids) await eventually(10_000, `event ${id} is folded`, () => server.client.event(project.slug, id).catch(() => undefined))
        return ids
      },
    },
  })
}

/** The stream of a project, with rows and live. */
export async function openStream(app: Watch, slug: string, options: OpenOptions & { search?: string } = {}): Promise<Page> {
  const { search = '', ...rest } = options
  const page = await app.open(`/p/${slug}/issues${search}`, rest)
  await page.locator('[data-row]').first().waitFor()
  await page.locator('[data-live=on]').waitFor()
  return page
}
