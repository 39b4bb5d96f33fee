// The table `account`: who may sign in. Used by the auth routes, the CLI (`user create`) and main (`CREATE_SUPERUSER`).
// A removed account keeps its name beside what the person did; it is found by nothing here, and its email can come back.

import type { Pool, PoolClient } from 'pg'
import type { Role } from '../../core/access.ts'
import { appendDecisionsWithin } from '../log/decisions.ts'
import { inTransaction } from '../log/transaction.ts'
import { hashPassword } from './password.ts'

/** `projects`: ids of those the person belongs to; null = all. */
export type AccountRow = { id: number; email: string; name: string; role: Role; projects: number[] | null; options: string }
export type NewAccount = { email: string; password: string; name?: string | undefined; role: Role; projects?: number[] | null }

const columns = 'id, email, name, role, projects, options'

/** Null when the email is taken (compared without case). The name defaults to the part before the @. */
export async function createAccount(pool: Pool | PoolClient, { email, password, name, role, projects = null }: NewAccount): Promise<AccountRow | null> {
  const { rows } = await pool.query<AccountRow>(
    `insert into account (email, name, password_hash, role, projects) values ($1, $2, $3, $4, $5)
     on conflict (lower(email)) do update
       set email = excluded.email, name = excluded.name, password_hash = excluded.password_hash, role = excluded.role, projects = excluded.projects, removed_at = null, created_at = now()
       where account.removed_at is not null
     returning ${columns}`,
    [email, name || email.split('@')[0], await hashPassword(password), role, projects],
  )
  return rows[0] ?? null
}

/** As `createAccount`, and the log says who let the person in; without `actor` it was the person. */
export async function joinAccount(client: PoolClient, joining: NewAccount, actor?: string): Promise<AccountRow | null> {
  const account = await createAccount(client, joining)
  if (!account) return null
  const { id, role, projects } = account
  await appendDecisionsWithin(client, { decisions: [{ type: 'member.joined', data: { account: id, role, projects } }], actor: actor ?? `user:${id}` })
  return account
}

export async function needsOwner(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from account) as empty')
  return rows[0]!.empty
}

/** The first account. Null when there is one already; of two at once exactly one wins: both queue for the table lock, then look. */
export async function createOwner(pool: Pool, owner: Omit<NewAccount, 'role'>): Promise<AccountRow | null> {
  if (!(await needsOwner(pool))) return null
  return inTransaction(pool, async (client) => {
    await client.query('lock table account in share row exclusive mode')
    const { rows } = await client.query<{ id: number }>('select id from account limit 1')
    return rows.length > 0 ? null : joinAccount(client, { ...owner, role: 'owner' })
  })
}

/** Makes the owner account of `CREATE_SUPERUSER` unless the email exists; an existing account keeps its password. */
export async function ensureSuperuser(pool: Pool, superuser: { email: string; password: string }): Promise<void> {
  if (await findLogin(pool, superuser.email)) return
  await createAccount(pool, { ...superuser, role: 'owner' })
}

export async function findLogin(pool: Pool, email: string): Promise<(AccountRow & { password_hash: string }) | undefined> {
  const { rows } = await pool.query<AccountRow & { password_hash: string }>(
    `select ${columns}, password_hash from account where lower(email) = lower($1) and removed_at is null`,
    [email],
  )
  return rows[0]
}

export async function findAccount(pool: Pool, id: number): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow>(`select ${columns} from account where id = $1 and removed_at is null`, [id])
  return rows[0]
}

/** Of a session. Notes that the person is here, at most once a minute, so that a read seldom writes. */
export async function findVisitor(pool: Pool, id: number): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow & { stale: boolean }>(`select ${columns}, ${isStale('last_seen_at')} as stale from account where id = $1 and removed_at is null`, [id])
  if (rows[0]?.stale) await noteSeen(pool, id)
  return rows[0]
}

export async function noteSeen(pool: Pool, id: number): Promise<void> {
  await pool.query('update account set last_seen_at = now() where id = $1', [id])
}

/** `column` is ours, never a request's. */
export function isStale(column: string): string {
  return `(${column} is null or ${column} < now() - interval '1 minute')`
}

/**
 * `options` are merged key by key: two tabs that change different settings do not undo each other. Null when they would then be
 * longer than `maxOptions` characters of JSON.
 */
export async function changeAccount(pool: Pool, id: number, change: { name?: string | undefined; options?: object | undefined }, maxOptions: number): Promise<AccountRow | null> {
  const { rows } = await pool.query<AccountRow>(
    `update account set name = coalesce($2, name), options = (options::jsonb || coalesce($3::jsonb, '{}'))::text
     where id = $1 and length((options::jsonb || coalesce($3::jsonb, '{}'))::text) <= $4
     returning ${columns}`,
    [id, change.name ?? null, change.options ? JSON.stringify(change.options) : null, maxOptions],
  )
  return rows[0] ?? null
}
