// A steady stream of distinct errors over keep-alive connections, each sending one after the other; remembers what was answered 200, in order.

import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, newId } from '../given.ts'

export type Steady = {
  /** Event ids answered 200, by connection, in the order they were sent. */
  stored: string[][]
  /** How often which other status was answered; 0 = the connection broke. */
  refused: Map<number, number>
  /** Set it to end the stream; `done` resolves when the last request is answered. */
  ended: boolean
  done: Promise<void>
}

export function sendSteadily(dsn: string, { connections, perSecond }: { connections: number; perSecond: number }): Steady {
  const { origin, username: key, pathname } = new URL(dsn)
  const url = `${origin}/api${pathname}/envelope/?sentry_key=${key}`
  const everyMs = (1_000 * connections) / perSecond

  async function sendOneByOne(stored: string[]): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    let due = performance.now() + Math.random() * everyMs
    while (!steady.ended) {
      await sleep(Math.max(0, due - performance.now()))
      due = Math.max(due + everyMs, performance.now() - 1_000)
      const id = newId()
      const status = await post(agent, url, id)
      if (status === 200) stored.push(id)
      else steady.refused.set(status, (steady.refused.get(status) ?? 0) + 1)
    }
    agent.destroy()
  }

  const steady: Steady = { stored: Array.from({ length: connections }, () => []), refused: new Map(), ended: false, done: Promise.resolve() }
  steady.done = Promise.all(steady.stored.map(sendOneByOne)).then(() => undefined)
  return steady
}

function post(agent: Agent, url: string, id: string): Promise<number> {
  const event = failure('TypeError', 'the basket is gone', { event_id: id })
  const body = Buffer.from(`${JSON.stringify({ event_id: id })}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}`)
  return new Promise((resolve) => {
    const outgoing = request(url, { agent, method: 'POST', headers: { 'content-length': body.length } }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
      response.on('error', () => resolve(0))
    })
    outgoing.on('error', () => resolve(0))
    outgoing.end(body)
  })
}
