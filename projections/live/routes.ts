// `GET /api/0/organizations/{org}/live/`: the hub's messages as server-sent events, or by long polling where a proxy
// stops streams (ui.md 8.5).

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { maySee, type Viewer } from '../../core/access.ts'
import type { LiveMessage } from '../../core/contract/live.ts'
import type { Hub } from './hub.ts'

/** `resolveAgain`: the viewer of a request that lasts, as of now; null once the session, the token or the account is gone. Asked every `commentEveryMs`. */
export type LiveDeps = { hub: Hub; build: string; resolveAgain: (request: FastifyRequest) => Promise<Viewer | null>; commentEveryMs?: number }

const query = z.object({ after: z.coerce.number().int().nonnegative().optional() })
/** Proxies cut idle streams; most wait at least 30 s. */
const usualCommentMs = 15_000
const pollMs = 25_000
const gatherMs = 50

export function registerLiveRoutes(app: FastifyInstance, { hub, build, resolveAgain, commentEveryMs = usualCommentMs }: LiveDeps): void {
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
    let viewer = request.viewer!
    for (const message of missed(viewer, after)) write(message)
    const unsubscribe = hub.subscribe((message, project) => {
      if (!concerns(viewer, project)) return
      // A reader that does not keep up would grow the buffer without bound: it is cut off and comes back with its position.
      if (raw.writableLength > 1_000_000) raw.destroy()
      else write(message)
    })
    const comment = setInterval(() => {
      raw.write(':\n\n')
      // Who was removed meanwhile, or moved to other projects, must not go on reading. The database away is no reason to part.
      resolveAgain(request).then((now) => (now === null ? end() : (viewer = now)), () => undefined)
    }, commentEveryMs)
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
    const viewer = request.viewer!
    const already = missed(viewer, after).filter((message) => message.data.position > after)
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
      const unsubscribe = hub.subscribe((message, project) => {
        if (!concerns(viewer, project)) return
        // What belongs together is broadcast together, under one position: one answer takes it all.
        if (messages.push(message) > 1) return
        clearTimeout(timer)
        timer = setTimeout(end, gatherMs)
      })
      open.add(end)
      request.raw.socket.once('close', end)
    })
  }

  function missed(viewer: Viewer, after: number | undefined): LiveMessage[] {
    if (after === undefined || after === 0) return []
    return hub.since(after, (project) => maySee(viewer, project)) ?? [{ event: 'gap', data: { position: hub.position() } }]
  }
}

function concerns(viewer: Viewer, project: number | null): boolean {
  return project === null || maySee(viewer, project)
}

function readLastEventId(request: FastifyRequest): number | undefined {
  const text = request.headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function toHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}
