// Tokens: one's own, and those of the organization for builds. A token can neither make nor revoke tokens (core/access.ts): a leaked
// one must not outlive its revocation.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Config } from '../../core/config.ts'
import { newOrganizationToken, newToken, type NewToken, type Token } from '../../core/contract/account.ts'
import { ApiError } from '../../core/errors.ts'
import { setPosition } from '../commands/append.ts'
import { createToken, deleteToken, listOrganizationTokens, listTokens, makeOrganizationToken, type CreatedToken } from './tokens.ts'
import { requireViewer } from './viewer.ts'

const dayMs = 86_400_000
const organizationTokens = '/api/0/organizations/:org/org-auth-tokens/'

export function registerTokenRoutes(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  app.get('/api/0/api-tokens/', async (request) => listTokens(pool, requireViewer(request).userId))

  app.post('/api/0/api-tokens/', async (request, reply): Promise<Token> => {
    const viewer = requireViewer(request)
    const body = newToken.parse(request.body)
    const beyond = body.scopes.filter((scope) => !viewer.scopes.has(scope))
    if (beyond.length > 0) throw refuse('scopes', `Your role does not hold ${beyond.join(', ')}.`)
    const { position, ...token } = await createToken(pool, viewer.userId, { ...body, expiresAt: readExpiry(body, Date.now()) })
    setPosition(reply, position)
    reply.code(201)
    return token
  })

  app.delete<{ Params: { id: string } }>('/api/0/api-tokens/:id/', async (request, reply) => {
    const { userId, actor } = requireViewer(request)
    const position = await deleteToken(pool, { id: readTokenId(request.params.id), kind: 'user', accountId: userId }, actor)
    if (position === null) throw new ApiError('notFound')
    setPosition(reply, position)
    return reply.code(204).send()
  })

  app.get(organizationTokens, async () => listOrganizationTokens(pool))

  app.post(organizationTokens, async (request, reply): Promise<Token & { createdBy: string }> => {
    const { userId, name: createdBy } = requireViewer(request)
    const { name } = newOrganizationToken.parse(request.body)
    const made: CreatedToken = await createToken(pool, userId, { name, scopes: ['org:ci'], kind: 'org' }, { token: makeOrganizationToken(config.publicUrl, config.organization.slug, Date.now()) })
    const { position, ...token } = made
    setPosition(reply, position)
    reply.code(201)
    return { ...token, createdBy }
  })

  app.delete<{ Params: { token: string } }>(`${organizationTokens}:token/`, async (request, reply) => {
    const position = await deleteToken(pool, { id: readTokenId(request.params.token), kind: 'org' }, requireViewer(request).actor)
    if (position === null) throw new ApiError('notFound')
    setPosition(reply, position)
    return reply.code(204).send()
  })
}

function readExpiry({ expiresAt, expiresInDays }: NewToken, now: number): Date | null {
  if (expiresInDays !== undefined) return new Date(now + expiresInDays * dayMs)
  if (expiresAt === undefined || expiresAt === null) return null
  const time = new Date(expiresAt)
  if (time.getTime() <= now) throw refuse('expiresAt', 'Use a time to come.')
  return time
}

function readTokenId(text: string): number {
  const id = Number(text)
  if (!Number.isInteger(id) || id < 1 || id > 2 ** 31 - 1) throw new ApiError('notFound')
  return id
}

function refuse(field: string, text: string): ApiError {
  return new ApiError('badRequest', { fields: { [field]: [text] } })
}
