// `refold issues list` and `refold issues show`: what the stream and the page of an issue show, for a terminal and for scripts.

import type { Client } from '../core/contract/client/create.ts'
import { NotFoundError } from '../core/contract/client/errors.ts'
import type { Issue, IssueDetail } from '../core/contract/issue.ts'
import { statusName } from '../core/issue/status-name.ts'
import { formatAge } from './age.ts'
import { takeOne, takeOptional, UsageError } from './arguments.ts'
import type { Input } from './command.ts'
import { connect, type Api } from './connection.ts'
import { escapeText } from './escape.ts'
import { formatStack } from './events.ts'
import { paint, printList, printOne } from './output.ts'
import { pageSize, takeFirst, takeLimit, type Pages } from './pages.ts'
import { formatTable, type Color, type Column } from './table.ts'

const sorts = ['date', 'new', 'freq', 'user'] as const

export async function listIssues({ values, positionals }: Input<Api & Pages & { query: string | undefined; sort: string | undefined }>): Promise<void> {
  const project = takeOptional(positionals)
  const sort = sorts.find((each) => each === (values.sort ?? 'date'))
  if (!sort) throw new UsageError(`There is no order "${values.sort}". Choose from: ${sorts.join(', ')}.`)
  const limit = takeLimit(values)
  const client = await connect(values)
  await printList(values, walkIssues(client, project, { query: values.query ?? 'is:unresolved', sort }, limit), columns, 'No issues.', limit)
}

/** Without a project those of all. */
export function walkIssues(client: Client, project: string | undefined, query: { query: string; sort?: (typeof sorts)[number] }, limit: number): AsyncIterable<Issue> {
  const asked = { ...query, limit: pageSize(limit) }
  return takeFirst(project === undefined ? client.allOrganizationIssues(asked) : client.allIssues(project, asked), limit)
}

const columns: Column<Issue>[] = [
  { title: 'ISSUE', cell: ({ shortId }) => shortId, color: () => 'bold' },
  { title: 'LEVEL', cell: ({ level }) => level, color: ({ level }) => colorOf(level) },
  { title: 'STATUS', cell: statusName, color: ({ status }) => (status === 'unresolved' ? undefined : 'gray') },
  { title: 'EVENTS', right: true, cell: ({ count }) => count },
  { title: 'USERS', right: true, cell: ({ userCount }) => String(userCount) },
  { title: 'LAST SEEN', cell: ({ lastSeen }) => formatAge(lastSeen) },
  { title: 'ASSIGNEE', cell: ({ assignedTo }) => assignedTo?.name ?? '' },
  { title: 'TITLE', grows: true, cell: ({ title, culprit }) => (culprit === '' ? title : `${title}  ${culprit}`) },
]

function colorOf(level: string): Color | undefined {
  return level === 'fatal' || level === 'error' ? 'red' : level === 'warning' ? 'yellow' : undefined
}

export async function showIssue({ values, positionals }: Input<Api>): Promise<void> {
  const id = takeOne(positionals, 'the id of the issue, like SHOP-9RK2')
  const client = await connect(values)
  const { data: issue } = await client.issue(id)
  // Its events may all be gone by retention.
  const latestEvent = await client.issueEvent(issue.id, 'latest').then(({ data }) => data, (error: unknown) => {
    if (error instanceof NotFoundError) return null
    throw error
  })
  printOne(values, { ...issue, latestEvent }, () => [formatIssue(issue), latestEvent === null ? 'None of its events is stored any more.' : formatStack(latestEvent)].join('\n\n'))
}

const shownTags = 8

function formatIssue(issue: IssueDetail): string {
  const { shortId, title, culprit, level, assignedTo, count, userCount, firstSeen, lastSeen, firstRelease, lastRelease, permalink, tags, numComments } = issue
  const releases = [firstRelease, lastRelease].map((release) => release?.version ?? 'none')
  const lines: [string, string][] = [
    ['Status', `${statusName(issue)}${assignedTo === null ? '' : `, assigned to ${assignedTo.name}`}`],
    ['Events', `${count} from ${userCount === 1 ? '1 user' : `${userCount} users`}`],
    ['First seen', `${formatAge(firstSeen)}, ${firstSeen}, release ${releases[0]}`],
    ['Last seen', `${formatAge(lastSeen)}, ${lastSeen}, release ${releases[1]}`],
    ...(numComments > 0 ? [['Comments', String(numComments)] as [string, string]] : []),
    ['Page', permalink],
  ]
  const tagColumns: Column<(typeof tags)[number]>[] = [
    { title: 'TAG', cell: ({ key }) => key },
    { title: 'MOST', right: true, cell: ({ topValues, totalValues }) => `${Math.round(((topValues[0]?.count ?? 0) / Math.max(1, totalValues)) * 100)} %` },
    { title: 'VALUE', grows: true, cell: ({ topValues, uniqueValues }) => `${topValues[0]?.value ?? ''}${uniqueValues > 1 ? `  (and ${uniqueValues - 1} more)` : ''}` },
  ]
  return [
    `${paint('bold', escapeText(shortId))}  ${paint(colorOf(level), escapeText(title))}`,
    ...(culprit === '' ? [] : [paint('gray', escapeText(culprit))]),
    '',
    ...lines.map(([name, text]) => `${name.padEnd(10)}  ${escapeText(text)}`),
    ...(tags.length === 0 ? [] : ['', formatTable(tagColumns, tags.slice(0, shownTags), { width: process.stdout.columns, colors: false })]),
  ].join('\n')
}
