// Privacy, filters and origins of a project, set by hand; what they do is tested where they act.

import { expect, test } from 'vitest'
import { useApp } from './app.ts'

const app = useApp()

test('what is set is stored, shown again, and a pattern that does not compile is said at its field', async () => {
  const project = await app.server.addProject('private')
  const page = await app.open(`/settings/projects/${project.slug}`)
  const form = page.getByRole('form', { name: 'What comes in' })
  await form.getByRole('checkbox', { name: /^Never store IP addresses/ }).check()
  await form.getByRole('checkbox', { name: 'Web crawlers' }).check()
  await form.getByLabel('Sensitive fields').fill('pin\n\n  iban_of_customer  ')
  await form.getByLabel('Error messages').fill('*ChunkLoadError*')
  await form.getByLabel('Patterns').fill('(a')
  app.expectTrouble(/400/)
  await form.getByRole('button', { name: 'Save what comes in' }).click()
  await form.getByText(/^\(a: /).waitFor()
  expect((await app.server.client.project('private')).data.sensitiveFields).toEqual([])
  await form.getByLabel('Patterns').fill('order-\\d+')
  await form.getByRole('button', { name: 'Save what comes in' }).click()
  await page.getByRole('status').filter({ hasText: /^Saved/ }).waitFor()
  await expect.poll(async () => (await app.server.client.project('private')).data).toMatchObject({ scrubIPAddresses: true, dataScrubber: true, sensitiveFields: ['pin', 'iban_of_customer'], scrubPatterns: ['order-\\d+'], allowedDomains: ['*'], filters: { webCrawlers: true, errorMessages: ['*ChunkLoadError*'] } })
  await page.reload()
  expect(await page.getByRole('form', { name: 'What comes in' }).getByLabel('Sensitive fields').inputValue()).toBe('pin\niban_of_customer')
  expect(await page.getByRole('checkbox', { name: /^Never store/ }).isChecked()).toBe(true)
})
