// Project setup, "waiting for the first event" (ui.md 2.8).

import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import type { TestProject } from '../server.ts'
import { useApp, watchChromium, type OpenOptions } from './app.ts'
import { nodeError } from './events.ts'
import { browserCookie, sendEvent, signIn } from './send.ts'

const app = useApp()

async function openSetup(project: TestProject, options: OpenOptions = {}): Promise<Page> {
  const page = await app.open(`/p/${project.slug}/setup`, options)
  await page.getByRole('heading', { name: 'DSN' }).waitFor()
  return page
}

/** Every text that the page's live regions have held, in order. */
const hearAnnouncements = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    const region = document.querySelector('[data-outcome] [role=status]')!
    new MutationObserver(() => heard.push(region.textContent!)).observe(region, { childList: true, subtree: true, characterData: true })
  })

describe('P-02 the first event', () => {
  test('P-02 turns the box to accepted within 2 s, is announced once, and its link opens it', async () => {
    const project = await app.server.addProject('waits')
    const page = await openSetup(project)
    await page.getByText('Listening…').waitFor()
    await hearAnnouncements(page)
    const id = await sendEvent(project.dsn, nodeError('First', 'of all'))
    await page.locator('[data-outcome=accepted]').waitFor({ timeout: 2000 })
    await sendEvent(project.dsn, nodeError('Second', 'of all'))
    await expect.poll(() => page.getByRole('list', { name: /^Arrived/ }).getByRole('listitem').count(), { timeout: 10_000 }).toBe(2)
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
    expect(heard.filter((text) => text.startsWith('Accepted.'))).toHaveLength(1)
    expect(heard[0]).toMatch(/^Accepted\. First event from sentry\.test/)
    await page.getByRole('link', { name: 'Open the event' }).click()
    await page.waitForURL(`**/events/${id}`)
    await page.getByRole('heading', { name: 'First', level: 1 }).waitFor()
  })

  test('P-04 is also seen where the stream is blocked', async () => {
    app.expectTrouble(/ERR_BLOCKED_BY_CLIENT|ERR_FAILED/)
    const project = await app.server.addProject('blocked')
    const page = await openSetup(project, {
      prepare: (one) => one.route('**/live/**', (route) => (route.request().headers().accept?.includes('event-stream') ? route.abort('blockedbyclient') : route.continue())),
    })
    await page.getByText('Listening…').waitFor({ timeout: 5000 })
    await sendEvent(project.dsn, nodeError('Polled', 'for'))
    await page.locator('[data-outcome=accepted]').waitFor({ timeout: 5000 })
    expect(app.requested.filter((url) => url.includes('/live/?after='))).not.toEqual([])
  })
})

describe('P-06 copying', () => {
  const host = 'tracker.test'
  const cookies: { url: string; cookie?: string } = { url: '' }
  const plain = watchChromium(() => cookies, [`--host-resolver-rules=MAP ${host} 127.0.0.1`])

  test('P-06 works on plain http, where there is no clipboard API, and is announced', async () => {
    cookies.url = app.server.url.replace('127.0.0.1', host)
    const cookie = await signIn(app.server.url, app.server.owner)
    const page = await plain.open('/p/shop/setup', { prepare: (one) => one.context().addCookies([browserCookie(cookies.url, cookie)]) })
    const copy = page.getByRole('button', { name: 'Copy DSN' })
    await copy.click()
    expect(await page.evaluate(() => [isSecureContext, 'clipboard' in navigator])).toEqual([false, false])
    await page.getByRole('status').filter({ hasText: /^Copied$/ }).waitFor()
    expect(await copy.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.goto('/p/shop/issues')
    await page.getByLabel('Search issues').fill('')
    await page.keyboard.press('Control+V')
    expect(await page.getByLabel('Search issues').inputValue()).toBe(app.server.project.dsn)
  })

  test('P-06 works with the clipboard API', async () => {
    const page = await openSetup(app.server.project, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Copy step 1' }).click()
    await page.getByRole('status').filter({ hasText: /^Copied$/ }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('pre.code').first().innerText())
  })
})

describe('P-03 what is refused', () => {
  const withKey = (dsn: string, key: string): string => dsn.replace(/\/\/[0-9a-f]{32}@/, `//${key}@`)
  const post = async (dsn: string, body = '{}\n{"type":"event"}\n{"message":"x"}'): Promise<number> => {
    const { origin, pathname, username } = new URL(dsn)
    return (await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body })).status
  }

  test('P-03 a wrong key shows with its reason within 2 s', async () => {
    const project = await app.server.addProject('refused')
    const page = await openSetup(project)
    await page.getByText('Listening…').waitFor()
    expect(await post(withKey(project.dsn, 'f'.repeat(32)))).toBe(403)
    const row = page.getByRole('list', { name: /^Arrived/ }).getByRole('listitem').filter({ hasText: 'Rejected' })
    await row.waitFor({ timeout: 2000 })
    expect(await row.innerText()).toMatch(/key/i)
    expect(await page.content()).not.toContain('f'.repeat(32))
  })

  test('P-03 a body that cannot be read shows where, and a later visitor sees it too', async () => {
    const project = await app.server.addProject('malformed')
    expect(await post(project.dsn, '{}\n{"type":')).toBe(400)
    const page = await openSetup(project)
    await page.getByRole('list', { name: /^Arrived/ }).getByText(/byte \d+/).waitFor()
  })
})

describe('P-01 snippets', () => {
  /** What reads a file, where this machine has it. Nobody here reads C#, Rust and configuration files. */
  const parsers: [file: RegExp, command: string, args: string[]][] = [
    [/\.m?js$/, process.execPath, ['--check']],
    [/\.py$/, 'python3', ['-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())']],
    [/\.go$/, 'gofmt', ['-e']],
    [/\.rb$/, 'ruby', ['-c']],
    [/index\.php$/, 'php', ['-l']],
    [/\.sh$/, 'bash', ['-n']],
  ]
  const isThere = (command: string): boolean => spawnSync(command, ['--version']).error === undefined

  test('P-01 each of the 17 platforms has the DSN of the project, says that tracing is off, throws, and parses', async () => {
    const project = await app.server.addProject('many')
    const page = await openSetup(project)
    const folder = mkdtempSync(path.join(tmpdir(), 'refold-setup-'))
    const parsed = new Map<string, number>()
    try {
      const platforms = await page.getByLabel('Platform').locator('option').evaluateAll((all: HTMLOptionElement[]) => all.map(({ value }) => value))
      expect(platforms).toHaveLength(17)
      for (const platform of platforms) {
        await page.getByLabel('Platform').selectOption(platform)
        await page.waitForURL((url) => url.searchParams.get('platform') === platform)
        const steps = await page.getByRole('listitem').filter({ has: page.locator('pre') }).evaluateAll((all) => all.map((one) => ({ file: one.querySelector('h3 code')?.textContent ?? 'install.sh', code: one.querySelector('pre')!.textContent })))
        const text = steps.map(({ code }) => code).join('\n')
        expect(text, platform).toContain(project.dsn)
        expect(text, platform).toMatch(/Refold test|1 \/ 0|sentry:test/)
        if (platform !== 'other') expect(text, platform).toMatch(/Tracing (?:and replay are|is) off/)
        for (const { file, code } of steps) {
          if (file.endsWith('.jsx')) {
            expect(parseSync(file, code).errors, `${platform} ${file}`).toEqual([])
            parsed.set('jsx', 1)
          }
          const [, command, args] = parsers.find(([pattern, name]) => pattern.test(file) && isThere(name)) ?? []
          if (command === undefined) continue
          const place = path.join(folder, `${platform}-${path.basename(file).replace(/\.js$/, '.mjs')}`)
          writeFileSync(place, code)
          expect(() => execFileSync(command, [...args!, place], { stdio: 'pipe' }), `${platform} ${file}`).not.toThrow()
          parsed.set(command, (parsed.get(command) ?? 0) + 1)
        }
      }
      expect(parsed.get(process.execPath)).toBeGreaterThan(8)
      expect(parsed.has('jsx')).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('P-01 the request for everything else is one that the server takes', async () => {
    const project = await app.server.addProject('by-hand')
    const page = await openSetup(project)
    await page.getByLabel('Platform').selectOption('other')
    await page.getByText('# An envelope').waitFor()
    const command = await page.locator('pre.code').innerText()
    if (spawnSync('curl', ['--version']).error !== undefined) return
    // Not in step: the server that answers is in this process.
    await promisify(execFile)('bash', ['-c', command], { timeout: 20_000 })
    await eventually(10_000, 'the issue', async () => (await app.server.client.issues('by-hand')).data.find(({ title }) => title === 'Refold test'))
  })
})

describe('P-05 the test event', () => {
  test('P-05 becomes an issue tagged test:true, with a link when it is there', async () => {
    const project = await app.server.addProject('tested')
    const page = await openSetup(project)
    await page.getByText('Listening…').waitFor()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await page.getByRole('link', { name: 'Open the test event' }).click()
    await page.getByRole('heading', { name: 'TestError', level: 1 }).waitFor()
    const { data: found } = await app.server.client.issues('tested', { query: 'test:true' })
    expect(found.map(({ metadata, count }) => [metadata.type, count])).toEqual([['TestError', '1']])
  })

  test('P-05 a failure is said, and can be tried again', async () => {
    app.expectTrouble(/503/)
    const project = await app.server.addProject('failing')
    const page = await openSetup(project, { prepare: (one) => one.route('**/create-sample/', (route) => route.fulfill({ status: 503, json: { detail: 'The database cannot be reached. Try again in a moment.' } }), { times: 1 }) })
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await page.getByRole('alert').filter({ hasText: 'The database cannot be reached.' }).waitFor()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await page.getByRole('link', { name: 'Open the test event' }).waitFor()
  })
})

test('after a minute without an event the usual causes are listed', async () => {
  const project = await app.server.addProject('mute')
  const page = await openSetup(project, { prepare: (one) => one.clock.install() })
  await page.getByText('Listening…').waitFor()
  expect(await page.getByText('Nothing for a minute.').count()).toBe(0)
  await page.clock.fastForward(61_000)
  await page.getByText('Nothing for a minute.').waitFor()
  await page.getByText('http or https?').waitFor()
})
