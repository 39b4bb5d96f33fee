// Why a command ended without having done its work: one or two lines on stderr, and the exit code.

import { NetworkError, RequestError } from '../core/contract/client/errors.ts'
import { explainFailure } from '../core/explain-failure.ts'
import { UsageError } from './arguments.ts'
import { ConfigError } from './config.ts'
import { escapeLines } from './escape.ts'

export const exitCodes = {
  0: 'done', 1: 'failed', 2: 'the command line, the environment or the query is not understood', 3: 'not found', 4: 'not allowed', 5: 'the server cannot be reached or has no time', 6: 'changed or taken by somebody else',
} as const
export type ExitCode = keyof typeof exitCodes

/** Nothing that is a Refold answers at the address. */
export class UnreachableError extends Error {}
/** Why `fetch` got no answer, as short as a code: ECONNREFUSED. */
export function nameCause(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } }
  return cause?.code || cause?.message || message || 'no answer'
}

/** What was asked for is not there, by our own finding. */
export class MissingError extends Error {}

/** Of an answer of the web API. */
const codeOfStatus: Readonly<Record<number, ExitCode>> = { 400: 2, 401: 4, 403: 4, 404: 3, 409: 6, 429: 5, 502: 5, 503: 5, 504: 5 }

export function explain(error: unknown): { code: ExitCode; text: string } {
  if (error instanceof UnreachableError) return { code: 5, text: error.message }
  if (error instanceof NetworkError) return { code: 5, text: error.cause instanceof UnreachableError ? error.cause.message : error.message }
  if (error instanceof MissingError) return { code: 3, text: error.message }
  if (error instanceof ConfigError) return { code: 2, text: error.message }
  if (error instanceof UsageError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')) {
    return { code: 2, text: `${(error as Error).message.split('. To specify')[0]}\nSee: refold --help` }
  }
  return error instanceof RequestError ? explainAnswer(error) : { code: 1, text: explainFailure(error, process.env) }
}

function explainAnswer({ status, message, requestId }: RequestError): { code: ExitCode; text: string } {
  const hint = status === 401 ? ' See REFOLD_TOKEN.' : status === 403 ? ' The token lacks a scope, or its owner the role.' : status >= 500 && requestId !== null ? ` (request ${requestId})` : ''
  return { code: codeOfStatus[status] ?? 1, text: message + hint }
}

export function fail(error: unknown): never {
  const { code, text } = explain(error)
  console.error(escapeLines(text))
  process.exit(code)
}
