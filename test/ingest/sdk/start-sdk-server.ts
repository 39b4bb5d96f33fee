// A listening server with the SDK routes alone, and an appender that keeps what it is given. The real log is tested in test/ingest/log.
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { defaultSettings, type ProjectSettings } from '../../../core/project/settings.ts'
import { listQuotas } from '../../../core/quota/apply.ts'
import { admitItems, findLimits } from '../../../core/quota/count.ts'
import type { NewOutcome } from '../../../ingest/outcomes/recorder.ts'
import type { KnownKey } from '../../../ingest/sdk/keys.ts'
import type { SdkDeps } from '../../../ingest/sdk/receive.ts'
import { registerSdkRoutes } from '../../../ingest/sdk/routes.ts'
import type { Appender, NewEnvelope } from '../../../ingest/log/batcher.ts'

export const KEY = '0123456789abcdef0123456789abcdef'
export const otherKey = 'f'.repeat(32)
export const disabledKey = 'd'.repeat(32)
export const ID1 = '9ec79c33ec9942ab8353589fcb2e04dc'
export const ID2 = '12c2d058d58442709aa2eca08bf20986'
export const H1 = `{"event_id":"${ID1}"}`
export const EV = '{"type":"event"}\n{"message":"hello world","level":"error"}'
export const A = { 'x-sentry-auth': `Sentry sentry_version=7, sentry_client=t/1, sentry_key=${KEY}` }

/** A key as the look-up answers it, under settings of the test's own. */
export function knownKey(id: number, projectId: number, { isActive = true, settings = {} }: { isActive?: boolean; settings?: Partial<ProjectSettings> } = {}): KnownKey {
  const all = { ...defaultSettings, ...settings }
  return { id, projectId, isActive, settings: all, quotas: listQuotas({ keyId: id, rateLimit: null, projectId, project: all.quotas, organization: [] }) }
}

const keys = new Map<string, KnownKey>([
  [KEY, knownKey(3, 42)],
  [otherKey, knownKey(4, 43)],
  [disabledKey, knownKey(5, 42, { isActive: false })],
])

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string; json: { id?: string; detail?: string; causes?: string[] } }

export type Sent = { method?: string; path?: string; headers?: Record<string, string | string[]>; body?: string | Uint8Array | Iterable<Uint8Array> }

/** `stored` = everything appended so far, `recorded` = every outcome of what was not; `mode` decides what the next append does. */
export type SdkServer = { port: number; stored: NewEnvelope[]; recorded: NewOutcome[]; mode: 'commit' | 'full' | 'fail'; send(request?: Sent): Promise<Answer>; close(): Promise<void> }

export async function startSdkServer(deps: Partial<SdkDeps> = {}): Promise<SdkServer> {
  const stored: NewEnvelope[] = []
  const recorded: NewOutcome[] = []
  const counters = new Map()
  const quotas: SdkDeps['quotas'] = {
    admit: (categories, quotas) => ({ refused: admitItems(categories, quotas, counters, Date.now() / 1000), limits: findLimits(quotas, counters, Date.now() / 1000) }),
    close: () => Promise.resolve(),
  }
  const outcomes: SdkDeps['outcomes'] = { record: (outcome) => void recorded.push(outcome), close: () => Promise.resolve() }
  const appender: Appender = {
    append(envelopes) {
      if (server.mode === 'full') return null
      if (server.mode === 'fail') return Promise.reject(new Error('the database is away'))
      return Promise.resolve(envelopes.map((envelope) => stored.push({ ...envelope, payload: Uint8Array.from(envelope.payload) })))
    },
    close: () => Promise.resolve(),
  }
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true } })
  app.get('/api/0/projects', () => ({ web: true }))
  registerSdkRoutes(app, { appender, findKey: (publicKey) => keys.get(publicKey) ?? null, quotas, outcomes, trustedProxies: 0, ...deps })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const server: SdkServer = { port, stored, recorded, mode: 'commit', send: (request) => send(port, request), close: () => app.close() }
  return server
}

/** Sends exactly these headers: no Content-Type of its own. An iterable goes chunk by chunk, without Content-Length. */
function send(port: number, { method = 'POST', path = '/api/42/envelope/', headers = A, body = '' }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode!, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} })
      })
    })
    outgoing.on('error', reject)
    if (method === 'GET' || method === 'HEAD' || method === 'DELETE') return outgoing.end()
    if (typeof body === 'string' || body instanceof Uint8Array) return outgoing.end(body)
    for (const chunk of body) outgoing.write(chunk)
    outgoing.end()
  })
}
