// Idempotency: a client names its command, so that a retried request appends nothing and gets the first one's answer.

import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../../core/errors.ts'
import { requireViewer } from '../auth/viewer.ts'
import type { By } from './append.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * From the header `Idempotency-Key` or the field `commandId`, a UUID. Bound to the person and to `scope`: nobody gets the answer of
 * somebody else's command, and one id may stand for several appends of one request.
 */
export function readCommandId(request: FastifyRequest, scope: string): string | undefined {
  const header = request.headers['idempotency-key']
  const field = (request.body as { commandId?: unknown } | null | undefined)?.commandId
  const id = header ?? field
  if (id === undefined) return undefined
  if (typeof id !== 'string' || !uuid.test(id)) throw new ApiError('badRequest', { fields: { commandId: ['Use a UUID.'] } })
  const digest = createHash('sha256').update(`${request.viewer?.actor} ${scope} ${id.toLowerCase()}`).digest('hex')
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Who asks, with the command's id and the generation that the address names. */
export function readBy(request: FastifyRequest): By {
  const { generation } = request.query as { generation?: unknown }
  return { actor: requireViewer(request).actor, commandId: readCommandId(request, `${request.method} ${request.url}`), generation }
}
