// One person's change of issues: shown at once, sent, and taken back when the server refuses (S-03, S-04).

import type { Issue, IssueUpdate } from '../../core/contract/issue.ts'
import { request } from './api.ts'
import { client } from './client.ts'
import { changeAhead, type Triage } from './patch.ts'
import { orgPath } from './session.ts'

/** `shown` is what the rows say until the server's own answer arrives. Throws ApiFailure after having undone it. */
export async function changeIssues(ids: readonly string[], update: IssueUpdate, shown: Triage): Promise<void> {
  // A list that is being read now would bring the old status back.
  await client.cancelQueries({ queryKey: ['issues'] })
  const change = changeAhead(client, ids, shown)
  try {
    const answers = await Promise.all(ids.map((id) => request<Issue>('PUT', orgPath(`issues/${id}/`), { body: update })))
    change.stored(Math.max(...answers.map((answer) => answer.position)))
  } catch (error) {
    change.undo()
    throw error
  }
}
