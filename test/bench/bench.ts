// `npm run bench`: what the server takes in, stores and folds per second, as figures and as ratios to a server that does
// nothing and to the bare append. Everything runs on this machine at once, so the ratios say more than the figures.
// `--quick` takes an eighth of the events; `--reads` measures only the reads (`--reads=100000`: with so many events); `--app` the app in
// Chromium (`--app=10000`: with so many issues); `--soak` watches the server's memory for ten minutes instead (`--soak=2`: two).

import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { appendEnvelopes } from '../../ingest/log/append.ts'
import { startEmbeddedPostgres } from '../../migrations/embedded.ts'
import { migrate } from '../../migrations/migrate.ts'
import { createFolder } from '../../projections/advance.ts'
import { buildGeneration } from '../../projections/generations/building.ts'
import { createPageReader } from '../../projections/generations/reader.ts'
import { readFacts } from '../../projections/facts.ts'
import { verify } from '../../projections/verify.ts'
import { eventually } from '../eventually.ts'
import { eventEnvelope, foldAll, givenDecisions, givenProject } from '../given.ts'
import { startServerProcess } from '../server-process.ts'
import { measureApp } from './app.ts'
import { kinds, makeBodies, type Kind } from './bodies.ts'
import type { Ran, Run, Soak } from './load.ts'
import { measureReads } from './reads.ts'

const quick = process.argv.includes('--quick')
const count = quick ? 1_500 : 12_000
const warmUp = quick ? 300 : 2_000
const connections = 128
/** Offered per second, whether or not the server keeps up, for so many seconds. */
const rates = [2_000, 5_000]
const rateSeconds = quick ? 1 : 5
const reads = /^--reads(?:=(\d+))?$/.exec(process.argv.find((argument) => argument.startsWith('--reads')) ?? '')
const readEvents = Number(reads?.[1] ?? (quick ? 50_000 : 1_000_000))
const app = /^--app(?:=(\d+))?$/.exec(process.argv.find((argument) => argument.startsWith('--app')) ?? '')
const soak = /^--soak(?:=([\d.]+))?$/.exec(process.argv.find((argument) => argument.startsWith('--soak')) ?? '')

type PerKind<T> = Record<Kind, T>

const folder = mkdtempSync(path.join(tmpdir(), 'refold-bench-'))
const embedded = await startEmbeddedPostgres(folder)
const load = startScript('load.ts')
try {
  if (soak) await soakServer(Number(soak[1] ?? 10))
  else if (app) await measureApp(await createDatabase('app'), Number(app[1] ?? 100_000))
  else {
    if (!reads) await measureAll()
    await measureReads(await createDatabase('read'), readEvents, readEvents / 20)
  }
} finally {
  load.kill()
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measureAll(): Promise<void> {
  const sizes = await prepare()
  const served = await createDatabase('served')
  const folded = await createDatabase('folded')
  const appended = await createDatabase('appended')
  const stored = await createDatabase('stored')
  const noop = await measureBare('noop', served)
  const unappended = await measureBare('unappended', served)
  const held = await measureServer(served, true)
  const ingest = await measureServer(folded, false)
  const append = await measureAppend(appended)
  const kept = await measureStored(stored)
  const row = (name: string, kind: Kind, rate: number, ran?: Ran): string =>
    [`  ${name}`.padEnd(24), round(rate), percent(rate / rateOf(noop[kind])), percent(rate / append[kind]), ran ? `${ran.p50.toFixed(1)} ms` : '', ran ? `${ran.p99.toFixed(1)} ms` : ''].map((cell, index) => (index ? cell.padStart(12) : cell)).join('')
  console.log(`${' '.repeat(24)}${['events/s', 'of no-op', 'of append', 'p50', 'p99'].map((name) => name.padStart(12)).join('')}`)
  for (const kind of kinds) {
    console.log(`${(sizes[kind] / 1000).toFixed(1)} kB ${kind}, ${count} events over ${connections} connections`)
    console.log(row('no-op Fastify', kind, rateOf(noop[kind]), noop[kind]))
    console.log(row('without the append', kind, rateOf(unappended[kind]), unappended[kind]))
    console.log(row('durable ingest', kind, rateOf(held.runs[kind]), held.runs[kind]))
    console.log(row('… folding meanwhile', kind, rateOf(ingest.runs[kind]), ingest.runs[kind]))
    console.log(row('raw append', kind, append[kind]))
  }
  console.log(`fold ${round(kept.fold)} events/s, fold anew and compare ${round(kept.verified)} events/s; ${ingest.behindMs} ms after the last answer all was folded`)
  console.log(`refold ${round(kept.regroup)} events/s, ${percent(kept.regroup / kept.read)} of the raw log read rate (${round(kept.read)}/s)`)
  for (const { perSecond, ran, behind } of ingest.offered)
    console.log(`offered ${round(perSecond)} gzip events/s: answered ${round(rateOf(ran))}/s, p50 ${ran.p50.toFixed(1)} ms, p99 ${ran.p99.toFixed(1)} ms; the fold at most ${round(behind)} events behind`)
  console.log(`server memory: ${ingest.idle} MB idle, at most ${ingest.peak} MB under load`)
}

function startScript(name: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return fork(path.join(import.meta.dirname, name), args, { env: { ...process.env, ...env } })
}

async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, 'message')
  child.send(message)
  return ((await answer) as [T])[0]
}

/** Makes the bodies of all runs; their sizes in bytes. */
async function prepare(): Promise<PerKind<number>> {
  const offered = rates.reduce((sum, perSecond) => sum + perSecond * rateSeconds, 0)
  return (await ask<{ ready: PerKind<number> }>(load, { prepare: { gzip: warmUp + count + offered, plain: warmUp + count } })).ready
}

/** A migrated database with one project, and the path that its SDKs post to. */
async function createDatabase(name: string): Promise<{ url: string; pool: pg.Pool; path: string }> {
  const admin = new pg.Pool({ connectionString: embedded.url, max: 1 })
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(embedded.url)
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.href, max: 4, pipeline: true })
  await migrate(pool)
  const { publicKey } = await givenProject(pool, 1, 'shop')
  await givenDecisions(pool, { type: 'project.configured', data: { id: 1, settings: { quotas: [] } } }) // the default is 500 errors a second
  await foldAll(pool)
  return { url: url.href, pool, path: `/api/1/envelope/?sentry_key=${publicKey}` }
}

async function measureKinds(port: number, where: string): Promise<PerKind<Ran>> {
  const measure = async (kind: Kind): Promise<Ran> => {
    await ask<Ran>(load, { kind, port, path: where, from: 0, count: warmUp, connections } satisfies Run)
    const ran = await ask<Ran>(load, { kind, port, path: where, from: warmUp, count, connections } satisfies Run)
    if (ran.refused > 0) console.log(`${ran.refused} of ${count} were refused`)
    return ran
  }
  return { gzip: await measure('gzip'), plain: await measure('plain') }
}

async function measureBare(name: 'noop' | 'unappended', database: { url: string; path: string }): Promise<PerKind<Ran>> {
  const child = startScript('bare.ts', [name], { DATABASE_URL: database.url, NODE_ENV: 'production' })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const runs = await measureKinds(port, database.path)
  child.kill()
  return runs
}

/** `hold` keeps the checkpoint locked, so that the server only takes in; else it folds at the same time, as it does in life. */
async function measureServer(database: { url: string; pool: pg.Pool; path: string }, hold: boolean) {
  const server = await startServerProcess(database.url, { env: { NODE_ENV: 'production' } })
  const holder = await database.pool.connect()
  await holder.query('begin')
  if (hold) await holder.query('select position from checkpoint for update')
  await sleep(1_000)
  const idle = readMemory(server.pid)
  let peak = idle
  const watch = setInterval(() => (peak = Math.max(peak, readMemory(server.pid))), 100)
  const runs = await measureKinds(server.port, database.path)
  await holder.query('commit')
  holder.release()
  const behindMs = await waitForFold(database.pool)
  const offered = hold ? [] : await measureOffered(server.port, database)
  clearInterval(watch)
  await server.end('SIGTERM')
  await database.pool.end()
  return { idle, peak, runs, behindMs, offered }
}

/** One run per rate, and how far the fold fell behind. */
async function measureOffered(port: number, database: { pool: pg.Pool; path: string }) {
  const results: { perSecond: number; ran: Ran; behind: number }[] = []
  let from = warmUp + count
  for (const perSecond of rates) {
    let behind = 0
    const watch = setInterval(() => void readBehind(database.pool).then((now) => (behind = Math.max(behind, now))), 200)
    const events = perSecond * rateSeconds
    const ran = await ask<Ran>(load, { kind: 'gzip', port, path: database.path, from, count: events, connections, perSecond } satisfies Run)
    clearInterval(watch)
    results.push({ perSecond, ran, behind })
    from += events
    await waitForFold(database.pool)
  }
  return results
}

async function readBehind(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ behind: string }>('select h.position - c.position as behind from log_head h, checkpoint c')
  return Number(rows[0]!.behind)
}

/** Resolves when all is folded, with the milliseconds that took. */
async function waitForFold(pool: pg.Pool): Promise<number> {
  const started = performance.now()
  await eventually(120_000, 'all is folded', async () => (await readBehind(pool)) === 0 || undefined)
  return Math.round(performance.now() - started)
}

/** Memory at a steady rate, with the fold running: a leak shows as a last quarter above the second. */
async function soakServer(minutes: number): Promise<void> {
  const perSecond = 500
  const database = await createDatabase('soaked')
  const server = await startServerProcess(database.url, { env: { NODE_ENV: 'production' } })
  const memory: number[] = []
  const watch = setInterval(() => memory.push(readMemory(server.pid)), 1_000)
  const count = Math.round(perSecond * 60 * minutes)
  const ran = await ask<Ran>(load, { soak: true, kind: 'gzip', port: server.port, path: database.path, count, connections, perSecond } satisfies Soak)
  clearInterval(watch)
  const quarter = Math.floor(memory.length / 4)
  const averages = [0, 1, 2, 3].map((index) => memory.slice(index * quarter, (index + 1) * quarter)).map((part) => Math.round(part.reduce((sum, each) => sum + each, 0) / part.length))
  console.log(`${minutes} minutes at ${round(rateOf(ran))} events/s, ${ran.refused} refused, p99 ${ran.p99.toFixed(1)} ms; memory by quarters ${averages.join(', ')} MB`)
  await waitForFold(database.pool)
  await server.end('SIGTERM')
  await database.pool.end()
}

/** The append without a server: batches as the server makes them. */
async function measureAppend({ pool }: { pool: pg.Pool }): Promise<PerKind<number>> {
  const rates = { gzip: await appendBodies(pool, 'gzip', count), plain: await appendBodies(pool, 'plain', count) }
  await pool.end()
  return rates
}

async function appendBodies(pool: pg.Pool, kind: Kind, events: number): Promise<number> {
  const envelopes = makeBodies(kind, events).map(({ eventId, bytes }) => eventEnvelope(1, {}, { eventId, encoding: kind === 'gzip' ? 'g' : 'n', payload: bytes }))
  const started = performance.now()
  for (let from = 0; from < events; from += 250) await appendEnvelopes(pool, envelopes.slice(from, from + 250))
  return perSecond(events, started)
}

/** The fold without a server, then a regroup, then all again from scratch: of a log as the server keeps it, compressed. */
async function measureStored(database: { url: string; pool: pg.Pool }) {
  const { pool } = database
  await appendBodies(pool, 'gzip', 2 * count)
  let started = performance.now()
  const folder = createFolder(pool)
  while ((await folder.step()).folded > 0);
  const fold = perSecond(2 * count, started)
  const read = await measureRead(pool)
  const regroup = await measureRegroup(database)
  started = performance.now()
  const { differences } = await verify(database.url)
  const verified = perSecond(2 * count, started)
  if (differences.length > 0) throw new Error(`verify found differences: ${JSON.stringify(differences)}`)
  await pool.end()
  return { fold, read, regroup, verified }
}

/** The log as the fold reads it, and nothing done with it. */
async function measureRead(pool: pg.Pool): Promise<number> {
  const started = performance.now()
  let [position, facts] = [0, 0]
  for (;;) {
    const page = await readFacts(pool, position, 1_000, 2_000_000)
    if (page.length === 0) return perSecond(facts, started)
    position = page.at(-1)!.position
    facts += page.length
  }
}

/** A generation of another version beside the live one, as the build job makes it; the second of two, so that the threads are warm as in a long build. */
async function measureRegroup({ url, pool }: { url: string; pool: pg.Pool }): Promise<number> {
  const reader = createPageReader(url)
  let rate = 0
  for (let round = 0; round < 2; round++) {
    const generation = await givenDecisions(pool, { type: 'grouping.requested', data: { project: 1, grouping: { version: 'v2', revision: 0 } } })
    await foldAll(pool)
    const started = performance.now()
    await buildGeneration(pool, generation, { read: reader.read })
    rate = perSecond(2 * count, started)
  }
  await reader.stop()
  return rate
}

/** Resident memory in MB; NaN where there is no /proc. */
function readMemory(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000)
  } catch {
    return Number.NaN
  }
}

function rateOf(ran: Ran): number {
  return ran.answered / ran.seconds
}

function perSecond(events: number, startedAt: number): number {
  return (events / (performance.now() - startedAt)) * 1000
}

function round(rate: number): string {
  return Math.round(rate).toLocaleString('en')
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`
}
