// The two ends of an invitation's link: what it says, and accepting it. Open to everybody who has the link, and slow to guess at.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { roleNames } from '../../core/access.ts'
import type { Config } from '../../core/config.ts'
import { acceptance, type Invitation } from '../../core/contract/member.ts'
import { ApiError } from '../../core/errors.ts'
import { toAccount } from './account-routes.ts'
import { acceptInvitation, findInvitation } from './invitations.ts'
import { startSession } from './sessions.ts'
import { createThrottle, takeOrThrow } from './throttle.ts'

const path = '/api/0/accept-invite/:invitation/:secret/'
type OnInvitation = { Params: { invitation: string; secret: string } }

export function registerInvitationRoutes(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  const throttle = createThrottle({ limit: 20 })

  /** Counts only what fails. */
  async function guarded<T>(request: FastifyRequest<OnInvitation>, work: (id: number, secret: string) => Promise<T>): Promise<T> {
    const keys = [`address:${request.ip}`]
    takeOrThrow(throttle, keys)
    const { invitation, secret } = request.params
    if (!/^\d{1,9}$/.test(invitation)) throw new ApiError('notFound')
    const answer = await work(Number(invitation), secret)
    throttle.giveBack(keys)
    return answer
  }

  app.get<OnInvitation>(path, (request) =>
    guarded(request, async (id, secret): Promise<Invitation> => {
      const { email, role, inviter, expiresAt } = await findInvitation(pool, id, secret)
      const { slug, name } = config.organization
      return { email, role, roleName: roleNames[role], orgSlug: slug, orgName: name, inviterName: inviter, needsPassword: true, expiresAt: expiresAt.toISOString() }
    }),
  )

  app.post<OnInvitation>(path, async (request, reply) => {
    const account = await guarded(request, async (id, secret) => {
      // A link that does not work says so before the form is looked at.
      await findInvitation(pool, id, secret)
      return acceptInvitation(pool, id, secret, acceptance.parse(request.body))
    })
    await startSession(request, account.id)
    return reply.code(201).send({ nextUri: '/', user: toAccount(account) })
  })
}
