// Live patches and optimistic changes of issue rows: the one place that knows every query holding a row (ui.md
// pitfall 9). A patch not newer than what a query shows is dropped; while a person's change is on its way, patches
// leave the triage fields of that issue alone until one at or past the write arrives (ui.md 8.1).

import type { InfiniteData, QueryClient } from '@tanstack/solid-query'
import type { Issue } from '../../core/contract/issue.ts'
import type { IssuePatch, IssuesMessage } from '../../core/contract/live.ts'
import type { IssuePage, IssueRead } from './queries.ts'

export type Triage = Partial<Pick<Issue, 'status' | 'substatus' | 'assignedTo'>>

/** Issue id -> the first position whose triage fields count again; Infinity while the write is under way. */
const held = new Map<string, number>()

/** Applies one live message to every row in the cache. Rows change in place; none is added, moved or removed. */
export function patchIssues(client: QueryClient, message: IssuesMessage): void {
  const patches = new Map(message.patches.map((patch) => [patch.id, patch]))
  if (patches.size === 0) return
  changeRows(client, (row, position) => {
    const patch = patches.get(row.id)
    return patch && message.position > position ? { ...row, ...fieldsOf(row, patch, message.position) } : row
  }, message.position)
  for (const [id, from] of held) if (patches.has(id) && from <= message.position) held.delete(id)
}

function fieldsOf(row: Issue, patch: IssuePatch, position: number): Partial<Issue> {
  const { count, userCount, lastSeen, numComments } = patch
  const numbers: Partial<Issue> = { count, userCount, lastSeen, numComments, level: patch.level as Issue['level'], stats: { ...row.stats, '24h': patch.stats24h } }
  if (position < (held.get(row.id) ?? 0)) return numbers
  return { ...numbers, status: patch.status, substatus: patch.substatus, assignedTo: patch.assignedTo }
}

/** Shows a change before the server has answered. Returns what ends it: `stored(position)` or `undo()`. */
export function changeAhead(client: QueryClient, ids: readonly string[], triage: Triage): { stored: (position: number) => void; undo: () => void } {
  const before = new Map<string, Triage>()
  for (const id of ids) held.set(id, Number.POSITIVE_INFINITY)
  changeRows(client, (row) => {
    if (!ids.includes(row.id)) return row
    before.set(row.id, { status: row.status, substatus: row.substatus, assignedTo: row.assignedTo && { ...row.assignedTo } })
    return { ...row, ...triage }
  })
  return {
    stored: (position) => {
      for (const id of ids) held.set(id, position)
    },
    undo: () => {
      for (const id of ids) held.delete(id)
      changeRows(client, (row) => (before.has(row.id) ? { ...row, ...before.get(row.id) } : row))
    },
  }
}

/** What a generation that is not live shows stays as it was read. */
const isLive = (place: number) => (query: { queryKey: readonly unknown[] }): boolean => (query.queryKey[place] ?? null) === null

/** Runs `change` over every cached issue. `position` of a query moves up to `reached` when one of its rows changed. */
function changeRows(client: QueryClient, change: (row: Issue, position: number) => Issue, reached = 0): void {
  client.setQueriesData<InfiniteData<IssuePage, string | null>>({ queryKey: ['issues'], predicate: isLive(4) }, (data) => {
    if (!data) return data
    const pages = data.pages.map((page) => {
      const issues = page.issues.map((row) => change(row, page.position))
      const same = issues.every((row, index) => row === page.issues[index])
      return same ? page : { ...page, issues, position: Math.max(page.position, reached) }
    })
    return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages }
  })
  client.setQueriesData<IssueRead>({ queryKey: ['issue'], predicate: isLive(2) }, (data) => {
    if (!data) return data
    const issue = change(data.issue, data.position)
    return issue === data.issue ? data : { issue: { ...data.issue, ...issue }, position: Math.max(data.position, reached) }
  })
}
