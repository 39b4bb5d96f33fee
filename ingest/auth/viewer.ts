// Who is behind a request: the Bearer token if there is one, else the session cookie. Called by the access hook (ingest/access.ts).

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { grantedScopes, seenProjects, type Viewer } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { findVisitor } from './accounts.ts'
import { hasSession, renewSession } from './sessions.ts'
import { findTokenHolder } from './tokens.ts'

/** Null = nobody signed in. Throws `badToken` for a token that is not known, or not any more: it never falls back to the cookie. */
export async function resolveViewer(pool: Pool, request: FastifyRequest): Promise<Viewer | null> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) {
    const holder = await findTokenHolder(pool, /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '')
    if (!holder) throw new ApiError('badToken')
    const { accountId, email, name, role, projects, scopes } = holder
    // The person is the actor either way: a token may be deleted, what was done with it stays theirs.
    return { userId: accountId, email, name, role, via: 'token', actor: `user:${accountId}`, scopes: grantedScopes(role, scopes), projects: seenProjects(role, projects) }
  }
  const accountId = request.session?.accountId
  const account = accountId === undefined ? undefined : await findVisitor(pool, accountId)
  if (!account) return null
  renewSession(request)
  const { id, email, name, role, projects } = account
  return { userId: id, email, name, role, via: 'session', actor: `user:${id}`, scopes: grantedScopes(role), projects: seenProjects(role, projects) }
}

/** The viewer of a request that lasts, as of now: null once the session, the token or the account is gone. */
export async function resolveAgain(pool: Pool, request: FastifyRequest): Promise<Viewer | null> {
  if (request.headers.authorization === undefined && !(await hasSession(pool, request))) return null
  return resolveViewer(pool, request).catch((error: unknown) => {
    if (error instanceof ApiError) return null
    throw error
  })
}

/** For handlers of routes that are not public: the access hook has made sure that there is one. */
export function requireViewer(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new ApiError('unauthenticated')
  return request.viewer
}
