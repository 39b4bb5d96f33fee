// What an activity item says after the name of who did it. Pure. The types are those of core/contract/issue.ts.

import type { ActivityItem } from '../../../core/contract/issue.ts'
import { formatShortId } from '../../../core/shortid.ts'
import { sayConditions } from '../../parts/basic/statusWords.ts'

const words: Record<string, string> = {
  first_seen: 'saw it first',
  set_resolved: 'resolved',
  set_escalating: 'opened it again: it escalates',
  mark_reviewed: 'reviewed',
  set_regression: 'saw it again after it was resolved',
  unassigned: 'assigned to nobody',
}

/** `slug`: the project's, for the short ids of other issues. */
export function sayActivity(item: ActivityItem, slug: string): string {
  if (item.type === 'merge') return `merged ${nameIssues(item.data.issues, slug)} into it`
  if (item.type === 'unmerge_source') return `took ${nameIssues(item.data.issues, slug)} out of it`
  if (item.type === 'unmerge_destination') return `took it out of ${nameIssues([item.data.issue], slug)}`
  if (item.type === 'set_resolved_in_release') return item.data.version ? `resolved in ${String(item.data.version)}` : `resolved in the release after ${String(item.data.current_release_version)}`
  if (item.type === 'set_ignored') return sayArchived(item.data)
  if (item.type === 'set_unresolved') return reasons[String(item.data.reason)] ?? 'reopened'
  if (item.type === 'assigned') return sayAssigned(item)
  return words[item.type] ?? item.type.replaceAll('_', ' ')
}

const reasons: Record<string, string> = {
  time: 'opened it again: its time was over', events: 'opened it again: it had that many events', users: 'opened it again: that many users had it',
}

function sayArchived({ substatus, ...condition }: ActivityItem['data']): string {
  if (substatus === 'archived_until_escalating') return 'archived until it escalates'
  const conditions = sayConditions(condition)
  return conditions === '' ? 'archived' : `archived until ${conditions}`
}

function sayAssigned({ user, data }: ActivityItem): string {
  if (data.assignee === `user:${user?.id}`) return 'took it'
  return data.assigneeName === undefined ? 'assigned it' : `assigned it to ${String(data.assigneeName)}`
}

const mostNamed = 3

function nameIssues(ids: unknown, slug: string): string {
  const names = (Array.isArray(ids) ? ids : []).map((id) => formatShortId(slug, Number(id)))
  return names.length <= mostNamed ? names.join(', ') : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
}
