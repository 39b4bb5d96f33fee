// How the API describes itself: an operation per route, with the schemas that its handler parses and answers. The OpenAPI document
// (openapi/document.ts) and the tests that send every answer through its schema are made from these.

import type { z } from 'zod'

export type Operation = {
  /** One sentence in the imperative, without a full stop: what a person would look for. */
  summary: string
  /** More, where a sentence is not enough. Plain text. */
  description?: string
  /** A z.object of what may stand behind the question mark; every value is text there. */
  query?: z.ZodObject
  /** JSON body. Leave out where none is read. */
  body?: z.ZodType
  /** JSON of the answer when all went well; left out when it has no body. */
  answer?: z.ZodType
  /** Default 200; 204 without `answer`. */
  status?: number
  /** A list that comes in pages: `cursor`, `per_page`/`limit` and the `Link` header are added to what is said here. */
  paged?: true
  /** Of an answer that is not JSON. */
  contentType?: string
  /** Refold's own, where Sentry has no such thing. */
  extension?: true
}

/** By route as it stands in core/access.ts: `GET /api/0/projects/:org/:project/issues/`. */
export type Operations = Readonly<Record<string, Operation>>

/** The two names of every path below an issue (core/access.ts). */
export function onIssuePaths(operations: Operations): Operations {
  const prefixes = ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/']
  return Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(operations).map(([route, operation]) => [route.replace(' ', ` ${prefix}`), operation])))
}
