// Browsers post from any origin. Every answer carries these headers, errors too: without them a 429 is a network error to
// the browser SDK, which then keeps sending (protocol 2.2). Never with credentials.
import type { FastifyReply, FastifyRequest } from 'fastify'

const everyAnswer = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
}

const preflight = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  // sentry-trace and baggage: apps add them through over-broad tracePropagationTargets.
  'access-control-allow-headers':
    'x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, authorization, content-encoding, transfer-encoding, sentry-trace, baggage',
  'access-control-max-age': '3600',
}

/** An onRequest hook: set before anything can fail. */
export function addCorsHeaders(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers(everyAnswer)
  done()
}

/** The same for every project, known or not, without authentication. */
export function answerPreflight(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.headers(preflight).code(204).send()
}
