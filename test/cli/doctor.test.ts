// What the doctor says of an installation: each check over made-up facts, and the whole of it on one that is broken in many ways.
// A healthy one is looked at in life.test.ts.

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../../cli/doctor/checks.ts'
import type { Answered, DatabaseFacts, DiskFacts, Facts, Finding } from '../../cli/doctor/facts.ts'
import { readConfig, type Config } from '../../core/config.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { makePlace, type Place } from './cli.ts'

const config = (env: Record<string, string> = {}): { config: Config } => {
  const read = readConfig({ PUBLIC_URL: 'https://errors.example.com', TRUSTED_PROXIES: '1', ...env })
  if ('problems' in read) throw new Error(read.problems.join(' '))
  return read
}
const clock = { ahead: 0, uncertainty: 5 }
const disk: DiskFacts = {
  dataDir: './data', exists: true, writable: true, space: { free: 50e9, total: 100e9 }, modes: { postgres: 0o700, password: 0o600, secret: 0o600 }, spool: { files: 0, bytes: 0, setAside: 0 },
}
const log = { head: 100, folded: 100, parked: 0, failedBuilds: [], accounts: 1, superuserOpens: false }
const database: DatabaseFacts = {
  embedded: false, version: 180_004, settings: { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' }, connections: 97, readOnly: false, trigrams: true,
  migrations: { missing: [], unknown: [] }, clock, space: null, log,
}
const answered: Extract<Answered, { status: number }> = { status: 200, build: 'abc', health: 'ok', location: null, proxies: [], clock, }
const healthy: Facts = { environment: config(), node: '26.10.0', disk, database, server: { own: answered, seen: { ...answered, proxies: ['via'] } } }

const unwell = (facts: Partial<Facts>): Finding[] => judge({ ...healthy, ...facts }).filter(({ state }) => state !== 'ok')
const states = (facts: Partial<Facts>): string[] => unwell(facts).map(({ state, check }) => `${state}: ${check}`)

describe('the doctor', () => {
  test('finds nothing in a healthy installation', () => {
    expect(unwell({})).toEqual([])
    expect(judge(healthy).length).toBeGreaterThan(15)
  })

  test('says what to do about whatever it finds', () => {
    const broken: Facts = { environment: config({ PUBLIC_URL: 'http://0.0.0.0', SESSION_SECRET_KEY: 'x'.repeat(40) }), node: '20.1.0', disk: { ...disk, writable: false }, database: { failed: 'away' }, server: null }
    for (const { do: advice } of judge(broken).filter(({ state }) => state !== 'ok')) expect(advice).toMatch(/\w{3}/)
  })

  test.each<[string, Partial<Facts>, string[]]>([
    ['an older node', { node: '24.1.0' }, ['warning: Node']],
    ['variables that are not understood', { environment: { problems: ['PORT is "x".'] }, disk: null, database: null, server: null }, ['problem: configuration']],
    ['a folder that cannot be written', { disk: { ...disk, writable: false } }, ['problem: data folder']],
    ['a database folder that others may read', { disk: { ...disk, modes: { ...disk.modes, postgres: 0o755 } } }, ['problem: data folder']],
    ['a password that others may read', { disk: { ...disk, modes: { ...disk.modes, password: 0o644 } } }, ['problem: data folder']],
    ['a secret that others may read', { disk: { ...disk, modes: { ...disk.modes, secret: 0o644 } } }, ['warning: session secret']],
    ['little room', { disk: { ...disk, space: { free: 9e8, total: 1e11 } } }, ['warning: disk of the data folder']],
    ['no room for the database', { database: { ...database, space: { free: 1e8, total: 1e11 } } }, ['problem: disk of the database']],
    ['a spool that waits', { disk: { ...disk, spool: { files: 2, bytes: 9e6, setAside: 1 } } }, ['warning: spool', 'warning: set aside']],
    ['a database that is away', { database: { failed: 'The database cannot be reached.' } }, ['problem: database']],
    ['PostgreSQL 15', { database: { ...database, version: 150_009 } }, ['problem: database']],
    ['a replica', { database: { ...database, readOnly: true } }, ['problem: database']],
    ['missing migrations', { database: { ...database, trigrams: false, log: null, migrations: { missing: ['0009_api.sql'], unknown: [] } } }, ['warning: schema']],
    ['the migrations of a newer version', { database: { ...database, log: null, migrations: { missing: [], unknown: ['0077_x.sql'] } } }, ['problem: schema']],
    ['synchronous_commit off', { database: { ...database, settings: { ...database.settings, synchronous_commit: 'off' } } }, ['problem: durability']],
    ['fsync off', { database: { ...database, settings: { ...database.settings, fsync: 'off' } } }, ['problem: durability']],
    ['too few connections', { database: { ...database, connections: 17 } }, ['problem: connections']],
    ['no pg_trgm', { database: { ...database, trigrams: false } }, ['problem: pg_trgm']],
    ['a fold far behind', { database: { ...database, log: { ...log, head: 1e6 } } }, ['warning: fold']],
    ['parked facts', { database: { ...database, log: { ...log, parked: 3 } } }, ['warning: parked facts']],
    ['a build that failed', { database: { ...database, log: { ...log, failedBuilds: [{ generation: '7', project: 'shop', error: 'no' }] } } }, ['warning: generations']],
    ['a clock 10 s off', { database: { ...database, clock: { ahead: -10_000, uncertainty: 5 } } }, ['warning: clock']],
    ['a clock 5 min off', { server: { own: { ...answered, clock: { ahead: 300_000, uncertainty: 500 } }, seen: answered } }, ['problem: clock']],
    ['a difference within what can be told', { database: { ...database, clock: { ahead: 6_000, uncertainty: 2_000 } } }, []],
    ['0.0.0.0 in DSNs', { environment: config({ PUBLIC_URL: 'http://0.0.0.0:8000' }) }, ['problem: DSN host']],
    ['localhost in DSNs', { environment: config({ PUBLIC_URL: 'http://localhost:9' }) }, ['warning: DSN host']],
    ['http', { environment: config({ PUBLIC_URL: 'http://errors.example.com' }) }, ['warning: DSN host']],
    ['no server', { server: { own: { failed: 'ECONNREFUSED' }, seen: { failed: 'ECONNREFUSED' } } }, ['warning: server']],
    ['another program on the port', { server: { own: { ...answered, build: null }, seen: answered } }, ['problem: server']],
    ['a server that spools', { server: { own: { ...answered, health: 'spooling' }, seen: answered } }, ['warning: server']],
    ['a PUBLIC_URL that nobody answers', { server: { own: answered, seen: { failed: 'ENOTFOUND' } } }, ['problem: PUBLIC_URL']],
    ['a PUBLIC_URL that redirects', { server: { own: answered, seen: { ...answered, status: 301, location: 'https://e.example.com/' } } }, ['problem: PUBLIC_URL']],
    ['a PUBLIC_URL of something else', { server: { own: answered, seen: { ...answered, build: null } } }, ['problem: PUBLIC_URL']],
    ['a PUBLIC_URL of another version', { server: { own: answered, seen: { ...answered, build: 'def' } } }, ['warning: PUBLIC_URL']],
    ['https without a trusted proxy', { environment: config({ TRUSTED_PROXIES: '0' }) }, ['warning: proxies']],
    ['a trusted proxy that is not there', { environment: config({ PUBLIC_URL: 'http://errors.example.com:8000' }), server: null }, ['warning: DSN host', 'warning: proxies']],
    ['no owner, beside a server', { database: { ...database, log: { ...log, accounts: 0 } } }, ['problem: owner']],
    ['no owner, on this machine only', { environment: config({ HOST: '127.0.0.1' }), database: { ...database, log: { ...log, accounts: 0 } } }, ['warning: owner']],
    ['a superuser whose password is tried first', { environment: config({ CREATE_SUPERUSER: 'admin@example.com:changeme1' }), database: { ...database, log: { ...log, superuserOpens: true } } }, ['problem: superuser']],
    ['a superuser with a short password', { environment: config({ CREATE_SUPERUSER: 'a@example.com:kxw92mfq' }), database: { ...database, log: { ...log, superuserOpens: true } } }, ['warning: superuser']],
    ['a superuser whose password was changed', { environment: config({ CREATE_SUPERUSER: 'a@example.com:changeme' }) }, []],
    ['a secret that repeats', { environment: config({ SESSION_SECRET_KEY: 'abcdefghijkl'.repeat(3) }) }, ['problem: session secret']],
    ['a random secret', { environment: config({ SESSION_SECRET_KEY: '9f86d081884c7d659a2feaa0c55ad015' }) }, []],
  ])('judges %s', (_what, facts, expected) => {
    expect(states(facts)).toEqual(expected)
  })
})

describe('refold doctor', () => {
  let database: TestDatabase
  let place: Place
  beforeAll(async () => {
    database = await createTestDatabase({ template: false })
    place = await makePlace({ DATABASE_URL: database.url, PUBLIC_URL: 'http://0.0.0.0:1', SESSION_SECRET_KEY: 'changeme'.repeat(5), CREATE_SUPERUSER: 'admin@example.com:password' })
  })
  afterAll(async () => {
    await place.remove()
    await database.drop()
  })

  test('ends with 1 where something is broken, and changes nothing', async () => {
    mkdirSync(path.join(place.dataDir, 'spool/set-aside'), { recursive: true })
    writeFileSync(path.join(place.dataDir, 'spool/set-aside/1.refused'), 'x')
    const { code, stdout, stderr } = await place.refold('doctor')
    expect([code, stderr]).toEqual([1, ''])
    const findings = JSON.parse(stdout) as Finding[]
    const found = findings.filter(({ state }) => state !== 'ok').map(({ state, check }) => `${state}: ${check}`)
    expect(found).toEqual(expect.arrayContaining(['warning: schema', 'problem: DSN host', 'warning: server', 'problem: superuser', 'problem: session secret', 'warning: set aside']))
    expect((await database.pool.query(`select to_regclass('migration') as name`)).rows).toEqual([{ name: null }])
  })

  test('says it in lines for a person, and shows no password', async () => {
    const { stdout } = await place.refold('doctor', '--table')
    expect(stdout).toMatch(/^problem +DSN host +DSNs name 0\.0\.0\.0:1.*\n +→ Set PUBLIC_URL/m)
    expect(stdout).toMatch(/\n\d problems, \d warnings\.\n$/)
    expect(stdout).not.toContain('changeme')
  })
})
