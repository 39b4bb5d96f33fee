// Signing in and out, and the first run. First stop after the access hook.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { login, newOwner, type AuthConfig, type ServerInfo } from '../../core/contract/account.ts'
import { ApiError } from '../../core/errors.ts'
import { toAccount } from './account-routes.ts'
import { createOwner, findAccount, findLogin, needsOwner } from './accounts.ts'
import { verifyPassword } from './password.ts'
import { endSession, startSession } from './sessions.ts'
import { createThrottle, takeOrThrow } from './throttle.ts'

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
    takeOrThrow(throttle, keys)
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
}
