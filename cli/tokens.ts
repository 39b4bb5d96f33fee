// `refold token create`, `refold tokens …`: on the database, because the API gives tokens only to a person who is signed in.

import type { Pool } from 'pg'
import { grantedScopes } from '../core/access.ts'
import { newToken, type Token } from '../core/contract/account.ts'
import { findLogin, type AccountRow } from '../ingest/auth/accounts.ts'
import { findOwner } from '../ingest/auth/operator.ts'
import { createToken, deleteToken, listTokens } from '../ingest/auth/tokens.ts'
import { formatAge } from './age.ts'
import { parse, takeAll, takeOne, UsageError } from './arguments.ts'
import type { Input } from './command.ts'
import { withDatabase } from './database.ts'
import { MissingError } from './failure.ts'
import { printList, type Output } from './output.ts'
import type { Column } from './table.ts'

const actor = 'system:cli'

type Whose = { user: string | undefined }

export async function makeToken({ values, positionals }: Input<Whose & { name: string | undefined; scope: string[] | undefined }>): Promise<void> {
  takeAll(positionals, [])
  if (values.name === undefined) throw new UsageError('Give the token a name: --name deploy')
  const { name } = values
  await withDatabase(async ({ pool }) => {
    const account = await findHolder(pool, values)
    const held = grantedScopes(account.role)
    const token = parse(newToken, { name, scopes: values.scope ?? [...held] })
    const beyond = token.scopes.filter((scope) => !held.has(scope))
    if (beyond.length > 0) throw new Error(`The role of ${account.email} does not hold ${beyond.join(', ')}.`)
    console.log(`A token of ${account.email}, shown only now:\n${(await createToken(pool, account.id, { name, scopes: token.scopes }, { actor })).token}`)
  })
}

export async function showTokens({ values }: Input<Whose & Output>): Promise<void> {
  const columns: Column<Token>[] = [
    { title: 'ID', cell: ({ id }) => id }, { title: 'NAME', cell: ({ name }) => name }, { title: 'ENDS IN', cell: ({ tokenLastCharacters }) => tokenLastCharacters },
    { title: 'CREATED', cell: ({ dateCreated }) => formatAge(dateCreated) }, { title: 'LAST USED', cell: ({ dateLastUsed }) => (dateLastUsed === null ? 'never' : formatAge(dateLastUsed)) },
    { title: 'SCOPES', grows: true, cell: ({ scopes }) => scopes.join(' ') },
  ]
  await withDatabase(async ({ pool }) => printList(values, await listTokens(pool, (await findHolder(pool, values)).id), columns, 'No tokens.'))
}

export async function revokeToken({ values, positionals }: Input<Whose>): Promise<void> {
  const id = takeOne(positionals, 'the id of the token (refold tokens list)')
  await withDatabase(async ({ pool }) => {
    const holder = await findHolder(pool, values)
    const number = /^\d{1,9}$/.test(id) ? Number(id) : 0
    if ((await deleteToken(pool, { id: number, kind: 'user', accountId: holder.id }, actor)) === null) throw new MissingError(`${holder.email} has no token with the id ${id}.`)
    console.log(`Revoked the token ${id}.`)
  })
}

async function findHolder(pool: Pool, { user }: Whose): Promise<AccountRow> {
  const account = user === undefined ? await findOwner(pool) : await findLogin(pool, user)
  if (account) return account
  throw new Error(user === undefined ? 'There is no owner yet. Make one: refold user create you@example.com' : `There is no account with the email ${user}.`)
}
