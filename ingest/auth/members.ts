// Who belongs to the organization: the accounts that were not removed, as the members API reads and changes them. Changes are taken one
// at a time, so that two owners who demote each other at once do not both succeed: one stays.

import type { Pool, PoolClient } from 'pg'
import { mayGrant, type Role, type Viewer } from '../../core/access.ts'
import type { Decision } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import { appendDecisionsWithin } from '../log/decisions.ts'
import { inTransaction } from '../log/transaction.ts'
import { withdrawInvitations } from './invitations.ts'
import { endSessions } from './sessions.ts'

/** `projects`: the ids as they were given; `seen`: the projects the member sees, as far as the reader of the list sees them too. */
export type MemberRow = {
  id: number; email: string; name: string; role: Role; projects: number[] | null; createdAt: Date; lastSeen: Date | null
  seen: { id: number; slug: string }[]
}

/** By name. `visible`: ids of the projects that may be told of, null = all; `project`: only who sees this one; `id`: only this member. */
export async function listMembers(pool: Pool, visible: number[] | null, only: { project?: number; id?: number } = {}): Promise<MemberRow[]> {
  const { rows } = await pool.query<MemberRow>(
    `select a.id, a.email, a.name, a.role, case when a.role in ('owner', 'manager') then null else a.projects end as projects, a.created_at as "createdAt", a.last_seen_at as "lastSeen",
       (select coalesce(json_agg(json_build_object('id', p.id, 'slug', p.slug) order by p.slug), '[]') from project p
        where (a.projects is null or a.role in ('owner', 'manager') or p.id = any(a.projects)) and ($1::int[] is null or p.id = any($1))) as seen
     from account a
     where a.removed_at is null and ($2::int is null or a.id = $2) and ($3::int is null or a.projects is null or a.role in ('owner', 'manager') or $3 = any(a.projects))
     order by lower(a.name), a.id`,
    [visible, only.id ?? null, only.project ?? null],
  )
  return rows
}

/** Null = all of them. Throws a 400 that names the one that does not exist. */
export async function readProjectIds(pool: Pool, names: readonly string[] | null): Promise<number[] | null> {
  if (names === null) return null
  const { rows } = await pool.query<{ id: number; slug: string }>('select id, slug from project where slug = any($1) or id::text = any($1) order by id', [names])
  const unknown = names.find((name) => !rows.some(({ id, slug }) => name === slug || name === String(id)))
  if (unknown !== undefined) throw new ApiError('badRequest', { fields: { projects: [`There is no project ${unknown.slice(0, 64)}.`] } })
  return rows.map(({ id }) => id)
}

export type MemberChange = { role: Role | undefined; projects: number[] | null | undefined }

/** The position of the decision, 0 when nothing had to change. Throws `notFound`, `forbidden` and `lastOwner`. */
export function changeMember(pool: Pool, viewer: Viewer, id: number, change: MemberChange): Promise<number> {
  return inTransaction(pool, async (client) => {
    const before = await lockMember(client, id)
    const { role = before.role, projects = before.projects } = change
    if (!mayGrant(viewer, before.role) || !mayGrant(viewer, role)) throw new ApiError('forbidden')
    if (role !== 'owner') await keepAnOwner(client, before)
    const changed = {
      ...(role !== before.role && { role }),
      ...(JSON.stringify(projects) !== JSON.stringify(before.projects) && { projects }),
    }
    if (Object.keys(changed).length === 0) return 0
    await client.query('update account set role = $2, projects = $3 where id = $1', [id, role, projects])
    await withdrawInvitations(client, id, role)
    return append(client, viewer, { type: 'member.changed', data: { account: id, ...changed } })
  })
}

/** Ends the sessions, tokens and open invitations of the person too. Everybody may leave. Throws as `changeMember`. */
export function removeMember(pool: Pool, viewer: Viewer, id: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    const before = await lockMember(client, id)
    if (id !== viewer.userId && !mayGrant(viewer, before.role)) throw new ApiError('forbidden')
    await keepAnOwner(client, before)
    await client.query('update account set removed_at = now() where id = $1', [id])
    await endSessions(client, id)
    await client.query('delete from token where account_id = $1', [id])
    await withdrawInvitations(client, id)
    return append(client, viewer, { type: 'member.removed', data: { account: id } })
  })
}

type Locked = { id: number; role: Role; projects: number[] | null }

async function lockMember(client: PoolClient, id: number): Promise<Locked> {
  await client.query(`select pg_advisory_xact_lock(hashtext('refold.members'))`)
  const { rows } = await client.query<Locked>('select id, role, projects from account where id = $1 and removed_at is null for update', [id])
  if (!rows[0]) throw new ApiError('notFound')
  return rows[0]
}

async function keepAnOwner(client: PoolClient, { id, role }: Locked): Promise<void> {
  if (role !== 'owner') return
  const { rows } = await client.query(`select from account where role = 'owner' and removed_at is null and id <> $1 limit 1`, [id])
  if (rows.length === 0) throw new ApiError('lastOwner')
}

async function append(client: PoolClient, { actor }: Viewer, decision: Decision): Promise<number> {
  return (await appendDecisionsWithin(client, { decisions: [decision], actor })).position
}
