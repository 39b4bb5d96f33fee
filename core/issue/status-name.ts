// The one word for the state of an issue that people read, in the app and on a terminal (ui.md 8.2).

import type { Issue } from '../contract/issue.ts'

export type StatusName = 'new' | 'ongoing' | 'regressed' | 'escalating' | 'resolved' | 'archived'

/** What is open has a word of its own; what is archived is archived, whatever brings it back. */
export function statusName({ status, substatus }: Pick<Issue, 'status' | 'substatus'>): StatusName {
  if (status === 'resolved') return 'resolved'
  if (status === 'ignored') return 'archived'
  return substatus === 'new' || substatus === 'regressed' || substatus === 'escalating' ? substatus : 'ongoing'
}
