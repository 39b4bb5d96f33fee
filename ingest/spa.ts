// The built app (`dist/`, made by ui/build.ts) and its history fallback: any page address answers index.html, the app reads the path.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { ApiError } from '../core/errors.ts'

/** `/assets/` holds files whose names contain their hash: kept for ever. All else is asked for again each time. */
export function registerSpa(app: FastifyInstance, root: string): void {
  if (existsSync(root)) app.register(fastifyStatic, { root, serve: false, cacheControl: false, preCompressed: true })

  app.get('/*', async (request, reply) => {
    const path = decodeURIComponent(request.url.split('?', 1)[0]!)
    if (path.startsWith('/api/')) throw new ApiError('notFound')
    if (!existsSync(join(root, 'index.html'))) {
      return reply.code(503).type('text/plain; charset=utf-8').send('The app is not built. Run: npm run build\nThe API and the SDK endpoints work without it.\n')
    }
    if (path.startsWith('/assets/')) return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(path)
    reply.header('cache-control', 'no-cache')
    // A page address has no dot in its last part; a file like /favicon.svg has one.
    if (/\.\w+$/.test(path)) return reply.sendFile(path)
    const html = request.headers.accept === undefined || /text\/html|\*\/\*/.test(request.headers.accept)
    if (!html) throw new ApiError('notFound')
    return reply.sendFile('index.html')
  })
}
