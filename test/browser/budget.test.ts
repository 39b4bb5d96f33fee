// What the first load of the stream costs (ui.md 5).

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from './app.ts'
import { nodeErrors } from './events.ts'

const dist = path.join(import.meta.dirname, '../../dist')
const budget = 105_000

type Chunk = { file: string; imports?: string[] }
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

/** A chunk and all it imports before it can run. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (chunk === undefined || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const each of chunk.imports ?? []) filesOf(each, found)
  return found
}
const gzipped = (file: string): number => gzipSync(readFileSync(path.join(dist, file))).byteLength
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzipped(file), 0)

const app = useApp()
beforeAll(async () => {
  await app.send(app.server.project, ...nodeErrors(5))
})

test('the code that the stream needs is at most 105 kB gzipped, by the manifest', () => {
  const needed = filesOf('pages/issues/IssuesPage.tsx', filesOf('index.html'))
  expect(needed.size).toBeGreaterThan(1)
  expect(sum(needed)).toBeLessThanOrEqual(budget)
})

test('the browser asks for no more than that until the rows are there', async () => {
  let asked: string[] = []
  const page = await app.open('/p/shop/issues', {
    prepare: async (one) => one.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('/shop/issues/')) asked = app.requested.filter((url) => !url.startsWith('data:'))
    }),
  })
  await page.locator('[data-row]').first().waitFor()
  const scripts = asked.map((url) => new URL(url).pathname.slice(1)).filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(1)
  expect(sum(scripts)).toBeLessThanOrEqual(budget)
  expect(asked.length).toBeLessThanOrEqual(16)
})

test('what goes over the wire is compressed', async () => {
  const page = await app.open('/p/shop/issues')
  const wire = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((entry) => entry.name.endsWith('.js')).reduce((total, entry) => total + entry.encodedBodySize, 0))
  expect(wire).toBeLessThanOrEqual(budget)
})

test('no chunk holds zod, and every other page costs at most 40 kB more', () => {
  const chunks = Object.entries(manifest).filter(([, chunk]) => chunk.file.endsWith('.js'))
  expect(chunks.filter(([, chunk]) => /ZodError|invalid_type/.test(readFileSync(path.join(dist, chunk.file), 'utf8'))).map(([name]) => name)).toEqual([])
  const shell = filesOf('index.html')
  const heavy = chunks.filter(([name]) => name.startsWith('pages/')).map(([name]) => [name, sum(filesOf(name).difference(shell))] as const).filter(([, size]) => size > 40_000)
  expect(heavy).toEqual([])
})
