// `refold projects …`: through the API, with a token.

import type { Project, ProjectKey } from '../core/contract/project.ts'
import { formatAge } from './age.ts'
import { takeOne } from './arguments.ts'
import type { Input } from './command.ts'
import { confirm } from './confirm.ts'
import { connect, settle, type Api } from './connection.ts'
import { escapeText } from './escape.ts'
import { paint, printList, printOne } from './output.ts'
import type { Column } from './table.ts'

const columns: Column<Project>[] = [
  { title: 'PROJECT', cell: ({ slug }) => slug, color: () => 'bold' },
  { title: 'PLATFORM', cell: ({ platform }) => platform ?? '' },
  { title: 'OPEN ISSUES', right: true, cell: ({ refold }) => String(refold.unresolved) },
  { title: 'EVENTS IN 24 H', right: true, cell: ({ refold }) => String(refold.events24h) },
  { title: 'LAST EVENT', cell: ({ refold }) => (refold.lastEvent === null ? 'never' : formatAge(refold.lastEvent)) },
  { title: 'NAME', grows: true, cell: ({ name }) => name },
]

export async function listProjects({ values }: Input<Api>): Promise<void> {
  const client = await connect(values)
  await printList(values, (await client.projects()).data, columns, 'No projects.')
}

export async function showProject({ values, positionals }: Input<Api>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const client = await connect(values)
  const { data: project } = await client.project(slug)
  const { data: keys } = await client.keys(slug)
  printOne(values, { ...project, keys }, formatProject)
}

function formatProject({ slug, name, platform, dateCreated, refold, keys }: Project & { keys: ProjectKey[] }): string {
  const lines: [string, string][] = [
    ['Name', name], ['Platform', platform ?? 'none'], ['Created', formatAge(dateCreated)], ['Open issues', String(refold.unresolved)],
    ['Events in 24 h', String(refold.events24h)], ['Last event', refold.lastEvent === null ? 'never' : formatAge(refold.lastEvent)],
    ...keys.map((key): [string, string] => [key.isActive ? 'DSN' : 'DSN (disabled)', key.dsn.public]),
  ]
  return [paint('bold', escapeText(slug)), ...lines.map(([what, text]) => `${what.padEnd(14)}  ${escapeText(text)}`)].join('\n')
}

export async function createProject({ values, positionals }: Input<Api & { name: string | undefined; platform: string | undefined }>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const client = await connect(values)
  const { data: created } = await client.createProject({ slug, name: values.name ?? slug, ...(values.platform !== undefined && { platform: values.platform }) })
  const { data: keys } = await client.keys(slug)
  printOne(values, { ...created, keys }, () => `Created the project ${escapeText(created.slug)}. Its DSN:\n${escapeText(keys[0]?.dsn.public ?? '')}`)
}

export async function deleteProject({ values, positionals }: Input<Api & { yes: boolean | undefined }>): Promise<void> {
  const slug = takeOne(positionals, 'the slug of the project')
  const client = await connect(values)
  const { data: project } = await client.project(slug)
  await confirm(`Delete the project ${project.slug} with all its events?`, values.yes)
  await client.deleteProject(project.slug)
  await settle(client)
  printOne(values, { deleted: project.slug }, ({ deleted }) => `Deleted the project ${escapeText(deleted)}.`)
}
