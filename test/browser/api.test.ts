// The API from a browser: the page that describes it, and the typed client.

import path from 'node:path'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'
import type * as Refold from 'refold/client'
import { root } from '../house/sources.ts'
import { useApp } from './app.ts'
import { findFlaws } from './axe.ts'
import { dark, light, phone } from './chromium.ts'

const app = useApp()

describe('the page that describes it', () => {
  test.each([['dark', dark], ['on a phone', { ...light, ...phone }]])('is readable, %s, without script and without signing in', async (_, options) => {
    const page = await app.open('/api/0/docs/', { signedIn: false, ...options })
    expect(await page.locator('h1').innerText()).toBe('API')
    expect(await page.locator('script').count()).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Atkinson')
    expect(await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 100)))).toEqual([])
    expect(await findFlaws(page)).toEqual([])
  })

  test('leads from a subject to an operation, and from an answer to its shape', async () => {
    const page = await app.open('/api/0/docs/', { signedIn: false })
    await page.getByRole('navigation').getByRole('link', { name: 'Show a project with its settings' }).click()
    expect(new URL(page.url()).hash).toBe('#getProjectsByProject')
    await page.locator('article#getProjectsByProject').getByRole('link', { name: 'Project', exact: true }).click()
    expect(await page.locator('h3#Project + pre').innerText()).toContain('slug: string')
  })
})

/** The client with its schemas and zod, in one file that leaves its exports in `refold`. */
async function bundleClient(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: path.join(root, 'client.ts'), formats: ['iife'], name: 'refold' } },
  })
  return ([built].flat() as Rolldown.RolldownOutput[])[0]!.output[0].code
}

test('the typed client works in a page with the session of the person', async () => {
  const code = await bundleClient()
  const page = await app.open('/api/0/docs/', { prepare: (opened) => opened.route('**/client.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code })) })
  await page.addScriptTag({ url: '/client.js' })
  const seen = await page.evaluate(async () => {
    const { createClient, NotFoundError } = (globalThis as unknown as { refold: typeof Refold }).refold
    const client = createClient({ baseUrl: location.origin, organization: 'refold' })
    const { data: project } = await client.createProject({ name: 'From a page' })
    const known = (await client.projects()).data.map(({ slug }) => slug)
    const missing = await client.project('nowhere').catch((error: unknown) => error)
    const issues: string[] = []
    for await (const issue of client.allIssues(project.slug, { query: '' })) issues.push(issue.id)
    return { slug: project.slug, isKnown: known.includes(project.slug), isMissing: missing instanceof NotFoundError, issues }
  })
  // The one that is missing; and zod asks whether it may compile, which our policy denies: it then checks without.
  app.expectTrouble(/404/, /script-src eval/)
  expect(seen).toEqual({ slug: 'from-a-page', isKnown: true, isMissing: true, issues: [] })
})
