// Who is behind a request: the Bearer token if there is one, else the session cookie. Called by the access hook (ingest/access.ts).

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { grantedScopes, type Viewer } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { findAccount } from './accounts.ts'
import { renewSession } from './sessions.ts'
import { findTokenHolder } from './tokens.ts'

/** Null = nobody signed in. Throws `badToken` for a token that is not known: it never falls back to the cookie. */
export async function resolveViewer(pool: Pool, request: FastifyRequest): Promise<Viewer | null> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) {
    const token = /^Bearer ([0-9a-f]{40})$/i.exec(authorization)?.[1]
    const holder = token && (await findTokenHolder(pool, token.toLowerCase()))
    if (!holder) throw new ApiError('badToken')
    const { accountId, email, name, role } = holder
    // The person is the actor either way: a token may be deleted, what was done with it stays theirs.
    return { userId: accountId, email, name, role, via: 'token', actor: `user:${accountId}`, scopes: grantedScopes(role, holder.scopes), projects: 'all' }
  }
  const accountId = request.session?.accountId
  const account = accountId === undefined ? undefined : await findAccount(pool, accountId)
  if (!account) return null
  renewSession(request)
  const { id, email, name, role } = account
  return { userId: id, email, name, role, via: 'session', actor: `user:${id}`, scopes: grantedScopes(role), projects: 'all' }
}

/** For handlers of routes that are not public: the access hook has made sure that there is one. */
export function requireViewer(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new ApiError('unauthenticated')
  return request.viewer
}
