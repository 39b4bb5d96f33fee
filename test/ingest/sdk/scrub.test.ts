// "Scrub at the door" and "never store IP addresses" (protocol 6): secrets and addresses planted wherever a client can put text, through the real
// server, and then looked for in every column of the raw log.
import { createHash } from 'node:crypto'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inflate } from '../../../core/envelope/inflate.ts'
import type { Encoding } from '../../../core/fact.ts'
import type { SettingsChange } from '../../../core/project/settings.ts'
import { eventually } from '../../eventually.ts'
import { newId } from '../../given.ts'
import { startTestServer, type TestProject, type TestServer } from '../../server.ts'

const secret = 'hunter2horse'
const address = '203.0.113.77'
const address6 = '2001:db8:85a3::8a2e:370:7334'

let server: TestServer
beforeAll(async () => void (server = await startTestServer({ env: { TRUSTED_PROXIES: '1' } })))
afterAll(() => server.stop())

/** In force when this resolves: an event that shows it has been stored, and does not count. */
async function projectWith(slug: string, settings: SettingsChange): Promise<TestProject> {
  const project = await server.addProject(slug)
  await server.client.updateProject(slug, settings)
  await eventually(10_000, 'the settings are in force', async () => {
    const eventId = newId()
    await send(project, 'envelope/', `{"event_id":"${eventId}","marker":"${eventId}"}\n{"type":"event"}\n{"message":"probe"}`)
    const found = (await readLog(project)).find((row) => row.includes(eventId))
    return (found !== undefined && !found.includes('marker')) || undefined
  })
  return project
}

/** Every column of every fact of the project, the payload inflated. */
async function readLog({ id }: TestProject): Promise<string[]> {
  const { rows } = await server.pool.query<{ encoding: Encoding; payload: Buffer; columns: string }>(
    `select encoding, payload, concat_ws(' ', position, project_id, type, stream, actor, command_id, remote_addr, sdk, event_id, meta) as columns from log where kind = 'e' and project_id = $1 order by position`,
    [id],
  )
  return rows.map(({ encoding, payload, columns }) => `${columns}\n${Buffer.from(inflate(payload, encoding, 100_000_000)).toString('latin1')}`)
}

type Extra = { headers?: Record<string, string>; query?: string; status?: number }

async function send({ dsn }: TestProject, path: string, body: BodyInit, { headers = {}, query = '', status = 200 }: Extra = {}): Promise<void> {
  const { origin, username, pathname } = new URL(dsn)
  const url = `${origin}/api${pathname}/${path}?sentry_key=${username}${query}`
  const response = await fetch(url, { method: 'POST', body, headers })
  if (response.status !== status) throw new Error(`${response.status} ${await response.text()}`)
}

const item = (type: string, payload: unknown, header: Record<string, unknown> = {}): string => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return `\n${JSON.stringify({ type, length: Buffer.byteLength(text), ...header })}\n${text}`
}

/** Everything a client may send, with `text` wherever it can stand in it; `agent` in user agents within items, whose versions look like addresses. */
async function plant(project: TestProject, text: string, agent = text): Promise<void> {
  const key = new URL(project.dsn).username
  const meta: Extra = {
    headers: {
      'user-agent': `Mozilla/5.0 (${text})`,
      referer: `http://shop.example/cart?${text}#${text}`,
      'x-forwarded-for': address,
      cookie: text,
      'sec-ch-ua': text,
      'sec-ch-ua-model': text,
    },
    query: `&sentry_client=${encodeURIComponent(`sdk ${text}`)}&sentry_release=${encodeURIComponent(text)}&sentry_environment=${encodeURIComponent(text)}&other=${encodeURIComponent(text)}`,
  }
  const event = {
    event_id: newId(),
    message: 'planted',
    extra: { password: text, note: text, deep: { list: [{ api_key: text }] } },
    user: { id: text, ip_address: address, password: text },
    request: { headers: { Authorization: text, 'X-Other': text }, data: { credentials: text }, cookies: { sessionid: text }, query_string: `password=${text}&a=${text}`, env: { REMOTE_ADDR: address } },
    contexts: { own: { secret: text } },
    breadcrumbs: [{ message: text, data: { token: text } }],
    server_name: text,
    exception: { values: [{ type: 'Error', value: 'planted', stacktrace: { frames: [{ function: 'f', vars: { passwd: text } }] } }] },
  }
  const header = JSON.stringify({
    event_id: newId(),
    dsn: `http://${key}:${createHash('md5').update('x').digest('hex')}${text.replace(/\W/g, '')}@h/${project.id}`,
    sdk: { name: `sdk ${text}`, version: text, packages: [{ name: text }] },
    trace: { trace_id: newId(), user_id: text, transaction: text },
    other: text,
  })
  const items = [
    item('event', event, { other: text, content_type: 'application/json' }),
    item('event', { ...event, event_id: newId(), message: 'second' }),
    item('attachment', `file ${text}`, { filename: `${text}.txt`, content_type: text }),
    item('session', { sid: newId(), attrs: { ip_address: address, user_agent: agent } }),
    item('log', { items: [{ body: text, attributes: { password: { value: text, type: 'string' } } }] }, { item_count: 1 }),
    item('user_report', { event_id: newId(), name: text, email: 'a@b.co', comments: text }),
    item('feedback', { ...event, contexts: { feedback: { message: 'card 4111 1111 1111 1111' }, own: { secret: text } } }),
    item('transaction', { ...event, transaction: '/', spans: [{ data: { secret: text } }] }),
    item('check_in', { check_in_id: newId(), monitor_slug: text }),
    item('client_report', { discarded_events: [{ reason: text, category: 'error', quantity: 1 }] }),
    item('replay_recording', deflateSync(text).toString('latin1')),
    item('replay_event', { ...event, urls: [text] }),
    item('profile', { text }),
    item('something_new', text),
    item(text, text),
  ]
  for (const encode of [(body: string) => body, (body: string) => new Uint8Array(gzipSync(body))]) await send(project, 'envelope/', encode(header + items.join('')), meta)
  await send(project, 'envelope/', header + item('attachment', text, { filename: text }), meta)
  await send(project, 'store/', JSON.stringify(event), meta)
  await send(project, 'store/', new Uint8Array(gzipSync(JSON.stringify(event))), meta)
  await send(project, 'security/', JSON.stringify({ 'csp-report': { 'effective-directive': 'script-src', 'document-uri': `http://shop.example/?${text}`, 'blocked-uri': 'inline', 'script-sample': text } }), { ...meta, headers: { ...meta.headers, 'content-type': 'application/csp-report' } })
  const form = new FormData()
  form.append('upload_file_minidump', new Blob([`MDMP${text}`]), `${text}.dmp`)
  form.append('sentry', JSON.stringify(event))
  form.append('comment', text)
  await send(project, 'minidump/', form, meta)
}

const hasRead = (project: TestProject, what: string) => async (): Promise<boolean> => (await readLog(project)).some((row) => row.includes(what))

describe('scrub at the door', () => {
  let project: TestProject
  beforeAll(async () => {
    project = await projectWith('sealed', { scrubAtDoor: true, sensitiveFields: ['customer_code'], scrubPatterns: ['TICKET-\\d+'] })
    await plant(project, `password=${secret}`)
  })

  test('no planted secret is anywhere in the log', async () => {
    const rows = await readLog(project)
    expect(rows.length).toBeGreaterThan(6)
    expect(rows.filter((row) => row.includes(secret) || row.includes('4111 1111'))).toEqual([])
  })

  test('what is no secret is there, as sent', async () => {
    for (const text of ['planted', 'second', 'script-src', '[Filtered]']) await expect.poll(hasRead(project, text)).toBe(true)
  })

  test('what cannot be scrubbed is left out, and the log says so', async () => {
    const [first] = (await readLog(project)).filter((row) => row.includes('"refused"'))
    const { refused } = JSON.parse(/\{.*\}$/m.exec(first!)![0]) as { refused: unknown }
    expect(refused).toEqual(
      expect.arrayContaining([
        { category: 'attachment', outcome: 'filtered', reason: 'scrub_at_door', quantity: 1 },
        { category: 'replay', outcome: 'filtered', reason: 'scrub_at_door', quantity: 2 },
        { category: 'profile', outcome: 'filtered', reason: 'scrub_at_door', quantity: 1 },
        { category: 'unknown', outcome: 'filtered', reason: 'scrub_at_door', quantity: 2 },
      ]),
    )
  })

  test('an event that is no JSON is not stored, and its neighbour is', async () => {
    const eventId = newId()
    await send(project, 'envelope/', `{"event_id":"${eventId}"}${item('event', `{"password":"${secret}"`)}${item('session', { sid: 'neighbour' })}`)
    const row = (await readLog(project)).find((each) => each.includes('neighbour'))!
    expect(row).toContain('"refused":[{"category":"error","outcome":"invalid","reason":"invalid_json","quantity":1}]')
    expect(row).not.toContain(secret)
  })

  test("the project's own fields and patterns go too", async () => {
    await send(project, 'store/', JSON.stringify({ message: 'own rules', extra: { customer_code: secret, note: 'see TICKET-4711' } }))
    const row = (await readLog(project)).find((each) => each.includes('own rules'))!
    expect(row).not.toContain(secret)
    expect(row).not.toContain('TICKET-4711')
  })

  test('a request of which nothing can be stored is a success, and an outcome tells', async () => {
    const before = await readLog(project)
    await send(project, 'envelope/', `{}${item('attachment', secret)}`)
    expect(await readLog(project)).toEqual(before)
    await expect
      .poll(async () => (await server.client.outcomes(project.slug)).data.find(({ category, reason }) => category === 'attachment' && reason === 'scrub_at_door'), { timeout: 10_000 })
      .toMatchObject({ outcome: 'filtered' })
  })

  test('events are shown as anywhere else', async () => {
    await expect.poll(async () => (await server.client.issues(project.slug)).data.map(({ title }) => title), { timeout: 20_000 }).toEqual(expect.arrayContaining(['Error: planted']))
  })
})

describe('never store IP addresses', () => {
  let project: TestProject
  beforeAll(async () => {
    project = await projectWith('nowhere', { scrubIPAddresses: true })
    await plant(project, `seen ${address} and ${address6}`, 'Mozilla/5.0 Chrome/120.0.0.0')
  })

  test('no planted address is anywhere in the log but inside files and recordings', async () => {
    const rows = await readLog(project)
    expect(rows.length).toBeGreaterThan(6)
    const text = rows.join('\n').replaceAll(`file seen ${address} and ${address6}`, '')
    const left = text.split('\n').flatMap((line, index, lines) => (line.includes(address) || line.includes(address6) ? [`${lines[index - 1]!.slice(0, 200)} | ${line.slice(0, 300)}`] : []))
    // Of these nobody can say what they show, and they are kept as they came: files, profiles and types that nobody knows.
    expect(left.filter((line) => !/"type":"(?:attachment|profile|something_new|seen .*)"/.test(line))).toEqual([])
  })

  test('versions that look like addresses are', async () => {
    await send(project, 'store/', '{"message":"versions"}', { headers: { 'user-agent': 'Mozilla/5.0 Chrome/120.0.0.0', 'sec-ch-ua-full-version-list': '"Chromium";v="120.0.6099.109"' }, query: '&sentry_release=app@1.2.3.4' })
    const row = (await readLog(project)).find((each) => each.includes('versions'))!
    for (const version of ['Chrome/120.0.0.0', '120.0.6099.109', 'app@1.2.3.4']) expect(row).toContain(version)
  })

  test('the address of the client is not there', async () => {
    const { rows } = await server.pool.query<{ remote_addr: string | null }>('select distinct host(remote_addr) as remote_addr from log where project_id = $1', [project.id])
    expect(rows).toContainEqual({ remote_addr: null })
    expect((await readLog(project)).filter((row) => row.split('\n')[0]!.includes(address))).toEqual([])
  })

  test('other rules do not apply: the log holds what was sent', async () => {
    await send(project, 'store/', JSON.stringify({ message: 'other rules', extra: { password: secret } }))
    expect((await readLog(project)).find((row) => row.includes('other rules'))).toContain(secret)
  })
})

test('without either, the bytes that came are the record', async () => {
  const project = await server.addProject('open')
  const body = gzipSync(`{"event_id":"${newId()}","other":"${secret}"}\n{"type":"event","other":1}\n{ "message" : "as sent" }`)
  await send(project, 'envelope/', new Uint8Array(body), { headers: { 'content-encoding': 'gzip', 'x-forwarded-for': address } })
  const { rows } = await server.pool.query<{ payload: Buffer; address: string }>('select payload, host(remote_addr) as address from log where project_id = $1 and kind = $2', [project.id, 'e'])
  expect(Buffer.compare(rows[0]!.payload, body)).toBe(0)
  expect(rows[0]!.address).toBe(address)
})
