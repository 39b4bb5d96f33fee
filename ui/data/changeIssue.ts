// One person's change of issues: shown at once, sent, and taken back when the server refuses (S-03, S-04).

import type { Issue, IssueUpdate } from '../../core/contract/issue.ts'
import { request } from './api.ts'
import { client } from './client.ts'
import { changeAhead, type Triage } from './patch.ts'
import { projectPath } from './session.ts'
import { beginWork } from './work.ts'

/** What one bulk request may name (the server's bound). */
const perRequest = 100

/** `doing` is what is said of many. `shown` is what the rows say until the server's own answer arrives. All issues are of one project. Throws ApiFailure after having undone it. */
export async function changeIssues(issues: readonly Pick<Issue, 'id' | 'project'>[], update: IssueUpdate, shown: Triage, doing = 'Changing'): Promise<void> {
  const ids = issues.map(({ id }) => id)
  const path = projectPath(issues[0]!.project.slug, 'issues/')
  // A list that is being read now would bring the old status back.
  await client.cancelQueries({ queryKey: ['issues'] })
  const change = changeAhead(client, ids, shown)
  const work = beginWork(doing, ids.length, 0)
  try {
    let position = 0
    for (let from = 0; from < ids.length; from += perRequest) {
      const answer = await request('PUT', path, { query: { id: ids.slice(from, from + perRequest) }, body: update })
      position = Math.max(position, answer.position)
      work.step(from + perRequest)
    }
    change.stored(position)
  } catch (error) {
    change.undo()
    throw error
  } finally {
    work.end()
  }
}
