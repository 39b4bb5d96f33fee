// What a person sees of the shops in test/sdk/programs, read by the web API: every language sells the same and fails the same way.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event, ExceptionValue, Frame } from '../../core/contract/event.ts'
import type { Attachment } from '../../core/contract/intake.ts'
import type { Issue } from '../../core/contract/issue.ts'
import { eventually } from '../eventually.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { organization } from '../server-process.ts'
import type { Ended } from './programs.ts'

export type Shop = {
  /** Runs one scenario of the program to its end. */
  run(scenario: string, dsn: string): Promise<Ended>
  sdk: string
  /** The issue of an error that nobody caught; its frame is where it happened. */
  uncaught: { issue: Partial<Issue> & { title: string }; frame: Partial<Frame>; code: number }
  /** Type and value of a caught error and its cause: the cause first. */
  chain: { title: string; exceptions: [string | null, string][] }
  message: Partial<Issue>
}

/** The tests of one shop, against a server of its own. Returns where that server will be. */
export function testShop(shop: Shop): () => TestServer {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server?.stop())

  test('an error that nobody caught is an unhandled issue with its place', async () => {
    const ended = await shop.run('uncaught', server.project.dsn)
    expect(ended.code, ended.output).toBe(shop.uncaught.code)
    const issue = await findIssue(server, shop.uncaught.issue.title)
    expect(issue).toMatchObject({ status: 'unresolved', isUnhandled: true, ...shop.uncaught.issue })
    const event = await readLatest(server, issue)
    expect(findPlace(event)).toMatchObject(shop.uncaught.frame)
    expectSurroundings(event, shop.sdk)
  })

  test('a chained error is titled by the outer one and shows its cause first', async () => {
    await shop.run('cause', server.project.dsn)
    const issue = await findIssue(server, shop.chain.title)
    expect(issue).toMatchObject({ level: 'error', isUnhandled: false })
    const event = await readLatest(server, issue)
    expect(listExceptions(event).map(({ type, value }) => [type, value])).toEqual(shop.chain.exceptions)
    expectSurroundings(event, shop.sdk)
  })

  test('a message has its level, its user and its attachment', async () => {
    await shop.run('message', server.project.dsn)
    const issue = await findIssue(server, 'stock is low')
    expect(issue).toMatchObject({ level: 'warning', isUnhandled: false, userCount: 1, ...shop.message })
    const event = await readLatest(server, issue)
    expectSurroundings(event, shop.sdk)
    const { data: attachments } = await server.client.attachments(server.project.slug, event.eventID)
    expect(attachments).toEqual([expect.objectContaining({ name: 'receipt.txt', mimetype: 'text/plain', size: 16, type: 'event.attachment' })])
    await expectDownload(server, event, attachments[0]!)
  })

  return () => server
}

/** `title` may be the value alone: an SDK that gives a message a stack trace has it titled by its function. */
export const findIssue = (server: TestServer, title: string, count = 1): Promise<Issue> =>
  eventually(10_000, `"${title}" with ${count} events`, async () => {
    const { data } = await server.client.issues(server.project.slug)
    return data.find((issue) => (issue.title === title || issue.metadata.value === title) && issue.count === String(count))
  })

export const readLatest = async (server: TestServer, issue: Issue): Promise<Event> => (await server.client.issueEvent(issue.id, 'latest')).data

/** The bytes of the event's envelope in the log. */
export async function readPayload({ pool }: TestServer, { refold }: Event): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ payload: Buffer }>('select payload from log where position = $1', [refold.position])
  return rows[0]?.payload
}

/** Byte for byte, and as a file that no browser opens. */
async function expectDownload({ url, token, project }: TestServer, { eventID }: Event, { id }: Attachment): Promise<void> {
  const download = `/api/0/projects/${organization}/${project.slug}/events/${eventID}/attachments/${id}/?download=1`
  const answer = await fetch(url + download, { headers: { authorization: `Bearer ${token}` } })
  expect(await answer.text()).toBe('two tins of tea\n')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-disposition': `attachment; filename="receipt.txt"; filename*=UTF-8''receipt.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
}

/** Oldest cause first. */
export const listExceptions = (event: Event): ExceptionValue[] => event.entries.flatMap((entry) => (entry.type === 'exception' ? entry.data.values : []))

/** Where it happened: the last frame of our own code in the outermost exception. */
const findPlace = (event: Event): Frame | undefined => listExceptions(event).at(-1)?.stacktrace?.frames.findLast(({ inApp }) => inApp)

/** What the SDK was told once is on whatever it sent afterwards. */
export function expectSurroundings(event: Event, sdk: string): void {
  for (const tag of [{ key: 'shop', value: 'north' }, { key: 'release', value: 'shop@1.2.3' }, { key: 'environment', value: 'testing' }]) expect(event.tags).toContainEqual(tag)
  expect(event.release?.version).toBe('shop@1.2.3')
  expect(event.environment).toBe('testing')
  expect(event.user).toMatchObject({ id: '42', email: 'ada@example.com' })
  expect(event.contexts.order).toMatchObject({ number: 7, gift: true })
  const crumbs = event.entries.flatMap((entry) => (entry.type === 'breadcrumbs' ? entry.data.values : []))
  expect(crumbs).toContainEqual(expect.objectContaining({ category: 'cart', message: 'two items', level: 'info' }))
  expect(event.sdk?.name).toBe(sdk)
  expect(event.errors).toEqual([])
}

/** The number of the first line of a program that has `text`. */
export function lineOf(program: string, text: string): number {
  const lines = readFileSync(path.join(import.meta.dirname, 'programs', program), 'utf8').split('\n')
  return lines.findIndex((line) => line.includes(text)) + 1
}
