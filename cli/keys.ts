// `refold keys …`: what a project's SDKs send with.

import type { ProjectKey } from '../core/contract/project.ts'
import { formatAge } from './age.ts'
import { takeAll, takeOne } from './arguments.ts'
import type { Input } from './command.ts'
import { connect, settle, type Api } from './connection.ts'
import { printList } from './output.ts'
import type { Column } from './table.ts'

const columns: Column<ProjectKey>[] = [
  { title: 'KEY', cell: ({ id }) => id, color: () => 'bold' },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'STATE', cell: ({ isActive }) => (isActive ? 'active' : 'disabled'), color: ({ isActive }) => (isActive ? 'green' : 'gray') },
  { title: 'CREATED', cell: ({ dateCreated }) => formatAge(dateCreated) },
  { title: 'DSN', cell: ({ dsn }) => dsn.public },
]

export async function listKeys({ values, positionals }: Input<Api>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const client = await connect(values)
  await printList(values, (await client.keys(slug)).data, columns, 'No keys.')
}

export async function createKey({ values, positionals }: Input<Api & { name: string | undefined }>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const client = await connect(values)
  const { data: created } = await client.createKey(slug, values.name === undefined ? {} : { name: values.name })
  await settle(client)
  await printList(values, [created], columns, '')
}

export function disableKey(input: Input<Api>): Promise<void> {
  return switchKey(input, false)
}

export function enableKey(input: Input<Api>): Promise<void> {
  return switchKey(input, true)
}

async function switchKey({ values, positionals }: Input<Api>, isActive: boolean): Promise<void> {
  const [slug, key] = takeAll(positionals, ['the slug of the project', 'the key (refold keys list)'])
  const client = await connect(values)
  const { data: changed } = await client.updateKey(slug!, key!, { isActive })
  await settle(client)
  await printList(values, [changed], columns, '')
}
