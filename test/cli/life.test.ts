// One installation from its first start through a stop, offline commands, a crash and a stale pid file. The tests follow
// each other in one folder: that the data survives is what they are about.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectionTables } from '../../projections/verify.ts'
import { isPostgres, makePlace, type Place, type Server } from './cli.ts'

let place: Place
let server: Server
let dsn: string
let token: string

beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.remove())

async function countEvents(slug: string): Promise<number> {
  const answer = await fetch(`${place.url}/api/0/projects/refold/${slug}/issues/`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  const issues = (await answer.json()) as { count: string }[]
  return issues.reduce((sum, { count }) => sum + Number(count), 0)
}

describe('an installation', () => {
  test('starts with a PostgreSQL of its own and asks for an owner', async () => {
    server = await place.serve()
    const health = await fetch(`${place.url}/_health/`)
    expect([health.status, await health.text()]).toEqual([200, 'ok'])
    await expect.poll(() => server.output()).toContain('the first visit creates the owner')
    expect(isPostgres(place.postgres()!)).toBe(true)
  })

  test('makes a user, a project and a token while it runs, and PostgreSQL runs on', async () => {
    expect(await place.refold('token', 'create', '--name', 'too early')).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no owner yet') })
    expect(await place.refold('user', 'create', 'owner@example.com', '--password', 'long enough')).toMatchObject({ code: 0 })
    expect(await place.refold('user', 'create', 'Owner@example.com', '--password', 'long enough')).toMatchObject({ code: 1, stderr: expect.stringContaining('already') })
    const project = await place.refold('project', 'create', 'shop', '--platform', 'node')
    dsn = project.last
    expect(dsn).toMatch(/^http:\/\/[0-9a-f]{32}@localhost:\d+\/1$/)
    token = (await place.refold('token', 'create', '--name', 'deploy')).last
    expect(token).toMatch(/^sntryu_[0-9a-f]{64}$/)
    expect(await countEvents('shop')).toBe(0)
  })

  test('accepts every kind of error that `send` knows', async () => {
    const sent = await place.refold('send', '--dsn', dsn, '--all')
    expect(sent).toMatchObject({ code: 0, stderr: '' })
    expect(sent.last).toMatch(/^flood +200 × 20/)
    await expect.poll(() => countEvents('shop'), { timeout: 10_000 }).toBe(37)
  })

  test('is healthy, says the doctor', async () => {
    const { code, stdout, stderr } = await place.refold('doctor', '--table')
    expect([code, stderr]).toEqual([0, ''])
    // Only programs on this machine can reach it.
    expect(stdout.match(/^(?:warning|problem) +\S+ \S+/gm)).toEqual([expect.stringMatching(/^warning +DSN host$/)])
    expect(stdout).toMatch(/^ok +database +PostgreSQL 18\.\d+, embedded$/m)
    expect(stdout).toMatch(/^ok +PUBLIC_URL +http:\/\/localhost:\d+ leads here$/m)
  })

  test('verifies that its tables are what the log says', async () => {
    expect(await place.refold('verify')).toMatchObject({ code: 0, last: expect.stringMatching(new RegExp(`^\\d+ rows in ${projectionTables.length} tables are what the log says`)) })
  })

  test('stops on SIGTERM, cuts off a client that never ends its request, and PostgreSQL is gone', async () => {
    const postgres = place.postgres()!
    const slow = connect(Number(new URL(place.url).port), '127.0.0.1')
    slow.on('error', () => undefined).write('POST /api/1/envelope/ HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{')
    await once(slow, 'connect')
    const started = performance.now()
    expect(await server.stop('SIGTERM')).toBe(0)
    expect(performance.now() - started).toBeLessThan(10_000)
    expect([place.postgres(), isPostgres(postgres)]).toEqual([null, false])
  })

  test('works on its data while no server runs, and leaves no PostgreSQL behind', async () => {
    const project = await place.refold('project', 'create', 'billing')
    expect(project.last).toMatch(/\/2$/)
    expect(place.postgres()).toBeNull()
    expect(await place.refold('project', 'create', 'billing')).toMatchObject({ code: 1, stdout: '', stderr: 'There is a project with the slug billing already.\n' })
    expect(await place.refold('verify')).toMatchObject({ code: 0, stderr: '' })
    expect(await place.refold('doctor')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing answers on port') })
    expect(place.postgres()).toBeNull()
    dsn = project.last
  })

  test('has its data after a second start, and the DSN made meanwhile works', async () => {
    server = await place.serve()
    expect(await countEvents('shop')).toBe(37)
    expect(await place.refold('send', '--dsn', dsn)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^error +200 [0-9a-f]{32}\n$/) })
    await expect.poll(() => countEvents('billing')).toBe(1)
  })

  test('starts again after kill -9, on the PostgreSQL that was left running', async () => {
    const postgres = place.postgres()!
    await server.stop('SIGKILL')
    expect(isPostgres(postgres)).toBe(true)
    server = await place.serve()
    expect(place.postgres()).toBe(postgres)
    expect(await countEvents('shop')).toBe(37)
  })

  test('takes Ctrl-C twice in a moment for once, as npm sends it', async () => {
    server.process.kill('SIGINT')
    expect(await server.stop('SIGINT')).toBe(0)
    expect(place.postgres()).toBeNull()
  })

  test('starts over a pid file that another program now answers for', async () => {
    writeFileSync(path.join(place.dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${place.dataDir}/postgres\n0\n1\n`)
    server = await place.serve()
    expect(await countEvents('billing')).toBe(1)
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  test('stops on a SIGTERM that only npm gets', async () => {
    server = await place.serve('npm')
    expect(await server.stop('SIGTERM')).toBe(0)
    expect(place.postgres()).toBeNull()
  })
})
