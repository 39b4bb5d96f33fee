// The small ways in: late attachments, check-ins, the pixel, and the legacy address without a project.
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { A, ID1, KEY, otherKey, startSdkServer } from '../start-sdk-server.ts'
import type { SdkServer } from '../start-sdk-server.ts'
import { readBody, readItems, writeForm } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

describe('late attachments', () => {
  const path = `/api/42/events/${ID1}/attachments/`
  const form = writeForm([['note', 'x']], [{ field: 'any', name: 'log.txt', type: 'text/plain', bytes: 'one' }, { field: 'thing', name: 'C:\\a\\screenshot.png', bytes: 'two' }])

  test('85 are an envelope under the id of their event', async () => {
    await expect(server.send({ path, headers: { ...A, ...form.headers }, body: form.body })).resolves.toMatchObject({ status: 201, text: '' })
    expect(server.stored).toMatchObject([{ type: 'envelope.received', eventId: ID1 }])
    expect(readItems(server.stored[0]!).map(({ type, header, payload }) => [type, header.filename, header.attachment_type, payload.toString()])).toEqual([
      ['attachment', 'log.txt', 'event.attachment', 'one'],
      ['attachment', 'screenshot.png', 'event.attachment', 'two'],
    ])
  })

  test('an id with hyphens is the same id', async () => {
    const hyphens = ID1.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    await server.send({ path: path.replace(ID1, hyphens), headers: { ...A, ...form.headers }, body: form.body })
    expect(server.stored).toMatchObject([{ eventId: ID1 }])
  })

  test('a form without files leaves nothing', async () => {
    const empty = writeForm([['note', 'x']])
    await expect(server.send({ path, headers: { ...A, ...empty.headers }, body: empty.body })).resolves.toMatchObject({ status: 201 })
    expect(server.stored).toEqual([])
  })

  test.each(['zzz', '0'.repeat(32), '%2e%2e'])('400 for the id %s', async (id) => {
    await expect(server.send({ path: path.replace(ID1, id), headers: { ...A, ...form.headers }, body: form.body })).resolves.toMatchObject({ status: 400, json: { detail: 'invalid event id' } })
  })

  test('400 for what is no form', async () => {
    await expect(server.send({ path, body: 'x' })).resolves.toMatchObject({ status: 400, json: { detail: 'invalid multipart data' } })
  })
})

describe('check-ins', () => {
  const checkIn = (): unknown => readItems(server.stored[0]!)[0]!.json

  test('132 by fetching an address', async () => {
    await expect(server.send({ method: 'GET', path: `/api/42/cron/job/${KEY}/?status=error&duration=12.5&environment=live&check_in_id=${ID1}`, headers: {} })).resolves.toMatchObject({ status: 202, text: '' })
    expect(server.stored).toMatchObject([{ type: 'envelope.received', projectId: 42, eventId: null }])
    expect(checkIn()).toEqual({ status: 'error', duration: 12.5, environment: 'live', check_in_id: ID1, monitor_slug: 'job' })
  })

  test('by JSON, under what the address says', async () => {
    const body = JSON.stringify({ status: 'ok', monitor_slug: 'other', detail: 'not an error', monitor_config: { schedule: { type: 'crontab', value: '0 * * * *' } } })
    await expect(server.send({ path: '/api/42/cron/job/?status=in_progress', body })).resolves.toMatchObject({ status: 202 })
    expect(checkIn()).toEqual({ status: 'in_progress', monitor_slug: 'job', detail: 'not an error', monitor_config: { schedule: { type: 'crontab', value: '0 * * * *' } } })
  })

  test.each([
    ['132 no status', '/api/42/cron/job/', ''],
    ['an empty status', '/api/42/cron/job/?status=', ''],
    ['a status that is no text', '/api/42/cron/job/', '{"status":1}'],
    ['bad JSON', '/api/42/cron/job/?status=ok', '{'],
    ['JSON that is no object', '/api/42/cron/job/?status=ok', '[]'],
  ])('400 for %s', async (_name, path, body) => {
    await expect(server.send({ path, body })).resolves.toMatchObject({ status: 400 })
    expect(server.stored).toEqual([])
  })

  test('a duration that is no number is left out', async () => {
    await server.send({ method: 'GET', path: '/api/42/cron/job/?status=ok&duration=1e999' })
    expect(checkIn()).toEqual({ status: 'ok', monitor_slug: 'job' })
  })
})

describe('the pixel', () => {
  const event = `{"event_id":"${ID1}","message":"hi + hello"}`
  const fetchPixel = (data: string, key = KEY) => server.send({ method: 'GET', path: `/api/42/store/?sentry_key=${key}&sentry_data=${data}`, headers: {} })
  const base64 = Buffer.from('{"a":">>>???~~~"}').toString('base64')

  test.each([
    ['JSON', encodeURIComponent(event), event],
    ['base64', encodeURIComponent(Buffer.from(event).toString('base64')), event],
    ['base64 of zlib', encodeURIComponent(deflateSync(event).toString('base64')), event],
    ['base64 whose plus signs nobody escaped', base64, '{"a":">>>???~~~"}'],
  ])('an event as %s', async (_name, data, json) => {
    const answer = await fetchPixel(data)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' } })
    expect(answer.text).toMatch(/^GIF89a/)
    expect(server.stored).toMatchObject([{ type: 'store.received' }])
    expect(readBody(server.stored[0]!).toString()).toBe(json)
  })

  test.each([['no data', '', KEY, 400], ['data that is nothing', '!', KEY, 400], ['an unknown key', '%7B%7D', 'a'.repeat(32), 403]])('is an image for %s too', async (_name, data, key, status) => {
    const answer = await fetchPixel(data, key)
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'image/gif', 'x-sentry-error': expect.any(String), 'access-control-allow-origin': '*' } })
    expect(answer.text).toMatch(/^GIF89a/)
    expect(server.stored).toEqual([])
  })
})

test('without a project in its address a store request belongs to the project of its key', async () => {
  await expect(server.send({ path: '/api/store/', body: `{"event_id":"${ID1}"}` })).resolves.toMatchObject({ status: 200, text: `{"id":"${ID1}"}` })
  await server.send({ path: `/api/store/?sentry_key=${otherKey}`, headers: {}, body: '{}' })
  expect(server.stored.map(({ projectId }) => projectId)).toEqual([42, 43])
})
