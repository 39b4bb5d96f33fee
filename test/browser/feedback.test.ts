// What comes with events: files on the event, and what users wrote, on the issue and in the project's list.

import { describe, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { newId } from '../given.ts'
import type { TestProject } from '../server.ts'
import { useApp } from './app.ts'
import { nodeError } from './events.ts'
import { sendItems } from './send.ts'

const app = useApp()

async function sendCrash(project: TestProject): Promise<{ id: string; issue: string }> {
  const id = newId()
  await sendItems(project.dsn, id, [
    [{ type: 'event' }, JSON.stringify(nodeError('Broken', 'the cart'))],
    [{ type: 'attachment', filename: '../<img src=x onerror=alert(1)>.html', content_type: 'text/html' }, '<script>alert(1)</script>'],
    [{ type: 'user_report' }, JSON.stringify({ event_id: id, name: 'Ada', email: 'ada@example.com', comments: 'I clicked <b>Buy</b>' })],
  ])
  const event = await eventually(10_000, 'the event', () => app.server.client.event(project.slug, id).then(({ data }) => data, () => undefined))
  return { id, issue: event.refold.shortId }
}

describe('what came with an event', () => {
  test('a file is listed by a clean name and only ever downloaded', async () => {
    const { id, issue } = await sendCrash(await app.server.addProject('files'))
    const page = await app.open(`/issues/${issue}/events/${id}`)
    const link = page.getByRole('link', { name: 'onerror=alert(1)' })
    await link.waitFor()
    const answer = await page.request.get((await link.getAttribute('href'))!)
    const headers = answer.headers()
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''/)
    expect(await answer.text()).toBe('<script>alert(1)</script>')
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/\.html$/)
  })

  test('what a user wrote stands on the issue and in the list of the project, as text', async () => {
    const project = await app.server.addProject('written')
    const { id, issue } = await sendCrash(project)
    const page = await app.open(`/issues/${issue}`)
    await page.getByRole('region', { name: 'User feedback' }).getByText('I clicked <b>Buy</b>').waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Feedback' }).click()
    const item = page.getByRole('list', { name: 'User feedback' }).getByRole('listitem').first()
    await item.getByText('I clicked <b>Buy</b>').waitFor()
    await item.getByRole('link', { name: /Broken/ }).click()
    await page.waitForURL(`**/issues/${issue}/events/${id}`)
  })

  test('a project without feedback says how to ask for it', async () => {
    const project = await app.server.addProject('silent')
    const page = await app.open(`/p/${project.slug}/feedback`)
    await page.getByRole('heading', { name: 'Nobody has written yet' }).waitFor()
  })
})
