// Rules about private data are tried on an event before they are saved; a test event is made on demand.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../core/contract/event.ts'
import type { Scrubbed } from '../../core/contract/scrubbing.ts'
import { foldAll, givenEvents } from '../given.ts'
import { startShop, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.app.stop())

const path = 'projects/refold/shop/scrubbing/test/'
const attempt = async (body: object): Promise<Scrubbed> => {
  const reply = await shop.ask('POST', path, body)
  expect([reply.status, reply.status === 200 ? '' : reply.body]).toEqual([200, ''])
  return reply.body as Scrubbed
}
const places = ({ removed }: Scrubbed): string[] => removed.map(({ keys, rule, onlySaved }) => `${keys.join('/')} ${rule}${onlySaved ? ' (saved)' : ''}`)

test('a pasted event comes back as the rules would leave it, each place with its rule', async () => {
  const event = { extra: { 'a.b': { password: 'hunter2' }, order: 'order-1234' }, user: { ip_address: '203.0.113.9', email: 'ada@example.com' } }
  const saved = await attempt({ event })
  expect(places(saved)).toEqual(['extra/a.b/password password'])
  expect(saved).toMatchObject({ eventID: null, event: { extra: { 'a.b': { password: '[Filtered]' } } }, removed: [{ reason: expect.stringContaining('password') }] })
  const tried = await attempt({ event, settings: { scrubIPAddresses: true, scrubPatterns: ['order-\\d+'], dataScrubberDefaults: false } })
  expect(places(tried).toSorted()).toEqual(['extra/order pattern', 'user/ip_address ip'])
  expect(tried.event).toEqual({ extra: { 'a.b': { password: 'hunter2' }, order: '[Filtered]' }, user: { email: 'ada@example.com' } })
})

test('of a stored event nothing is shown that the saved rules hide, whatever is tried', async () => {
  await givenEvents(shop.app.pool, 1, [{ message: 'newest', extra: { password: 'hunter2', note: 'order-77' } }])
  await foldAll(shop.app.pool)
  const result = await attempt({ settings: { dataScrubber: false } })
  expect(result.eventID).toMatch(/^[0-9a-f]{32}$/)
  expect(places(result)).toEqual(['extra/password password (saved)'])
  expect(JSON.stringify(result)).not.toContain('hunter2')
  expect(places(await attempt({ settings: { scrubPatterns: ['order-\\d+'] } }))).toEqual(['extra/password password', 'extra/note pattern'])
})

test('nor is it learnt by trying what matches it, or what is inside of it', async () => {
  await givenEvents(shop.app.pool, 1, [{ message: 'newest of all', extra: { password: 'hunter2', credentials: { user: 'ada', token: 't0p' }, order: { number: 'order-77', password: 'x-1' } } }])
  await foldAll(shop.app.pool)
  const closed = { dataScrubberDefaults: false }
  const hidden = ['extra/password password (saved)', 'extra/credentials password (saved)', 'extra/order/password password (saved)']
  for (const pattern of ['^hunter', '^ada$', 't0p', 'no match']) expect(places(await attempt({ settings: { ...closed, scrubPatterns: [pattern] } }))).toEqual(hidden)
  expect(places(await attempt({ settings: { ...closed, sensitiveFields: ['user'] } }))).toEqual(hidden)
  // Hidden as a whole is hidden too.
  expect(places(await attempt({ settings: { ...closed, sensitiveFields: ['order', 'credentials'] } }))).toEqual([hidden[0], 'extra/credentials password', 'extra/order/password password', 'extra/order field'])
})

test('a pattern that does not compile is named, what is no event is refused, and who may not change the rules may not try them', async () => {
  expect(await shop.ask('POST', path, { event: {}, settings: { scrubPatterns: ['(a'] } })).toMatchObject({ status: 400, body: { scrubPatterns: [expect.stringMatching(/^\(a: /)] } })
  expect(await shop.ask('POST', path, { event: [] })).toMatchObject({ status: 400, body: { event: ['Paste one event: a JSON object.'] } })
  expect(await shop.ask('POST', 'projects/refold/nothing/scrubbing/test/', { event: {} })).toMatchObject({ status: 404 })
})

test('a test event is an issue tagged test:true, again and again the same one', async () => {
  const before = (await shop.ask('GET', 'projects/refold/shop/issues/?query=test:true')).body as unknown[]
  expect(before).toEqual([])
  const ids: string[] = []
  for (let count = 0; count < 2; count++) {
    const { status, body } = await shop.ask('POST', 'projects/refold/shop/create-sample/', {})
    expect(status).toBe(201)
    ids.push((body as { eventID: string }).eventID)
  }
  await foldAll(shop.app.pool)
  const events = await Promise.all(ids.map(async (id) => (await shop.ask('GET', `projects/refold/shop/events/${id}/`)).body as Event))
  expect(events[0]!.groupID).toBe(events[1]!.groupID)
  // Or it would be the latest one, and what is resolved in it would stay resolved whatever the app sends.
  expect((await shop.ask('GET', 'projects/refold/shop/releases/')).body).toEqual([])
  expect(events[0]!.tags).toContainEqual(expect.objectContaining({ key: 'test', value: 'true' }))
  expect((await shop.ask('GET', 'projects/refold/shop/issues/?query=test:true')).body).toMatchObject([{ id: events[0]!.groupID, metadata: { type: 'TestError' }, count: '2' }])
})
