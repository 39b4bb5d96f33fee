// `refold user create` and `refold user password`: accounts in the database, for the first one and for who is locked out.

import { newPassword } from '../core/contract/account.ts'
import { joinAccount } from '../ingest/auth/accounts.ts'
import { askPassword } from '../ingest/auth/ask-password.ts'
import { setPassword } from '../ingest/auth/operator.ts'
import { inTransaction } from '../ingest/log/transaction.ts'
import { parse, takeEmail, takeRole } from './arguments.ts'
import type { Input } from './command.ts'
import { withDatabase } from './database.ts'

type Given = { password: string | undefined }

export async function createUser({ values, positionals }: Input<Given & { name: string | undefined; role: string | undefined; member: boolean | undefined }>): Promise<void> {
  const email = takeEmail(positionals)
  const role = takeRole(values.role ?? (values.member ? 'member' : 'owner'))
  const password = parse(newPassword, values.password ?? (await askPassword()))
  await withDatabase(async ({ pool }) => {
    const account = await inTransaction(pool, (client) => joinAccount(client, { email, password, name: values.name, role }, 'system:cli'))
    if (!account) throw new Error(`There is an account with the email ${email} already.`)
    console.log(`Created the ${account.role} ${account.email}.`)
  })
}

export async function changePassword({ values, positionals }: Input<Given>): Promise<void> {
  const email = takeEmail(positionals)
  const password = parse(newPassword, values.password ?? (await askPassword()))
  await withDatabase(async ({ pool }) => {
    if (!(await setPassword(pool, email, password))) throw new Error(`There is no account with the email ${email}.`)
    console.log(`Changed the password of ${email}; its sessions are ended.`)
  })
}
