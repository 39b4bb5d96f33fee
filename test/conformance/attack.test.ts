import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../given.ts'
import { makeBombs } from './bombs.ts'
import { sendHonestly, type Served } from './honest.ts'
import { beSlow, untilClosed, type Slow } from './slow.ts'
import { startVictim, type Victim } from './victim.ts'
import { formatRequest, openWire } from './wire.ts'

/** Both ends of each connection are a file of a process; a machine that allows fewer gets fewer. */
const idle = Math.min(10_000, Number(execFileSync('sh', ['-c', 'ulimit -n']).toString().replace('unlimited', '1000000')) - 1_000)
const slowOfEach = 50
const attackers = 8

/** MB, by 10,000 connections at 20 kB: the buffers of both directions and Node's objects. And the honest client's share. */
const mayGrowByIdle = 300
/**
 * MB, by a bomb: bodies inflate one after the other to at most 100 MiB, what the one before it made may not be collected yet, and eight
 * bodies of up to 14 MB each are held besides.
 */
const mayGrowByBomb = 400
/** Nobody waits for an attack to end; how fast a machine is does not matter here. */
const mayWaitMs = 5_000

let victim: Victim
let calm: Served
beforeAll(async () => {
  victim = await startVictim()
  await sendFor(2_000)
  calm = await sendFor(2_000)
})
afterAll(() => victim?.stop())

const sendFor = (ms: number): Promise<Served> => sendHonestly(victim.server.port, victim.path, sleep(ms))

function checkOthers(what: string, before: number, mayGrow: number, served: Served): void {
  const { now, peak } = victim.readMemory()
  console.log(`${what}: +${peak - before} MB at most, +${now - before} MB after, p99 of others ${served.p99} ms, ${(served.p99 / calm.p99).toFixed(1)} x without`)
  expect(peak - before).toBeLessThan(mayGrow)
  expect(served.refused).toBe(0)
  expect(served.p99).toBeLessThan(mayWaitMs)
}

// Opened by the first test and seen closed by the last, a minute later.
const trickling: Slow[] = []
const trickled: string[] = []

function startBody(): string {
  trickled.push(newId())
  return `POST ${victim.path} HTTP/1.1\r\nhost: h\r\ncontent-length: 100000\r\n\r\n{"event_id":"${trickled.at(-1)}"}\n{"type":"event"}\n{"message":"`
}

test(`#156 ${idle} that say nothing are closed in time, and nobody else waits`, { timeout: 120_000 }, async () => {
  const { port } = victim.server
  const before = victim.readMemory().now
  trickling.push(await beSlow(port, 'bodies of a byte a second', slowOfEach, startBody, () => 'x'))
  trickling.push(await beSlow(port, 'bodies that stop in the middle', slowOfEach, startBody))
  const headers = await beSlow(port, 'headers of a line a second', slowOfEach, () => `POST ${victim.path} HTTP/1.1\r\nhost: h\r\n`, () => 'x-slow: 1\r\n')
  const silent = await beSlow(port, 'connections that say nothing', idle, () => '')
  const served = await sendFor(8_000)
  checkOthers(`${idle} idle and ${3 * slowOfEach} slow`, before, mayGrowByIdle, served)
  const leaving = connect({ port, host: '127.0.0.1' }, () => leaving.write(startBody(), () => leaving.destroy()))
  await untilClosed([headers, silent], 90_000)
})

test.each(makeBombs())('#140 %s', { timeout: 60_000 }, async (name, headers, body, ...statuses) => {
  const { server, path } = victim
  const before = victim.readMemory().now
  const request = formatRequest(path, headers, body())
  const started = performance.now()
  const attack = Promise.all(Array.from({ length: attackers }, async () => {
    const wire = openWire(server.port)
    const reply = await wire.ask(request)
    wire.close()
    return { status: reply.status, after: performance.now() - started }
  }))
  const served = await sendHonestly(server.port, path, attack)
  for (const { status } of await attack) expect(statuses).toContain(status)
  checkOthers(`${name}, ${attackers} in ${Math.round(Math.max(...(await attack).map(({ after }) => after)))} ms`, before, mayGrowByBomb, served)
})

test('#156 bodies that trickle in are closed in time, and nothing of them is kept', { timeout: 120_000 }, async () => {
  await untilClosed(trickling, 100_000)
  const { rows } = await victim.database.pool.query<{ stored: number }>('select count(*)::integer as stored from log where event_id = any($1::uuid[])', [trickled])
  expect(rows[0]!.stored).toBe(0)
})

test('after all of it the next is served, the server has said nothing of errors, and it folds what it took', async () => {
  const wire = openWire(victim.server.port)
  expect((await wire.ask(formatRequest(victim.path, [], Buffer.from('{}')))).status).toBe(200)
  wire.close()
  await victim.untilFolded()
  expect(victim.errors()).toEqual([])
})
