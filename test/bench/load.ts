// The load generator, a process of its own, so that it is not part of what it measures: raw keep-alive sockets with one
// request under way on each; requests are made before the clock starts. Talks to bench.ts by messages.

import { connect } from 'node:net'
import { kinds, makeBodies, type Kind } from './bodies.ts'

/** `from` and `count` choose among the prepared bodies of the kind: no two runs against one database may overlap. */
export type Run = {
  kind: Kind; port: number; path: string; from: number; count: number; connections: number
  /** Requests come due at this rate, whether or not earlier ones were answered, and their time counts from then. Absent: each connection sends when it has its answer. */
  perSecond?: number
}
/** Runs at a rate with bodies made on the way: as long as wanted. */
export type Soak = Omit<Run, 'from'> & { perSecond: number; soak: true }
/** p50 and p99 in milliseconds. */
export type Ran = { seconds: number; answered: number; refused: number; p50: number; p99: number }

const bodies = new Map<Kind, Buffer[]>()

process.on('message', (message: { prepare: Record<Kind, number> } | Run | Soak) => {
  if ('prepare' in message) {
    for (const kind of kinds) bodies.set(kind, makeBodies(kind, message.prepare[kind]).map(({ bytes }) => bytes))
    process.send!({ ready: Object.fromEntries(kinds.map((kind) => [kind, average(bodies.get(kind)!.map((body) => body.length))])) })
  } else {
    void run(message).then((ran) => process.send!(ran))
  }
})

async function run(message: Run | Soak): Promise<Ran> {
  const { kind, count, port, connections, perSecond } = message
  const prepared = 'soak' in message ? [] : bodies.get(kind)!.slice(message.from, message.from + count).map((body) => makeRequest(message, body))
  const requestAt = (index: number): Buffer => prepared[index] ?? makeRequest(message, makeBodies(kind, 1)[0]!.bytes)
  const times: number[] = []
  let refused = 0
  let ended = (): void => undefined
  const end = new Promise<void>((resolve) => (ended = resolve))
  const idle: Connection[] = []
  const note = (status: number, ms: number): void => {
    if (status === 200) times.push(ms)
    else refused++
    if (times.length + refused === count) ended()
  }
  let next = 0
  let started = performance.now()
  const dueAt = (index: number): number => (perSecond === undefined ? performance.now() : started + (index / perSecond) * 1000)
  /** What is due goes to whoever has been idle longest: a connection that is never used is closed by the server. */
  const feed = (): void => {
    while (idle.length > 0 && next < count && dueAt(next) <= performance.now()) {
      const since = dueAt(next)
      idle.shift()!.send(requestAt(next++), since)
    }
  }
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port, (connection, status, ms) => {
    idle.push(connection)
    note(status, ms)
    feed()
  })))
  idle.push(...open)
  started = performance.now()
  const clock = perSecond === undefined ? undefined : setInterval(feed, 1)
  feed()
  await end
  clearInterval(clock)
  const seconds = (performance.now() - started) / 1000
  for (const connection of open) connection.end()
  times.sort((a, b) => a - b)
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { seconds, answered: times.length, refused, p50: quantile(0.5), p99: quantile(0.99) }
}

function makeRequest({ kind, port, path }: Pick<Run, 'kind' | 'port' | 'path'>, body: Buffer): Buffer {
  const encoding = kind === 'gzip' ? 'content-encoding: gzip\r\n' : ''
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-sentry-envelope\r\n${encoding}content-length: ${body.length}\r\n\r\n`), body])
}

type Connection = { send(request: Buffer, since: number): void; end(): void }

/** `onAnswer` is called for each request sent, with the milliseconds since `since`. */
function openConnection(port: number, onAnswer: (connection: Connection, status: number, ms: number) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let since = 0
    let received = ''
    const connection: Connection = {
      send(request, from) {
        received = ''
        since = from
        socket.write(request)
      },
      end: () => void socket.end(),
    }
    socket.on('connect', () => resolve(connection))
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      const end = received.indexOf('\r\n\r\n')
      if (end < 0 || received.length < end + 4 + Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)) return
      onAnswer(connection, Number(received.slice(9, 12)), performance.now() - since)
    })
  })
}

function average(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
