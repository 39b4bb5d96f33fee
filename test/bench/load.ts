// The load generator, a process of its own, so that it is not part of what it measures: raw keep-alive sockets with one
// request under way on each; requests are made before the clock starts. Talks to bench.ts by messages.

import { connect } from 'node:net'
import { kinds, makeBodies, type Kind } from './bodies.ts'

/** `from` and `count` choose among the prepared bodies of the kind: no two runs against one database may overlap. */
export type Run = { kind: Kind; port: number; path: string; from: number; count: number; connections: number }
export type Ran = { seconds: number; answered: number; refused: number; p50: number; p99: number }

const bodies = new Map<Kind, Buffer[]>()

process.on('message', (message: { prepare: number } | Run) => {
  if ('prepare' in message) {
    for (const kind of kinds) bodies.set(kind, makeBodies(kind, message.prepare).map(({ bytes }) => bytes))
    process.send!({ ready: Object.fromEntries(kinds.map((kind) => [kind, average(bodies.get(kind)!.map((body) => body.length))])) })
  } else {
    void run(message).then((ran) => process.send!(ran))
  }
})

async function run({ kind, port, path, from, count, connections }: Run): Promise<Ran> {
  const requests = bodies.get(kind)!.slice(from, from + count).map((body) => {
    const encoding = kind === 'gzip' ? 'content-encoding: gzip\r\n' : ''
    return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-sentry-envelope\r\n${encoding}content-length: ${body.length}\r\n\r\n`), body])
  })
  const times: number[] = []
  let next = 0
  let refused = 0
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, () => converse(port, () => requests[next++], (status, ms) => {
    if (status === 200) times.push(ms)
    else refused++
  })))
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { seconds, answered: times.length, refused, p50: quantile(0.5), p99: quantile(0.99) }
}

/** One connection: writes a request, reads its answer, writes the next. */
function converse(port: number, take: () => Buffer | undefined, onAnswer: (status: number, ms: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sentAt = 0
    let received = ''
    const send = (): void => {
      const request = take()
      if (request === undefined) return void socket.end()
      received = ''
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      const end = received.indexOf('\r\n\r\n')
      if (end < 0 || received.length < end + 4 + Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)) return
      onAnswer(Number(received.slice(9, 12)), performance.now() - sentAt)
      send()
    })
  })
}

function average(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
