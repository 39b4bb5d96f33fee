// Saved views, and everything else that shapes the stream: time, environments, order, columns, height of rows.

import type { Locator, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { View } from '../../core/contract/view.ts'
import { openStream, useApp } from './app.ts'
import { findFlaws } from './axe.ts'
import { dark, light, phone } from './chromium.ts'
import { nodeError } from './events.ts'
import { overflowOf } from './look.ts'
import { signIn } from './send.ts'

const app = useApp()
const ago = (hours: number): number => Date.now() / 1000 - hours * 3600
const path = 'organizations/refold/group-search-views/'

beforeAll(async () => {
  await app.send(
    app.server.project,
    nodeError('OldError', 'of last week', { environment: 'staging', timestamp: ago(24 * 6) }),
    nodeError('DayError', 'of yesterday', { environment: 'production', level: 'fatal', timestamp: ago(20) }),
    nodeError('LocalError', 'of a laptop', { environment: 'development', timestamp: ago(3) }),
    nodeError('FreshError', 'of this hour', { environment: 'production', timestamp: ago(0.2) }),
  )
})

/** As the app asks, with the session of the owner. */
const api = async <T>(method: string, rest: string, body?: unknown): Promise<T> => {
  const { url, owner } = app.server
  const response = await fetch(`${url}/api/0/${path}${rest}`, { method, headers: { cookie: await session(), origin: url, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${rest} for ${owner.email}: ${response.status} ${await response.text()}`)
  return (response.status === 204 ? undefined : await response.json()) as T
}
let cookie: string | undefined
const session = async (): Promise<string> => (cookie ??= await signIn(app.server.url, app.server.owner))
const save = (name: string, query: string, more: object = {}): Promise<View> => api('POST', '', { name, query, projects: ['shop'], ...more })

beforeEach(async () => {
  for (const { id } of await api<View[]>('GET', '')) await api('DELETE', `${id}/`)
})

const titles = (page: Page): Promise<string[]> => page.locator('[data-row] .issue-title b').allInnerTexts()
const shows = (page: Page, types: string[]) => expect.poll(() => titles(page), { timeout: 10_000 }).toEqual(types)
const tabs = (page: Page): Locator => page.getByRole('navigation', { name: 'Views' })
const tab = (page: Page, name: string): Locator => tabs(page).getByRole('link', { name })
const current = (page: Page): Locator => tabs(page).locator('[aria-current=page] .view-name')
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
/** Names of one's own tabs. */
const own = (page: Page): Promise<string[]> => tabs(page).locator('[data-own=true] .view-name').allInnerTexts()
const pick = async (page: Page, menu: string | RegExp, ...items: string[]): Promise<void> => {
  await page.getByRole('button', { name: menu, exact: true }).click()
  for (const item of items) await page.getByRole('menu').getByText(item, { exact: true }).click()
}
const search = async (page: Page, text: string): Promise<void> => {
  const field = page.getByRole('main').getByLabel('Search issues')
  await field.fill(text)
  await field.press('Enter')
}
const name = async (page: Page, text: string, action: string): Promise<void> => {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(text)
  await dialog.getByRole('button', { name: action }).click()
}
const everything = ['FreshError', 'LocalError', 'DayError', 'OldError']

describe('S-14 the address says everything that shapes the list', () => {
  test('S-14 search, order, time, environments, columns and rows are the same in a fresh context', async () => {
    const page = await openStream(app, 'shop')
    await shows(page, everything)
    await search(page, 'is:unresolved !level:info')
    await pick(page, 'Period: Any time', 'Last 7 days')
    await pick(page, 'Environment: All environments', 'production', 'staging')
    await page.keyboard.press('Escape')
    await pick(page, 'Sort: last seen', 'first seen')
    await pick(page, 'Columns and rows', 'Users', 'Age', 'One line')
    await shows(page, ['FreshError', 'DayError', 'OldError'])
    const { search: address } = new URL(page.url())
    expect(Object.fromEntries(new URLSearchParams(address))).toMatchObject({ query: 'is:unresolved !level:info', sort: 'new', statsPeriod: '7d', columns: 'trend,events,seen,assignee', density: 'compact' })
    expect(new URLSearchParams(address).getAll('environment').toSorted()).toEqual(['production', 'staging'])
    const fresh = await app.open(`/p/shop/issues${address}`)
    await shows(fresh, ['FreshError', 'DayError', 'OldError'])
    expect(await fresh.locator('.issue-head [role=columnheader]:visible').allInnerTexts()).toEqual(['', 'Issue', '24 h', 'Events', 'Seen', 'Assignee'])
    expect(await fresh.locator('[data-row]').first().evaluate((row) => row.getBoundingClientRect().height)).toBe(28)
    await button(fresh, 'Sort: first seen').waitFor()
    await button(fresh, 'Period: Last 7 days').waitFor()
    await page.reload()
    await shows(page, ['FreshError', 'DayError', 'OldError'])
  })

  test('S-14 the address of a saved view lists the same for somebody who has it not', async () => {
    const view = await save('Fatal ones', 'level:fatal', { querySort: 'freq' })
    const page = await openStream(app, 'shop')
    await tab(page, 'Fatal ones').click()
    await shows(page, ['DayError'])
    expect(new URL(page.url()).searchParams.get('view')).toBe(view.id)
    await api('DELETE', `${view.id}/`)
    const fresh = await app.open(page.url())
    await shows(fresh, ['DayError'])
    expect(await current(fresh).innerText()).toBe('Unresolved')
  })
})


describe('S-15 saved views', () => {
  test('S-15 a changed list can be saved as a view, renamed, changed, reset and deleted', async () => {
    const page = await openStream(app, 'shop')
    expect(await button(page, 'Save as…').count()).toBe(0)
    await search(page, 'level:fatal')
    await shows(page, ['DayError'])
    await button(page, 'Save as…').click()
    await name(page, 'Worst', 'Save view')
    await expect.poll(() => current(page).innerText()).toBe('Worst')
    expect(await button(page, 'Save').count()).toBe(0)

    await search(page, 'is:unresolved')
    await shows(page, everything)
    expect(await current(page).innerText()).toBe('Worst')
    await page.getByRole('link', { name: 'Reset' }).click()
    await shows(page, ['DayError'])
    await pick(page, 'Sort: last seen', 'users')
    await button(page, 'Save').click()
    await page.getByText('Worst saved').waitFor()
    await expect.poll(() => button(page, 'Save').count()).toBe(0)
    expect(await api<View[]>('GET', '')).toMatchObject([{ name: 'Worst', query: 'level:fatal', querySort: 'user' }])

    await pick(page, 'View Worst', 'Rename…')
    await name(page, 'The worst', 'Rename')
    await expect.poll(() => current(page).innerText()).toBe('The worst')
    await page.reload()
    await expect.poll(() => current(page).innerText()).toBe('The worst')

    await pick(page, 'View The worst', 'Delete…')
    await page.getByRole('dialog').getByText('its issues stay').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await own(page)).toEqual(['The worst'])
    await pick(page, 'View The worst', 'Delete…')
    await page.getByRole('button', { name: 'Delete view' }).click()
    await shows(page, everything)
    expect([await current(page).innerText(), await own(page), await api('GET', '')]).toEqual(['Unresolved', [], []])
  })

  test('S-15 the order by buttons and by dragging is the order after a reload', async () => {
    for (const one of ['One', 'Two', 'Three']) await save(one, `"${one}"`)
    const page = await app.open('/p/shop/issues')
    await tab(page, 'Three').click()
    await pick(page, 'View Three', 'Move left')
    await expect.poll(() => own(page)).toEqual(['One', 'Three', 'Two'])
    await page.getByRole('status').filter({ hasText: 'Three is now 2 of 3' }).waitFor({ state: 'attached' })
    await page.reload()
    await expect.poll(() => own(page)).toEqual(['One', 'Three', 'Two'])
    // Counts push the tabs apart: a drag begins where they rest.
    for (const one of ['One 0', 'Two 0', 'Three 0']) await tab(page, one).waitFor()
    await tab(page, 'Two').dragTo(tab(page, 'One'))
    await expect.poll(() => own(page)).toEqual(['Two', 'One', 'Three'])
    await expect.poll(async () => (await api<View[]>('GET', '')).map((view) => view.name)).toEqual(['Two', 'One', 'Three'])
    await page.reload()
    await expect.poll(() => own(page)).toEqual(['Two', 'One', 'Three'])
    await page.getByRole('button', { name: 'View Three' }).click()
    expect(await page.getByRole('menuitem', { name: 'Move right' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('S-15 what the server refuses is said at the name, and in a toast', async () => {
    app.expectTrouble(/status of (400|500)/)
    const view = await save('Worst', 'level:fatal')
    const page = await app.open('/p/shop/issues?query=level:error')
    await button(page, 'Save as…').click()
    await name(page, 'worst', 'Save view')
    await page.getByRole('dialog').getByText('You have a view of this name already').waitFor()
    await page.keyboard.press('Escape')
    await page.route('**/group-search-views/**', (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 500, json: { detail: 'Internal error.' } }) : route.continue()))
    await page.goto(`/p/shop/issues?view=${view.id}&query=level:warning`)
    await button(page, 'Save').click()
    await page.getByText('Worst was not saved: Internal error.').waitFor()
    expect(await button(page, 'Save').count()).toBe(1)
  })

  test('S-15 a view keeps its columns; everybody keeps their own for the others', async () => {
    await save('Numbers', 'is:unresolved', { refold: { columns: ['events'], density: 'compact' } })
    const page = await openStream(app, 'shop')
    await pick(page, 'Columns and rows', 'Assignee')
    await page.keyboard.press('Escape')
    const heads = (): Promise<string[]> => page.locator('.issue-head [role=columnheader]:visible').allInnerTexts()
    const usual = ['', 'Issue', '24 h', 'Events', 'Users', 'Age', 'Seen']
    expect(await heads()).toEqual(usual)
    await tab(page, 'Numbers').click()
    await expect.poll(heads).toEqual(['', 'Issue', 'Events'])
    expect(await button(page, 'Save').count()).toBe(0)
    await pick(page, 'Columns and rows', 'Users')
    await page.keyboard.press('Escape')
    await button(page, 'Save').waitFor()
    await page.goto('/p/shop/issues')
    await page.locator('[data-row]').first().waitFor()
    expect(await heads()).toEqual(usual)
  })
})

test('the tabs count what they lead to, in one call, also where time and environment narrow it', async () => {
  await save('Yesterday', 'level:[fatal, error]', { environments: ['production'], timeFilters: { period: '24h' } })
  const page = await openStream(app, 'shop')
  const counts = (): Promise<Record<string, string>> => tabs(page).getByRole('link').evaluateAll((links) => Object.fromEntries(links.map((link) => link.textContent!.trim().split(/ (?=[\d,+]*$)/)).map(([text, count]) => [text, count ?? ''])))
  await expect.poll(counts).toEqual({ Unresolved: '4', 'For review': '4', Regressed: '0', Mine: '0', Archived: '0', All: '4', Yesterday: '2' })
  expect(app.requested.filter((url) => url.includes('issues-count')).length).toBe(1)
  await pick(page, 'Environment: All environments', 'development')
  await page.keyboard.press('Escape')
  await expect.poll(counts).toMatchObject({ Unresolved: '1', All: '1', Yesterday: '2' })
  await tab(page, 'All').click()
  await shows(page, ['LocalError'])
  await tab(page, 'Yesterday').click()
  await shows(page, ['FreshError', 'DayError'])
  await tab(page, 'Unresolved').click()
  await shows(page, everything)
})

test('a capped count says so', async () => {
  const page = await app.open('/p/shop/issues', { prepare: (one) => one.route('**/issues-count/**', (route) => route.fulfill({ json: { 'is:unresolved': 1000, '': 999 } })) })
  await tab(page, 'Unresolved 1,000+').waitFor()
  await tab(page, 'All 999').waitFor()
})

describe('when and where', () => {
  test('the period narrows the list, and is cleared at a glance', async () => {
    const page = await openStream(app, 'shop')
    await pick(page, 'Period: Any time', 'Last 24 hours')
    await shows(page, ['FreshError', 'LocalError', 'DayError'])
    await pick(page, 'Period: Last 24 hours', 'Last hour')
    await shows(page, ['FreshError'])
    await button(page, 'Clear period: Last hour').click()
    await shows(page, everything)
    expect(new URL(page.url()).search).toBe('')
  })

  test('between two times of the local clock; what makes no span is said', async () => {
    const page = await openStream(app, 'shop')
    // Lisbon, as the browser is set.
    const local = (hours: number): string => new Date(ago(hours) * 1000).toLocaleString('sv-SE', { timeZone: 'Europe/Lisbon' }).replace(' ', 'T').slice(0, 16)
    await pick(page, 'Period: Any time', 'Between two times…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('Enter a start or an end.').waitFor()
    await dialog.getByLabel('From').fill(local(2))
    await dialog.getByLabel('Until').fill(local(30))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('The end must come after the start.').waitFor()
    await dialog.getByLabel('From').fill(local(30))
    await dialog.getByLabel('Until').fill(local(2))
    await dialog.getByRole('button', { name: 'Show' }).click()
    await shows(page, ['LocalError', 'DayError'])
    const { searchParams } = new URL(page.url())
    expect(searchParams.get('start')).toBe(`${new Date(ago(30) * 1000).toISOString().slice(0, 16)}:00Z`)
    await pick(page, /^Period: /, 'Between two times…')
    expect(await dialog.getByLabel('From').inputValue()).toBe(local(30))
  })

  test('environments are those of the project, several at once, by keyboard too', async () => {
    const page = await openStream(app, 'shop')
    await page.getByRole('button', { name: 'Environment: All environments' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'development' }).waitFor()
    expect(await page.getByRole('menuitemcheckbox').allInnerTexts()).toEqual(['development', 'production', 'staging'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('s')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await button(page, 'Environment: development +1').waitFor()
    await shows(page, ['LocalError', 'OldError'])
    await button(page, 'Clear environment: development +1').click()
    await shows(page, everything)
  })

  test('S-16 nothing found names the search, the environment and the time, and clears them', async () => {
    const page = await app.open('/p/shop/issues?query=level:warning&environment=staging&environment=production&statsPeriod=24h')
    await page.getByRole('heading', { name: 'No issue matches' }).waitFor()
    expect(await page.locator('.empty p').first().innerText()).toBe('Nothing was found for level:warning in staging, production, seen in the last 24 hours.')
    await page.getByRole('link', { name: 'Search any time, everywhere' }).click()
    await expect.poll(() => page.locator('.empty p').first().innerText()).toBe('Nothing was found for level:warning.')
    await page.getByRole('link', { name: 'Clear' }).click()
    await shows(page, everything)
  })
})

describe('one line a row', () => {
  test('shows level, type, value and short id on it, and head and rows stand under each other', async () => {
    const page = await openStream(app, 'shop', { search: '?density=compact&columns=trend,events,seen' })
    const row = page.locator('[data-row]').first()
    const box = (await row.boundingBox())!
    expect(box.height).toBe(28)
    for (const part of ['.level', '.issue-title b', '.issue-title span', '.issue-short', '.status']) {
      const inner = (await row.locator(part).boundingBox())!
      expect([part, inner.width > 0, inner.y >= box.y, inner.y + inner.height <= box.y + box.height]).toEqual([part, true, true, true])
    }
    const edges = (place: string): Promise<number[]> => page.locator(place).first().locator('> :visible').evaluateAll((cells) => cells.slice(1).map((cell) => Math.round(cell.getBoundingClientRect().right)))
    expect(await edges('[data-row]')).toEqual(await edges('.issue-head'))
  })

  test('S-01 the other way round a row has two lines again, and the cursor is kept', async () => {
    const page = await openStream(app, 'shop', { search: '?density=compact' })
    await page.keyboard.press('j')
    await pick(page, 'Columns and rows', 'Two lines')
    await expect.poll(() => page.locator('[data-row]').first().evaluate((row) => row.getBoundingClientRect().height)).toBe(44)
    expect(await page.locator('[data-row][aria-current=true]').count()).toBe(1)
    expect(await page.locator('[data-row]').nth(1).evaluate((row) => row.getBoundingClientRect().top - row.previousElementSibling!.getBoundingClientRect().top)).toBe(44)
  })
})

describe('on a phone', () => {
  test('S-19 many views scroll in their own box, the page does not; the one that is shown is in view', async () => {
    const views = []
    for (let index = 1; index <= 14; index += 1) views.push(await save(`A view of mine, number ${index}`, `level:fatal ${index}`))
    for (const width of [390, 320]) {
      const page = await app.open(`/p/shop/issues?view=${views.at(-1)!.id}&query=is:unresolved&environment=production&statsPeriod=7d`, { ...phone, viewport: { width, height: 844 } })
      await page.locator('[data-row]').first().waitFor()
      await button(page, 'Save').waitFor()
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      const box = (await tabs(page).boundingBox())!
      expect([box.x >= 0, box.x + box.width <= width]).toEqual([true, true])
      await expect.poll(async () => (({ x, width: wide }) => x >= -1 && x + wide <= width + 1)((await tabs(page).locator('[aria-current=page]').boundingBox())!)).toBe(true)
      for (const control of await page.locator('.filters .btn, .view-tools .btn').all()) {
        await control.evaluate((one) => one.scrollIntoView({ inline: 'nearest', block: 'nearest' }))
        const { x, width: wide } = (await control.boundingBox())!
        expect([x >= -1, x + wide <= width + 1]).toEqual([true, true])
      }
    }
  })
})

describe('axe = 0', () => {
  test.for([
    ['a view that was changed, one line a row, environments open', async (page: Page): Promise<void> => {
      await button(page, 'Save').waitFor()
      await pick(page, /^Environment: /)
      await page.getByRole('menuitemcheckbox').first().waitFor()
    }],
    ['between two times', (page: Page) => pick(page, /^Period: /, 'Between two times…')],
    ['naming a view', (page: Page) => button(page, 'Save as…').click()],
  ] as const)('%s', async ([, reach]) => {
    const view = await save('Worst', 'level:fatal')
    const page = await app.open(`/p/shop/issues?view=${view.id}&query=level:fatal&environment=production&statsPeriod=24h&density=compact`)
    await page.locator('[data-row]').first().waitFor()
    await reach(page)
    for (const theme of [light, dark]) {
      await page.emulateMedia(theme)
      expect([theme.colorScheme, await findFlaws(page)]).toEqual([theme.colorScheme, []])
    }
  })
})
