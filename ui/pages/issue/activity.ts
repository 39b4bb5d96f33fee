// What an activity item says after the name of who did it. Pure. The types are those of core/contract/issue.ts.

import type { ActivityItem } from '../../../core/contract/issue.ts'

const words: Record<string, string> = {
  first_seen: 'saw it first',
  set_resolved: 'resolved',
  set_unresolved: 'reopened',
  set_regression: 'saw it again after it was resolved',
  set_ignored: 'archived',
  unassigned: 'assigned to nobody',
}

export function sayActivity(item: ActivityItem): string {
  if (item.type === 'assigned') return item.data.assignee === `user:${item.user?.id}` ? 'took it' : 'assigned it'
  return words[item.type] ?? item.type.replaceAll('_', ' ')
}
