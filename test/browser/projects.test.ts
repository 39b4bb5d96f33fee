// The list of projects (ui.md 2.3). J-01, the empty one, is in first-run.test.ts.

import { expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { useApp } from './app.ts'
import { nodeErrors } from './events.ts'

const app = useApp()

test('J-03 a filter narrows many projects with each key, and says how many are left', async () => {
  for (const name of ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa']) await app.server.addProject(name)
  const page = await app.open('/projects')
  const count = page.locator('main').getByRole('status').filter({ hasText: 'project' })
  await expect.poll(() => count.innerText()).toBe('11 projects')
  await page.getByLabel('Filter projects').pressSequentially('et')
  await expect.poll(() => count.innerText()).toBe('4 projects')
  await page.keyboard.type('a')
  expect(await page.locator('tbody tr').getByRole('link').filter({ hasText: /a$/ }).allInnerTexts()).toEqual(['beta', 'eta', 'theta', 'zeta'])
})

test('a project with events shows its open issues and leads to its stream, one without leads to its setup', async () => {
  await app.send(app.server.project, ...nodeErrors(3))
  await app.server.addProject('quiet')
  const page = await app.open('/projects')
  const row = page.getByRole('row', { name: /^shop/ })
  await row.waitFor()
  expect(await row.getByRole('cell').nth(2).innerText()).toBe('3')
  expect(await row.getByRole('img').getAttribute('aria-label')).toBe('Last 24 hours: 3 events, peak 3 per hour')
  expect(await row.getByRole('cell').last().innerText()).toBe('ok')
  const quiet = page.getByRole('row', { name: /^quiet/ })
  expect(await quiet.getByRole('cell').last().innerText()).toBe('No events yet')
  await quiet.getByRole('link', { name: 'No events yet' }).click()
  await page.waitForURL('**/p/quiet/setup')
})

test('a new project leads to its setup', async () => {
  const page = await app.open('/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill('Über-Shop 2')
  await page.getByLabel('Platform').selectOption('python-django')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/setup')
  await page.getByRole('heading', { name: 'Set up Über-Shop 2' }).waitFor()
  await expect.poll(() => page.locator('pre.code').first().innerText()).toContain('pip install')
})

test('J-02 what was dropped in the last hour is said with its count and its reason, and leads to the outcomes', async () => {
  const project = await app.server.addProject('leaky')
  const { origin, pathname, username } = new URL(project.dsn)
  for (let count = 0; count < 3; count++) await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${'f'.repeat(32)}`, { method: 'POST', body: '{}' })
  await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body: '{}\n{"type":' })
  await eventually(20_000, 'what was refused is counted', async () => (await app.server.client.project('leaky')).data.refold.dropped[1])
  const page = await app.open('/projects')
  const status = page.getByRole('row', { name: /^leaky/ }).getByRole('cell').last()
  await status.waitFor()
  expect((await status.innerText()).split('\n')).toEqual(['4 dropped in the last hour', "3: The key does not exist. Compare it with the project's DSN.", '1: The request cannot be read.'])
  await status.getByRole('link').click()
  await page.waitForURL('**/p/leaky/outcomes')
  await page.locator('[data-reason="rejected/unknown_key"]').waitFor()
})

test('the list is sorted by its heads, and says by which', async () => {
  await app.send(await app.server.addProject('busy'), ...nodeErrors(7))
  const page = await app.open('/projects')
  const first = (): Promise<string> => page.locator('tbody tr').first().getByRole('link').first().innerText()
  await page.getByRole('button', { name: 'Open issues' }).click()
  await expect.poll(first).toBe('busy')
  expect(await page.getByRole('columnheader', { name: 'Open issues' }).getAttribute('aria-sort')).toBe('descending')
  await page.reload()
  await expect.poll(first).toBe('busy')
  await page.getByRole('button', { name: 'Project', exact: true }).click()
  await expect.poll(first).not.toBe('busy')
})
