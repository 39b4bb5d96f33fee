// What every room may rely on in a Fastify request and route. Types only.
import type { Access, Viewer } from '../core/access.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access hook in ingest/server.ts before any handler runs. */
    viewer: Viewer | null
  }
  interface FastifyContextConfig {
    /** Required on every route: a test walks them all. */
    access?: Access
  }
}
