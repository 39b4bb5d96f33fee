// `GET /api/0/organizations/{org}/live/`: the hub's messages as server-sent events, or by long polling where a proxy
// stops streams (ui.md 8.5).

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { LiveMessage } from '../../core/contract/live.ts'
import type { Hub } from './hub.ts'

export type LiveDeps = { hub: Hub; build: string }

const query = z.object({ after: z.coerce.number().int().nonnegative().optional() })
/** Proxies cut idle streams; most wait at least 30 s. */
const commentEveryMs = 15_000
const pollMs = 25_000
const gatherMs = 50

export function registerLiveRoutes(app: FastifyInstance, { hub, build }: LiveDeps): void {
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })

  app.get('/api/0/organizations/:org/live/', async (request, reply) => {
    const after = query.parse(request.query).after ?? readLastEventId(request)
    if (request.headers.accept?.includes('application/json')) return poll(request, after ?? hub.position())
    stream(request, reply, after)
    return reply
  })

  function stream(request: FastifyRequest, reply: FastifyReply, after: number | undefined): void {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { ...toHeaders(reply), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    const write = ({ event, data }: LiveMessage): void => void raw.write(`id: ${data.position}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    write({ event: 'hello', data: { position: hub.position(), build } })
    for (const message of missed(after)) write(message)
    // A reader that does not keep up would grow the buffer without bound: it is cut off and comes back with its position.
    const unsubscribe = hub.subscribe((message) => (raw.writableLength > 1_000_000 ? raw.destroy() : write(message)))
    const comment = setInterval(() => raw.write(':\n\n'), commentEveryMs)
    const end = (): void => {
      clearInterval(comment)
      unsubscribe()
      open.delete(end)
      raw.end()
    }
    open.add(end)
    request.raw.on('close', end)
  }

  async function poll(request: FastifyRequest, after: number): Promise<{ position: number; messages: LiveMessage[] }> {
    const already = missed(after).filter((message) => message.data.position > after)
    if (already.length > 0) return { position: hub.position(), messages: already }
    return new Promise((resolve) => {
      const messages: LiveMessage[] = []
      const end = (): void => {
        clearTimeout(timer)
        unsubscribe()
        open.delete(end)
        request.raw.socket.off('close', end)
        resolve({ position: hub.position(), messages })
      }
      let timer = setTimeout(end, pollMs)
      const unsubscribe = hub.subscribe((message) => {
        // What belongs together is broadcast together, under one position: one answer takes it all.
        if (messages.push(message) > 1) return
        clearTimeout(timer)
        timer = setTimeout(end, gatherMs)
      })
      open.add(end)
      request.raw.socket.once('close', end)
    })
  }

  function missed(after: number | undefined): LiveMessage[] {
    if (after === undefined || after === 0) return []
    return hub.since(after) ?? [{ event: 'gap', data: { position: hub.position() } }]
  }
}

function readLastEventId(request: FastifyRequest): number | undefined {
  const text = request.headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function toHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
