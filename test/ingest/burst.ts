// A burst of distinct errors over keep-alive connections, as many SDKs at once would send them; remembers who was answered 200.

import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { failure, newId } from '../given.ts'

export type Burst = {
  /** Event ids answered 200. */
  stored: Set<string>
  /** Ids whose connection broke, or that were refused: what became of them is open. */
  open: Set<string>
  done: Promise<void>
}

/** Sends `count` envelopes over 16 connections, every second one compressed. `onStored` hears how many were answered 200 so far. */
export function sendBurst(dsn: string, count: number, onStored: (stored: number) => void = () => undefined): Burst {
  const { origin, username: key, pathname } = new URL(dsn)
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const burst: Burst = { stored: new Set(), open: new Set(), done: Promise.resolve() }
  let sent = 0
  async function sendOneByOne(): Promise<void> {
    while (sent < count) {
      const id = newId()
      const status = await post(agent, `${origin}/api${pathname}/envelope/?sentry_key=${key}`, makeEnvelope(id, sent), sent++ % 2 === 0)
      if (status === 200) burst.stored.add(id)
      else burst.open.add(id)
      if (status === 200) onStored(burst.stored.size)
    }
  }
  burst.done = Promise.all(Array.from({ length: 16 }, sendOneByOne)).then(() => agent.destroy())
  return burst
}

function makeEnvelope(id: string, index: number): string {
  const event = failure('TypeError', `item ${index} of the basket is gone`, { event_id: id, level: 'error', user: { id: String(index % 100) } })
  return `${JSON.stringify({ event_id: id })}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}`
}

/** The status; 0 when the connection broke before an answer was read to its end. */
function post(agent: Agent, url: string, body: string, compressed: boolean): Promise<number> {
  const bytes = compressed ? gzipSync(body) : Buffer.from(body)
  return new Promise((resolve) => {
    const headers = { 'content-length': bytes.length, ...(compressed && { 'content-encoding': 'gzip' }) }
    const outgoing = request(url, { agent, method: 'POST', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
      response.on('error', () => resolve(0))
    })
    outgoing.on('error', () => resolve(0))
    outgoing.end(bytes)
  })
}
