// Secrets leave the log by no way; files and outcomes over the API. Through the real server.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../core/contract/event.ts'
import { sendItems } from '../browser/send.ts'
import { eventually } from '../eventually.ts'
import { newId } from '../given.ts'
import { startTestServer, type TestServer } from '../server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server?.stop())

const card = '4111 1111 1111 1111'

async function sendSecrets(): Promise<Event> {
  const id = newId()
  const event = {
    platform: 'python', message: `card ${card} of a@b.co`, extra: { password: 'hunter-extra', fine: 'kept' }, request: { url: 'https://shop.example/', query_string: 'token=hunter-query&page=2', cookies: 'sessionid=hunter-cookie' },
    user: { id: '7', secret: 'hunter-user' }, exception: { values: [{ type: 'E', value: 'no', stacktrace: { frames: [{ function: 'f', vars: { api_key: 'hunter-vars', n: '1' } }] } }] },
  }
  await sendItems(server.project.dsn, id, [[{ type: 'event' }, JSON.stringify(event)], [{ type: 'attachment', filename: 'a b"ü.log', content_type: 'text/html' }, '<b>x</b>']])
  return eventually(10_000, 'the event', () => server.client.event(server.project.slug, id).then(({ data }) => data, () => undefined))
}

const get = (path: string): Promise<Response> => fetch(`${server.url}/api/0/${path}`, { headers: { authorization: `Bearer ${server.token}` } })

describe('what was secret', () => {
  test('is in no answer and in no table, and the event says what was removed', async () => {
    const event = await sendSecrets()
    const raw = await (await get(`projects/refold/shop/events/${event.eventID}/json/`)).text()
    const issue = await (await get(`issues/${event.groupID}/`)).text()
    for (const text of [JSON.stringify(event), raw, issue]) expect(text).not.toMatch(/hunter|4111 1111/)
    expect(raw).toContain('"fine":"kept"')
    expect(event.errors).toContainEqual({ type: 'scrubbed', message: 'Removed by data scrubbing: its name or text says that it is a password, key or token.', data: { name: 'extra.password' } })
    const tables = await server.pool.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_name !~ '^log'`)
    for (const { name } of tables.rows) {
      const { rows } = await server.pool.query(`select 1 from "${name}" t where t::text ~ 'hunter|4111 1111'`)
      expect([name, rows.length]).toEqual([name, 0])
    }
  })

  test('a field that is made sensitive later disappears from the page of an event that is stored', async () => {
    const { eventID } = await sendSecrets()
    const { position } = await server.client.updateProject('shop', { sensitiveFields: ['fine'] })
    const event = await (await get(`projects/refold/shop/events/${eventID}/?after=${position}`)).json() as Event
    expect(event.context).toMatchObject({ fine: '[Filtered]' })
    await server.client.updateProject('shop', { sensitiveFields: [] })
  })

  test('a pattern that does not compile is refused with its place', async () => {
    const { position } = await server.client.updateProject('shop', { name: 'Shop' })
    expect(position).toBeGreaterThan(0)
    await expect(server.client.updateProject('shop', { scrubPatterns: ['(a'] })).rejects.toMatchObject({ status: 400, fields: { scrubPatterns: [expect.stringMatching(/^\(a: .+/)] } })
    await expect(server.client.updateProject('shop', { filters: { errorMessages: ['*'] } })).rejects.toMatchObject({ status: 400, fields: { filters: [expect.stringMatching(/^\*: .+/)] } })
  })
})

describe('attachments', () => {
  test('are listed and given back byte for byte, as a download that no browser opens', async () => {
    const event = await sendSecrets()
    const [file] = (await server.client.attachments('shop', event.eventID)).data
    expect(file).toMatchObject({ event_id: event.eventID, name: 'a b"ü.log', mimetype: 'text/html', size: 8 })
    expect(event.refold.attachments).toEqual([file])
    const answer = await get(`projects/refold/shop/events/${event.eventID}/attachments/${file!.id}/?download=1`)
    expect(await answer.text()).toBe('<b>x</b>')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `attachment; filename="a b__.log"; filename*=UTF-8''a%20b%22%C3%BC.log`,
    })
  })

  test('of another event or another project are not found', async () => {
    const [one, other] = [await sendSecrets(), await sendSecrets()]
    await server.addProject('web')
    const { id } = one.refold.attachments[0]!
    for (const path of [`shop/events/${other.eventID}/attachments/${id}/`, `web/events/${one.eventID}/attachments/${id}/`, `shop/events/${one.eventID}/attachments/1-0/`]) {
      expect((await get(`projects/refold/${path}?download=1`)).status).toBe(404)
    }
  })
})

describe('stats_v2', () => {
  test('sums outcomes by what is asked, over whole hours', async () => {
    await sendSecrets()
    const { data } = await server.client.stats({ project: 'shop', groupBy: ['outcome', 'category'], statsPeriod: '2h', interval: '1h' })
    expect(data.intervals).toHaveLength(2)
    const group = data.groups.find(({ by }) => by.outcome === 'accepted' && by.category === 'attachment')!
    expect(group.totals['sum(quantity)']).toBe(group.series['sum(quantity)']!.reduce((sum, count) => sum + count, 0))
    expect(group.totals['sum(quantity)']).toBeGreaterThan(0)
  })

  test('says what it does not understand', async () => {
    for (const query of ['statsPeriod=1y', 'interval=5m', 'interval=constructor', 'groupBy=user', 'statsPeriod=91d']) expect((await get(`organizations/refold/stats_v2/?${query}`)).status).toBe(400)
    expect((await get('organizations/refold/stats_v2/?project=nope')).status).toBe(404)
  })
})
