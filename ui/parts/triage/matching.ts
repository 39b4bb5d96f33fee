// A decision about everything that a list holds, also what is not loaded: by its query, a thousand issues per request
// (S-09). Asked before, because nobody knows what all of them were: it cannot be undone.

import type { IssueUpdate } from '../../../core/contract/issue.ts'
import { type Query, request } from '../../data/api.ts'
import type { Skipped } from '../../data/changeIssue.ts'
import { client } from '../../data/client.ts'
import type { Narrow } from '../../data/narrow.ts'
import { changeAhead, type Triage } from '../../data/patch.ts'
import { projectPath } from '../../data/session.ts'
import { beginWork } from '../../data/work.ts'
import { formatExact } from '../basic/format.ts'
import { showToast } from '../basic/Toast.tsx'
import { refreshLists } from './decide.ts'
import { tellFailure } from './undo.ts'

/** `count`: how many match; `more` than that, where nobody has counted them all. `loaded`: ids of those that are shown. */
export type Matching = { project: string; query: string; narrow: Narrow; count: number; more: boolean; loaded: readonly string[] }
/** `update` null = they are deleted. */
export type Sweep = { update: IssueUpdate | null; shown: Triage; said: string; doing: string }

/** The most that one request changes (the server's bound). */
export const perSweep = 1000

export const countMatching = ({ count, more }: Pick<Matching, 'count' | 'more'>): string => `${more ? 'more than ' : ''}${formatExact(count)}`

type Swept = { refold: { changed: string[]; skipped: Skipped[]; next: string | null } }

/** Never rejects: a failure says how far it came, with Retry for the rest. */
export async function sweep(on: Matching, { update, shown, said, doing }: Sweep, from: { cursor: string | null; done: number } = { cursor: null, done: 0 }): Promise<void> {
  let { cursor, done } = from
  let left = 0
  const stop = { isAsked: false }
  const ahead = update === null ? null : changeAhead(client, on.loaded, shown)
  const work = beginWork(doing, on.count, done, { slow: update === null, stop: () => (stop.isAsked = true) })
  const query: Query = { query: on.query, ...on.narrow, limit: perSweep }
  try {
    do {
      const { body, position } = await request<Swept>(update === null ? 'DELETE' : 'PUT', projectPath(on.project, 'issues/'), { query: { ...query, cursor }, ...(update !== null && { body: update }) })
      cursor = body.refold.next
      left += body.refold.skipped.length
      done += cursor === null ? Math.max(0, on.count - done) : perSweep
      work.step(done)
      if (cursor === null) ahead?.stored(position)
    } while (cursor !== null && !stop.isAsked)
    if (cursor !== null) ahead?.undo()
    const reached = cursor === null ? countMatching(on) : `The first ${formatExact(done)}`
    showToast({ text: `${reached} issues ${said}${left === 0 ? '' : `, but for ${formatExact(left)} that somebody else has changed`}` })
  } catch (error) {
    ahead?.undo()
    tellFailure(done === 0 ? `Nothing was ${said}` : `Only the first ${formatExact(done)} were ${said}`, error, () => sweep(on, { update, shown, said, doing }, { cursor, done }))
  } finally {
    work.end()
  }
  refreshLists(0)
}
