// Every event there is, of the corpus beside the repository and of our own fixtures, comes through the real ingest and is
// opened in the app: nothing crashes, nothing is printed to the console, no request fails.

import { afterAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { hasCorpus, readCorpus, readOwnEvents, withoutCorpus } from '../core/grouping/events.ts'
import { eventually } from '../eventually.ts'
import { useApp } from './app.ts'
import * as own from './events.ts'
import { acceptedEvents } from './accepted.ts'
import { checkoutEvent } from './sample-checkout.ts'
import { createRandom, eventsOf, messageEvents, messages, samples } from './sample.ts'
import { sendEvents, sendText, type SentryEvent } from './send.ts'

const app = useApp()
/** Pages that read side by side. */
const readers = 3
const tookMs: number[] = []
afterAll(() => console.info(`corpus: ${tookMs.length} events opened, median ${Math.round(tookMs.toSorted((a, b) => a - b)[tookMs.length >> 1] ?? 0)} ms`))

/** One of each platform, and each shape that a stack has. */
const golden = [
  'python-cause', 'exception-group', 'browser-minified', 'browser-bundle', 'node-chained', 'java-chained', 'dotnet-async', 'go', 'rust-panic', 'php', 'ruby', 'elixir',
  'cocoa-nserror', 'swift-borrowed', 'cpp-symbols', 'native-minidump', 'threads-only', 'template-error', 'python-recursion', 'dart',
]

const parse = (files: Map<string, Buffer>): [string, SentryEvent][] => [...files].map(([name, bytes]) => [name, { ...(JSON.parse(bytes.toString()) as SentryEvent), event_id: undefined }])

/** What each event brought about that no event may. */
async function openAll(ids: readonly (readonly [name: string, id: string])[]): Promise<string[]> {
  const faults: string[] = []
  const rest = [...ids]
  const read = async (): Promise<void> => {
    const page = await openApp()
    const noted: string[] = []
    page.on('console', (message) => message.type() === 'error' && noted.push(message.text()))
    page.on('pageerror', (error) => noted.push(error.stack ?? error.message))
    page.on('response', (response) => response.status() >= 400 && noted.push(`${response.status()} ${response.url()}`))
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [name, id] = next
      const { data } = await eventually(10_000, name, () => app.server.client.event('shop', id).catch(() => undefined))
      const began = performance.now()
      await follow(page, `/issues/${data.refold.shortId}/events/${id}`)
      const shown = await page.locator(`[data-event="${id}"]`).waitFor({ timeout: 10_000 }).then(() => true, () => false)
      tookMs.push(performance.now() - began)
      const text = await page.locator('main').evaluate((main) => main.textContent)
      if (!shown) noted.push(`not shown: ${text.slice(0, 400)}`)
      const failed = /This (?:part|page) failed.{0,80}|\bInvalid Date\b|\bNaN\b|\[object Object\]/.exec(text)
      if (failed) noted.push(failed[0])
      faults.push(...noted.splice(0).map((fault) => `${name}: ${fault}`))
    }
  }
  await Promise.all(Array.from({ length: readers }, read))
  return faults
}

async function openApp(): Promise<Page> {
  const page = await app.open('/p/shop/issues')
  await page.locator('main [data-state=ready], main [data-state=empty]').first().waitFor()
  return page
}

/** As a person does: by a link, inside the app. */
const follow = (page: Page, href: string): Promise<unknown> => page.evaluate((to) => {
  const link = Object.assign(document.createElement('a'), { href: to })
  document.body.append(link)
  link.click()
  link.remove()
}, href)

async function sendNamed(events: readonly [string, SentryEvent][]): Promise<[string, string][]> {
  const ids = await sendEvents(app.server.project.dsn, events.map(([, event]) => event))
  return ids.map((id, index) => [events[index]![0], id])
}

test.skipIf(!hasCorpus)('every event of the corpus has its page', { ...withoutCorpus, timeout: 300_000 }, async () => {
  const corpus = parse(readCorpus())
  expect(corpus.length).toBeGreaterThan(500)
  expect(await openAll(await sendNamed(corpus))).toEqual([])
})

test('every event of our own fixtures, samples and conformance cases has its page', async () => {
  const random = createRandom(7)
  const first = (events: SentryEvent[]): SentryEvent => events.at(-1)!
  const named: [string, SentryEvent][] = [
    ...parse(readOwnEvents()),
    ...Object.entries(own).flatMap(([name, made]): [string, SentryEvent][] => (typeof made === 'function' ? [] : [[name, made]])),
    ['crumbTimes', own.crumbTimes('2026-01-05')], ['checkout', checkoutEvent(Date.now())],
    ...samples.map((sample): [string, SentryEvent] => [sample.type, first(eventsOf(sample, Date.now(), random))]),
    ...messages.map((message, index): [string, SentryEvent] => [`message ${index}`, first(messageEvents(message, Date.now(), random))]),
  ]
  const cases = acceptedEvents()
  expect(cases.length).toBeGreaterThan(50)
  const ids = await Promise.all(cases.map(async ([name, text]): Promise<[string, string]> => [name, await sendText(app.server.project.dsn, text)]))
  expect(await openAll([...await sendNamed(named), ...ids])).toEqual([])
}, 300_000)

test('D-05 D-06 the stack traces of all platforms read as their golden text', async () => {
  const fixtures = new Map([...parse(readOwnEvents()), ['dart', own.dartError] as const, ['elixir', own.elixirError] as const])
  const page = await openApp()
  const texts: string[] = []
  for (const [name, id] of await sendNamed(golden.map((name) => [name, fixtures.get(name)!]))) {
    const { data } = await eventually(10_000, name, () => app.server.client.event('shop', id).catch(() => undefined))
    await follow(page, `/issues/${data.refold.shortId}/events/${id}`)
    texts.push(`${name}\n${(await readTrace(page, id)).map((line) => `  ${line}\n`).join('')}`)
  }
  await expect(texts.join('\n')).toMatchFileSnapshot('golden-traces.txt')
})

/** A line per exception, relation, frame and fold, as they are read; `*` marks the application's frames, `-` open ones. */
function readTrace(page: Page, id: string): Promise<string[]> {
  return page.locator(`[data-event="${id}"]`).evaluate((event) => [...event.querySelectorAll('.threads select, .relation, .exception-head, .frame, .fold:not(.crumbs-more)')].map((part) => {
    const text = (selector: string): string => part.querySelector(selector)?.textContent.replaceAll(/\s+/g, ' ').trim() ?? ''
    if (part instanceof HTMLSelectElement) return `[${[...part.selectedOptions].map((option) => option.text).join()} of ${part.options.length}]`
    if (part.matches('.exception-head')) return `${text('h3')}: ${text('.exception-value').slice(0, 120)}`
    if (!part.matches('.frame')) return `(${part.textContent.trim()})`
    return `${part.getAttribute('data-in-app') === 'true' ? '*' : ' '} ${text('button[aria-expanded=true] .frame-place') === '' ? ' ' : '-'} ${text('.frame-place')}${part.querySelector('[aria-current]') ? ` | ${text('[aria-current] code')}` : ''}`
  }))
}
