// API tokens: 40 hex digits, shown once, stored as sha256. A fast hash is right here: the token has 160 random bits.

import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Role, Scope } from '../../core/access.ts'
import type { Token } from '../../core/contract/account.ts'

type TokenRow = { id: number; name: string; scopes: Scope[]; last_characters: string; created_at: Date; last_used_at: Date | null }

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The answer holds `token` in clear, the only time. What of `scopes` the owner's role does not hold is cut at each use. */
export async function createToken(pool: Pool, accountId: number, { name, scopes }: { name: string; scopes: readonly Scope[] }): Promise<Token & { token: string }> {
  const token = randomBytes(20).toString('hex')
  const { rows } = await pool.query<TokenRow>(
    `insert into token (account_id, name, hash, last_characters, scopes) values ($1, $2, $3, $4, $5)
     returning id, name, scopes, last_characters, created_at, last_used_at`,
    [accountId, name, hashSecret(token), token.slice(-4), [...new Set(scopes)]],
  )
  return { ...toToken(rows[0]!), token }
}

export async function listTokens(pool: Pool, accountId: number): Promise<Token[]> {
  const { rows } = await pool.query<TokenRow>(
    'select id, name, scopes, last_characters, created_at, last_used_at from token where account_id = $1 order by id desc',
    [accountId],
  )
  return rows.map(toToken)
}

/** False when this account has no such token. */
export async function deleteToken(pool: Pool, accountId: number, id: number): Promise<boolean> {
  const { rowCount } = await pool.query('delete from token where id = $1 and account_id = $2', [id, accountId])
  return rowCount === 1
}

export type TokenHolder = { accountId: number; email: string; name: string; role: Role; scopes: Scope[] }

/** Whose token this is; notes its use at most once a minute. */
export async function findTokenHolder(pool: Pool, token: string): Promise<TokenHolder | undefined> {
  const { rows } = await pool.query<TokenHolder & { tokenId: number; stale: boolean }>(
    `select t.id as "tokenId", a.id as "accountId", a.email, a.name, a.role, t.scopes,
            t.last_used_at is null or t.last_used_at < now() - interval '1 minute' as stale
     from token t join account a on a.id = t.account_id where t.hash = $1`,
    [hashSecret(token)],
  )
  if (rows[0]?.stale) await pool.query('update token set last_used_at = now() where id = $1', [rows[0].tokenId])
  return rows[0]
}

function toToken(row: TokenRow): Token {
  return {
    id: String(row.id),
    name: row.name,
    scopes: row.scopes,
    tokenLastCharacters: row.last_characters,
    dateCreated: row.created_at.toISOString(),
    dateLastUsed: row.last_used_at?.toISOString() ?? null,
  }
}
