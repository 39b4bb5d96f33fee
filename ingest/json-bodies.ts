// JSON bodies of the web API, read once for every command: what no table could hold, or what no walk through it would survive, does not
// reach the log, where it would be for ever.

import type { FastifyInstance } from 'fastify'
import { ApiError } from '../core/errors.ts'
import { storableText } from '../core/text.ts'

/** Deeper than anything that is asked for; an event that is tried out may be deep. */
const maxDepth = 500

/** An empty body is none: scripts that name a content type name it with every request, also with a DELETE. Too deep a body is `badRequest`. */
export function registerJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null)
    parse(request, body as string, (error, value) => {
      if (error) return done(error)
      try {
        done(null, readStorable(value, 0))
      } catch (deep) {
        done(deep as Error)
      }
    })
  })
}

/** With NUL and half surrogate pairs replaced, in names and in texts. */
function readStorable(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) throw new ApiError('badRequest', { detail: `The request is not valid. It is nested more than ${maxDepth} levels deep.` })
  if (Array.isArray(value)) return value.map((each) => readStorable(each, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [storableText(name), readStorable(each, depth + 1)]))
}
