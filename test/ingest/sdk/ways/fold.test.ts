// What a person sees of the ways in that are no envelopes: through the real server, the log and the fold.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../../../core/contract/event.ts'
import type { Issue } from '../../../../core/contract/issue.ts'
import { parseDsn } from '../../../../core/envelope/dsn.ts'
import { writeDump, windowsCrash } from '../../../core/minidump/write-dump.ts'
import { eventually } from '../../../eventually.ts'
import { startTestServer, type TestServer } from '../../../server.ts'
import { ID1 } from '../start-sdk-server.ts'
import { writeForm } from './stored.ts'

let server: TestServer
let key: string
beforeAll(async () => {
  server = await startTestServer()
  key = parseDsn(server.project.dsn)!.publicKey
})
afterAll(() => server?.stop())

const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/api/${server.project.id}/${path}${path.includes('?') ? '&' : '?'}sentry_key=${key}`, { method: 'POST', body: body as string, headers })

const findIssue = (title: string): Promise<Issue> =>
  eventually(15_000, title, async () => (await server.client.issues(server.project.slug)).data.find((issue) => issue.title === title))
const latest = async (issue: Issue): Promise<Event> => (await server.client.issueEvent(issue.id, 'latest')).data

test('86 87 the violations of one request are issues, each named by what was blocked; other reports are none', async () => {
  const violation = (blockedURL: string) => ({ type: 'csp-violation', url: 'https://shop.example/', body: { blockedURL, effectiveDirective: 'script-src-elem', documentURL: 'https://shop.example/' } })
  const reports = [violation('https://evil.example/x.js'), { type: 'deprecation', body: {} }, violation('https://worse.example/y.js')]
  const answer = await post('security/?sentry_release=shop%401', JSON.stringify(reports), { 'content-type': 'application/reports+json' })
  expect(answer.status).toBe(200)
  const issue = await findIssue("Blocked 'script' from 'evil.example'")
  await findIssue("Blocked 'script' from 'worse.example'")
  expect((await latest(issue)).release?.version).toBe('shop@1')
})

test('a crash is named by the exception and the module of its dump, which can be downloaded', async () => {
  const dump = writeDump({ ...windowsCrash, annotations: { ver: '1.2.3' } })
  const { headers, body } = writeForm([['sentry', '{"release":"game@1"}']], [{ field: 'upload_file_minidump', name: 'crash.dmp', bytes: dump }])
  const answer = await post('minidump/', body, headers)
  expect(answer.status).toBe(200)
  const id = (await answer.text()).replaceAll('-', '')
  const issue = await findIssue('EXCEPTION_ACCESS_VIOLATION_READ: shop.exe + 0x1234')
  expect(issue).toMatchObject({ level: 'fatal', isUnhandled: true })
  const event = await latest(issue)
  expect(event).toMatchObject({ eventID: id, release: { version: 'game@1' }, contexts: { os: { name: 'Windows', version: '10.0.22631' }, device: { arch: 'x86_64' } } })
  const { data } = await server.client.attachments(server.project.slug, id)
  expect(data).toMatchObject([{ name: 'crash.dmp', size: dump.length }])
})

test('a packed dump that cannot be read is a crash all the same', async () => {
  const { headers, body } = writeForm([], [{ field: 'upload_file_minidump', name: 'crash.dmp.xz', bytes: Buffer.from('fd377a585a000004', 'hex') }])
  await post('minidump/', body, headers)
  await findIssue('Minidump: A crash without a known reason')
})

test('an Unreal crash is an issue', async () => {
  await fetch(`${server.url}/api/${server.project.id}/unreal/${key}/`, { method: 'POST', body: 'container' })
  expect(await findIssue('Unreal Engine crash')).toMatchObject({ level: 'fatal' })
})

test('82 85 a file that comes after its event is listed with it, under a harmless name', async () => {
  const event = await post('store/', JSON.stringify({ event_id: ID1, message: 'with a late file' }))
  expect(event.status).toBe(200)
  await findIssue('with a late file')
  const { headers, body } = writeForm([], [{ field: 'f', name: '../../etc/passwd', type: 'text/html', bytes: '<script>' }])
  await expect(post(`events/${ID1}/attachments/`, body, headers)).resolves.toMatchObject({ status: 201 })
  await eventually(15_000, 'the file', async () => (await server.client.attachments(server.project.slug, ID1)).data.find(({ name }) => name === 'passwd'))
})

test('a pixel is an event', async () => {
  const answer = await fetch(`${server.url}/api/${server.project.id}/store/?sentry_key=${key}&sentry_data=${encodeURIComponent('{"message":"from a pixel"}')}`)
  expect(answer.headers.get('content-type')).toBe('image/gif')
  await findIssue('from a pixel')
})

test('a check-in is counted as kept', async () => {
  await post('cron/nightly/?status=ok', '')
  await eventually(15_000, 'the outcome', async () => {
    const { rows } = await server.pool.query<{ outcome: string }>("select distinct outcome from outcome_hour where project_id = $1 and category = 'monitor'", [server.project.id])
    return rows[0]?.outcome === 'unsupported' ? true : undefined
  })
})
