// One person's change of issues: shown at once, sent, and taken back where the server refuses (S-03, S-04).

import type { Issue, IssueUpdate } from '../../core/contract/issue.ts'
import { request } from './api.ts'
import { client } from './client.ts'
import { sayFailure } from './failure.ts'
import { changeAhead, type Triage } from './patch.ts'
import { projectPath } from './session.ts'
import { beginWork } from './work.ts'

/** What one request names: the address of more would be too long. */
export const perRequest = 100

/** What the server did not change, and why. */
export type Skipped = { id: string; detail: string }
/** `shown`: what its row says until the server's own answer arrives. */
type Changing = Pick<Issue, 'id' | 'project'> & { shown: Triage }

/** `doing` is what is said of many. All issues are of one project. Throws, after having undone what was not stored. */
export async function changeIssues(issues: readonly Changing[], update: IssueUpdate, doing: string): Promise<Skipped[]> {
  if (issues.length === 0) return []
  const ids = issues.map(({ id }) => id)
  const path = projectPath(issues[0]!.project.slug, 'issues/')
  const changes = [...Map.groupBy(issues, ({ shown }) => JSON.stringify(shown)).values()].map((alike) => changeAhead(client, alike.map(({ id }) => id), alike[0]!.shown))
  const work = beginWork(doing, ids.length, 0)
  let reached = 0
  let position = 0
  try {
    const skipped: Skipped[] = []
    for (; reached < ids.length; reached += perRequest) {
      const answer = await request<{ refold: { skipped: Skipped[] } }>('PUT', path, { query: { id: ids.slice(reached, reached + perRequest) }, body: update })
      position = Math.max(position, answer.position)
      skipped.push(...answer.body.refold.skipped)
      work.step(reached + perRequest)
    }
    for (const change of changes) {
      change.stored(position)
      change.undo(skipped.map(({ id }) => id))
    }
    return skipped
  } catch (error) {
    for (const change of changes) {
      if (reached > 0) change.stored(position)
      change.undo(ids.slice(reached))
    }
    throw reached === 0 ? error : new Error(`${reached} of ${ids.length} were done, then: ${sayFailure(error)}`)
  } finally {
    work.end()
  }
}
