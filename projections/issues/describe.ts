// What the history of an issue says of a decision: Sentry's types and data, or nothing.

import type { IssueDecision } from '../../core/decisions.ts'
import type { Activity } from './reducer.ts'

type Entry = Pick<Activity, 'type' | 'data'>

/** Edits and deletions of a note change the note they name: see projections/activity. A deleted issue has no history. */
export function describeDecision({ type, data }: IssueDecision): Entry | null {
  switch (type) {
    case 'issue.resolved':
      return data.release ? describeRelease(data.release) : { type: 'set_resolved', data: {} }
    case 'issue.reopened':
      if (data.because === 'escalating') return { type: 'set_escalating', data: {} }
      return { type: 'set_unresolved', data: data.because ? { reason: data.because } : {} }
    case 'issue.ignored': {
      const { at, events, users } = data.until ?? {}
      return {
        type: 'set_ignored',
        data: { substatus: data.substatus, ...(at !== undefined && { ignoreUntil: at }), ...(events !== undefined && { ignoreCount: events }), ...(users !== undefined && { ignoreUserCount: users }) },
      }
    }
    case 'issue.reviewed':
      return { type: 'mark_reviewed', data: {} }
    case 'issue.assigned':
      return data.assignee === null ? { type: 'unassigned', data: {} } : { type: 'assigned', data: { assignee: data.assignee } }
    case 'comment.added':
      return { type: 'note', data: { text: data.text } }
    default:
      return null
  }
}

/** The next release has no name yet. */
function describeRelease({ version, including }: { version: string; including: boolean }): Entry {
  return { type: 'set_resolved_in_release', data: including ? { version } : { version: '', current_release_version: version } }
}
