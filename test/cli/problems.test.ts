// What goes wrong at the command line is said in a line or two, with what to do, and in the exit code.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { exitCodes } from '../../cli/failure.ts'
import { createTestDatabase } from '../database.ts'
import { foldAll, givenProject } from '../given.ts'
import { makePlace, type Place } from './cli.ts'

const places: Place[] = []
async function given(env: Record<string, string>): Promise<Place> {
  const place = await makePlace(env)
  places.push(place)
  return place
}
let place: Place
beforeAll(async () => {
  place = await given({})
})
afterAll(() => Promise.all(places.map((each) => each.remove())))

const unknownKey = 'http://00000000000000000000000000000000@127.0.0.1'

describe('the environment', () => {
  test('is refused with all its problems at once', async () => {
    const wrong = await given({ PORT: '70000', PUBLIC_URL: 'errors', CREATE_SUPERUSER: 'me', SESSION_SECRET_KEY: 'short', LOG_LEVEL: 'loud' })
    const { code, stdout, stderr } = await wrong.refold('serve')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.match(/^ {2}[A-Z_]+/gm)).toEqual(['  PORT', '  PUBLIC_URL', '  SESSION_SECRET_KEY', '  CREATE_SUPERUSER', '  LOG_LEVEL'])
  })

  test.each(['serve', 'migrate', 'verify'])('names the database that %s cannot reach, and no password', async (command) => {
    const unreachable = await given({ DATABASE_URL: 'postgres://refold:geheim@127.0.0.1:1/refold' })
    expect(await unreachable.refold(command)).toMatchObject({
      code: 1, stdout: '', stderr: 'The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED). Is PostgreSQL running there, and is DATABASE_URL right?\n',
    })
  })

  test('names a port that is taken, and leaves no PostgreSQL running', async () => {
    const other = createServer().listen(Number(new URL(place.url).port), '127.0.0.1')
    await once(other, 'listening')
    const { code, stderr } = await place.refold('serve')
    other.close()
    expect([code, stderr]).toEqual([1, `The port ${new URL(place.url).port} is taken by another program. Stop it, or set PORT.\n`])
    expect(place.postgres()).toBeNull()
  })
})

describe('the command line', () => {
  test.each([
    [['nonsense'], 'There is no command "nonsense".'],
    [['user', 'create'], 'Give an email.'],
    [['user', 'create', 'nobody'], '"nobody" is not an email.'],
    [['user', 'create', 'a@example.com', '--password', 'short'], 'Use at least 8 characters.'],
    [['project', 'create', 'Web Shop'], 'Use 1 to 50 lower-case letters, digits and dashes.'],
    [['project', 'create', 'shop', 'store'], 'Too much: store'],
    [['migrate', '--fast'], "Unknown option '--fast'"],
    [['token', 'create'], 'Give the token a name: --name deploy'],
    [['send'], 'Give the DSN of a project'],
    [['send', '--dsn', `${unknownKey}:1/1`, 'earthquake'], 'There is no kind "earthquake".'],
    [['send', '--dsn', `${unknownKey}:1/1`, 'error:3'], 'Only flood takes a number'],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await place.refold(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^.{0,2}${message.replace(/[.()]/g, '\\$&')}`))
    expect(stderr).toContain('See: refold --help')
  })

  test('has help for everything, and for each command its options', async () => {
    const { code, stdout } = await place.refold('--help')
    expect(code).toBe(0)
    const names = [...stdout.matchAll(/^refold ((?:[a-z]+ ?)+)/gm)].map(([, name]) => name!.trim())
    expect(names.filter((name) => name !== 'completion bash')).toEqual(Object.keys(commands).filter((name) => name !== 'completion'))
    for (const [code, says] of Object.entries(exitCodes)) expect(stdout).toContain(`${code} ${says}`)
    expect((await place.refold('token', 'create', '--help')).stdout).toContain('--scope')
  })
})

describe('verify', () => {
  test('names the table that is not what the log says', async () => {
    const database = await createTestDatabase()
    await givenProject(database.pool, 7, 'shop')
    await foldAll(database.pool)
    const own = await given({ DATABASE_URL: database.url })
    expect(await own.refold('verify')).toMatchObject({ code: 0 })
    await database.pool.query(`update project set name = 'Somebody was here'`)
    expect(await own.refold('verify')).toMatchObject({
      code: 1, stdout: expect.stringMatching(/^project: 1 rows are missing, 1 should not be there\n {2}missing .*shop/), stderr: 'The tables are not what the log says.\n',
    })
    await database.drop()
  })
})

describe('send', () => {
  test('says that nobody listens', async () => {
    expect(await place.refold('send', '--dsn', `${unknownKey}:1/1`)).toMatchObject({
      code: 1, stdout: expect.stringContaining('connection refused: nothing listens'), stderr: 'One event was not accepted.\n',
    })
  })

  test.each([
    [403, 'does not know this key'],
    [429, 'try again later'],
    [500, 'its log says why'],
  ])('says what a %d means', async (status, words) => {
    const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(status).end('{}'))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { code, stdout } = await place.refold('send', '--dsn', `${unknownKey}:${(server.address() as AddressInfo).port}/1`)
    server.close()
    expect(code).toBe(1)
    expect(stdout).toMatch(new RegExp(`^error +${status} [0-9a-f]{32} refused.*${words}|^error +${status} .*${words}`))
  })

  test('refuses what is no DSN', async () => {
    expect(await place.refold('send', '--dsn', 'localhost')).toMatchObject({ code: 1, stderr: expect.stringContaining('"localhost" is not a DSN') })
  })
})
