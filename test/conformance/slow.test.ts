import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../given.ts'
import { sendHonestly } from './honest.ts'
import { startVictim, type Victim } from './victim.ts'
import { formatRequest, openWire } from './wire.ts'

/** Both ends of each connection are a file of a process; a machine that allows fewer gets fewer. */
const idle = Math.min(10_000, Number(execFileSync('sh', ['-c', 'ulimit -n']).toString().replace('unlimited', '1000000')) - 1_000)
const each = 50
/** A minute for a body; what says nothing has less. */
const patienceMs = 100_000
/** MB: 10,000 connections at 20 kB, the buffers of both directions and Node's objects, and the honest client's share. */
const mayGrow = 300

type Slow = { name: string; sockets: Socket[]; closedAfter: number[]; said: Set<string> }

let victim: Victim
beforeAll(async () => void (victim = await startVictim()))
afterAll(() => victim?.stop())

/** Connections that say `first`, and then `next()` every second, until the server closes them. Opened a few at a time, or the kernel drops some. */
async function beSlow(name: string, count: number, first: () => string, next?: () => string): Promise<Slow> {
  const slow: Slow = { name, sockets: [], closedAfter: [], said: new Set() }
  while (slow.sockets.length < count) {
    const opened = Array.from({ length: Math.min(100, count - slow.sockets.length) }, () => openSlow(slow, first, next))
    slow.sockets.push(...opened)
    await Promise.all(opened.map((socket) => once(socket, 'connect')))
    await sleep(10)
  }
  return slow
}

function openSlow(slow: Slow, first: () => string, next?: () => string): Socket {
  const started = performance.now()
  const socket = connect({ port: victim.server.port, host: '127.0.0.1' })
  socket.write(first())
  const talking = next && setInterval(() => socket.write(next()), 1_000)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => slow.said.add(chunk.toString('latin1').slice(9, 12)))
  socket.on('close', () => {
    clearInterval(talking)
    slow.closedAfter.push(performance.now() - started)
  })
  return socket
}

test('#156 slow clients and 10,000 that say nothing are closed in time, and nobody else waits', { timeout: patienceMs + 60_000 }, async () => {
  const { server, path, project, database } = victim
  const sendFor = (ms: number): ReturnType<typeof sendHonestly> => sendHonestly(server.port, path, sleep(ms))
  await sendFor(2_000)
  const calm = await sendFor(2_000)
  const before = victim.readMemory().now

  const slowIds: string[] = []
  const slowBody = (): string => {
    slowIds.push(newId())
    return `POST ${path} HTTP/1.1\r\nhost: h\r\ncontent-length: 100000\r\n\r\n{"event_id":"${slowIds.at(-1)}"}\n{"type":"event"}\n{"message":"`
  }
  const slow = await Promise.all([
    beSlow('bodies of a byte a second', each, slowBody, () => 'x'),
    beSlow('bodies that stop in the middle', each, slowBody),
    beSlow('headers of a line a second', each, () => `POST ${path} HTTP/1.1\r\nhost: h\r\n`, () => 'x-slow: 1\r\n'),
    beSlow('connections that say nothing', idle, () => ''),
  ])
  const served = await sendFor(10_000)
  const aborted = slowBody()
  const leaving = connect({ port: server.port, host: '127.0.0.1' }, () => leaving.write(aborted, () => leaving.destroy()))
  const stillOpen = (): string[] => slow.flatMap(({ name, sockets, closedAfter }) => (closedAfter.length < sockets.length ? [`${sockets.length - closedAfter.length} ${name}`] : []))
  await expect.poll(stillOpen, { timeout: patienceMs, interval: 250 }).toEqual([])

  const { now, peak } = victim.readMemory()
  console.log(`${idle} idle and ${3 * each} slow: +${peak - before} MB at most, +${now - before} MB after, p99 of others ${served.p99} ms, ${(served.p99 / calm.p99).toFixed(1)} x without`)
  for (const { name, closedAfter, said } of slow) console.log(`${name}: ${closedAfter.length} closed after ${Math.round(Math.min(...closedAfter) / 1000)} to ${Math.round(Math.max(...closedAfter) / 1000)} s, told ${[...said].join(', ') || 'nothing'}`)
  expect(peak - before).toBeLessThan(mayGrow)
  expect(served.refused).toBe(0)
  expect(served.p99).toBeLessThan(5_000)
  const { rows } = await database.pool.query<{ stored: number }>('select count(*)::integer as stored from log where project_id = $1 and event_id = any($2::uuid[])', [project.id, slowIds])
  expect(rows[0]!.stored).toBe(0)

  const wire = openWire(server.port)
  expect((await wire.ask(formatRequest(path, [], Buffer.from('{}')))).status).toBe(200)
  wire.close()
  expect(victim.errors()).toEqual([])
})
