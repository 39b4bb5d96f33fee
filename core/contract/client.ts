// `import { createClient } from 'refold/client'`: the typed client of the web API, which checks every answer against the schemas of the
// operations. The command line, scripts and tests use it; what they need besides is handed on from here.

import { createBareClient, type Client } from './client/create.ts'
import type { ClientOptions } from './client/transport.ts'

/** The schemas are three quarters of it: a bundle keeps them apart, and they are loaded with the first answer. */
export function createClient(options: Omit<ClientOptions, 'loadOperations'>): Client {
  return createBareClient({ ...options, loadOperations: async () => (await import('./operations/all.ts')).operations })
}

export { AuthenticationError, AuthorizationError, ConflictError, NetworkError, NotFoundError, RateLimitError, RequestError, ServerError, UnexpectedAnswerError, ValidationError } from './client/errors.ts'
export type { Client } from './client/create.ts'
export type { EventQuery } from './client/events.ts'
export type { IssueQuery } from './client/issues.ts'
export type { Page, Paging } from './client/pages.ts'
export type { Answer, CallOptions, ClientOptions } from './client/transport.ts'
