// Clients that take their time: each says something, and then something more every second or nothing at all, until the server has
// enough of it.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'

/** `said` = the statuses that the server answered before it closed. */
export type Slow = { name: string; sockets: Socket[]; closedAfterMs: number[]; said: Set<string> }

/** They say `first`, and then `next()`. Opened a few at a time, or the kernel drops some before the server sees them. */
export async function beSlow(port: number, name: string, count: number, first: () => string, next?: () => string): Promise<Slow> {
  const slow: Slow = { name, sockets: [], closedAfterMs: [], said: new Set() }
  while (slow.sockets.length < count) {
    const opened = Array.from({ length: Math.min(100, count - slow.sockets.length) }, () => openSlow(port, slow, first, next))
    slow.sockets.push(...opened)
    await Promise.all(opened.map((socket) => once(socket, 'connect')))
    await sleep(10)
  }
  return slow
}

function openSlow(port: number, slow: Slow, first: () => string, next?: () => string): Socket {
  const started = performance.now()
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(first())
  const talking = next && setInterval(() => socket.write(next()), 1_000)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => slow.said.add(chunk.toString('latin1').slice(9, 12)))
  socket.on('close', () => {
    clearInterval(talking)
    slow.closedAfterMs.push(performance.now() - started)
  })
  return socket
}

/** Until the server has closed all of them; fails after `patienceMs`. */
export async function untilClosed(group: readonly Slow[], patienceMs: number): Promise<void> {
  const stillOpen = (): string[] => group.flatMap(({ name, sockets, closedAfterMs }) => (closedAfterMs.length < sockets.length ? [`${sockets.length - closedAfterMs.length} ${name}`] : []))
  await expect.poll(stillOpen, { timeout: patienceMs, interval: 100 }).toEqual([])
  for (const { name, closedAfterMs, said } of group) {
    const seconds = closedAfterMs.map((ms) => Math.round(ms / 1000))
    console.log(`${closedAfterMs.length} ${name}: closed after ${Math.min(...seconds)} to ${Math.max(...seconds)} s, told ${[...said].join(', ') || 'nothing'}`)
  }
}
