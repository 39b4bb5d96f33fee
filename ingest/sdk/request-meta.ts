// What the fold needs of a request and cannot get back from the body (protocol 0.2), and the client's address (protocol 2.13).
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { RequestMeta } from '../../core/fact.ts'
import type { Query } from './authenticate.ts'

const clientHints = [
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
  'sec-ch-ua-full-version-list',
  'sec-ch-ua-model',
  'sec-ch-ua-arch',
  'sec-ch-ua-bitness',
]

const maxAgent = 512
const maxUrl = 2048
const maxName = 256

/** Bounded strings; what was not sent is absent. */
export function readMeta(headers: IncomingHttpHeaders, query: Query, client: string | null): RequestMeta {
  const meta: RequestMeta = {}
  const agent = headers['user-agent']
  if (agent) meta.ua = agent.slice(0, maxAgent)
  const name = client ?? agent
  if (name) meta.client = name.slice(0, maxName)
  if (headers.origin) meta.origin = headers.origin.slice(0, maxUrl)
  if (headers.referer) meta.referer = headers.referer.slice(0, maxUrl)
  if (typeof query.sentry_release === 'string') meta.release = query.sentry_release.slice(0, maxName)
  if (typeof query.sentry_environment === 'string') meta.environment = query.sentry_environment.slice(0, maxName)
  for (const hint of clientHints) {
    const value = headers[hint]
    if (typeof value === 'string') (meta.hints ??= {})[hint] = value.slice(0, maxAgent)
  }
  return meta
}

/**
 * The socket's address; behind `trustedProxies` proxies, which append one address each, the one the outermost saw.
 * A valid IPv4 or IPv6 address, or null.
 */
export function clientAddress(forwardedFor: string | string[] | undefined, socketAddress: string | undefined, trustedProxies: number): string | null {
  if (trustedProxies > 0 && forwardedFor !== undefined) {
    const hops = String(forwardedFor).split(',')
    const address = readAddress(hops[Math.max(0, hops.length - trustedProxies)]!)
    if (address !== null) return address
  }
  return socketAddress === undefined ? null : readAddress(socketAddress)
}

/** Without port, brackets and zone; an IPv4 address mapped into IPv6 as IPv4. */
function readAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=[\d.]+$)/i, '')
  return isIP(bare) ? bare : null
}
