// `refold issues resolve`, `archive`, `assign` …: one change to some issues, named by ids or found by a query. What a query finds is
// looked up first and then named to the server, so that exactly what a person agreed to is changed.

import { text as readText } from 'node:stream/consumers'
import type { Client } from '../core/contract/client/create.ts'
import type { IssueUpdate } from '../core/contract/issue.ts'
import { UsageError } from './arguments.ts'
import type { Input } from './command.ts'
import { confirm } from './confirm.ts'
import { connect, settle, type Api } from './connection.ts'
import { walkIssues } from './issues.ts'
import { printList, wantsJson } from './output.ts'

type Many = Api & { query: string | undefined; project: string | undefined; yes: boolean | undefined }
/** For the question, and over what was changed. */
type Words = readonly [ask: string, title: string]
type Changed = { id: string; shortId: string | null }

/** What the server takes in one request. */
const chunk = 100

export async function resolveIssues({ values, positionals }: Input<Many & { 'in-release': string | undefined; 'in-next-release': boolean | undefined }>): Promise<void> {
  const { 'in-release': release, 'in-next-release': next } = values
  if (release !== undefined && next) throw new UsageError('Give --in-release or --in-next-release, not both.')
  const statusDetails = release !== undefined ? { inRelease: release } : next ? { inNextRelease: true } : undefined
  await update(values, positionals, ['Resolve', 'RESOLVED'], async () => ({ status: 'resolved', ...(statusDetails && { statusDetails }) }))
}

export async function unresolveIssues({ values, positionals }: Input<Many>): Promise<void> {
  await update(values, positionals, ['Reopen', 'REOPENED'], async () => ({ status: 'unresolved' }))
}

const minutesOf: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 }

export async function archiveIssues({ values, positionals }: Input<Many & { for: string | undefined; count: string | undefined }>): Promise<void> {
  const [, number, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(values.for ?? '') ?? []
  if (values.for !== undefined && number === undefined) throw new UsageError(`--for is "${values.for}". Say it like 30m, 12h or 7d.`)
  if (values.count !== undefined && !/^[1-9]\d{0,8}$/.test(values.count)) throw new UsageError(`--count is "${values.count}". It must be a whole number from 1.`)
  const statusDetails = {
    ...(number !== undefined && { ignoreDuration: Number(number) * minutesOf[unit!]! }),
    ...(values.count !== undefined && { ignoreCount: Number(values.count) }),
  }
  const forEver = Object.keys(statusDetails).length === 0
  await update(values, positionals, ['Archive', 'ARCHIVED'], async () => ({ status: 'ignored', ...(forEver ? { substatus: 'archived_forever' } : { statusDetails }) }))
}

export async function assignIssues({ values, positionals }: Input<Many & { to: string | undefined }>): Promise<void> {
  const { to } = values
  if (to === undefined) throw new UsageError('Say to whom: --to somebody@example.com, --to me or --to nobody')
  const findAssignee = async (client: Client): Promise<string> => (to === 'me' ? `user:${(await client.me()).data.id}` : to === 'nobody' ? '' : to)
  await update(values, positionals, ['Assign', 'ASSIGNED'], async (client) => ({ assignedTo: await findAssignee(client) }))
}

export async function deleteIssues({ values, positionals }: Input<Many>): Promise<void> {
  await change(values, positionals, ['Delete', 'DELETED'], (client) => ({
    one: async (id) => void (await client.deleteIssue(id)),
    some: async (project, ids) => skippedOf((await client.deleteIssues(project, ids)).data),
  }))
}

export async function commentIssues({ values, positionals }: Input<Api & { text: string | undefined }>): Promise<void> {
  if (positionals.length === 0) throw new UsageError('Give the id of an issue, like SHOP-9RK2.')
  const text = values.text ?? (process.stdin.isTTY ? '' : await readText(process.stdin))
  if (text.trim() === '') throw new UsageError('Write something: --text "…", or by a pipe.')
  const client = await connect(values)
  const added = []
  for (const id of positionals) added.push({ issue: id, ...(await client.addComment(id, text).catch((error: unknown) => nameIssue(error, id))).data })
  await settle(client)
  await printList(values, added, [{ title: 'COMMENTED', cell: ({ issue }) => issue }], '')
}

async function update(values: Many, positionals: readonly string[], words: Words, decide: (client: Client) => Promise<IssueUpdate>): Promise<void> {
  await change(values, positionals, words, async (client) => {
    const body = await decide(client)
    return { one: async (id) => void (await client.updateIssue(id, body)), some: async (project, ids) => skippedOf((await client.updateIssues(project, ids, body)).data) }
  })
}

/** Which of many it was. */
function nameIssue(error: unknown, id: string): never {
  if (error instanceof Error) error.message = `${id}: ${error.message}`
  throw error
}

type Skipped = { id: string; detail: string }
type Change = { one(id: string): Promise<void>; some(project: string, ids: readonly string[]): Promise<Skipped[]> }

function skippedOf(answer: unknown): Skipped[] {
  return (answer as { refold?: { skipped?: Skipped[] } } | undefined)?.refold?.skipped ?? []
}

/** Prints what was changed. An id that names nothing ends it; the ones before are changed. */
async function change(values: Many, ids: readonly string[], [what, title]: Words, prepare: (client: Client) => Change | Promise<Change>): Promise<void> {
  wantsJson(values)
  const { query, project } = values
  if ((ids.length === 0) === (query === undefined)) throw new UsageError(ids.length === 0 ? 'Give the ids of issues, like SHOP-9RK2, or --query and --project.' : 'Give ids or --query, not both.')
  if (query !== undefined && project === undefined) throw new UsageError('Say in which project: --project <slug>')
  const client = await connect(values)
  const { one, some } = await prepare(client)
  let changed: Changed[] = ids.map((id) => ({ id, shortId: null }))
  const skipped: Skipped[] = []
  if (query !== undefined) {
    changed = (await Array.fromAsync(walkIssues(client, project, { query }, Infinity))).map(({ id, shortId }) => ({ id, shortId }))
    if (changed.length > 0) await confirm(`${what} ${changed.length === 1 ? 'one issue' : `${changed.length} issues`} of ${project}?`, values.yes)
  }
  try {
    if (query === undefined) for (const id of ids) await one(id).catch((error: unknown) => nameIssue(error, id))
    else for (let at = 0; at < changed.length; at += chunk) skipped.push(...(await some(project!, changed.slice(at, at + chunk).map(({ id }) => id))))
  } finally {
    await settle(client)
  }
  const done = changed.filter(({ id }) => !skipped.some((each) => each.id === id))
  await printList(values, done, [{ title, cell: ({ id, shortId }) => shortId ?? id }], 'No issues.')
  if (skipped.length > 0) throw new Error(['These were left as they are:', ...skipped.map(({ id, detail }) => `${id}: ${detail}`)].join('\n  '))
}
