// Live patches and optimistic changes of issue rows: the one place that knows every query holding a row (ui.md
// pitfall 9). A patch not newer than what a query shows is dropped; while a person's change is on its way, patches
// leave the triage fields of that issue alone until one at or past the write arrives (ui.md 8.1).

import type { QueryClient } from '@tanstack/solid-query'
import type { Issue } from '../../core/contract/issue.ts'
import type { IssuePatch, IssuesMessage } from '../../core/contract/live.ts'
import type { IssuePage } from './issuePages.ts'
import type { IssueRead } from './queries.ts'

export type Triage = Partial<Pick<Issue, 'status' | 'substatus' | 'statusDetails' | 'assignedTo'>>

/** Issue id -> what is shown of it ahead of the server; `from`: the first position that counts again, Infinity while the write is under way. */
const held = new Map<string, { from: number; triage: Triage }>()

/** Applies one live message to every row in the cache. Rows change in place; none is added, moved or removed. */
export function patchIssues(client: QueryClient, message: IssuesMessage): void {
  const patches = new Map(message.patches.map((patch) => [patch.id, patch]))
  if (patches.size === 0) return
  changeRows(client, (row, position) => {
    const patch = patches.get(row.id)
    return patch && message.position > position ? { ...row, ...fieldsOf(row, patch, message.position) } : row
  }, message.position)
  for (const [id, { from }] of held) if (patches.has(id) && from <= message.position) held.delete(id)
}

function fieldsOf(row: Issue, patch: IssuePatch, position: number): Partial<Issue> {
  const { count, userCount, lastSeen, numComments } = patch
  const numbers: Partial<Issue> = { count, userCount, lastSeen, numComments, level: patch.level as Issue['level'], stats: { ...row.stats, '24h': patch.stats24h } }
  if (position < (held.get(row.id)?.from ?? 0)) return numbers
  // A patch does not say what an issue waits for: another status waits for something else.
  const same = patch.status === row.status && patch.substatus === row.substatus
  return { ...numbers, status: patch.status, substatus: patch.substatus, statusDetails: same ? row.statusDetails : {}, assignedTo: patch.assignedTo }
}

/** A row that was read while a change of it is on its way. */
export function showAhead(row: Issue, position: number): Issue {
  const ahead = held.get(row.id)
  return ahead !== undefined && position < ahead.from ? { ...row, ...ahead.triage } : row
}

/** Shows a change before the server has answered. Returns what ends it: `stored(position)` or `undo()`. */
export function changeAhead(client: QueryClient, ids: readonly string[], triage: Triage): { stored: (position: number) => void; undo: (only?: readonly string[]) => void } {
  const before = new Map<string, Triage>()
  const own = { from: Number.POSITIVE_INFINITY, triage }
  for (const id of ids) held.set(id, own)
  // A later change of the same issue has the word: what this one comes to is no longer shown.
  const isShown = (id: string): boolean => held.get(id) === own
  changeRows(client, (row) => {
    if (!ids.includes(row.id)) return row
    before.set(row.id, { status: row.status, substatus: row.substatus, statusDetails: { ...row.statusDetails }, assignedTo: row.assignedTo && { ...row.assignedTo } })
    return { ...row, ...triage }
  })
  return {
    stored: (position) => {
      own.from = position
    },
    undo: (only = ids) => {
      const back = new Set(only.filter(isShown))
      for (const id of back) held.delete(id)
      changeRows(client, (row) => (back.has(row.id) ? { ...row, ...before.get(row.id) } : row))
    },
  }
}

/** What a generation that is not live shows stays as it was read. */
const isLive = (place: number) => (query: { queryKey: readonly unknown[] }): boolean => (query.queryKey[place] ?? null) === null

/** Runs `change` over every cached issue. `position` of a query moves up to `reached` when one of its rows changed. */
function changeRows(client: QueryClient, change: (row: Issue, position: number) => Issue, reached = 0): void {
  for (const query of client.getQueryCache().findAll({ queryKey: ['issues'], predicate: isLive(4) })) {
    const page = query.state.data as IssuePage | undefined
    const issues = page?.issues.map((row) => change(row, page.position))
    if (page === undefined || issues === undefined || issues.every((row, index) => row === page.issues[index])) continue
    const { isInvalidated } = query.state
    client.setQueryData<IssuePage>(query.queryKey, { ...page, issues, position: Math.max(page.position, reached) })
    // A page that is to be read anew is so also after a patch.
    if (isInvalidated) query.invalidate()
  }
  client.setQueriesData<IssueRead>({ queryKey: ['issue'], predicate: isLive(2) }, (data) => {
    if (!data) return data
    const issue = change(data.issue, data.position)
    return issue === data.issue ? data : { issue: { ...data.issue, ...issue }, position: Math.max(data.position, reached) }
  })
}
