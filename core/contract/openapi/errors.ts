// What an operation can refuse, from the table of errors (core/errors.ts).

import type { Access } from '../../access.ts'
import { errorTable } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import type { JsonSchema } from './schemas.ts'

export type Response = { description: string; headers?: Record<string, { description: string; schema: JsonSchema }>; content?: Record<string, { schema: JsonSchema }> } | { $ref: string; description?: never; headers?: never; content?: never }

const detail: JsonSchema = { type: 'object', properties: { detail: { type: 'string' } }, required: ['detail'] }
const fields: JsonSchema = { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }

const sentences = Map.groupBy(Object.values(errorTable), ([status]) => status)

/** By status, each with the sentences it may carry. */
export const errorResponses: Record<string, Response> = Object.fromEntries(
  [...sentences].map(([status, rows]) => [
    `Error${status}`,
    { description: rows.map(([, sentence]) => sentence).join(' '), content: { 'application/json': { schema: status === 400 ? { anyOf: [detail, fields] } : detail } } },
  ]),
)

/** Any request can hold a position or a body that cannot be read, hence 400 everywhere. */
export function listErrors(route: string, { body }: Operation, access: Access | undefined): Record<string, Response> {
  const [isRead, isInvitation] = [route.startsWith('GET '), route.includes('/accept-invite/')]
  const statuses = {
    301: isRead && route.includes(':issue/'), 400: true, 401: access !== 'public' || route.includes('/login/') || route === 'GET /api/0/', 403: access !== 'public' && access !== 'viewer',
    404: route.includes(':'), 409: !isRead || isInvitation, 410: isInvitation, 413: body !== undefined, 422: route.endsWith('/apply/'),
    429: isInvitation || /\/auth\/(?:login|owner)\/|\/password\//.test(route), 500: true, 503: true,
  }
  return Object.fromEntries(Object.entries(statuses).flatMap(([status, may]) => (may ? [[status, { $ref: `#/components/responses/Error${status}` }]] : [])))
}
