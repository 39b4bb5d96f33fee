// Every error of the web API leaves through here: `{"detail": text}` with exactly one key (sentry-cli prints anything else as a raw
// dump; where it never asks, more may stand beside it), or `{"field": ["text"]}` for a form. Never a stack, never SQL.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError, errorTable } from '../core/errors.ts'
import { isWebApi } from './access.ts'

export function registerProblems(app: FastifyInstance): void {
  const routes: { method: string; pattern: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api/0/')) return
    const pattern = new RegExp(`^${url.replace(/\/$/, '').replace(/:[^/]+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) routes.push({ method: one, pattern })
  })

  app.setErrorHandler<FastifyError>(answerError)

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!
    const allowed = isWebApi(request) ? routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method) : []
    if (allowed.length === 0) return answerProblem(reply, new ApiError('notFound'))
    return answerProblem(reply, new ApiError('methodNotAllowed', { headers: { allow: [...new Set(allowed)].join(', ') } }))
  })
}

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toApiError(error)
  if (problem.status >= 500) request.log.error({ err: error, url: request.routeOptions.url }, problem.message)
  return answerProblem(reply, problem)
}

function answerProblem(reply: FastifyReply, problem: ApiError): FastifyReply {
  const retry = problem.status === 503 ? { 'retry-after': '2' } : {}
  return reply
    .code(problem.status)
    .headers({ ...retry, ...problem.headers, 'content-type': 'application/json', 'cache-control': 'no-store' })
    .send(JSON.stringify(problem.fields ?? { detail: problem.message, ...problem.more }))
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof z.ZodError) return new ApiError('badRequest', { fields: fieldsOf(error) })
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: number; message?: string }
  if (isConnectionError(code, message)) return new ApiError('unavailable')
  // SQLSTATE class 22: text that Postgres cannot hold (NUL), a number out of range. The request's fault.
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return new ApiError('badRequest')
  if (statusCode === 413) return new ApiError('bodyTooLarge')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new ApiError('badRequest', { detail: `${errorTable.badRequest[1]} ${String(message)}`.slice(0, 200) })
  return new ApiError('internal')
}

function fieldsOf(error: z.ZodError): Record<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const { path, message } of error.issues.slice(0, 20)) {
    const field = path.length > 0 ? String(path[0]) : 'non_field_errors'
    fields.set(field, [...(fields.get(field) ?? []), message])
  }
  return Object.fromEntries(fields)
}

const connectionCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|08\w{3}|53300|57P0[1-3])$/

function isConnectionError(code: unknown, message = ''): boolean {
  // node-postgres gives these two no code.
  return (typeof code === 'string' && connectionCodes.test(code)) || /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
}
