import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../migrations/embedded.ts'
import { keepEmbeddedPostgres } from '../../migrations/keep.ts'
import { removeNow, atExit } from '../at-exit.ts'
import { eventually } from '../eventually.ts'

// mkdtemp makes a folder that is closed to other users: as root, PostgreSQL runs as one of those.
let folder: string
let running: EmbeddedPostgres | undefined
let kept: () => void
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'refold-embedded-'))
  kept = atExit(() => removeNow(folder))
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  rmSync(folder, { recursive: true, force: true })
  kept()
})

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const pidFile = (): string => path.join(folder, 'postgres/postmaster.pid')
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a second start finds the data of the first, and a stop leaves nothing running', async () => {
  running = await startEmbeddedPostgres(folder)
  const pid = Number(readFileSync(pidFile(), 'utf8').split('\n')[0])
  await query(running.url, `create table kept as select 'here' as word`)
  await running.stop()
  expect(alive(pid)).toBe(false)
  expect(existsSync(pidFile())).toBe(false)
  running = await startEmbeddedPostgres(folder)
  expect(running.startedHere).toBe(true)
  expect(await query(running.url, 'select word from kept')).toEqual([{ word: 'here' }])
})

test('one that runs already is adopted: what a killed server left behind is no obstacle', async () => {
  const first = await startEmbeddedPostgres(folder)
  running = await startEmbeddedPostgres(folder)
  expect(running).toMatchObject({ url: first.url, startedHere: false })
})

test('a crash of PostgreSQL itself is recovered, with everything that was committed', async () => {
  const first = await startEmbeddedPostgres(folder)
  await query(first.url, `create table kept as select 'here' as word`)
  const pid = Number(readFileSync(pidFile(), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
  running = await startEmbeddedPostgres(folder)
  expect(await query(running.url, 'select word from kept')).toEqual([{ word: 'here' }])
})

test('a stale pid file whose pid is another program now is removed', async () => {
  const first = await startEmbeddedPostgres(folder)
  const pids = readFileSync(pidFile(), 'utf8').split('\n')
  await first.stop()
  writeFileSync(pidFile(), [String(process.pid), ...pids.slice(1)].join('\n'))
  running = await startEmbeddedPostgres(folder)
  expect(running.startedHere).toBe(true)
})

test('data without its password file is refused with what to do, and not overwritten', async () => {
  await (await startEmbeddedPostgres(folder)).stop()
  rmSync(path.join(folder, 'postgres-password'))
  await expect(startEmbeddedPostgres(folder)).rejects.toThrow(/postgres-password is missing.*backup/)
  expect(existsSync(path.join(folder, 'postgres/PG_VERSION'))).toBe(true)
})

test('one that ends without being asked is started again on its port, and not after a stop', async () => {
  const said: string[] = []
  const first = await startEmbeddedPostgres(folder)
  running = keepEmbeddedPostgres(first, folder, (message) => said.push(message))
  await query(running.url, `create table kept as select 'here' as word`)
  process.kill(first.pid, 'SIGKILL')
  const rows = await eventually(30_000, 'PostgreSQL runs again', () => query(first.url, 'select word from kept').catch(() => undefined))
  expect(rows).toEqual([{ word: 'here' }])
  await eventually(30_000, 'it is said', async () => said.includes('PostgreSQL runs again') || undefined)
  expect(said[0]).toBe('PostgreSQL has ended; starting it again')
  const pid = Number(readFileSync(pidFile(), 'utf8').split('\n')[0])
  await running.stop()
  expect(alive(pid)).toBe(false)
})
