// The rules of a project as text and as a form (ui.md 2.11): what is wrong, what they hit, in which order they are tried.

import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from './app.ts'
import { phone } from './chromium.ts'
import { errorAt, goldenEvents, goldenRules, sendInOrder } from './grouping-data.ts'
import { openGrouping, rulesField, squeeze } from './grouping-pages.ts'
import { overflowOf } from './look.ts'

const app = useApp()
beforeAll(async () => {
  await sendInOrder(app, app.server.project, goldenEvents)
})

const hits = async (page: Page): Promise<string[]> => (await page.getByRole('list', { name: 'What each line of the fingerprint rules hits' }).getByRole('listitem').allTextContents()).map(squeeze)
const ruleOrder = (page: Page): Promise<string[]> => page.locator('[data-rule] input[aria-label$="condition 1: text"]').evaluateAll((all: HTMLInputElement[]) => all.map((one) => one.value))

test('R-01 a line that cannot be read is marked at its line and column, and nothing can be built, with the reason in words', async () => {
  const page = await openGrouping(app, 'shop')
  await rulesField(page).fill(`# ours\n${goldenRules}\nerror.tipe:X -> y`)
  const problem = page.getByRole('button', { name: 'Line 5, column 1' })
  await problem.waitFor()
  expect(await rulesField(page).getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator('.rule-gutter [data-bad=true]').allTextContents()).toEqual(['5'])
  const [mark, line] = [(await page.locator('.rule-marks span').boundingBox())!, (await page.locator('.rule-gutter [data-bad=true]').boundingBox())!]
  expect(Math.abs(mark.y - line.y)).toBeLessThanOrEqual(2)
  for (const name of ['Save', 'Save and build candidate']) {
    const button = page.getByRole('button', { name, exact: true })
    expect(await button.isDisabled()).toBe(true)
    expect(await button.getAttribute('aria-describedby')).toBe('rule-why')
  }
  expect(await page.locator('#rule-why').innerText()).toBe('1 line cannot be read. Correct it first.')
  await problem.click()
  expect(await rulesField(page).evaluate((field: HTMLTextAreaElement) => [field === document.activeElement, field.selectionStart])).toEqual([true, `# ours\n${goldenRules}\n`.length])
})

test('each line says what it hits among the newest events', async () => {
  const page = await openGrouping(app, 'shop')
  await rulesField(page).fill(`# ours\n${goldenRules}\nerror.type:Nothing -> nothing`)
  await expect.poll(() => hits(page), { timeout: 10_000 }).toEqual(['Line 2: 6 events in 3 issues', 'Line 3: 3 events in 3 issues', 'Line 4: 4 events in 1 issue', 'Line 5: no event'])
})

test('R-06 rules are put into another order with the keyboard only; it is announced, and still so after a reload', async () => {
  await app.server.addProject('order')
  const page = await openGrouping(app, 'order')
  await rulesField(page).fill(`error.type:A -> a\n# about B\nerror.type:B -> b\nerror.type:C -> c`)
  await page.getByRole('button', { name: 'Form' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => ruleOrder(page), { timeout: 10_000 }).toEqual(['A', 'B', 'C'])
  await page.getByRole('button', { name: 'Move rule 3 up' }).focus()
  for (const place of ['Rule 3 is now rule 2 of 3', 'Rule 2 is now rule 1 of 3']) {
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: place }).waitFor({ state: 'attached' })
  }
  expect(await ruleOrder(page)).toEqual(['C', 'A', 'B'])
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move rule 1 up')
  await page.getByRole('button', { name: 'Save', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: /^Saved as revision/ }).waitFor()
  await page.reload()
  await expect.poll(() => ruleOrder(page), { timeout: 10_000 }).toEqual(['C', 'A', 'B'])
  await page.getByRole('button', { name: 'Text' }).click()
  expect(await rulesField(page).inputValue()).toBe('error.type:C -> c\nerror.type:A -> a\n# about B\nerror.type:B -> b')
})

test('rules are dragged to another place', async () => {
  await app.server.addProject('dragged')
  const page = await openGrouping(app, 'dragged')
  await rulesField(page).fill('error.type:A -> a\nerror.type:B -> b\nerror.type:C -> c')
  await page.getByRole('button', { name: 'Form' }).click()
  await expect.poll(() => ruleOrder(page), { timeout: 10_000 }).toEqual(['A', 'B', 'C'])
  await page.locator('[data-rule="3"] .rule-handle').dragTo(page.locator('[data-rule="1"]'), { targetPosition: { x: 40, y: 4 } })
  expect(await ruleOrder(page)).toEqual(['C', 'A', 'B'])
})

test('a rule is made, changed and deleted in the form, and is the same as text', async () => {
  await app.server.addProject('made')
  const page = await openGrouping(app, 'made')
  await page.getByRole('button', { name: 'Form' }).click()
  await page.getByRole('button', { name: 'Add fingerprint rule' }).click()
  const rule = page.getByRole('group', { name: 'Fingerprint rules' }).locator('[data-rule="1"]')
  await rule.getByLabel('Rule 1, condition 1: text').fill('TimeoutError')
  await rule.getByRole('button', { name: 'Add condition to rule 1' }).click()
  await rule.getByLabel('Rule 1, condition 2: of what').selectOption({ label: 'tag' })
  await rule.getByLabel('Rule 1, condition 2: name of the tag').fill('tenant')
  await rule.getByLabel('Rule 1, condition 2: is or is not').selectOption('is not')
  await rule.getByLabel('Rule 1, condition 2: text').fill('big customer')
  await rule.getByLabel('Rule 1, part 1').fill('timeouts')
  await rule.getByRole('button', { name: 'Add part to rule 1' }).click()
  await rule.getByLabel('Rule 1, part 2').fill('{{ stack.module }}')
  await rule.getByLabel('Rule 1, title').fill('Timeout')
  await page.getByRole('button', { name: 'Add frame rule' }).click()
  const frames = page.getByRole('group', { name: 'Frame rules' })
  await frames.getByLabel('Rule 1, condition 1: text').fill('acme.generated.**')
  await frames.getByLabel('Rule 1, what becomes of the frame').selectOption('-app')
  await page.getByRole('button', { name: 'Text' }).click()
  expect(await rulesField(page).inputValue()).toBe('error.type:TimeoutError !tags.tenant:"big customer" -> timeouts, {{ stack.module }} title="Timeout"')
  expect(await page.getByRole('textbox', { name: 'Frame rules' }).inputValue()).toBe('stack.module:acme.generated.** -app')
  await page.getByRole('button', { name: 'Form' }).click()
  await page.getByRole('group', { name: 'Fingerprint rules' }).getByRole('button', { name: 'Delete rule 1' }).click()
  await page.getByRole('button', { name: 'Text' }).click()
  expect(await rulesField(page).inputValue()).toBe('')
})

test('an old revision is put back into the editor, and nothing changes until it is saved', async () => {
  await app.server.addProject('history')
  for (const rules of ['error.type:Old -> old', 'error.type:New -> new']) await app.server.client.saveRules('history', { rules })
  const page = await openGrouping(app, 'history')
  expect(await rulesField(page).inputValue()).toBe('error.type:New -> new')
  await page.getByText('Revisions of the rules').click()
  await page.getByRole('button', { name: /^Restore revision/ }).nth(1).click()
  expect(await rulesField(page).inputValue()).toBe('error.type:Old -> old')
  await page.getByRole('status').filter({ hasText: 'They are not saved.' }).waitFor()
  expect((await app.server.client.grouping('history')).data.revision!.rules).toBe('error.type:New -> new')
})

test('a pasted event says its key, why, and by which rule', async () => {
  const page = await openGrouping(app, 'shop')
  await rulesField(page).fill(goldenRules)
  await page.getByText('Try an event').click()
  const field = page.getByLabel('Event as JSON')
  await field.fill('{"nothing":')
  await page.getByRole('button', { name: 'Group it' }).click()
  await page.getByText('This is not JSON').waitFor()
  await field.fill(JSON.stringify(errorAt('NetworkError', 'mailReceipt')))
  await page.getByRole('button', { name: 'Group it' }).click()
  const answer = page.locator('[data-strategy]')
  await answer.waitFor()
  expect(squeeze(await answer.innerText())).toContain('Rule in line 2: error.type:NetworkError -> network title="Network"')
})

test.for([390, 320])('at %i px the editor, as text and as form, does not scroll sideways', async (width) => {
  const page = await openGrouping(app, 'shop', { ...phone, viewport: { width, height: 844 } })
  await rulesField(page).fill(`${goldenRules}\n${goldenRules.replaceAll('\n', ' ')}`)
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
  await rulesField(page).fill(goldenRules)
  await page.getByRole('button', { name: 'Form' }).click()
  await page.locator('[data-rule]').first().waitFor()
  expect(await overflowOf(page)).toBeLessThanOrEqual(0)
})
