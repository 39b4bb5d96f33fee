import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, foldAll, givenEvents, newId } from '../given.ts'
import { startShop, type Shop } from './shop.ts'

let shop: Shop
const id = newId()
beforeAll(async () => {
  shop = await startShop()
  await givenEvents(shop.app.pool, 1, [failure('A', 'a', { event_id: id, release: 'shop@2', user: { id: '7' } }), failure('A', 'a', { release: 'shop@2' }), failure('A', 'a', { release: 'shop@1', user: { id: '8' } }), failure('A', 'a', { release: 'shop@2' })])
  await foldAll(shop.app.pool)
})
afterAll(() => shop.app.stop())

test('an event is found by its id in whatever project it is', async () => {
  for (const name of [id, `shop:${id}`, id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()]) {
    expect(await shop.ask('GET', `organizations/refold/events/${name}/`)).toMatchObject({ status: 200, body: { eventID: id, groupID: String(shop.a) } })
  }
  expect(await shop.ask('GET', `organizations/refold/eventids/${id}/`)).toMatchObject({ status: 200, body: { organizationSlug: 'refold', projectSlug: 'shop', groupId: String(shop.a), eventId: id } })
  for (const name of [newId(), `web:${id}`, 'nonsense']) expect((await shop.ask('GET', `organizations/refold/events/${name}/`)).status).toBe(404)
})

test('an issue is found by its short id', async () => {
  const { body } = await shop.ask('GET', `issues/${shop.a}/`)
  const { shortId } = body as { shortId: string }
  expect(await shop.ask('GET', `organizations/refold/shortids/${shortId}/`)).toMatchObject({ status: 200, body: { projectSlug: 'shop', groupId: String(shop.a), group: { shortId }, shortId } })
  for (const name of [shortId.replace('SHOP', 'WEB'), String(shop.a), 'SHOP-ZZZZ']) expect((await shop.ask('GET', `organizations/refold/shortids/${name}/`)).status).toBe(404)
})

test('an event is text for a ticket', async () => {
  const { status, headers, body } = await shop.ask('GET', `projects/refold/shop/events/${id}/markdown/`)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8'])
  expect(body).toContain('`A`')
  expect((await shop.ask('GET', `projects/refold/web/events/${id}/markdown/`)).status).toBe(404)
})

test('the event to look at first names its user and is of the newest release', async () => {
  expect(await shop.ask('GET', `issues/${shop.a}/events/recommended/`)).toMatchObject({ status: 200, body: { eventID: id } })
})

test('the environments of a project are those of its events', async () => {
  await givenEvents(shop.app.pool, 1, [failure('A', 'a', { environment: 'production' }), failure('B', 'b', { environment: 'staging' }), failure('B', 'b', { environment: 'production' })])
  await givenEvents(shop.app.pool, 2, [failure('A', 'a', { environment: 'elsewhere' })])
  await foldAll(shop.app.pool)
  const { body } = await shop.shop('GET', 'environments/')
  expect((body as { name: string }[]).map(({ name }) => name)).toEqual(['production', 'staging'])
})
