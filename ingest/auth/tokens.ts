// API tokens, shown once and stored as sha256: a fast hash is right here, they have 256 random bits. Personal ones are
// `sntryu_` and 64 hex digits; those of the organization carry its address, which sentry-cli reads (protocol 7.0). Both act as the
// person who made them. sentry-cli warns about any other form; 40 hex digits, which tokens once were, go on working.

import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Role, Scope } from '../../core/access.ts'
import type { Token } from '../../core/contract/account.ts'
import { appendDecisionsWithin } from '../log/decisions.ts'
import { inTransaction } from '../log/transaction.ts'
import { isStale, noteSeen } from './accounts.ts'

type Kind = 'user' | 'org'
type TokenRow = { id: number; name: string; scopes: Scope[]; last_characters: string; created_at: Date; last_used_at: Date | null; expires_at: Date | null }
/** `expiresAt` null or absent = never. */
export type TokenWish = { name: string; scopes: readonly Scope[]; kind?: Kind; expiresAt?: Date | null | undefined }
export type CreatedToken = Token & { token: string; position: number }

const columns = 'id, name, scopes, last_characters, created_at, last_used_at, expires_at'
const forms = /^(?:[0-9a-f]{40}|sntryu_[0-9a-f]{64}|sntrys_[\w+/=-]{1,1000}_[\w+/-]{43})$/

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export function makeUserToken(): string {
  return `sntryu_${randomBytes(32).toString('hex')}`
}

/** `url` is where sentry-cli finds this server: it believes the token more than its own settings. */
export function makeOrganizationToken(url: string, org: string, now: number): string {
  const about = Buffer.from(JSON.stringify({ iat: now / 1000, url, region_url: url, org })).toString('base64')
  return `sntrys_${about}_${randomBytes(32).toString('base64').replace('=', '')}`
}

/**
 * The answer holds `token` in clear, the only time. What of `scopes` the owner's role does not hold is cut at each use.
 * `actor`: who asked for it, if not the owner.
 */
export function createToken(pool: Pool, accountId: number, wish: TokenWish, { token = makeUserToken(), actor = `user:${accountId}` } = {}): Promise<CreatedToken> {
  const { name, kind = 'user', expiresAt = null } = wish
  const scopes = [...new Set(wish.scopes)]
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<TokenRow>(
      `insert into token (account_id, name, hash, last_characters, scopes, kind, expires_at) values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
      [accountId, name, hashSecret(token), token.slice(-4), scopes, kind, expiresAt],
    )
    const row = rows[0]!
    const { position } = await appendDecisionsWithin(client, { decisions: [{ type: 'token.created', data: { token: row.id, account: accountId, kind, scopes } }], actor })
    return { ...toToken(row), token, position }
  })
}

/** Newest first. */
export async function listTokens(pool: Pool, accountId: number): Promise<Token[]> {
  const { rows } = await pool.query<TokenRow>(`select ${columns} from token where account_id = $1 and kind = 'user' order by id desc`, [accountId])
  return rows.map(toToken)
}

/** Of the organization, with the names of those they act as; newest first. */
export async function listOrganizationTokens(pool: Pool): Promise<(Token & { createdBy: string })[]> {
  const { rows } = await pool.query<TokenRow & { by: string }>(
    `select t.id, t.name, t.scopes, t.last_characters, t.created_at, t.last_used_at, t.expires_at, a.name as by
     from token t join account a on a.id = t.account_id where t.kind = 'org' order by t.id desc`,
  )
  return rows.map((row) => ({ ...toToken(row), createdBy: row.by }))
}

/** The position of the decision; null when there is no such token. `accountId`: only one of this account's own. */
export function deleteToken(pool: Pool, token: { id: number; kind: Kind; accountId?: number }, actor: string): Promise<number | null> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ account: number }>(
      'delete from token where id = $1 and kind = $2 and ($3::int is null or account_id = $3) returning account_id as account',
      [token.id, token.kind, token.accountId ?? null],
    )
    if (!rows[0]) return null
    return (await appendDecisionsWithin(client, { decisions: [{ type: 'token.deleted', data: { token: token.id, account: rows[0].account } }], actor })).position
  })
}

export type TokenHolder = { accountId: number; email: string; name: string; role: Role; projects: number[] | null; scopes: Scope[] }

/** Whose token this is, unless it has expired or its owner was removed; notes its use at most once a minute. */
export async function findTokenHolder(pool: Pool, token: string): Promise<TokenHolder | undefined> {
  if (!forms.test(token)) return undefined
  const { rows } = await pool.query<TokenHolder & { tokenId: number; stale: boolean }>(
    `select t.id as "tokenId", a.id as "accountId", a.email, a.name, a.role, a.projects, t.scopes, ${isStale('t.last_used_at')} as stale
     from token t join account a on a.id = t.account_id
     where t.hash = $1 and (t.expires_at is null or t.expires_at > now()) and a.removed_at is null`,
    [hashSecret(token)],
  )
  const holder = rows[0]
  if (holder?.stale) {
    await pool.query('update token set last_used_at = now() where id = $1', [holder.tokenId])
    await noteSeen(pool, holder.accountId)
  }
  return holder
}

function toToken(row: TokenRow): Token {
  return {
    id: String(row.id),
    name: row.name,
    scopes: row.scopes,
    tokenLastCharacters: row.last_characters,
    dateCreated: row.created_at.toISOString(),
    dateLastUsed: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
