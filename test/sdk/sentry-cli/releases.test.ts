// sentry-cli makes releases and deploys as a build does (protocol cases 165 to 171), and what it then prints is what it was told.

import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deploy, ReleaseCommit, ReleaseInfo } from '../../../core/contract/release.ts'
import { signIn } from '../../browser/send.ts'
import { eventually } from '../../eventually.ts'
import { organization, owner } from '../../server-process.ts'
import { startTestServer, type TestServer } from '../../server.ts'
import { runCommand } from '../programs.ts'
import { useSentryCli } from './program.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.addProject('web')
})
afterAll(() => server?.stop())

const cli = useSentryCli(() => ({ SENTRY_URL: server.url, SENTRY_AUTH_TOKEN: server.token, SENTRY_ORG: organization, SENTRY_PROJECT: 'shop', SENTRY_DSN: server.project.dsn }))

async function ask(method: string, below: string, body?: unknown): Promise<{ status: number; body: unknown; type: string | null }> {
  const answer = await fetch(`${server.url}/api/0/organizations/${organization}/${below}`, {
    method, headers: { authorization: `Bearer ${server.token}`, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), type: answer.headers.get('content-type') }
}
const readRelease = async (version: string): Promise<ReleaseInfo> => (await ask('GET', `releases/${version}/`)).body as ReleaseInfo
const readCommits = async (version: string): Promise<string[]> => ((await ask('GET', `releases/${version}/commits/`)).body as ReleaseCommit[]).map(({ message }) => message!.trim())

describe('who asks (#165, #166, #167)', () => {
  test('info prints whose token it is and what it may do', async () => {
    const output = await cli.run('info')
    expect(output).toContain(`User: ${owner.email}`)
    for (const scope of ['org:ci', 'project:releases', 'event:admin']) expect(output).toContain(`- ${scope}`)
  })

  test.each([['info'], ['releases', 'list'], ['releases', 'new', 'never']])('a token that is none is told so, word for word: %s', async (...args) => {
    const { code, output } = await cli.end(args, { SENTRY_AUTH_TOKEN: 'f'.repeat(40) })
    expect(code).not.toBe(0)
    expect(output).toContain('Invalid token.')
    expect(output).not.toContain('Object {')
  })

  test('login keeps a token that is good and refuses one that is not', async () => {
    const signedOut = { SENTRY_AUTH_TOKEN: undefined }
    expect(await cli.end(['login', '--global', '--auth-token', 'f'.repeat(40)], signedOut)).toMatchObject({ code: 1, output: expect.stringContaining('Invalid token') as string })
    expect(await cli.end(['info'], signedOut)).toMatchObject({ code: 1 })
    expect(await cli.end(['login', '--global', '--auth-token', server.token], signedOut)).toMatchObject({ code: 0, output: expect.stringContaining(`Valid token for user ${owner.email}`) as string })
    expect(await readFile(path.join(cli.folder, '.sentryclirc'), 'utf8')).toContain(server.token)
  })

  test('the token of a build says itself where the server is and whose, and opens no more than builds need', async () => {
    const headers = { 'content-type': 'application/json', origin: server.url, cookie: await signIn(server.url, owner) }
    const made = await fetch(`${server.url}/api/0/organizations/${organization}/org-auth-tokens/`, { method: 'POST', headers, body: JSON.stringify({ name: 'build' }) })
    const { token } = (await made.json()) as { token: string }
    const build = { SENTRY_AUTH_TOKEN: token, SENTRY_PROJECT: 'web', SENTRY_URL: undefined, SENTRY_ORG: undefined, SENTRY_DSN: undefined }

    expect(await cli.end(['releases', 'new', 'built'], build)).toEqual({ code: 0, output: 'Created release built\n' })
    expect((await readRelease('built')).projects).toMatchObject([{ slug: 'web' }])
    expect(await cli.end(['issues', 'list'], build)).toMatchObject({ code: 1, output: expect.stringContaining('You do not have permission to perform this action.') as string })
  })

  test('what is refused is shown in the words of the server', async () => {
    const { code, output } = await cli.end(['releases', 'list'], { SENTRY_PROJECT: 'nowhere' })
    expect(code).not.toBe(0)
    expect(output).not.toContain('Object {')
    expect((await ask('GET', 'releases/nowhere/')).type).toMatch(/^application\/json(;|$)/)
    expect((await ask('GET', 'releases/nowhere/')).body).toEqual({ detail: 'The requested resource does not exist.' })
  })
})

describe('a release', () => {
  test('is made once, finalized, listed, shown, archived, restored and deleted (#168)', async () => {
    expect(await cli.run('releases', 'new', '1.0')).toContain('Created release 1.0')
    const made = await readRelease('1.0')
    expect(made).toMatchObject({ version: '1.0', status: 'open', dateReleased: null, projects: [{ slug: 'shop' }], newGroups: 0 })
    await cli.run('releases', 'new', '1.0')
    expect(await readRelease('1.0')).toEqual(made)

    await cli.run('releases', 'finalize', '1.0')
    expect((await readRelease('1.0')).dateReleased).not.toBeNull()
    await cli.run('releases', 'new', '1.1', '--finalize', '--url', 'https://example.com/1.1')
    expect(await readRelease('1.1')).toMatchObject({ url: 'https://example.com/1.1', dateReleased: expect.any(String) as string })

    expect((await cli.run('releases', 'list', '--raw')).trim().split('\n')).toEqual(['1.1', '1.0'])
    expect(await cli.run('releases', 'list')).toMatch(/seconds? ago\s*\|\s*1\.0\s*\|\s*0/)
    expect(await cli.run('releases', 'info', '1.0', '--show-projects')).toMatch(/1\.0 .*\| shop/)
    expect(await cli.end(['releases', 'info', 'nowhere'])).toMatchObject({ code: 1 })

    await cli.run('releases', 'archive', '1.0')
    expect(await readRelease('1.0')).toMatchObject({ status: 'archived', dateReleased: expect.any(String) as string })
    await cli.run('releases', 'restore', '1.0')
    expect((await readRelease('1.0')).status).toBe('open')

    expect(await cli.run('releases', 'delete', '1.0')).toContain('Deleted release 1.0')
    expect((await ask('GET', 'releases/1.0/')).status).toBe(404)
    expect(await cli.run('releases', 'delete', '1.0')).toContain('does not exist')
    // What made no release archives none.
    expect(await cli.end(['releases', 'archive', '1.0'])).toMatchObject({ code: 1, output: expect.stringContaining('No project has this release yet') as string })
  })

  test('is of the projects that are named, by slug or by number (#169)', async () => {
    await cli.run('releases', 'new', '-p', '1', '-p', 'web', '2.0')
    expect((await readRelease('2.0')).projects.map(({ slug }) => slug)).toEqual(['shop', 'web'])
    expect(await cli.end(['releases', 'new', '-p', 'nowhere', '2.1'])).toMatchObject({ code: 1, output: expect.stringContaining('There is no project nowhere.') as string })
    expect((await ask('GET', 'releases/2.1/')).status).toBe(404)
  })

  test('that events name cannot be deleted, and counts the issues that began in it', async () => {
    await cli.run('send-event', '-m', 'a first', '--release', '3.0')
    await cli.run('send-event', '-m', 'and a second', '--release', '3.0')
    const release = await eventually(10_000, 'both events are counted', async () => {
      const found = await readRelease('3.0')
      return found.newGroups === 2 ? found : undefined
    })
    expect(release).toMatchObject({ projects: [{ slug: 'shop' }], firstEvent: expect.any(String) as string, lastEvent: expect.any(String) as string })
    expect(await cli.end(['releases', 'delete', '3.0'])).toMatchObject({ code: 1, output: expect.stringContaining('This release is referenced by active issues and cannot be removed.') as string })
    expect((await readRelease('3.0')).newGroups).toBe(2)
  })
})

describe('commits (#170)', () => {
  const git = async (...args: string[]): Promise<void> => {
    const { code, output } = await runCommand(['git', '-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: cli.folder, env: { PATH: process.env.PATH, HOME: cli.folder } })
    expect(code, output).toBe(0)
  }
  const commit = async (message: string): Promise<void> => {
    await writeFile(path.join(cli.folder, `${message}.js`), message)
    await git('add', '.')
    await git('commit', '--quiet', '--message', message)
  }

  beforeAll(async () => {
    await git('init', '--quiet', '--initial-branch', 'main')
    await git('remote', 'add', 'origin', 'git@example.com:acme/shop.git')
    await commit('one')
    await commit('two')
  })

  test('of the local repository: all of them at first, then those since the release before', async () => {
    await cli.run('releases', 'set-commits', 'c1', '--local')
    expect(await readCommits('c1')).toEqual(['two', 'one'])
    expect(await readRelease('c1')).toMatchObject({ commitCount: 2, lastCommit: { author: { name: 'Ann', email: 'ann@example.com' } }, authors: [{ name: 'Ann', email: 'ann@example.com' }] })
    expect((await ask('GET', 'releases/c1/previous-with-commits/')).body).toEqual({})

    await commit('three')
    await cli.run('releases', 'set-commits', 'c2', '--auto')
    expect(await readCommits('c2')).toEqual(['three'])
    expect((await ask('GET', 'releases/c2/previous-with-commits/')).body).toMatchObject({ version: 'c1' })

    await commit('four')
    await cli.run('releases', 'set-commits', 'c3', '--commit', 'acme/shop@HEAD')
    expect(await readCommits('c3')).toEqual(['four'])
    expect(await cli.run('releases', 'info', 'c3', '--show-commits')).toMatch(/c3 .*\| [0-9a-f]{7,40}/)
    expect(await cli.run('releases', 'set-commits', 'c3', '--local')).toContain('Success')
  })
})

test('deploys are recorded and listed, each with when it was finished (#171)', async () => {
  await cli.run('releases', 'new', '4.0')
  await cli.run('deploys', 'new', '--release', '4.0', '-e', 'staging', '-n', 'try', '-t', '30')
  await cli.run('releases', 'deploys', '4.0', 'new', '-e', 'prod')
  const deploys = (await ask('GET', 'releases/4.0/deploys/')).body as Deploy[]
  expect(deploys).toMatchObject([{ environment: 'prod', name: null }, { environment: 'staging', name: 'try' }])
  for (const { dateFinished } of deploys) expect(Date.parse(dateFinished)).not.toBeNaN()
  expect(await cli.run('deploys', 'list', '--release', '4.0')).toMatch(/prod.*unnamed[\s\S]*staging.*try/)
  expect(await readRelease('4.0')).toMatchObject({ deployCount: 2, lastDeploy: { environment: 'prod' } })
  expect(await cli.end(['deploys', 'list', '--release', 'nowhere'])).toMatchObject({ code: 1, output: expect.stringContaining('Release not found') as string })
})
