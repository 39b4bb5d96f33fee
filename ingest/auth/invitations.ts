// The table `invitation`: a link that makes one person a member, once, within a week. It needs no mail: who invites passes it on.
// The table holds the hash of the secret in the link; a person who is invited again gets another, and the first link is dead.

import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { mayGrant, roles, type Role, type Viewer } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { appendDecisionsWithin } from '../log/decisions.ts'
import { inTransaction } from '../log/transaction.ts'
import { findLogin, joinAccount, type AccountRow } from './accounts.ts'
import { hashSecret } from './tokens.ts'

export type InvitationRow = {
  id: number; email: string; role: Role; projects: number[] | null; createdAt: Date; expiresAt: Date; expired: boolean; inviter: string | null
  seen: { id: number; slug: string }[]
}
export type NewInvitation = { email: string; role: Role; projects: number[] | null }
export type Invited = { id: number; secret: string; position: number }

/** Those that nobody has accepted, oldest first. `visible`: ids of the projects that may be told of, null = all. */
export async function listInvitations(pool: Pool, visible: number[] | null, id?: number): Promise<InvitationRow[]> {
  const { rows } = await pool.query<InvitationRow>(
    `select i.id, i.email, i.role, i.projects, i.created_at as "createdAt", i.expires_at as "expiresAt", i.expires_at <= now() as expired, a.name as inviter,
       (select coalesce(json_agg(json_build_object('id', p.id, 'slug', p.slug) order by p.slug), '[]') from project p
        where (i.projects is null or p.id = any(i.projects)) and ($1::int[] is null or p.id = any($1))) as seen
     from invitation i left join account a on a.id = i.invited_by
     where i.accepted_at is null and ($2::int is null or i.id = $2) order by i.id`,
    [visible, id ?? null],
  )
  return rows
}

/** Throws `forbidden` for a role above the viewer's, here or in an open invitation of that address, and a 400 for somebody who is a member. */
export async function invite(pool: Pool, viewer: Viewer, { email, role, projects }: NewInvitation): Promise<Invited> {
  if (!mayGrant(viewer, role)) throw new ApiError('forbidden')
  if (await findLogin(pool, email)) throw new ApiError('badRequest', { fields: { email: ['This person is a member already.'] } })
  const secret = randomBytes(32).toString('base64url')
  return inTransaction(pool, async (client) => {
    const open = await client.query<{ role: Role }>('select role from invitation where lower(email) = lower($1) and accepted_at is null for update', [email])
    if (open.rows[0] && !mayGrant(viewer, open.rows[0].role)) throw new ApiError('forbidden')
    const { rows } = await client.query<{ id: number }>(
      `insert into invitation (email, role, projects, hash, invited_by, expires_at) values ($1, $2, $3, $4, $5, now() + interval '7 days')
       on conflict (lower(email)) where accepted_at is null do update
         set role = excluded.role, projects = excluded.projects, hash = excluded.hash, invited_by = excluded.invited_by, created_at = now(), expires_at = excluded.expires_at
       returning id`,
      [email, role, projects, hashSecret(secret), viewer.userId],
    )
    const { id } = rows[0]!
    const { position } = await appendDecisionsWithin(client, { decisions: [{ type: 'member.invited', data: { invitation: id, role, projects } }], actor: viewer.actor })
    return { id, secret, position }
  })
}

/** The position of the decision. Throws `notFound`, and `forbidden` for an invitation to a role above the viewer's. */
export function uninvite(pool: Pool, viewer: Viewer, id: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ role: Role }>('delete from invitation where id = $1 and accepted_at is null returning role', [id])
    if (!rows[0]) throw new ApiError('notFound')
    if (!mayGrant(viewer, rows[0].role)) throw new ApiError('forbidden')
    return (await appendDecisionsWithin(client, { decisions: [{ type: 'member.uninvited', data: { invitation: id } }], actor: viewer.actor })).position
  })
}

/** The open invitations that an account has sent, to a role above `keepUpTo` or to any: its word no longer lets anybody in. */
export async function withdrawInvitations(client: PoolClient, account: number, keepUpTo?: Role): Promise<void> {
  const beyond = roles.slice(keepUpTo === undefined ? 0 : roles.indexOf(keepUpTo) + 1)
  await client.query('delete from invitation where invited_by = $1 and accepted_at is null and role = any($2)', [account, beyond])
}

export type OpenInvitation = { id: number; email: string; role: Role; projects: number[] | null; inviter: string | null; expiresAt: Date }

/** Throws `notFound` for a wrong secret, whatever else is true of the invitation, then `inviteUsed` and `inviteExpired`. */
export async function findInvitation(pool: Pool, id: number, secret: string): Promise<OpenInvitation> {
  const { rows } = await pool.query<OpenInvitation & { hash: string; used: boolean; expired: boolean }>(
    `select i.id, i.email, i.role, i.projects, i.hash, i.expires_at as "expiresAt", inviter.name as inviter, i.expires_at <= now() as expired,
       i.accepted_at is not null or exists (select 1 from account a where lower(a.email) = lower(i.email) and a.removed_at is null) as used
     from invitation i left join account inviter on inviter.id = i.invited_by where i.id = $1`,
    [id],
  )
  const [found] = rows
  const matches = timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(found?.hash ?? hashSecret('')))
  if (!found || !matches) throw new ApiError('notFound')
  if (found.used) throw new ApiError('inviteUsed')
  if (found.expired) throw new ApiError('inviteExpired')
  return found
}

/** The account, new or brought back, under the address that was invited. Ask `findInvitation` first: this throws `inviteUsed` for whatever is wrong, as for the second of two at once. */
export function acceptInvitation(pool: Pool, id: number, secret: string, { name, password }: { name?: string | undefined; password: string }): Promise<AccountRow> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Pick<OpenInvitation, 'email' | 'role' | 'projects'>>(
      'update invitation set accepted_at = now() where id = $1 and hash = $2 and accepted_at is null returning email, role, projects',
      [id, hashSecret(secret)],
    )
    const account = rows[0] ? await joinAccount(client, { ...rows[0], name, password }) : null
    if (!account) throw new ApiError('inviteUsed')
    return account
  })
}
