// The server goes away and comes back (ui.md G-08).

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { addProject, type TestProject } from '../server.ts'
import { owner, startServerProcess, type ServerProcess } from '../server-process.ts'
import { openStream, watchChromium } from './app.ts'
import { nodeErrors } from './events.ts'
import { sendEvents, signIn } from './send.ts'

let database: TestDatabase
let server: ServerProcess
let project: TestProject
let cookie: string

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startServerProcess(database.url)
  project = await addProject(database.pool, server.url, 'shop')
  await sendEvents(project.dsn, nodeErrors(4))
  cookie = await signIn(server.url, owner)
})
const app = watchChromium(() => ({ url: server.url, cookie }))
afterAll(async () => {
  await server?.end('SIGTERM')
  await database?.drop()
})

test('G-08 without a server the page stays and says how old it is; with one again it refreshes once', async () => {
  app.expectTrouble(/ERR_/)
  const page = await openStream(app, 'shop')
  await expect.poll(() => page.locator('[data-row]').count()).toBe(4)
  await server.end('SIGKILL')
  const banner = page.getByRole('status').filter({ hasText: /^Offline\. Showing data from \d\d:\d\d$/ })
  await banner.waitFor({ timeout: 20_000 })
  expect(await page.locator('[data-row]').count()).toBe(4)
  expect(await page.locator('[data-live=stale]').count()).toBe(1)

  let lists = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/shop/issues/')) lists += 1
  })
  server = await startServerProcess(database.url, { port: server.port })
  await banner.waitFor({ state: 'detached', timeout: 20_000 })
  await page.locator('[data-live=on]').waitFor()
  await expect.poll(() => lists).toBe(1)
  await page.waitForTimeout(500) // once, and not again
  expect(await page.locator('[data-row]').count()).toBe(4)
})
