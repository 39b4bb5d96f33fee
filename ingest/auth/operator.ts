// What only the operator's command line does with accounts. Used by cli.ts.

import type { Pool } from 'pg'
import type { AccountRow } from './accounts.ts'
import { hashPassword } from './password.ts'

/** The first owner. */
export async function findOwner(pool: Pool): Promise<AccountRow | undefined> {
  const { rows } = await pool.query<AccountRow>(`select id, email, name, role, options from account where role = 'owner' order by id limit 1`)
  return rows[0]
}

/** Ends all sessions of the account too: who forgot a password may have lost it to somebody. False when the email is unknown. */
export async function setPassword(pool: Pool, email: string, password: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with changed as (update account set password_hash = $2 where lower(email) = lower($1) returning id),
          ended as (delete from session where account_id in (select id from changed))
     select id from changed`,
    [email, await hashPassword(password)],
  )
  return rowCount === 1
}
