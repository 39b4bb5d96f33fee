// `import { createClient } from 'refold/client'`: the typed client of the web API (core/contract/client) with the network, the chance and
// the clock of Node or of a browser. The command line, scripts and tests use it; what they need besides is handed on from here.

import { composeClient, type Client } from './core/contract/client/create.ts'
import type { ClientOptions as CoreOptions, World } from './core/contract/client/transport.ts'

export type ClientOptions = Omit<CoreOptions, 'loadOperations'> & { fetch?: typeof fetch }

/** Checks every answer. The schemas are three quarters of it: a bundle keeps them apart, and they are loaded with the first answer. */
export function createClient(options: ClientOptions): Client {
  return composeClient({ ...options, loadOperations: async () => (await import('./core/contract/operations/all.ts')).operations }, createWorld(options))
}

/** Takes answers as they are: for who counts bytes, or speaks to servers of several versions. */
export function createBareClient(options: ClientOptions): Client {
  return composeClient(options, createWorld(options))
}

export { AuthenticationError, AuthorizationError, ConflictError, NetworkError, NotFoundError, RateLimitError, RequestError, ServerError, UnexpectedAnswerError, ValidationError } from './core/contract/client/errors.ts'
export type { Client } from './core/contract/client/create.ts'
export type { EventQuery } from './core/contract/client/events.ts'
export type { IssueQuery } from './core/contract/client/issues.ts'
export type { Page, Paging } from './core/contract/client/pages.ts'
export type { Answer, CallOptions } from './core/contract/client/transport.ts'

function createWorld(options: ClientOptions): World {
  return { fetch: options.fetch ?? ((...request) => fetch(...request)), random: Math.random, createCommandId, wait, startDeadline: (ms) => AbortSignal.timeout(ms) }
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal!.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  })
}

/** A UUID by hand: a page that came over plain http has no function for one. */
function createCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
