// The search field: completion, colours, mistakes, and what it asks for (ui.md 2.5).

import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openStream, useApp } from './app.ts'
import { phone } from './chromium.ts'
import { nodeError } from './events.ts'
import { fillShop } from './search-shop.ts'

const app = useApp()
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 })
const isList = (url: URL): boolean => url.pathname.endsWith('/projects/refold/shop/issues/')
const field = (page: Page) => page.getByRole('combobox', { name: 'Search issues' })
const list = (page: Page) => page.getByRole('listbox', { name: 'Search issues' })
const rows = (page: Page) => page.locator('[data-row]')
const idsOf = (page: Page): Promise<(string | null)[]> => rows(page).evaluateAll((all) => all.sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex'))).map((row) => row.getAttribute('data-id')))
const caretOf = (page: Page): Promise<number | null> => field(page).evaluate((input: HTMLInputElement) => input.selectionStart)
const optionsOf = (page: Page): Promise<string[]> => list(page).getByRole('option').locator('.search-label').allInnerTexts()

/** The stream with the grammar loaded and an empty field that has the focus. */
async function openField(options: Parameters<typeof openStream>[2] = {}): Promise<Page> {
  const page = await openStream(app, 'shop', { search: '?query=', ...options })
  await page.locator('[data-marked=true]').waitFor()
  await page.keyboard.press('/')
  await list(page).waitFor()
  return page
}

beforeAll(() => fillShop(app))

describe('completion', () => {
  test('Q-01 is:unr and two keys make is:unresolved, with the caret behind the space', async () => {
    const page = await openField()
    await page.keyboard.type('is:unr')
    await poll(() => optionsOf(page)).toEqual(['unresolved'])
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(null)
    await page.keyboard.press('ArrowDown')
    const option = list(page).getByRole('option', { name: 'unresolved', selected: true })
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    await page.keyboard.press('Enter')
    expect([await field(page).inputValue(), await caretOf(page)]).toEqual(['is:unresolved ', 14])
    await poll(() => rows(page).count()).toBe(4)
    expect(new URL(page.url()).searchParams.get('query')).toBe(null)
  })

  test('Q-02 release: lists the 10 newest with counts', async () => {
    const project = await app.server.addProject('releases')
    for (let number = 1; number <= 12; number += 1) await app.send(project, nodeError('Released', 'often', { release: `r@1.${number}.0` }))
    await app.send(project, nodeError('Released', 'often', { release: 'r@1.12.0' }))
    const page = await openStream(app, 'releases')
    await page.keyboard.press('/')
    await page.keyboard.type('release:')
    await poll(() => optionsOf(page)).toEqual(['latest', ...Array.from({ length: 10 }, (_, index) => `r@1.${12 - index}.0`)])
    expect(await list(page).locator('.search-count').allInnerTexts()).toEqual(['2', ...Array.from({ length: 9 }, () => '1')])
    // Older ones are found by typing on.
    await page.keyboard.type('r@1.2')
    await poll(() => optionsOf(page)).toEqual(['r@1.2.0'])
  })

  test('offers values of a tag in quotes, keys of filters and tags, people, and what is known while a word is typed', async () => {
    const page = await openField()
    await page.keyboard.type('pag')
    await list(page).getByRole('option', { name: 'page' }).click()
    expect(await field(page).inputValue()).toBe('page:')
    await poll(() => optionsOf(page)).toEqual(['/cart', 'check out'])
    await list(page).getByRole('option', { name: 'check out' }).click()
    expect(await field(page).inputValue()).toBe('page:"check out" ')
    await poll(() => rows(page).count()).toBe(2)
    await page.keyboard.type('assigned:')
    await poll(() => optionsOf(page)).toContain(app.server.owner.email)
    await field(page).fill('user.email:')
    await poll(() => optionsOf(page)).toEqual(['ben@example.com', 'ada@example.com'])
    await field(page).fill('esc')
    await poll(() => optionsOf(page)).toEqual(['is:escalating'])
  })

  test('remembers what was searched for, and forgets it when told', async () => {
    const page = await openField()
    await page.keyboard.type('level:warning')
    await page.keyboard.press('Enter')
    await poll(() => rows(page).count()).toBe(2)
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await poll(() => rows(page).count()).toBe(5)
    await page.keyboard.press('ArrowDown')
    expect((await optionsOf(page))[0]).toBe('level:warning')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await poll(() => rows(page).count()).toBe(2)
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Clear recent searches' }).click()
    await poll(async () => (await optionsOf(page))[0]).toBe('is')
    expect(await page.evaluate(() => localStorage.getItem('refold.searches.issue.shop'))).toBe(null)
  })

  test('opens by its button and by touch, and stays within a phone', async () => {
    const page = await openStream(app, 'shop', phone)
    await page.locator('[data-marked=true]').waitFor()
    await page.getByRole('button', { name: 'Filter' }).tap()
    await list(page).getByRole('option', { name: /^level/ }).tap()
    await list(page).getByRole('option', { name: 'fatal' }).tap()
    expect(await field(page).inputValue()).toBe('is:unresolved level:fatal ')
    await poll(() => rows(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Filter' }).tap()
    const box = (await list(page).boundingBox())!
    expect(box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 844).toBe(true)
    expect(Math.min(...await list(page).getByRole('option').evaluateAll((all) => all.map((one) => one.clientHeight)))).toBeGreaterThanOrEqual(24)
  })

  test('Q-06 Esc closes the list and keeps the text, the next one leaves the field', async () => {
    const page = await openField()
    await page.keyboard.type('is:re')
    await list(page).waitFor()
    await page.keyboard.press('Escape')
    await list(page).waitFor({ state: 'detached' })
    expect(await field(page).inputValue()).toBe('is:re')
    expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(false)
    expect(await field(page).inputValue()).toBe('is:re')
  })
})

describe('colours', () => {
  test('are those of the parser, and stand where the text does, also when it scrolls', async () => {
    const page = await openField()
    await page.keyboard.type('!level:[error] cart ')
    const marks = (): Promise<string[]> => page.locator('[data-mark]').evaluateAll((all: HTMLElement[]) => all.map((one) => `${one.dataset.mark} ${one.textContent}`))
    await poll(marks).toEqual(['not !', 'key level', 'operator :[', 'value error', 'operator ]', 'text  cart '])
    await page.keyboard.type('word '.repeat(60))
    const shifts = (): Promise<number> => page.evaluate(() => {
      const [input, first] = [document.querySelector<HTMLInputElement>('.search-input input')!, document.querySelector('[data-mark]')!]
      const style = getComputedStyle(input)
      const start = input.getBoundingClientRect().left + Number.parseFloat(style.borderLeftWidth) + Number.parseFloat(style.paddingLeft) - input.scrollLeft
      return Math.abs(first.getBoundingClientRect().left - start)
    })
    expect(await field(page).evaluate((input) => input.scrollLeft)).toBeGreaterThan(100)
    await poll(shifts).toBeLessThan(1)
    await page.keyboard.press('Home')
    expect(await field(page).evaluate((input) => input.scrollLeft)).toBe(0)
    await poll(shifts).toBeLessThan(1)
    const difference = (): Promise<number> => page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('.search-input input')!
      const { paddingLeft, paddingRight } = getComputedStyle(input)
      return Math.abs(input.scrollWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - document.querySelector('.search-marks > span')!.getBoundingClientRect().width)
    })
    expect(await difference()).toBeLessThan(3)
    // Letters as large again, and with the spacing that WCAG 1.4.12 asks for.
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
      document.querySelectorAll<HTMLElement>('.search-input *').forEach((one) => Object.assign(one.style, { letterSpacing: '0.12em', wordSpacing: '0.16em' }))
    })
    await poll(difference).toBeLessThan(3)
    await poll(shifts).toBeLessThan(1)
  })

  test('follow an input method while it composes', async () => {
    const page = await openField()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
    await poll(() => page.locator('.search-marks').innerText()).toBe('にほ')
    await session.send('Input.insertText', { text: '日本' })
    await poll(() => page.locator('.search-marks').innerText()).toBe('日本')
    expect(await field(page).inputValue()).toBe('日本')
  })

  test('leave the text to the field where colours are forced', async () => {
    const page = await openField({ forcedColors: 'active' })
    await page.keyboard.type('level:error')
    expect(await page.locator('.search-marks').isVisible()).toBe(false)
    expect(await field(page).evaluate((input) => getComputedStyle(input).webkitTextFillColor)).not.toBe('rgba(0, 0, 0, 0)')
  })
})

describe('mistakes', () => {
  const message = async (page: Page): Promise<string> => page.locator(`[id="${await field(page).getAttribute('aria-describedby')}"]`).innerText()

  test('Q-03 what cannot be read is named at once, and the list stays', async () => {
    const page = await openField()
    const before = await idsOf(page)
    await page.keyboard.type('level:>banana')
    await page.locator('[aria-invalid=true]').waitFor()
    expect(await message(page)).toMatch(/^">banana" is no value of "level" at character 7/)
    expect(await page.locator('[data-mark=wrong]').innerText()).toBe('>banana')
    await page.keyboard.press('Enter')
    expect(await idsOf(page)).toEqual(before)
    expect(app.requested.some((url) => url.includes('banana'))).toBe(false)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('level:fatal')
    await poll(() => rows(page).count()).toBe(1)
    expect(await field(page).getAttribute('aria-invalid')).toBe(null)
  })

  test('Q-03 what is not finished is no mistake before Enter', async () => {
    const page = await openField()
    await page.keyboard.type('is:unr')
    await poll(() => optionsOf(page)).toEqual(['unresolved'])
    expect(await field(page).getAttribute('aria-invalid')).toBe(null)
    expect(await page.locator('[data-mark=wrong]').evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe('none')
    await page.keyboard.press('Enter')
    await page.locator('[aria-invalid=true]').waitFor()
    expect(await message(page)).toMatch(/"unr" is no value of "is"/)
  })

  test('Q-03 what only the server refuses is said in the same place, and the list stays', async () => {
    app.expectTrouble(/status of 400/)
    const page = await openField()
    const before = await idsOf(page)
    await page.route((url) => isList(url) && url.searchParams.get('query') === 'teapot', (route) => route.fulfill({ status: 400, json: { detail: '"teapot" is too short and stout.' } }))
    await page.keyboard.type('teapot')
    await page.locator('[aria-invalid=true]').waitFor()
    expect(await message(page)).toBe('"teapot" is too short and stout.')
    expect(await idsOf(page)).toEqual(before)
  })
})

test('Q-05 fast typing asks at most twice, and a late answer never shows', async () => {
  const page = await openField()
  const asked: string[] = []
  const [held, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(isList, async (route) => {
    const query = new URL(route.request().url()).searchParams.get('query')!
    asked.push(query)
    const answer = await route.fetch()
    if (query === 'PayError') await held.promise
    await route.fulfill({ response: answer }).catch(() => undefined)
    if (query === 'PayError') late.resolve()
  })
  await page.evaluate(() => {
    const seen = new Set<string>()
    Object.assign(globalThis, { seen })
    new MutationObserver(() => document.querySelectorAll('.issue-title').forEach((title) => seen.add(`${document.querySelectorAll('[data-row]').length} ${title.textContent}`))).observe(document.querySelector('main')!, { childList: true, subtree: true, characterData: true })
  })
  await page.keyboard.type('PayError')
  await poll(() => asked).toEqual(['PayError'])
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('stockerrorstockerror', { delay: 10 })
  for (let letter = 0; letter < 10; letter += 1) await page.keyboard.press('Backspace')
  await poll(() => rows(page).count()).toBe(1)
  held.resolve()
  await late.promise
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  expect(await rows(page).innerText()).toContain('StockError')
  expect(await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen].filter((title) => title.startsWith('1 PayError')))).toEqual([])
  expect(asked.slice(1).length).toBeLessThanOrEqual(2)
})
