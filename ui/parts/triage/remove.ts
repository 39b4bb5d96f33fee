// Deleting issues with their events, for good: asked before, shown while it lasts (D-21).

import type { Issue } from '../../../core/contract/issue.ts'
import { ApiFailure, request } from '../../data/api.ts'
import { perRequest, type Skipped } from '../../data/changeIssue.ts'
import { projectPath } from '../../data/session.ts'
import { beginWork } from '../../data/work.ts'
import { showToast } from '../basic/Toast.tsx'
import { nameIssues, refreshLists } from './decide.ts'
import { noteSkipped } from './skipped.ts'
import { tellFailure } from './undo.ts'

/** How often a read that must show the deletion is tried; each waits up to 5 s at the server. */
const tries = 24

/** True when all of them are gone from what is read. Never rejects: a refusal is told in the toast, with Retry. */
export async function deleteIssues(issues: readonly Pick<Issue, 'id' | 'shortId' | 'project'>[]): Promise<boolean> {
  const { slug } = issues[0]!.project
  const ids = issues.map(({ id }) => id)
  const skipped: Skipped[] = []
  const work = beginWork('Deleting', ids.length, ids.length > perRequest ? 0 : null, { slow: true })
  try {
    for (let from = 0; from < ids.length; from += perRequest) {
      skipped.push(...(await request<{ refold: { skipped: Skipped[] } }>('DELETE', projectPath(slug, 'issues/'), { query: { id: ids.slice(from, from + perRequest) } })).body.refold.skipped)
      work.step(from + perRequest)
    }
    await waitUntilRead(slug)
    const gone = issues.filter(({ id }) => !skipped.some((one) => one.id === id))
    showToast({ text: skipped.length === 0 ? `${nameIssues(issues)} deleted` : `${nameIssues(gone)} deleted. The others: ${skipped[0]!.detail}`, kind: skipped.length === 0 ? 'plain' : 'error' })
  } catch (error) {
    tellFailure(`${nameIssues(issues)} could not be deleted`, error, () => deleteIssues(issues))
    return false
  } finally {
    work.end()
    noteSkipped(issues, skipped)
    refreshLists(0)
  }
  return skipped.length === 0
}

/** A read after a write waits for it (api.ts); one that has waited in vain is answered 503. */
async function waitUntilRead(slug: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return void (await request('GET', projectPath(slug, 'issues/'), { query: { query: '', limit: 1 } }))
    } catch (error) {
      if (attempt === tries || !(error instanceof ApiFailure && error.status === 503)) throw error
    }
  }
}
