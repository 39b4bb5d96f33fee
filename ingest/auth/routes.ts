// Signing in and out, the first run, one's own account and tokens. First stop after the access hook.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { z } from 'zod'
import type { Viewer } from '../../core/access.ts'
import { login, newOwner, newToken, type Account, type AuthConfig, type ServerInfo } from '../../core/contract/account.ts'
import { ApiError } from '../../core/errors.ts'
import { changeAccount, createOwner, findAccount, findLogin, needsOwner, type AccountRow } from './accounts.ts'
import { verifyPassword } from './password.ts'
import { endSession, startSession } from './sessions.ts'
import { createThrottle } from './throttle.ts'
import { createToken, deleteToken, listTokens } from './tokens.ts'
import { requireViewer } from './viewer.ts'

/** Characters of JSON; what the app keeps is theme, time zone, columns. */
const maxOptions = 8192

const changedAccount = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(128, 'At most 128 characters.').optional(),
  options: z.record(z.string(), z.unknown()).optional(),
})


export function registerAuthRoutes(app: FastifyInstance, { pool, build }: { pool: Pool; build: string }): void {
  const throttle = createThrottle()

  app.get('/api/0/', async ({ viewer }): Promise<ServerInfo> => {
    const user = viewer && toAccount((await findAccount(pool, viewer.userId))!)
    // '0' is the version of the API, as Sentry says it; sentry-cli requires the field.
    return { version: '0', build, user, auth: viewer && { scopes: [...viewer.scopes] } }
  })

  app.get('/api/0/auth/config/', async (): Promise<AuthConfig> => ({ refold: { needsOwner: await needsOwner(pool), mail: false } }))

  app.post('/api/0/auth/login/', async (request) => {
    const { username, password } = login.parse(request.body)
    const keys = [`address:${request.ip}`, `email:${username.toLowerCase()}`]
    const seconds = throttle.take(keys)
    if (seconds > 0) throw new ApiError('throttled', { headers: { 'retry-after': String(seconds) } })
    const account = await findLogin(pool, username)
    if (!(await verifyPassword(account?.password_hash, password)) || !account) throw new ApiError('badLogin')
    throttle.giveBack(keys)
    await startSession(request, account.id)
    return { nextUri: '/', user: toAccount(account) }
  })

  app.post('/api/0/auth/owner/', async (request, reply) => {
    const owner = await createOwner(pool, newOwner.parse(request.body))
    if (!owner) throw new ApiError('ownerExists')
    await startSession(request, owner.id)
    return reply.code(201).send({ nextUri: '/', user: toAccount(owner) })
  })

  app.delete('/api/0/auth/', async (request, reply) => {
    if (request.viewer?.via === 'session') await endSession(request, reply)
    return reply.code(204).send()
  })

  app.get('/api/0/users/me/', async (request) => toAccount((await findAccount(pool, requireViewer(request).userId))!))

  app.put('/api/0/users/me/', async (request) => {
    const { userId } = requireSession(requireViewer(request))
    const account = await changeAccount(pool, userId, changedAccount.parse(request.body), maxOptions)
    if (!account) throw new ApiError('badRequest', { fields: { options: ['At most 8 kB.'] } })
    return toAccount(account)
  })

  app.get('/api/0/api-tokens/', async (request) => listTokens(pool, requireSession(requireViewer(request)).userId))

  app.post('/api/0/api-tokens/', async (request, reply) => {
    const viewer = requireSession(requireViewer(request))
    const { name, scopes } = newToken.parse(request.body)
    const beyond = scopes.filter((scope) => !viewer.scopes.has(scope))
    if (beyond.length > 0) throw new ApiError('badRequest', { fields: { scopes: [`Your role does not hold ${beyond.join(', ')}.`] } })
    return reply.code(201).send(await createToken(pool, viewer.userId, { name, scopes }))
  })

  app.delete<{ Params: { id: string } }>('/api/0/api-tokens/:id/', async (request, reply) => {
    const { userId } = requireSession(requireViewer(request))
    const id = Number(request.params.id)
    if (!Number.isInteger(id) || id > 2 ** 31 - 1 || !(await deleteToken(pool, userId, id))) throw new ApiError('notFound')
    return reply.code(204).send()
  })
}

/** A token can neither make nor revoke tokens, nor change its owner: a leaked one must not outlive its revocation. */
function requireSession(viewer: Viewer): Viewer {
  if (viewer.via === 'token') throw new ApiError('forbidden')
  return viewer
}

function toAccount({ id, email, name, role, options }: AccountRow): Account {
  return { id: String(id), email, name, role, options: JSON.parse(options) as Record<string, unknown> }
}
