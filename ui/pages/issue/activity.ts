// What an activity item says after the name of who did it. Pure. The types are those of core/contract/issue.ts.

import type { ActivityItem } from '../../../core/contract/issue.ts'
import { formatShortId } from '../../../core/shortid.ts'

const words: Record<string, string> = {
  first_seen: 'saw it first',
  set_resolved: 'resolved',
  set_unresolved: 'reopened',
  set_regression: 'saw it again after it was resolved',
  set_ignored: 'archived',
  unassigned: 'assigned to nobody',
}

/** `slug`: the project's, for the short ids of other issues. */
export function sayActivity(item: ActivityItem, slug: string): string {
  if (item.type === 'merge') return `merged ${nameIssues(item.data.issues, slug)} into it`
  if (item.type === 'unmerge_source') return `took ${nameIssues(item.data.issues, slug)} out of it`
  if (item.type === 'unmerge_destination') return `took it out of ${nameIssues([item.data.issue], slug)}`
  if (item.type === 'assigned') return item.data.assignee === `user:${item.user?.id}` ? 'took it' : 'assigned it'
  return words[item.type] ?? item.type.replaceAll('_', ' ')
}

const mostNamed = 3

function nameIssues(ids: unknown, slug: string): string {
  const names = (Array.isArray(ids) ? ids : []).map((id) => formatShortId(slug, Number(id)))
  return names.length <= mostNamed ? names.join(', ') : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
}
