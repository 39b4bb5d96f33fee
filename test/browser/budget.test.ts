// What the app costs (ui.md 5): sizes, requests and elements are held to their budgets; times depend on the machine and are
// only told.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { nodeError, nodeErrors, withSource } from './events.ts'
import { sendEvents } from './send.ts'
import { noteVitals, readVitals, sayVitals } from './vitals.ts'

const dist = path.join(import.meta.dirname, '../../dist')

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[]; css?: string[]; isEntry?: boolean }
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
const chunks = Object.entries(manifest).filter(([, chunk]) => chunk.file.endsWith('.js'))

/** A chunk and all it imports before it can run. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (chunk === undefined || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const each of chunk.imports ?? []) filesOf(each, found)
  return found
}
/** As the server sends it. */
const gzipped = (file: string): number => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).byteLength
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzipped(file), 0)
const styles = [...new Set(Object.values(manifest).flatMap((chunk) => [...(chunk.css ?? []), ...(chunk.file.endsWith('.css') ? [chunk.file] : [])]))].filter((file) => file !== 'docs.css')

/** The styles of a chunk and of all it imports. */
function stylesOf(name: string, found = new Set<string>()): Set<string> {
  const files = filesOf(name)
  for (const { file, css } of Object.values(manifest)) if (files.has(file)) for (const one of css ?? []) found.add(one)
  return found
}

const shell = filesOf('index.html')
const stream = 'pages/issues/IssuesPage.tsx'
const detail = 'pages/issue/IssuePage.tsx'

const app = useApp()
let issue: string
beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(100), withSource)
  const { data } = await app.server.client.issues('shop', { query: 'error.type:WithSource' })
  issue = data[0]!.shortId
})

describe('sizes, gzipped', () => {
  test('the code of the stream is at most 105 kB', () => {
    const needed = filesOf(stream, new Set(shell))
    expect(needed.size).toBeGreaterThan(1)
    expect(sum(needed)).toBeLessThanOrEqual(105_000)
  })

  test('the code of an issue is at most 125 kB', () => {
    expect(sum(filesOf(detail, new Set(shell)))).toBeLessThanOrEqual(125_000)
  })

  test('every other page adds at most 40 kB', () => {
    const pages = chunks.filter(([name]) => name.startsWith('pages/') && name.endsWith('Page.tsx') && ![stream, detail].includes(name))
    expect(pages.length).toBeGreaterThan(5)
    const sizes = pages.map(([name]) => [name, sum(filesOf(name).difference(shell))] as const)
    expect(sizes.filter(([, size]) => size > 40_000)).toEqual([])
  })

  test('all code and styles are at most 320 kB, the styles of any page 15 kB', () => {
    const code = sum(new Set(chunks.map(([, chunk]) => chunk.file)))
    console.log(`sizes: stream ${kB(sum(filesOf(stream, new Set(shell))))}, issue ${kB(sum(filesOf(detail, new Set(shell))))}, all code ${kB(code)}, all styles ${kB(sum(styles))}`)
    const pages = chunks.filter(([name]) => name.startsWith('pages/')).map(([name]) => [name, sum(stylesOf(name, stylesOf('index.html')))] as const)
    expect(pages.filter(([, size]) => size > 15_000)).toEqual([])
    expect(code + sum(styles)).toBeLessThanOrEqual(320_000)
  })

  test('no chunk holds zod', () => {
    expect(chunks.filter(([, chunk]) => /ZodError|invalid_type/.test(readFileSync(path.join(dist, chunk.file), 'utf8'))).map(([name]) => name)).toEqual([])
  })
})

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const isApi = (url: string): boolean => new URL(url).pathname.startsWith('/api/')

describe('the first load', () => {
  test('the stream asks for at most 105 kB of code and 55 kB of fonts in 16 requests until its rows are there, and has at most 1,500 elements', async () => {
    let asked: string[] = []
    const page = await app.open('/p/shop/issues', {
      prepare: async (one) => {
        await noteVitals(one)
        // What comes later is read ahead for the next page and for menus, while nothing else is to be done.
        one.on('request', (request) => {
          if (new URL(request.url()).pathname.endsWith('/shop/issues/') && asked.length === 0) asked = app.requested.filter((url) => !url.startsWith('data:'))
        })
      },
    })
    await page.locator('[data-row]').first().waitFor()
    expect(codeOf(asked).length).toBeGreaterThan(1)
    expect(sum(codeOf(asked))).toBeLessThanOrEqual(105_000)
    expect(asked.length).toBeLessThanOrEqual(16)
    expect(await wireSize(page, /\.woff2$/)).toBeLessThanOrEqual(55_000)
    const vitals = await readVitals(page)
    console.log(`stream: ${sayVitals(vitals)}; ${asked.length} requests, ${asked.filter(isApi).length} of the API`)
    expect(vitals.nodes).toBeLessThanOrEqual(1500)
  })

  test('an issue has at most 4,000 elements', async () => {
    const page = await app.open(`/issues/${issue}`, { prepare: (one) => noteVitals(one, '[data-frame]') })
    await page.locator('[data-frame]').first().waitFor()
    const vitals = await readVitals(page)
    console.log(`issue: ${sayVitals(vitals)}`)
    expect(vitals.nodes).toBeLessThanOrEqual(4000)
  })

  test('what goes over the wire is compressed', async () => {
    const page = await app.open('/p/shop/issues')
    await page.locator('[data-row]').first().waitFor()
    const wire = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((entry) => entry.name.endsWith('.js')).map((entry) => [entry.encodedBodySize, entry.decodedBodySize] as const))
    expect(wire.length).toBeGreaterThan(1)
    for (const [encoded, decoded] of wire.filter(([, size]) => size > 2000)) expect(encoded).toBeLessThan(decoded * 0.6)
  })
})

test('a live patch of a row adds and removes no node of the list', async () => {
  const project = await app.server.addProject('patched')
  await app.send(project, ...nodeErrors(5))
  const page = await openStream(app, 'patched')
  await page.evaluate(() => {
    Object.assign(globalThis, { nodes: 0 })
    new MutationObserver((list) => {
      for (const { addedNodes, removedNodes } of list) Object.assign(globalThis, { nodes: (globalThis as unknown as { nodes: number }).nodes + addedNodes.length + removedNodes.length })
    }).observe(document.querySelector('.issue-space')!, { childList: true, subtree: true })
  })
  await sendEvents(project.dsn, Array.from({ length: 9 }, () => nodeError('Failure3', 'number 3 of 5')))
  await expect.poll(() => page.locator('[data-row][aria-rowindex="4"] .cell-num').first().innerText(), { timeout: 10_000 }).toBe('10')
  expect(await page.evaluate(() => (globalThis as unknown as { nodes: number }).nodes)).toBe(0)
})

const codeOf = (urls: readonly string[]): string[] => urls.map((url) => new URL(url).pathname.slice(1)).filter((file) => file.endsWith('.js'))
const wireSize = (page: Page, name: RegExp): Promise<number> =>
  page.evaluate(([source]) => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((entry) => new RegExp(source).test(entry.name)).reduce((total, entry) => total + entry.encodedBodySize, 0), [name.source] as const)
