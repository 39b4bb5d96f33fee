// Rules, candidate, preview, apply and rollback (ui.md 2.11), by a person in the page and on data that came through the
// real ingest.

import { expect, test } from 'vitest'
import { useApp } from './app.ts'
import { dumpLive, errorAt, goldenEvents, goldenRules, keepApart, liveGeneration, sendInOrder } from './grouping-data.ts'
import { generationIn, openGrouping, previewRules, rulesField, squeeze, summaryOf, tabTo } from './grouping-pages.ts'

const app = useApp()

test('R-02 R-05 R-09 R-10 D-26 a person edits rules, previews, applies, follows an old link, rolls back, and finds everything as before', async () => {
  const project = await app.server.addProject('golden')
  const { client, pool } = app.server
  await sendInOrder(app, project, goldenEvents)
  const { data: issues } = await client.issues('golden', { query: '' })
  expect(issues.length).toBe(9)
  const timeouts = issues.filter(({ title }) => title.startsWith('TimeoutError')).toSorted((a, b) => Number(a.id) - Number(b.id))
  await client.addComment(timeouts[1]!.id, 'The stock service was moved.')
  const after = await client.addComment(timeouts[2]!.id, 'Prices are read twice.')
  await client.issue(timeouts[2]!.id, { after: after.position })
  const before = await dumpLive(pool, 'golden')
  const first = await liveGeneration(pool, 'golden')

  const oldTab = await app.open(`/issues/${timeouts[1]!.shortId}`)
  await oldTab.getByRole('heading', { level: 1, name: 'TimeoutError' }).waitFor()

  const page = await openGrouping(app, 'golden')
  await previewRules(page, goldenRules)
  expect(await summaryOf(page)).toBe('15 events read · 2 issues stay · 6 merge into 2 · 1 splits into 3 · counts add up')
  expect(await dumpLive(pool, 'golden')).toEqual(before)
  expect(await page.locator('.change').evaluateAll((all) => all.map((one) => one.getAttribute('data-kind')).sort())).toEqual(['merged', 'merged', 'split'])
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await expect.poll(() => page.locator('.change').count(), { timeout: 10_000 }).toBe(5)
  const candidate = generationIn(page)

  // Browsed: the candidate's issues, and nothing can be done to them.
  await page.getByRole('link', { name: 'Browse it' }).click()
  await page.locator(`.stream[data-generation="${candidate}"]`).waitFor()
  await expect.poll(() => page.locator('[data-row]').count(), { timeout: 10_000 }).toBe(7)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.getByRole('status').filter({ hasText: `Generation ${candidate} is read-only` }).waitFor()
  expect(await page.locator('[data-status=resolved]').count()).toBe(0)
  const refused = await fetch(`${app.server.url}/api/0/projects/refold/golden/issues/?id=${timeouts[0]!.id}&generation=${candidate}`, { method: 'PUT', headers: { authorization: `Bearer ${app.server.token}`, 'content-type': 'application/json' }, body: '{"status":"resolved"}' })
  expect(refused.status).toBe(400)
  await page.keyboard.press('Enter')
  await page.locator(`.issue-page[data-generation="${candidate}"]`).waitFor()
  expect(page.url()).toContain(`generation=${candidate}`)
  await page.getByRole('link', { name: 'What it changes' }).click()

  await page.getByRole('button', { name: 'Apply: 6 merge into 2, 1 splits into 3' }).click()
  await page.getByRole('status').filter({ hasText: `Generation ${candidate} is live` }).waitFor()
  const { data: now } = await client.issues('golden', { query: '' })
  expect(now.length).toBe(7)
  const merged = now.find(({ id }) => id === timeouts[0]!.id)!
  expect([merged.count, merged.numComments]).toEqual(['6', 2])

  // The old tab learns of it, and its address is the issue that holds the event now.
  await oldTab.waitForURL(`**/issues/${timeouts[0]!.shortId}`)
  await oldTab.getByRole('status').filter({ hasText: `${timeouts[1]!.shortId} is now part of ${timeouts[0]!.shortId}` }).waitFor()
  await oldTab.getByText('The stock service was moved.').waitFor()
  await oldTab.getByText('Prices are read twice.').waitFor()

  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('status').filter({ hasText: `Rolled back: generation ${first} is live` }).waitFor()
  expect(await dumpLive(pool, 'golden')).toEqual(before)
  // No browser has kept the redirect.
  await oldTab.goto(`/issues/${timeouts[1]!.shortId}`)
  await oldTab.getByText('The stock service was moved.').waitFor()
  expect(oldTab.url()).toContain(timeouts[1]!.shortId)
  expect(await oldTab.getByText('Prices are read twice.').count()).toBe(0)
})

test('R-10 a rollback keeps what was ingested and decided since; ids born in between redirect; applying again needs no new build', async () => {
  const project = await app.server.addProject('back')
  const { client, pool } = app.server
  await sendInOrder(app, project, goldenEvents)
  const page = await openGrouping(app, 'back')
  await previewRules(page, goldenRules)
  const candidate = generationIn(page)
  await page.getByRole('button', { name: /^Apply/ }).click()
  await page.getByRole('status').filter({ hasText: `Generation ${candidate} is live` }).waitFor()
  const { data: now } = await client.issues('back', { query: '' })
  const http = now.filter(({ title }) => title.startsWith('HttpError')).toSorted((a, b) => Number(a.id) - Number(b.id))
  const [since] = await app.send(project, errorAt('TimeoutError', 'readCart', 'initech'))
  await client.updateIssue(http[2]!.id, { status: 'resolved' })

  await page.getByRole('button', { name: 'Roll back…' }).click()
  const asked = page.getByRole('dialog')
  expect(await asked.innerText()).toContain('Links go on working')
  await asked.getByRole('button', { name: /^Roll back to/ }).click()
  // The decision names keys that the retired generation does not know: it is built again, and then live by itself.
  await page.getByRole('status').filter({ hasText: 'is built first, and then live by itself' }).waitFor()
  await page.locator(`.grouping-now:not([data-generation="${candidate}"])`).waitFor({ timeout: 40_000 })
  const { data: after } = await client.issues('back', { query: '' })
  expect(after.length).toBe(9)
  const { data: event } = await client.event('back', since!)
  expect(Number((await client.issue(event.groupID)).data.count)).toBe(3)
  const old = await app.open(`/issues/${http[2]!.shortId}`)
  await old.waitForURL(`**/issues/${http[0]!.shortId}`)
  await old.getByRole('status').filter({ hasText: `${http[2]!.shortId} is now part of ${http[0]!.shortId}` }).waitFor()

  // What was applied before is still built: the page offers it, and it is live at once.
  const built = await pool.query<{ started: Date }>('select started_at as started from generation_build where generation = $1', [candidate])
  await page.getByRole('button', { name: 'Roll back…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: `Roll back to ${candidate}` }).click()
  await page.getByRole('status').filter({ hasText: `Rolled back: generation ${candidate} is live` }).waitFor()
  expect((await client.issues('back', { query: '' })).data.length).toBe(7)
  const again = await pool.query<{ started: Date }>('select started_at as started from generation_build where generation = $1', [candidate])
  expect(again.rows).toEqual(built.rows)
})

test('R-11 what arrives while a candidate is ready is in the right issue after the apply, once', async () => {
  const project = await app.server.addProject('meanwhile')
  const { client } = app.server
  await sendInOrder(app, project, goldenEvents)
  const page = await openGrouping(app, 'meanwhile')
  await previewRules(page, goldenRules)
  await app.send(project, ...Array.from({ length: 100 }, (_, index) => errorAt('TimeoutError', ['readCart', 'readStock', 'readPrice', 'readNews'][index % 4]!)))
  await page.getByRole('button', { name: /^Apply/ }).click()
  await page.getByRole('status').filter({ hasText: 'is live' }).waitFor()
  const { data } = await client.issues('meanwhile', { query: '' })
  const counts = Object.groupBy(data, ({ title }) => title.split(':')[0]!)
  expect(counts.TimeoutError!.map(({ count }) => count)).toEqual(['106'])
  expect(data.reduce((sum, { count }) => sum + Number(count), 0)).toBe(115)

  // What a rollback would change is the other way round.
  await page.getByRole('link', { name: 'See what it would change' }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
  expect(await summaryOf(page)).toBe('115 events read · 2 issues stay · 3 merge into 1 · 2 split into 7 · counts add up')
})

test('R-05 a preview that is open elsewhere learns that its generation is live, or thrown away, and asks for nothing that is gone', async () => {
  const project = await app.server.addProject('elsewhere')
  await sendInOrder(app, project, goldenEvents.slice(0, 3))
  for (const [rules, end] of [['error.type:TimeoutError -> timeouts', 'live'], ['error.type:TimeoutError -> others', 'discarded']] as const) {
    const page = await openGrouping(app, 'elsewhere')
    await previewRules(page, rules)
    const candidate = generationIn(page)
    const elsewhere = await app.open(`/p/elsewhere/grouping/${candidate}`)
    await elsewhere.locator('[data-complete=true]').waitFor()
    await elsewhere.locator('[data-live=on]').waitFor()
    if (end === 'live') await page.getByRole('button', { name: /^Apply/ }).click()
    else {
      await page.getByRole('button', { name: 'Discard' }).click()
      await page.getByRole('button', { name: `Throw generation ${candidate} away` }).click()
    }
    await elsewhere.getByRole('heading', { name: `Generation ${candidate} is ${end}` }).waitFor()
  }
})

test('R-03 nothing is applied without a preview', async () => {
  const project = await app.server.addProject('unseen')
  await sendInOrder(app, project, goldenEvents.slice(0, 3))
  const page = await openGrouping(app, 'unseen')
  await page.route('**/diff/**', async (route) => {
    const response = await route.fetch()
    const diff = (await response.json()) as object
    await route.fulfill({ response, json: { ...diff, complete: false, token: null } })
  })
  await rulesField(page).fill('error.type:TimeoutError -> timeouts')
  await page.getByRole('button', { name: 'Save and build candidate' }).click()
  const apply = page.getByRole('button', { name: /^Apply/ })
  await apply.waitFor()
  expect(await apply.isDisabled()).toBe(true)
  expect(await page.locator('#apply-why').innerText()).toBe('The preview is not complete: it is still being built.')
  await expect(app.server.client.applyGeneration('unseen', generationIn(page), { token: '' })).rejects.toMatchObject({ status: 422 })
})

test('R-04 rules that changed after the preview make it out of date, and one button builds it again', async () => {
  app.expectTrouble(/status of 409/)
  const project = await app.server.addProject('stale')
  await sendInOrder(app, project, goldenEvents)
  const page = await openGrouping(app, 'stale')
  await previewRules(page, goldenRules)
  const first = generationIn(page)
  await app.server.client.saveRules('stale', { rules: 'error.type:TimeoutError -> timeouts' })
  await page.getByRole('button', { name: /^Apply/ }).click()
  const told = page.getByRole('alert')
  await told.waitFor()
  expect(squeeze(await told.innerText())).toContain('Preview is out of date.')
  await told.getByRole('button', { name: 'Build the preview again' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith(`/${first}`))
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
  expect(await summaryOf(page)).toBe('15 events read · 6 issues stay · 3 merge into 1 · counts add up')
})

test('R-07 W-02 a preview without changes says so, and can be applied; all of it by keyboard', async () => {
  const project = await app.server.addProject('same')
  await sendInOrder(app, project, goldenEvents.slice(0, 3))
  const page = await openGrouping(app, 'same')
  await rulesField(page).focus()
  await page.keyboard.type('error.type:Nothing -> nothing')
  await tabTo(page, 'Save and build candidate')
  await page.keyboard.press('Enter')
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
  expect(await page.locator('.summary-none').innerText()).toBe('Nothing will change for stored events: every issue keeps its events.')
  await tabTo(page, 'Apply: nothing will change for stored events')
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'is live' }).waitFor()
})

test('what people kept apart is a conflict: to be ticked, or kept apart by a rule', async () => {
  const project = await app.server.addProject('conflict')
  await sendInOrder(app, project, goldenEvents)
  const { data } = await app.server.client.issues('conflict', { query: 'TimeoutError' })
  const [first, second] = data.toSorted((a, b) => Number(a.id) - Number(b.id))
  await keepApart(app.server.client, 'conflict', [first!.id, second!.id])
  const page = await openGrouping(app, 'conflict')
  await previewRules(page, goldenRules)
  const apply = page.getByRole('button', { name: /^Apply/ })
  expect([await apply.isDisabled(), await page.locator('#apply-why').innerText()]).toEqual([true, '1 conflict is not accepted.'])
  const conflict = page.locator('[data-conflict]')
  expect(squeeze(await conflict.innerText())).toMatch(/Kept apart by .+ on /)
  expect(await conflict.innerText()).toContain(second!.shortId)

  await conflict.getByRole('link', { name: 'Keep them apart by a rule instead' }).click()
  await page.getByRole('status').filter({ hasText: 'A rule was put on top' }).waitFor()
  expect((await rulesField(page).inputValue()).split('\n').length).toBe(goldenRules.split('\n').length + 1)
  await page.getByRole('button', { name: 'Save and build candidate' }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
  expect(await conflict.count()).toBe(0)

  await app.server.client.saveRules('conflict', { rules: goldenRules })
  const again = (await app.server.client.createGeneration('conflict')).data
  await page.goto(`/p/conflict/grouping/${again.id}`)
  await page.getByRole('checkbox', { name: /^Accept/ }).check({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Apply: 6 merge into 2, 1 splits into 3' }).click()
  await page.getByRole('status').filter({ hasText: `Generation ${again.id} is live` }).waitFor()
})

test('where v1 is live, v2 is offered, and previewed before anything changes', async () => {
  const project = await app.server.addProject('older')
  const { client } = app.server
  await sendInOrder(app, project, goldenEvents)
  const { data: { id } } = await client.createGeneration('older', { version: 'v1', thenApply: true })
  const page = await openGrouping(app, 'older')
  await page.getByRole('heading', { name: `Generation ${id} is live` }).waitFor({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Preview v2' }).click()
  await page.locator('[data-complete=true]').waitFor({ timeout: 40_000 })
  expect(squeeze(await page.locator('.job').innerText())).toContain('v2, no rules')
  expect((await client.grouping('older')).data.live).toMatchObject({ id, version: 'v1' })
})
