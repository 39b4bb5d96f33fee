// Sign-in, tokens and the installation as the API shows them.

import { z } from 'zod'
import { roles, scopes } from '../access.ts'

export const account = z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(roles), options: z.record(z.string(), z.unknown()) })
export type Account = z.infer<typeof account>

export const login = z.object({ username: z.string().trim().min(1, 'Enter your email.').max(320), password: z.string().min(1, 'Enter your password.').max(1024) })
export type Login = z.infer<typeof login>

/** The rule for a new password: length only (NIST 800-63B). */
export const newPassword = z.string().min(8, 'Use at least 8 characters.').max(1024, 'At most 1,024 characters.')
export const newOwner = z.object({
  email: z.email('Enter an email address.').max(320),
  name: z.string().trim().max(128).optional(),
  password: newPassword,
})
export type NewOwner = z.infer<typeof newOwner>

export const loginAnswer = z.object({ nextUri: z.string(), user: account })

/** `GET /api/0/`: who am I, and which server is this. */
export const serverInfo = z.object({ version: z.string(), build: z.string(), user: account.nullable(), auth: z.object({ scopes: z.array(z.string()) }).nullable() })
export type ServerInfo = z.infer<typeof serverInfo>

export const authConfig = z.object({ refold: z.object({ needsOwner: z.boolean(), mail: z.boolean() }) })
export type AuthConfig = z.infer<typeof authConfig>

export const token = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  tokenLastCharacters: z.string(),
  dateCreated: z.string(),
  dateLastUsed: z.string().nullable(),
  /** From then on it is refused; null = never. */
  expiresAt: z.string().nullable(),
  /** Only in the answer to the POST that made it. */
  token: z.string().optional(),
})
export type Token = z.infer<typeof token>
const tokenName = z.string().trim().min(1, 'Give the token a name.').max(64, 'At most 64 characters.')
export const newToken = z.object({
  name: tokenName,
  scopes: z.array(z.enum(scopes)).min(1, 'Choose at least one scope.'),
  expiresAt: z.iso.datetime({ offset: true, error: 'Use a time like 2026-12-31T00:00:00Z.' }).nullish(),
  /** Instead of `expiresAt`. */
  expiresInDays: z.int().min(1, 'At least one day.').max(3650, 'At most 3,650 days.').optional(),
})
export type NewToken = z.infer<typeof newToken>

/** A token for builds: it holds `org:ci`, and names this server and organization, so that sentry-cli needs no other setting. */
export const organizationToken = token.extend({ createdBy: z.string() })
export type OrganizationToken = z.infer<typeof organizationToken>
export const newOrganizationToken = z.object({ name: tokenName })

export const changedAccount = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(128, 'At most 128 characters.').optional(),
  options: z.record(z.string(), z.unknown()).optional(),
})
export const changedPassword = z.object({ password: z.string().min(1, 'Enter your password.').max(1024), new: newPassword })
