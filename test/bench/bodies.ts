// What the bench sends: an error of a web shop as @sentry/node reports it, about 9 kB of JSON that gzip makes 2.5 kB.
// Every one is distinct in id, time, person and order. Forty issues take most of them; each fiftieth names its order in the
// message and is an issue of its own, as v1 groups it.

import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'

export const kinds = ['gzip', 'plain'] as const
export type Kind = (typeof kinds)[number]
export type Body = { eventId: string; bytes: Buffer }

export function makeBodies(kind: Kind, count: number): Body[] {
  return Array.from({ length: count }, (_, index) => {
    const eventId = randomBytes(16).toString('hex')
    const plain = Buffer.from(`${JSON.stringify({ event_id: eventId, sent_at: new Date().toISOString(), sdk })}\n{"type":"event"}\n${JSON.stringify(makeEvent(eventId, index))}`)
    return { eventId, bytes: kind === 'gzip' ? gzipSync(plain, { level: 6 }) : plain }
  })
}

const sdk = { name: 'sentry.javascript.node', version: '11.12.0' }
const errors = ['TypeError', 'RangeError', 'PaymentError', 'TimeoutError', 'StockError']
const places = ['cart', 'checkout', 'payment', 'shipping', 'search', 'account', 'invoice', 'basket']

function makeEvent(eventId: string, index: number): Record<string, unknown> {
  const place = places[index % places.length]!
  const error = errors[index % errors.length]!
  const customer = (index * 7919) % 5_000
  return {
    event_id: eventId,
    timestamp: Date.now() / 1000,
    platform: 'node',
    level: 'error',
    environment: 'production',
    release: `shop@2.${Math.floor(index / 10_000) % 10}.0`,
    server_name: `web-${index % 8}`,
    transaction: `POST /api/${place}/:id`,
    sdk: { ...sdk, integrations: ['InboundFilters', 'FunctionToString', 'LinkedErrors', 'Console', 'Http', 'OnUncaughtException', 'OnUnhandledRejection', 'ContextLines', 'Modules'], packages: [{ name: 'npm:@sentry/node', version: '11.12.0' }] },
    user: { id: String(customer), email: `customer${customer}@example.com`, ip_address: `10.${index % 200}.${customer % 250}.7` },
    tags: { region: `eu-${index % 3}`, tier: customer % 10 === 0 ? 'gold' : 'basic', feature: place },
    extra: { order: 100_000 + index, retries: index % 4, session: randomBytes(300).toString('hex') },
    contexts: {
      os: { type: 'os', name: 'Linux', version: '6.8.0', kernel_version: '6.8.0-45-generic' },
      runtime: { name: 'node', version: 'v26.10.0' },
      app: { app_start_time: '2026-11-22T08:00:00.000Z', app_memory: 90_000_000 + index },
      device: { arch: 'x64', memory_size: 8_589_934_592, processor_count: 4, boot_time: '2026-11-01T03:00:00.000Z' },
      trace: { trace_id: randomBytes(16).toString('hex'), span_id: randomBytes(8).toString('hex') },
    },
    request: { method: 'POST', url: `https://shop.example.com/api/${place}/${index}`, headers: { host: 'shop.example.com', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', accept: 'application/json' } },
    breadcrumbs: Array.from({ length: 12 }, (_, crumb) => ({ timestamp: Date.now() / 1000 - crumb, type: 'http', category: 'http', data: { method: 'GET', status_code: 200, url: `https://stock.example.com/items/${randomBytes(12).toString('hex')}` } })),
    exception: { values: [{ type: error, value: index % 50 === 0 ? `Order ${100_000 + index} could not pass ${place}` : `The order could not pass ${place}`, mechanism: { type: 'generic', handled: true }, stacktrace: { frames: makeFrames(place, error) } }] },
  }
}

function makeFrames(place: string, error: string): Record<string, unknown>[] {
  return Array.from({ length: 12 }, (_, depth) => {
    const own = depth >= 6
    const name = own ? `${place}${error}Step${depth}` : `dispatch${depth}`
    const file = own ? `/srv/shop/src/${place}/step${depth}.js` : `/srv/shop/node_modules/express/lib/router/layer${depth}.js`
    return {
      filename: file, abs_path: file, function: name, module: own ? `${place}:step${depth}` : `express.lib.router:layer${depth}`, lineno: 40 + depth, colno: 11, in_app: own,
      pre_context: [`  const order = await load${depth}(request.params.id)`, '  if (order === undefined) {', '    return reply.status(404).send()', '  }'],
      context_line: `  const total = await ${name}(order, request.user)`,
      post_context: ['  return reply.send({ total })', '}'],
    }
  })
}
