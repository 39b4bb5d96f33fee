// The first minutes of an installation: nobody, an owner, a project, its first event (ui.md 2.2, 2.3, 2.8).

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { owner, startServerProcess, type ServerProcess } from '../server-process.ts'
import { watchChromium } from './app.ts'
import { findFlawsInThemes } from './axe.ts'
import { nodeError } from './events.ts'
import { sendEvent } from './send.ts'

let database: TestDatabase
let server: ServerProcess

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startServerProcess(database.url, { env: { CREATE_SUPERUSER: '' } })
})
const app = watchChromium(() => ({ url: server.url }))
afterAll(async () => {
  await server?.end('SIGTERM')
  await database?.drop()
})

test('from nobody to the first event: owner, J-01 first project, P-02 first event', async () => {
  const page = await app.open('/')
  await page.getByRole('heading', { name: 'Create the owner' }).waitFor()
  expect(await findFlawsInThemes(page)).toEqual({ light: [], dark: [] })
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill('short')
  app.expectTrouble(/400/, /401/)
  await page.getByRole('button', { name: 'Create owner' }).click()
  await page.locator('[aria-invalid=true]').waitFor()
  expect(await findFlawsInThemes(page)).toEqual({ light: [], dark: [] })
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Create owner' }).click()

  await page.waitForURL('**/projects')
  await page.locator('main [data-state=empty]').waitFor()
  expect(await page.locator('main').getByRole('button').or(page.locator('main').getByRole('link')).allInnerTexts()).toEqual(['Create your first project'])
  expect(await findFlawsInThemes(page)).toEqual({ light: [], dark: [] })
  await page.getByRole('button', { name: 'Create your first project' }).click()
  await page.getByLabel('Name').fill('First shop')
  await page.getByRole('button', { name: 'Create project' }).click()

  await page.waitForURL('**/p/first-shop/setup')
  const dsn = await page.locator('section', { has: page.getByRole('heading', { name: 'DSN' }) }).locator('code').innerText()
  await page.locator('[data-outcome=listening]').getByText('Listening…').waitFor()
  const id = await sendEvent(dsn, nodeError('FirstError', 'of many'))
  await page.locator('[data-outcome=accepted]').waitFor({ timeout: 2000 })
  await page.getByRole('link', { name: 'Open the event' }).click()
  await page.locator('[data-frame]').first().waitFor()
  expect(new URL(page.url()).pathname).toContain(`/events/${id}`)
  expect(await page.locator('h1').innerText()).toBe('FirstError')
})

test('a second visitor is asked to sign in', async () => {
  app.expectTrouble(/401/)
  const page = await app.open('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})
