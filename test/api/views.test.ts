// Saved views: private to each person, of one project, with limits that say what to do.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { View } from '../../core/contract/view.ts'
import { foldAll, givenProject } from '../given.ts'
import { deleteProjectRows } from '../../projections/deletions/projects.ts'
import { startApp, type App, type Reply } from './app.ts'

const path = '/api/0/organizations/refold/group-search-views/'
let app: App
let ada: string
let ben: string
let benToken: string
beforeAll(async () => {
  app = await startApp()
  await givenProject(app.pool, 1, 'shop')
  await givenProject(app.pool, 2, 'web')
  await foldAll(app.pool)
  await app.person('ada@example.com')
  benToken = (await app.person('ben@example.com', 'viewer', undefined, [1])).token
  ada = await app.signIn('ada@example.com')
  ben = await app.signIn('ben@example.com')
})
afterAll(() => app.stop())
beforeEach(() => app.pool.query('delete from saved_view'))

const ask = (method: string, rest: string, cookie: string, body?: unknown): Promise<Reply> => app.ask(method, path + rest, { cookie, ...(body !== undefined && { body }) })
const save = async (name: string, more: object = {}, cookie = ada): Promise<View> => {
  const { status, body } = await ask('POST', '', cookie, { name, query: 'is:unresolved', projects: ['shop'], ...more })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as View
}
const names = async (rest = '', cookie = ada): Promise<string[]> => ((await ask('GET', rest, cookie)).body as View[]).map(({ name }) => name)
const whole = {
  query: 'is:unresolved level:fatal', querySort: 'user', environments: ['production', 'staging'],
  timeFilters: { period: null, start: '2026-01-01T00:00:00.000Z', end: '2026-02-01T00:00:00.000Z' }, refold: { columns: ['events', 'seen'], density: 'compact' },
}

test('a view keeps the whole list, and comes back as it was saved', async () => {
  const made = await save('Fatal', whole)
  expect(made).toMatchObject({ ...whole, name: 'Fatal', projects: [1] })
  expect((await ask('GET', '', ada)).body).toEqual([made])
  expect((await ask('GET', `${made.id}/`, ada)).body).toEqual(made)
})

test('what is left out is any time, everywhere, last seen first; a time without a zone is UTC', async () => {
  expect(await save('Plain')).toMatchObject({ querySort: 'date', environments: [], timeFilters: { period: null, start: null, end: null }, refold: { columns: null, density: null } })
  expect(await save('Ever', { timeFilters: { start: '0000-01-01T00:00:00', end: '9999-12-31T23:59:59Z' } })).toMatchObject({ timeFilters: { start: '0000-01-01T00:00:00.000Z', end: '9999-12-31T23:59:59.000Z' } })
  expect(await save('Since', { projects: [1], timeFilters: { start: '2026-01-01T12:00:00' } })).toMatchObject({ timeFilters: { start: '2026-01-01T12:00:00.000Z', end: null } })
})

test('a change touches only what it names', async () => {
  const made = await save('Fatal', whole)
  const { body, status } = await ask('PUT', `${made.id}/`, ada, { name: ' Worst ', refold: { density: 'normal' } })
  expect([status, body]).toEqual([200, { ...made, name: 'Worst', refold: { ...whole.refold, density: 'normal' }, dateUpdated: (body as View).dateUpdated }])
  expect((await ask('PUT', `${made.id}/`, ada, { timeFilters: { period: '14d' } })).body).toMatchObject({ timeFilters: { period: '14d', start: null, end: null }, query: whole.query })
})

describe('the order', () => {
  test('is that of saving, then the one that was asked for', async () => {
    const [one, two, three] = [await save('One'), await save('Two'), await save('Three')]
    await save('Elsewhere', { projects: ['web'] })
    expect(await names('?project=shop')).toEqual(['One', 'Two', 'Three'])
    expect((await ask('PUT', 'starred/order/', ada, { view_ids: [three.id, one.id, two.id] })).status).toBe(204)
    expect(await names('?project=1')).toEqual(['Three', 'One', 'Two'])
    await save('Last')
    expect(await names()).toEqual(['Three', 'One', 'Two', 'Last', 'Elsewhere'])
    expect(await names('?project=-1')).toEqual(await names('?project=shop&project=2'))
    for (const [cookie, project] of [[ada, 'missing'], [ben, 'web']] as const) expect((await ask('GET', `?project=${project}`, cookie)).status).toBe(404)
  })

  test('is refused when it does not name each view of one project once', async () => {
    const [one, two] = [await save('One'), await save('Two')]
    const elsewhere = await save('Elsewhere', { projects: ['web'] })
    const foreign = await save('Foreign', {}, ben)
    for (const ids of [[one.id], [one.id, one.id], [one.id, two.id, elsewhere.id], [one.id, two.id, foreign.id], ['999999', one.id], [one.id, two.id, two.id]]) {
      expect(await ask('PUT', 'starred/order/', ada, { view_ids: ids })).toMatchObject({ status: 400, body: { view_ids: [expect.stringContaining('read them again')] } })
    }
    expect(await names('?project=shop')).toEqual(['One', 'Two'])
  })
})

describe('views are private', () => {
  test('nobody lists, reads, changes, orders or deletes those of others', async () => {
    const mine = await save('Mine')
    expect(await names('', ben)).toEqual([])
    for (const [method, body] of [['GET'], ['PUT', { name: 'Taken over' }], ['DELETE']] as const) expect([method, (await ask(method, `${mine.id}/`, ben, body)).status]).toEqual([method, 404])
    expect((await ask('PUT', 'starred/order/', ben, { view_ids: [mine.id] })).status).toBe(400)
    expect(await names()).toEqual(['Mine'])
  })

  test('who only reads keeps views too, but of no project that is not theirs', async () => {
    await save('Ours', {}, ben)
    expect(await ask('POST', '', ben, { name: 'Theirs', query: '', projects: ['web'] })).toMatchObject({ status: 400, body: { projects: [expect.stringContaining('no such project')] } })
    expect(await ask('POST', '', ben, { name: 'Nothing', query: '', projects: ['missing'] })).toMatchObject({ status: 400, body: { projects: [expect.stringContaining('no such project')] } })
  })

  test('who left a project finds its views no more', async () => {
    const made = await save('Ours', {}, ben)
    await app.pool.query(`update account set projects = '{2}' where email = 'ben@example.com'`)
    try {
      expect(await names('', ben)).toEqual([])
      for (const method of ['GET', 'DELETE']) expect((await ask(method, `${made.id}/`, ben)).status).toBe(404)
      expect((await ask('PUT', `${made.id}/`, ben, { name: 'x' })).status).toBe(404)
    } finally {
      await app.pool.query(`update account set projects = '{1}' where email = 'ben@example.com'`)
    }
  })

  test('a token reads them and changes none', async () => {
    const made = await save('Ours', {}, ben)
    expect((await app.ask('GET', path, { token: benToken })).body).toEqual([made])
    expect((await app.ask('PUT', `${path}${made.id}/`, { token: benToken, body: { name: 'x' } })).status).toBe(403)
    expect((await app.ask('DELETE', `${path}${made.id}/`, { token: benToken })).status).toBe(403)
  })
})

describe('limits', () => {
  test('a name is at most 64 characters, and has no double of any case in its project', async () => {
    const first = await save('Checkout')
    const second = await save('Payments')
    await save('Checkout', { projects: ['web'] })
    await save('Checkout', {}, ben)
    const taken = { status: 400, body: { name: ['You have a view of this name already. Choose another one.'] } }
    expect(await ask('POST', '', ada, { name: 'checkOUT', query: '', projects: ['shop'] })).toMatchObject(taken)
    expect(await ask('PUT', `${second.id}/`, ada, { name: 'checkout' })).toMatchObject(taken)
    expect((await ask('PUT', `${first.id}/`, ada, { name: 'CHECKOUT' })).status).toBe(200)
    await save('x'.repeat(64))
    for (const name of ['', '  ', 'x'.repeat(65)]) expect((await ask('POST', '', ada, { name, query: '', projects: ['shop'] })).status).toBe(400)
  })

  test('50 views of a project, however many are saved at once', async () => {
    const made = await Promise.all(Array.from({ length: 52 }, (_, index) => ask('POST', '', ada, { name: `View ${index}`, query: '', projects: ['shop'] })))
    const refused = made.filter(({ status }) => status !== 201)
    const full = { status: 400, body: { name: ['You have 50 views of this project, and more are not kept. Delete one first.'] } }
    expect(refused).toMatchObject([full, full])
    await save('Elsewhere', { projects: ['web'] })
    expect((await ask('DELETE', `${(made.find(({ status }) => status === 201)!.body as View).id}/`, ada)).status).toBe(204)
    await save('There is room again')
  }, 60_000)

  test('a search that cannot be read is not kept', async () => {
    const made = await save('Fine')
    for (const [method, rest, body] of [['POST', '', { name: 'Broken', query: 'level:>banana', projects: ['shop'] }], ['PUT', `${made.id}/`, { query: 'is:banana' }]] as const) {
      expect(await ask(method, rest, ada, body)).toMatchObject({ status: 400, body: { query: [expect.stringContaining('banana')] } })
    }
    expect(await names()).toEqual(['Fine'])
  })

  test.for([
    { timeFilters: { period: 'a week' } }, { timeFilters: { period: '14d', start: '2026-01-01T00:00:00Z' } }, { timeFilters: { start: '2026-01-02T00:00:00Z', end: '2026-01-01T00:00:00Z' } },
    { timeFilters: { end: 'tomorrow' } }, { timeFilters: { end: '9999-12-31T23:59:59-14:00' } }, { querySort: 'best' }, { environments: [''] }, { refold: { columns: ['price'] } }, { refold: { density: 'huge' } }, { projects: [] }, { projects: ['shop', 'web'] },
    { query: 'x'.repeat(1001) },
  ])('refuses %j', async (wrong) => {
    const { status, body } = await ask('POST', '', ada, { name: 'Wrong', query: '', projects: ['shop'], ...wrong })
    expect([status, Object.keys(body as object)]).toEqual([400, [expect.stringMatching(Object.keys(wrong)[0]!)]])
  })
})

test('deleted is deleted, also with the account and with the project', async () => {
  const made = await save('Gone')
  expect((await ask('DELETE', `${made.id}/`, ada)).status).toBe(204)
  expect((await ask('DELETE', `${made.id}/`, ada)).status).toBe(404)
  await save('Of the project', { projects: ['web'] })
  await app.pool.query('delete from project where id = 2')
  expect(await names()).toEqual([])
  const { rows } = await app.pool.query<{ id: number }>('select id::float8 as id from generation where project_id = 2')
  await deleteProjectRows(app.pool, rows[0]!.id, 100)
  expect((await app.pool.query('select id from saved_view')).rows).toEqual([])
})
