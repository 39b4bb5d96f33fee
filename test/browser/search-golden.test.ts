// The same searches in the app, the API, and two programs at a terminal (ui.md Q-04).

import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, type Place } from '../cli/cli.ts'
import { eventually } from '../eventually.ts'
import { useSentryCli } from '../sdk/sentry-cli/program.ts'
import { organization } from '../server-process.ts'
import { openStream, useApp } from './app.ts'
import { fillShop } from './search-shop.ts'

const app = useApp()
beforeAll(() => fillShop(app))

let refold: Place
beforeAll(async () => void (refold = await makePlace({ REFOLD_URL: app.server.url, REFOLD_TOKEN: app.server.token })))
afterAll(() => refold?.remove())
const cli = useSentryCli(() => ({ SENTRY_URL: app.server.url, SENTRY_AUTH_TOKEN: app.server.token, SENTRY_ORG: organization, SENTRY_PROJECT: 'shop' }))

test('Q-04 twelve queries find the same in the app, the API and both command lines', async () => {
  const golden: [query: string, types: string[]][] = [
    ['is:unresolved', ['StockError', 'PayTimeout', 'PayError', 'CartError']],
    ['is:resolved', ['MailError']],
    ['level:[warning, fatal]', ['MailError', 'StockError', 'PayTimeout']],
    ['!level:warning', ['StockError', 'PayError', 'CartError']],
    ['release:shop@2.*', ['MailError', 'PayTimeout', 'PayError']],
    ['release:latest is:unresolved', ['PayTimeout']],
    ['environment:staging', ['StockError', 'PayError']],
    ['page:"check out"', ['PayTimeout', 'PayError']],
    ['error.type:Pay*', ['PayTimeout', 'PayError']],
    ['events:>1 user.email:ada@example.com', ['CartError']],
    ['has:page assigned:me', ['PayError']],
    ['age:-24h no of', ['PayTimeout']],
  ]
  const page = await openStream(app, 'shop', { search: '?query=' })
  const field = page.getByRole('combobox', { name: 'Search issues' })
  const ids = (): Promise<(string | null)[]> => page.locator('[data-row]').evaluateAll((all) => all.sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex'))).map((row) => row.getAttribute('data-id')))
  for (const [query, types] of golden) {
    const { data } = await app.server.client.issues('shop', { query })
    const expected = data.map(({ id }) => id)
    expect(data.map(({ metadata }) => metadata.type), query).toEqual(types)
    await field.fill(query)
    await page.keyboard.press('Enter')
    const [byRefold, bySentry] = await Promise.all([refold.refold('issues', 'list', 'shop', '--query', query), cli.run('issues', 'list', '--query', query)])
    await eventually(10_000, `the rows of ${query}`, async () => (JSON.stringify(await ids()) === JSON.stringify(expected) ? true : undefined))
    expect((JSON.parse(byRefold.stdout) as { id: string }[]).map(({ id }) => id), query).toEqual(expected)
    expect([...bySentry.matchAll(/^\| (\d+) /gm)].map(([, id]) => id), query).toEqual(expected)
  }
})
