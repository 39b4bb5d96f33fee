// What answers on PORT and at PUBLIC_URL.

import type { Config } from '../../core/config.ts'
import { nameCause } from '../failure.ts'
import type { Answered, ServerFacts } from './facts.ts'

const patienceMs = 5_000
/** Left by proxies and content networks; nothing of ours sends them. */
const tellTales = ['via', 'x-cache', 'x-varnish', 'cf-ray', 'x-amz-cf-id', 'x-served-by', 'server'] as const

export async function gatherServer({ host, port, publicUrl }: Config): Promise<ServerFacts> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  const [own, seen] = await Promise.all([ask(`http://${address}:${port}`), ask(publicUrl)])
  return { own, seen }
}

async function ask(origin: string): Promise<Answered> {
  const before = Date.now()
  try {
    const response = await fetch(`${origin}/_health/`, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) })
    const after = Date.now()
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      status: response.status,
      build: response.headers.get('x-refold-build'),
      health: (await response.text()).slice(0, 100).trim(),
      location: response.headers.get('location'),
      proxies: tellTales.filter((name) => response.headers.has(name)),
      // The header is cut to the second.
      clock: Number.isNaN(date) ? null : { ahead: date + 500 - (before + after) / 2, uncertainty: (after - before) / 2 + 1_000 },
    }
  } catch (error) {
    return { failed: nameCause(error) }
  }
}
