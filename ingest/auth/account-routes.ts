// One's own account: name, settings of the app, password.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { changedAccount, changedPassword, type Account } from '../../core/contract/account.ts'
import { ApiError } from '../../core/errors.ts'
import { changeAccount, findAccount, findLogin, type AccountRow } from './accounts.ts'
import { setPassword } from './operator.ts'
import { verifyPassword } from './password.ts'
import { startSession } from './sessions.ts'
import { createThrottle, takeOrThrow } from './throttle.ts'
import { requireViewer } from './viewer.ts'

/** Characters of JSON; what the app keeps is theme, time zone, columns. */
const maxOptions = 8192

export function registerAccountRoutes(app: FastifyInstance, { pool }: { pool: Pool }): void {
  const throttle = createThrottle()

  app.get('/api/0/users/me/', async (request) => toAccount((await findAccount(pool, requireViewer(request).userId))!))

  app.put('/api/0/users/me/', async (request) => {
    const account = await changeAccount(pool, requireViewer(request).userId, changedAccount.parse(request.body), maxOptions)
    if (!account) throw new ApiError('badRequest', { fields: { options: ['At most 8 kB.'] } })
    return toAccount(account)
  })

  /** Ends every session of the account; the one that asks goes on under a new id. */
  app.put('/api/0/users/me/password/', async (request, reply) => {
    const { email, userId } = requireViewer(request)
    const body = changedPassword.parse(request.body)
    const keys = [`email:${email.toLowerCase()}`]
    takeOrThrow(throttle, keys)
    const account = await findLogin(pool, email)
    if (!(await verifyPassword(account?.password_hash, body.password))) throw new ApiError('badRequest', { fields: { password: ['This is not your password.'] } })
    throttle.giveBack(keys)
    await setPassword(pool, email, body.new)
    await startSession(request, userId)
    return reply.code(204).send()
  })
}

export function toAccount({ id, email, name, role, options }: AccountRow): Account {
  return { id: String(id), email, name, role, options: JSON.parse(options) as Record<string, unknown> }
}
