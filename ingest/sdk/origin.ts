// Which web pages may send (protocol 2.2): the origin a browser names against the allowed domains of the project. It protects nobody against
// who makes up a request, but keeps the errors of copied pages out.
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Requests that name no origin come from servers and always may. `*`, or a host that may begin with `*.` for the domain and all below it, with
 * scheme and port where they matter: `https://*.example.com:8443`.
 */
export function mayOriginSend({ origin, referer }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (allowed.includes('*')) return true
  const named = origin ?? referer
  if (named === undefined || named === '') return true
  if (!URL.canParse(named)) return false
  const url = new URL(named)
  return allowed.some((pattern) => matches(url, pattern.toLowerCase()))
}

const form = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*?)(?::(\d+))?\/?$/
const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' }

function matches(url: URL, pattern: string): boolean {
  const [, scheme, host, port] = form.exec(pattern)!
  if (scheme !== undefined && url.protocol !== `${scheme}:`) return false
  if (port !== undefined && port !== (url.port || defaultPorts[url.protocol])) return false
  const name = url.hostname.toLowerCase()
  return host!.startsWith('*.') ? name === host!.slice(2) || name.endsWith(host!.slice(1)) : name === host
}
