// The report dialog over HTTP (protocol 5.5). How it looks and behaves in a page is tested in test/sdk/dialog.test.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ID1, KEY, disabledKey, otherKey, startSdkServer } from '../start-sdk-server.ts'
import type { Answer, SdkServer, Sent } from '../start-sdk-server.ts'
import { readItems, writeForm } from './stored.ts'

let server: SdkServer
beforeAll(async () => void (server = await startSdkServer()))
afterAll(() => server.close())
beforeEach(() => void (server.stored.length = 0))

const dsn = `https://${KEY}@errors.example/prefix/42`
const send = (query: Record<string, string>, sent: Sent = {}): Promise<Answer> => server.send({ headers: {}, path: `/api/embed/error-page/?${new URLSearchParams({ dsn, eventId: ID1, ...query }).toString()}`, ...sent })
const report = (fields: Record<string, string>): Promise<Answer> => send({}, { body: new URLSearchParams(fields).toString() })

describe('the script', () => {
  test('is JavaScript', async () => {
    const answer = await send({}, { method: 'GET' })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } })
    expect(() => new Function(answer.text)).not.toThrow()
  })

  test('has nothing of its address in it, whatever that says', async () => {
    const plain = await send({}, { method: 'GET' })
    const evil = `</script><script>alert(1)</script>'"\u2028`
    const answer = await send({ title: evil, name: evil, lang: evil, [evil]: evil }, { method: 'GET' })
    expect(answer.text).toBe(plain.text)
  })
})

const missing = 'Missing or invalid parameter.'
describe.each(['GET', 'POST'])('%s is refused', (method) => {
  test.each<[string, Record<string, string>, number, unknown]>([
    ['without a DSN', { dsn: '' }, 404, { dsn: missing }],
    ['with a DSN that is none', { dsn: 'javascript:alert(1)' }, 404, { dsn: missing }],
    ['with a key that does not exist', { dsn: dsn.replace(KEY, 'a'.repeat(32)) }, 404, { dsn: missing }],
    ["with another project's key", { dsn: dsn.replace(KEY, otherKey) }, 404, { dsn: missing }],
    ['with a key that is switched off', { dsn: dsn.replace(KEY, disabledKey) }, 404, { dsn: missing }],
    ['with a key that is no key', { dsn: dsn.replace(KEY, 'abc') }, 404, { dsn: missing }],
    ['without an event id', { eventId: '' }, 400, { eventId: missing }],
    ['with an event id that is none', { eventId: 'zzz' }, 400, { eventId: missing }],
    ['with the nil event id', { eventId: '0'.repeat(32) }, 400, { eventId: missing }],
  ])('%s', async (_name, query, status, json) => {
    const answer = await send(query, { method, body: 'comments=hi' })
    expect(answer).toMatchObject({ status, headers: { 'access-control-allow-origin': '*' } })
    expect(answer.json).toEqual(json)
    expect(server.stored).toEqual([])
  })
})

describe('a report', () => {
  test('is a user_report item under the id of its event', async () => {
    await expect(report({ name: ' Ada ', email: 'ada@example.com', comments: 'It broke.\nTwice.' })).resolves.toMatchObject({ status: 200, text: '{}' })
    expect(server.stored).toMatchObject([{ type: 'envelope.received', projectId: 42, actor: 'key:3', eventId: ID1 }])
    expect(readItems(server.stored[0]!)).toMatchObject([{ type: 'user_report', json: { event_id: ID1, name: 'Ada', email: 'ada@example.com', comments: 'It broke.\nTwice.' } }])
  })

  test('may come as multipart', async () => {
    const { headers, body } = writeForm([['comments', 'hi']])
    await expect(send({}, { headers, body })).resolves.toMatchObject({ status: 200 })
    expect(readItems(server.stored[0]!)).toMatchObject([{ json: { comments: 'hi', name: '', email: '' } }])
  })

  test.each<[string, Record<string, string>, string[]]>([
    ['no comments', { name: 'Ada' }, ['comments']],
    ['blank comments', { comments: ' \n ' }, ['comments']],
    ['comments of more than 100,000 characters', { comments: 'x'.repeat(100_001) }, ['comments']],
    ['an email that is none', { comments: 'hi', email: 'ada' }, ['email']],
    ['a name and an email that are too long', { comments: 'hi', name: 'x'.repeat(129), email: `${'x'.repeat(80)}@example.com` }, ['email', 'name']],
  ])('with %s is refused by field', async (_name, fields, faulty) => {
    const answer = await report(fields)
    expect(answer.status).toBe(400)
    expect(Object.keys((answer.json as { errors: Record<string, string[]> }).errors).sort()).toEqual(faulty)
    expect(server.stored).toEqual([])
  })

  test('that is no text at all is refused, not stored', async () => {
    await expect(send({}, { body: Buffer.alloc(1000, 0xff) })).resolves.toMatchObject({ status: 400 })
  })
})
