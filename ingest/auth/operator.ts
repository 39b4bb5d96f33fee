// What the operator's command line does with accounts. Used by cli.ts; a person changes the own password here too.

import type { Pool } from 'pg'
import type { AccountRow } from './accounts.ts'
import { hashPassword } from './password.ts'

/** The first owner. */
export async function findOwner(pool: Pool): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow>(`select id, email, name, role, projects, options from account where role = 'owner' and removed_at is null order by id limit 1`)
  return rows[0]
}

/** Ends all sessions of the account too: who forgot a password may have lost it to somebody. False when the email is unknown. */
export async function setPassword(pool: Pool, email: string, password: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with changed as (update account set password_hash = $2 where lower(email) = lower($1) and removed_at is null returning id),
          ended as (delete from session where account_id in (select id from changed))
     select id from changed`,
    [email, await hashPassword(password)],
  )
  return rowCount === 1
}
