// Browser sessions: @fastify/session with its rows in Postgres. The table holds only the hash of the id in the cookie.
// A session lasts 30 days from its last use. It is renewed once a day, not at each request: a read should not write.

import cookie from '@fastify/cookie'
import session, { type SessionStore } from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import { hashSecret } from './tokens.ts'

declare module 'fastify' {
  interface Session {
    accountId?: number
    /** Unix ms. */
    signedInAt?: number
    renewedAt?: number
  }
}

const cookieName = 'refold_session'
/** The cookie is never sent with SDK requests or for static files, and those never look a session up. */
const path = '/api/0'
const dayMs = 86_400_000
const maxAge = 30 * dayMs

/** Call at the root, before the hooks that read `request.session`. */
export function registerSessions(app: FastifyInstance, deps: { pool: Pool; sessionSecret: string; secure: boolean }): void {
  app.register(cookie)
  app.register(session, {
    secret: deps.sessionSecret,
    cookieName,
    // @fastify/session drops a `secure` cookie unless it sees https itself, which it does not behind a proxy: see markSecure.
    cookie: { path, maxAge, httpOnly: true, sameSite: 'lax', secure: false },
    saveUninitialized: false,
    rolling: false,
    store: createSessionStore(deps.pool),
  })
  if (deps.secure) app.after(() => app.addHook('onSend', markSecure))
}

async function markSecure(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const cookies = reply.getHeader('set-cookie')
  if (cookies === undefined) return
  reply.removeHeader('set-cookie')
  reply.header('set-cookie', [cookies].flat().map((text) => `${text}; Secure`))
}

/** Starts a session under a new id; the old id is dead (session fixation). */
export async function startSession(request: FastifyRequest, accountId: number): Promise<void> {
  await request.session.regenerate()
  const now = Date.now()
  Object.assign(request.session, { accountId, signedInAt: now, renewedAt: now })
}

export async function endSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await request.session.destroy()
  reply.clearCookie(cookieName, { path })
}

/** Once a day: the change makes @fastify/session save the row and send the cookie again, both for 30 days from now. */
export function renewSession(request: FastifyRequest): void {
  if (Date.now() - (request.session.renewedAt ?? 0) > dayMs) request.session.renewedAt = Date.now()
}

/** Whether the request's session is still there. */
export async function hasSession(pool: Pool, request: FastifyRequest): Promise<boolean> {
  const { rows } = await pool.query('select from session where id = $1 and expires_at > now()', [hashSecret(request.session.sessionId)])
  return rows.length > 0
}

/** All of an account. */
export async function endSessions(db: Pool | PoolClient, accountId: number): Promise<void> {
  await db.query('delete from session where account_id = $1', [accountId])
}

export function createSessionStore(pool: Pool): SessionStore {
  return {
    get(id, callback) {
      pool.query<{ data: string }>('select data from session where id = $1 and expires_at > now()', [hashSecret(id)]).then(
        ({ rows }) => callback(null, rows[0] ? JSON.parse(rows[0].data) : null),
        (error: unknown) => callback(error),
      )
    },
    set(id, { accountId, signedInAt, renewedAt, cookie }, callback) {
      if (accountId === undefined) return callback()
      const values = [hashSecret(id), JSON.stringify({ accountId, signedInAt, renewedAt, cookie }), accountId, new Date(Date.now() + maxAge)]
      // Only signing in inserts. A renewal that crosses a logout must not bring the session back.
      const saved =
        renewedAt === signedInAt
          ? pool.query(
              `with expired as (delete from session where expires_at < now())
               insert into session (id, data, account_id, expires_at) values ($1, $2, $3, $4)
               on conflict (id) do update set data = excluded.data, expires_at = excluded.expires_at`,
              values,
            )
          : pool.query('update session set data = $2, expires_at = $4 where id = $1 and account_id = $3', values)
      saved.then(() => callback(), callback)
    },
    destroy(id, callback) {
      pool.query('delete from session where id = $1', [hashSecret(id)]).then(() => callback(), callback)
    },
  }
}
