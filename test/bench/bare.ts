// The two servers to compare with, each in a process of its own. `noop`: Fastify alone, which reads the body and answers.
// `unappended`: our server with all its hooks and the SDK routes, and an appender that only says yes.

import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { pino } from 'pino'
import { readConfig } from '../../core/config.ts'
import { createOutcomeRecorder } from '../../ingest/outcomes/recorder.ts'
import { createQuotaUsage } from '../../ingest/quota/usage.ts'
import { startKeyCache } from '../../ingest/sdk/keys.ts'
import { registerSdkRoutes } from '../../ingest/sdk/routes.ts'
import { createServer } from '../../ingest/server.ts'

const makers: Record<string, () => FastifyInstance | Promise<FastifyInstance>> = {
  noop() {
    const app = Fastify({ routerOptions: { ignoreTrailingSlash: true }, bodyLimit: 1_000_000 })
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post('/api/:project/envelope', async () => ({ id: '0123456789abcdef0123456789abcdef' }))
    return app
  },
  async unappended() {
    const read = readConfig(process.env)
    if ('problems' in read) throw new Error(read.problems.join(' '))
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
    const appender = { append: (envelopes: unknown[]) => Promise.resolve(envelopes.map(() => 1)), close: () => Promise.resolve() }
    const log = pino({ level: 'silent' })
    const deps = { appender, findKey: (await startKeyCache(pool)).find, quotas: createQuotaUsage(pool, log), outcomes: createOutcomeRecorder(pool, appender, log), trustedProxies: 0 }
    return createServer({
      config: read.config, log: false, build: 'bench', pool, sessionSecret: 's'.repeat(32), findIssues: async () => ({ ids: [], next: null }), onDecided: () => undefined,
      routes: [(app) => registerSdkRoutes(app, deps)],
    })
  },
}

const app = await makers[process.argv[2]!]!()
await app.listen({ host: '127.0.0.1', port: 0 })
process.send!({ port: (app.server.address() as AddressInfo).port })
