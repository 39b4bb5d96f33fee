// `refold users …`: the members of the organization and who is invited, through the API.

import { roles } from '../core/access.ts'
import type { Client } from '../core/contract/client/create.ts'
import type { Member } from '../core/contract/member.ts'
import { formatAge } from './age.ts'
import { takeAll, takeEmail, takeRole } from './arguments.ts'
import type { Input } from './command.ts'
import { confirm } from './confirm.ts'
import { connect, type Api } from './connection.ts'
import { escapeText } from './escape.ts'
import { MissingError } from './failure.ts'
import { printList, printOne } from './output.ts'
import type { Column } from './table.ts'

const columns: Column<Member>[] = [
  { title: 'EMAIL', cell: ({ email }) => email, color: () => 'bold' },
  { title: 'ROLE', cell: ({ orgRole }) => orgRole },
  { title: 'STATE', cell: ({ pending, expired }) => (expired ? 'invitation expired' : pending ? 'invited' : 'active'), color: ({ pending }) => (pending ? 'gray' : undefined) },
  { title: 'LAST ACTIVE', cell: ({ user }) => (user?.lastActive ? formatAge(user.lastActive) : 'never') },
  { title: 'PROJECTS', cell: ({ refold }) => (refold.projects === 'all' ? 'all' : refold.projects.join(', ')) },
  { title: 'NAME', grows: true, cell: ({ name }) => name },
]

export async function listUsers({ values }: Input<Api>): Promise<void> {
  const client = await connect(values)
  await printList(values, client.allMembers(), columns, 'No members.')
}

export async function inviteUser({ values, positionals }: Input<Api & { role: string | undefined }>): Promise<void> {
  const email = takeEmail(positionals)
  const orgRole = takeRole(values.role ?? 'member')
  const client = await connect(values)
  const { data: invited } = await client.inviteMember({ email, orgRole })
  printOne(values, invited, ({ refold }) => `Invited ${escapeText(invited.email)} as ${invited.orgRole}. Hand on this link, which is shown only now:\n${escapeText(refold.inviteUrl ?? '')}`)
}

export async function changeRole({ values, positionals }: Input<Api>): Promise<void> {
  const [email, role] = takeAll(positionals, ['an email', `a role: ${roles.join(', ')}`])
  const orgRole = takeRole(role!)
  const client = await connect(values)
  const { data: changed } = await client.updateMember((await findMember(client, email!)).id, { orgRole })
  await printList(values, [changed], columns, '')
}

export async function removeUser({ values, positionals }: Input<Api & { yes: boolean | undefined }>): Promise<void> {
  const email = takeEmail(positionals)
  const client = await connect(values)
  const member = await findMember(client, email)
  await confirm(`Remove ${member.email}?`, values.yes)
  await client.removeMember(member.id)
  printOne(values, { removed: member.email }, ({ removed }) => `Removed ${escapeText(removed)}.`)
}

async function findMember(client: Client, email: string): Promise<Member> {
  for await (const member of client.allMembers()) if (member.email.toLowerCase() === email.toLowerCase()) return member
  throw new MissingError(`There is no member with the email ${email}.`)
}
