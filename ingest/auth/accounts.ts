// The table `account`: who may sign in. Used by the auth routes, the CLI (`user create`) and main (`CREATE_SUPERUSER`).

import type { Pool, PoolClient } from 'pg'
import type { Role } from '../../core/access.ts'
import { hashPassword } from './password.ts'

export type AccountRow = { id: number; email: string; name: string; role: Role; options: string }
export type NewAccount = { email: string; password: string; name?: string | undefined; role: Role }

/** Null when the email is taken (compared without case). The name defaults to the part before the @. */
export async function createAccount(pool: Pool | PoolClient, { email, password, name, role }: NewAccount): Promise<AccountRow | null> {
  const { rows } = await pool.query<AccountRow>(
    `insert into account (email, name, password_hash, role) values ($1, $2, $3, $4)
     on conflict (lower(email)) do nothing returning id, email, name, role, options`,
    [email, name || email.split('@')[0], await hashPassword(password), role],
  )
  return rows[0] ?? null
}

export async function needsOwner(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from account) as empty')
  return rows[0]!.empty
}

/** The first account. Null when there is one already; of two at once exactly one wins: both queue for the table lock, then look. */
export async function createOwner(pool: Pool, owner: Omit<NewAccount, 'role'>): Promise<AccountRow | null> {
  if (!(await needsOwner(pool))) return null
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table account in share row exclusive mode')
    const { rows } = await client.query<{ id: number }>('select id from account limit 1')
    const created = rows.length > 0 ? null : await createAccount(client, { ...owner, role: 'owner' })
    await client.query('commit')
    return created
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Makes the owner account of `CREATE_SUPERUSER` unless the email exists; an existing account keeps its password. */
export async function ensureSuperuser(pool: Pool, superuser: { email: string; password: string }): Promise<void> {
  if (await findLogin(pool, superuser.email)) return
  await createAccount(pool, { ...superuser, role: 'owner' })
}

export async function findLogin(pool: Pool, email: string): Promise<(AccountRow & { password_hash: string }) | undefined> {
  const { rows } = await pool.query<AccountRow & { password_hash: string }>(
    'select id, email, name, role, options, password_hash from account where lower(email) = lower($1)',
    [email],
  )
  return rows[0]
}

export async function findAccount(pool: Pool, id: number): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow>('select id, email, name, role, options from account where id = $1', [id])
  return rows[0]
}

/**
 * `options` are merged key by key: two tabs that change different settings do not undo each other. Null when they would then be
 * longer than `maxOptions` characters of JSON.
 */
export async function changeAccount(pool: Pool, id: number, change: { name?: string | undefined; options?: object | undefined }, maxOptions: number): Promise<AccountRow | null> {
  const { rows } = await pool.query<AccountRow>(
    `update account set name = coalesce($2, name), options = (options::jsonb || coalesce($3::jsonb, '{}'))::text
     where id = $1 and length((options::jsonb || coalesce($3::jsonb, '{}'))::text) <= $4
     returning id, email, name, role, options`,
    [id, change.name ?? null, change.options ? JSON.stringify(change.options) : null, maxOptions],
  )
  return rows[0] ?? null
}
