// What people do with issues, projects, keys and members from a terminal: real processes against one server, by token.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Issue } from '../../core/contract/issue.ts'
import { eventually } from '../eventually.ts'
import { failure } from '../given.ts'
import { sendItems } from '../ingest/send.ts'
import { startTestServer, type TestServer } from '../server.ts'
import { cli, makePlace, type Place } from './cli.ts'

const attack = '\x1b]0;owned\x07\x1b[2J\u202egnp.exe'
let server: TestServer
let place: Place
let ids: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  place = await makePlace({ REFOLD_URL: server.url, REFOLD_TOKEN: server.token })
  const events = [
    ...Array.from({ length: 3 }, () => failure('CartError', 'empty', { release: 'shop@1.0', tags: { region: 'eu' } })),
    failure('PayError', attack), failure('MailError', 'late'), failure('Bulk1', 'x'), failure('Bulk2', 'x'), failure('Bulk3', 'x'),
  ]
  for (const event of events) expect((await sendItems(server.project.dsn, [['event', event]])).status).toBe(200)
  const issues = await eventually(10_000, 'six issues', async () => {
    const { data } = await server.client.issues('shop')
    return data.length === 6 && data.some(({ count }) => count === '3') ? data : undefined
  })
  ids = Object.fromEntries(issues.map(({ metadata, shortId }) => [metadata.type!, shortId]))
})
afterAll(async () => {
  await place.remove()
  await server.stop()
})

const read = <T>(stdout: string): T => JSON.parse(stdout) as T
async function statusOf(type: string): Promise<string> {
  return (await server.client.issue(ids[type]!)).data.status
}

describe('issues', () => {
  test('are a JSON array, one a line, where the output is no terminal; a query and an order choose', async () => {
    const { code, stdout, stderr } = await place.refold('issues', 'list', 'shop', '--sort', 'freq')
    expect([code, stderr]).toEqual([0, ''])
    const issues = read<Issue[]>(stdout)
    expect(issues).toHaveLength(6)
    expect(issues[0]).toMatchObject({ shortId: ids.CartError, count: '3', status: 'unresolved' })
    expect(stdout.split('\n')).toHaveLength(6 + 3)
    const found = await place.refold('issues', 'list', '--query', 'Bulk', '--limit', '2')
    expect(read<Issue[]>(found.stdout).map(({ metadata }) => metadata.type)).toEqual(['Bulk3', 'Bulk2'])
  })

  test('are a table with --table, in which nothing that an SDK sent reaches the terminal as a command', async () => {
    const { stdout } = await place.refold('issues', 'list', 'shop', '--table')
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ISSUE +LEVEL +STATUS +EVENTS +USERS +LAST SEEN +ASSIGNEE +TITLE$/)
    expect(lines).toHaveLength(7)
    expect(stdout).toContain('PayError: \\x1b]0;owned\\x07\\x1b[2J\\u202egnp.exe')
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/) // eslint-disable-line no-control-regex
  })

  test('are shown one by one: status, counts, releases, tags, and the frames of the newest event', async () => {
    const { code, stdout } = await place.refold('issues', 'show', ids.CartError!.toLowerCase(), '--table')
    expect(code).toBe(0)
    for (const line of [/^SHOP-\w+ {2}CartError: empty$/m, /^Status +new$/m, /^Events +3 from 0 users$/m, /^First seen .*release shop@1\.0$/m, /^region +100 % +eu$/m, /^ {4}at run \(app\.js:3\)$/m]) expect(stdout).toMatch(line)
    const shown = read<Issue & { latestEvent: { entries: unknown[] } }>((await place.refold('issues', 'show', ids.PayError!)).stdout)
    expect(shown).toMatchObject({ shortId: ids.PayError, metadata: { value: attack } })
    expect(shown.latestEvent.entries).toHaveLength(1)
  })

  test('are resolved, reopened, archived, assigned and commented on', async () => {
    expect(await place.refold('issues', 'resolve', ids.CartError!, ids.MailError!)).toMatchObject({ code: 0, stderr: '' })
    expect([await statusOf('CartError'), await statusOf('MailError')]).toEqual(['resolved', 'resolved'])
    expect(await place.refold('issues', 'unresolve', ids.CartError!, 'SHOP-ZZZZ')).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/^SHOP-ZZZZ: /) })
    expect(await statusOf('CartError')).toBe('unresolved')
    expect(await place.refold('issues', 'archive', ids.MailError!, '--for', '7d')).toMatchObject({ code: 0, stderr: '' })
    expect((await server.client.issue(ids.MailError!)).data).toMatchObject({ status: 'ignored', substatus: 'archived_until_condition_met' })
    expect(await place.refold('issues', 'assign', ids.CartError!, '--to', server.owner.email)).toMatchObject({ code: 0, stderr: '' })
    expect((await server.client.issue(ids.CartError!)).data.assignedTo).toMatchObject({ email: server.owner.email })
    expect(await place.refold('issues', 'comment', ids.CartError!, '--text', 'Seen it.')).toMatchObject({ code: 0, stderr: '' })
    expect((await server.client.comments(ids.CartError!)).data.map(({ data }) => data.text)).toEqual(['Seen it.'])
  })

  test('are changed by a query only with --project, and where nobody can be asked only with --yes', async () => {
    expect(await place.refold('issues', 'resolve', '--query', 'Bulk')).toMatchObject({ code: 2, stderr: expect.stringContaining('--project') })
    expect(await place.refold('issues', 'resolve', '--query', 'Bulk', '--project', 'shop')).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Resolve 3 issues of shop\? .*--yes/) })
    const { code, stdout } = await place.refold('issues', 'resolve', '--query', 'Bulk', '--project', 'shop', '--yes')
    expect([code, read<unknown[]>(stdout).length]).toEqual([0, 3])
    expect([await statusOf('Bulk1'), await statusOf('Bulk3')]).toEqual(['resolved', 'resolved'])
  })

  test('are deleted', async () => {
    expect(await place.refold('issues', 'delete', ids.Bulk1!)).toMatchObject({ code: 0, stderr: '' })
    await eventually(10_000, 'it is gone', async () => (await place.refold('issues', 'show', ids.Bulk1!)).code === 3 || undefined)
  })
})

describe.runIf(existsSync('/usr/bin/script'))('on a terminal', { meta: { skipped: 'there is no /usr/bin/script on this machine' } }, () => {
  /** `script` gives the command a terminal, and what it prints there. */
  async function onTerminal(args: string, answer: string, env: Record<string, string> = {}): Promise<string> {
    const child = spawn('/usr/bin/script', ['-qec', `stty cols 70 rows 20; '${process.execPath}' '${cli}' ${args}`, '/dev/null'], {
      env: { PATH: process.env.PATH, TERM: 'xterm', REFOLD_URL: server.url, REFOLD_TOKEN: server.token, ...env }, stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(answer)
    return text(child.stdout)
  }

  test('a list is a table in colours, as wide as the terminal; NO_COLOR takes the colours away', async () => {
    const coloured = await onTerminal('issues list shop --query is:unresolved', '')
    expect(coloured).toContain('\x1b[')
    const plain = await onTerminal('issues list shop --query is:unresolved', '', { NO_COLOR: '1' })
    expect(plain).toMatch(/^ISSUE +LEVEL/)
    expect(plain).not.toContain('\x1b')
    expect(plain).toContain('…')
    for (const line of plain.split('\r\n')) expect(line.length).toBeLessThanOrEqual(70)
  })

  test('what a query would change is asked, and only yes does it', async () => {
    expect(await onTerminal('issues unresolve --query Bulk --project shop', 'n\n')).toMatch(/Reopen \d issues of shop\? \[y\/N\] [^]*Nothing was changed\./)
    expect(await statusOf('Bulk3')).toBe('resolved')
    expect(await onTerminal('issues unresolve --query Bulk --project shop', 'y\n')).toContain(ids.Bulk3)
    expect(await statusOf('Bulk3')).toBe('unresolved')
  })
})

test('an event is shown by its id alone', async () => {
  const { data: latest } = await server.client.issueEvent(ids.CartError!, 'latest')
  expect(await place.refold('events', 'show', latest.eventID, '--table')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^SHOP-\w+ {2}CartError: empty\n[^]*at run \(app\.js:3\)\n[^]*^region: eu$/m) })
})

test('projects and their keys are made, shown, disabled and deleted', async () => {
  expect(await place.refold('projects', 'create', 'billing', '--platform', 'go', '--table')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Created the project billing\. Its DSN:\nhttp:\/\//) })
  expect(await place.refold('projects', 'create', 'billing')).toMatchObject({ code: 6, stdout: '', stderr: 'A project with this slug already exists.\n' })
  expect(read<{ slug: string }[]>((await place.refold('projects', 'list')).stdout).map(({ slug }) => slug)).toEqual(['billing', 'shop'])
  const [key] = read<{ id: string; name: string }[]>((await place.refold('keys', 'create', 'billing', '--name', 'Build')).stdout)
  expect(key).toMatchObject({ name: 'Build' })
  expect(read<object[]>((await place.refold('keys', 'disable', 'billing', key!.id)).stdout)).toMatchObject([{ id: key!.id, isActive: false }])
  expect((await place.refold('projects', 'show', 'billing', '--table')).stdout).toMatch(/^DSN +http.*\nDSN \(disabled\) +http/m)
  expect(await place.refold('projects', 'delete', 'billing', '--yes')).toMatchObject({ code: 0, stderr: '' })
  expect(await place.refold('projects', 'show', 'billing')).toMatchObject({ code: 3 })
})

test('members are invited, listed, given a role and removed', async () => {
  const invited = read<{ refold: { inviteUrl: string } }>((await place.refold('users', 'invite', 'new@example.com', '--role', 'viewer')).stdout)
  expect(invited.refold.inviteUrl).toMatch(/^http/)
  expect(await place.refold('users', 'role', 'New@example.com', 'member')).toMatchObject({ code: 0, stderr: '' })
  expect((await place.refold('users', 'list', '--table')).stdout).toMatch(/^new@example\.com +member +invited/m)
  expect(await place.refold('users', 'remove', 'new@example.com', '--yes')).toMatchObject({ code: 0 })
  expect(await place.refold('users', 'remove', 'new@example.com', '--yes')).toMatchObject({ code: 3, stderr: 'There is no member with the email new@example.com.\n' })
})

test('tokens are listed and revoked on the database, and a revoked one opens nothing', async () => {
  const local = await makePlace({ DATABASE_URL: server.databaseUrl })
  const token = (await local.refold('token', 'create', '--name', 'short', '--scope', 'org:read')).last
  const used = await makePlace({ REFOLD_URL: server.url, REFOLD_TOKEN: token })
  expect(await used.refold('projects', 'list')).toMatchObject({ code: 4, stderr: expect.stringContaining('lacks a scope') })
  const listed = read<{ id: string; name: string }[]>((await local.refold('tokens', 'list')).stdout).find(({ name }) => name === 'short')!
  expect(await local.refold('tokens', 'revoke', listed.id)).toMatchObject({ code: 0 })
  expect(await used.refold('projects', 'list')).toMatchObject({ code: 4, stderr: expect.stringContaining('REFOLD_TOKEN') })
  expect(await local.refold('tokens', 'revoke', listed.id)).toMatchObject({ code: 3 })
  await Promise.all([local.remove(), used.remove()])
})

describe('what goes wrong has an exit code of its own', () => {
  test.each([
    [['issues', 'show', 'SHOP-ZZZZ'], 3, ''],
    [['issues', 'list', 'nowhere'], 3, ''],
    [['issues', 'list', 'shop', '--query', 'is:lost'], 2, ''],
    [['issues', 'list', '--sort', 'luck'], 2, 'There is no order "luck"'],
    [['issues', 'list', '--json', '--table'], 2, 'Give --json or --table, not both.'],
    [['projects', 'list', '--url', 'http://127.0.0.1:2'], 5, 'The server at http://127.0.0.1:2 cannot be reached (ECONNREFUSED)'],
    [['projects', 'list', '--token', ''], 2, 'There is no token'],
  ])('%j: %d', async (args, code, message) => {
    const ended = await place.refold(...args)
    expect([ended.code, ended.stdout]).toEqual([code, ''])
    expect(ended.stderr).toContain(message)
  })
})
