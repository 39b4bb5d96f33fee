// Every region in every state that it can be in (ui.md 2.13), brought about at the network.

import type { Page, Route } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { nodeErrors } from './events.ts'
import { listAnnounced, listRegions, type RegionCase } from './regions.ts'
import { aboutEvent, sendItems } from './send.ts'

const app = useApp()
let regions: Record<string, RegionCase[]>

beforeAll(async () => {
  const [event] = await app.send(app.server.project, ...nodeErrors(3))
  await sendItems(app.server.project.dsn, event!, aboutEvent(event!))
  regions = listRegions({ issue: (await app.server.client.issues('shop')).data[0]!.shortId })
})

type Answer = (route: Route) => Promise<unknown>
const refuse = (status: number): Answer => (route) => route.fulfill({ status, json: { detail: `Refused with ${status} for a test.` }, headers: { 'x-request-id': 'req-0001' } })
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What the case reads is answered by `now`, which may still be held back; null = by the server. A gap in the live stream makes the page read again. */
async function control(page: Page, { api }: RegionCase) {
  let [now, gap, gone]: [Answer | null | Promise<Answer>, boolean, boolean] = [null, false, false]
  await page.route((url) => api.test(url.pathname), async (route) => {
    const answer = route.request().method() === 'GET' ? await now : null
    await (answer === null ? route.fallback() : answer(route))
  })
  await page.route(/\/live\//, async (route) => {
    if (gone) return route.abort()
    await wait(300)
    const body = gap ? 'event: gap\ndata: {"position":1}\n\n' : ': nothing\n\n'
    gap = false
    await route.fulfill({ contentType: 'text/event-stream', body })
  })
  // What tells the app that the server is back.
  await page.route(/\/api\/0\/(\?|$)/, (route) => (gone ? route.abort() : route.fallback()))
  return {
    leave: (now: boolean) => (gone = now),
    answer: (next: Answer | null) => (now = next),
    /** Holds every answer back until the returned function gives it. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<Answer>()
      now = promise
      return (next: Answer) => {
        now = next
        resolve(next)
      }
    },
    readAgain: () => (gap = true),
  }
}

async function walk(one: RegionCase): Promise<void> {
  let steps: Awaited<ReturnType<typeof control>> | undefined
  const page = await app.open('about:blank', { ...(one.signedIn === false ? { signedIn: false } : {}), prepare: async (page) => (steps = await control(page, one)) })
  const { answer, hold, leave, readAgain } = steps!
  const region = page.locator(one.within === undefined ? '.region' : one.within).first()
  const show = (): Promise<unknown> => page.goto(one.address)
  const state = (name: string): Promise<unknown> => expect.poll(() => region.getAttribute('data-state'), { timeout: 15_000, message: `${one.name} is ${name}` }).toBe(name)

  // First load, then what cannot be loaded, and Retry.
  const first = hold()
  await show()
  await state('loading')
  await expect.poll(() => region.getAttribute('aria-busy'), { message: one.name }).toBe('true')
  expect(await page.getByRole('alert').count(), one.name).toBe(0)
  first(refuse(500))
  await state('error')
  const alert = page.getByRole('alert').filter({ hasText: 'Refused with 500 for a test. Status 500. Request req-0001.' }).first()
  await alert.waitFor()
  await expect.poll(async () => Object.values(Object.groupBy(await listAnnounced(page), (text) => text)).filter((all) => all!.length > 1), { message: one.name }).toEqual([])
  answer(null)
  await alert.getByRole('button', { name: 'Retry' }).click()
  if (one.own !== true) await state('ready')
  else await page.locator('main h1').first().waitFor()

  // Read again: what is there stays under a thin bar; when that fails it says how old it is.
  if (one.signedIn !== false && one.own !== true) {
    const again = hold()
    readAgain()
    await region.locator('> .reload-bar').waitFor()
    await expect.poll(async () => [await region.getAttribute('data-state'), await region.getAttribute('aria-busy')], { message: one.name }).toEqual(['ready', 'true'])
    again(refuse(502))
    const note = region.locator('> .stale-note')
    await note.waitFor()
    expect(await note.innerText(), one.name).toMatch(/^As of \d\d:\d\d\. Refused with 502 for a test\. Request req-0001\./)
    expect(await region.getAttribute('data-state'), one.name).toBe('ready')
    await expect.poll(async () => (await listAnnounced(page)).filter((text) => text.includes('Refused with 502')), { message: one.name }).toEqual([await note.innerText()])
    answer(null)
    await note.getByRole('button', { name: 'Retry' }).click()
    await note.waitFor({ state: 'detached' })
  }

  // Forbidden and gone: a text of its own, and the way up.
  if (one.signedIn !== false) {
    for (const [status, words] of [[403, 'You may not see this.'], [404, /./]] as const) {
      answer(refuse(status))
      await show()
      const told = page.getByText(`Refused with ${status} for a test.`).first()
      await told.waitFor()
      if (status === 403) await expect.poll(() => page.locator('main').innerText(), { message: one.name }).toContain(words)
      await expect.poll(() => page.locator('main').getByRole('link').count(), { message: `${one.name} has a way up` }).toBeGreaterThan(0)
      await expect.poll(() => page.getByRole('button', { name: 'Retry' }).count(), { message: one.name }).toBe(0)
    }
  }

  // No answer: the banner says it, the region only shows it.
  answer((route) => route.abort())
  leave(true)
  await show()
  await page.getByText('The server cannot be reached.').first().waitFor()
  await expect.poll(() => page.getByRole('alert').count(), { message: `${one.name}, offline` }).toBe(0)
  if (one.signedIn !== false) await expect.poll(async () => (await listAnnounced(page)).filter((text) => text.startsWith('Offline')).length, { message: `${one.name}, offline` }).toBeLessThanOrEqual(1)

  leave(false)
  if (one.empty !== undefined) {
    answer((route) => route.fulfill({ json: one.empty!.body }))
    await show()
    await state('empty')
    await expect.poll(() => region.innerText(), { message: one.name }).toMatch(one.empty.says)
  }

  // A component that breaks takes only its part with it.
  if (one.broken !== undefined && one.signedIn !== false) {
    answer((route) => route.fulfill({ json: one.broken }))
    await show()
    const crash = page.locator('[data-crash]').first()
    await crash.waitFor()
    expect(await crash.innerText(), one.name).toContain('This part failed.')
    await crash.getByRole('button', { name: 'Copy details' }).waitFor()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    answer(null)
    await crash.getByRole('button', { name: 'Try again' }).click()
  }
}

test.for(['lists', 'an issue', 'settings', 'setting up'])('E-01 E-02 each region of %s in each state, told once', { timeout: 120_000 }, async (group) => {
  app.expectTrouble(/status of (403|404|500|502)/, /ERR_FAILED/, /exception: /, /TypeError/)
  const failed: string[] = []
  const rest = [...regions[group]!]
  // Two at a time: most of it is waiting.
  const work = async (): Promise<void> => {
    for (let one = rest.shift(); one; one = rest.shift()) await walk(one).catch((error: unknown) => failed.push(`${one!.name}: ${error instanceof Error ? error.stack : String(error)}`))
  }
  await Promise.all([work(), work()])
  expect(failed).toEqual([])
})

test('E-03 a request that is called off leaves no trace', async () => {
  const page = await openStream(app, 'shop')
  await page.route(/\/shop\/issues\/$|\/shop\/issues\/\?/, async (route) => {
    await wait(500)
    await route.fallback()
  })
  for (const view of ['Archived', 'All', 'Unresolved']) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${view}`) }).click()
    await wait(60)
  }
  await page.getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor()
  await page.goBack()
  await page.locator('[data-row]').first().waitFor()
  await wait(600)
  expect(await page.locator('body').innerText()).not.toMatch(/abort/i)
  expect(await page.getByRole('alert').count()).toBe(0)
})
