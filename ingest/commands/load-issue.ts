// The one issue that a command decides on.

import type { Pool } from 'pg'
import type { IssueState } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import type { Expectation } from '../log/decisions.ts'
import { loadStates } from './load-states.ts'

/** `expected`: what the append is to expect; `position`: how far the log is known to say what `state` says. */
export type LoadedIssue = { state: IssueState; generation: number; expected: Expectation[]; position: number }

/** The issue that now holds the event `ref` names; null when there is none. Throws `regrouping` as loadStates does. */
export async function loadIssue(pool: Pool, ref: IssueRef): Promise<LoadedIssue | null> {
  const project = await findProjectOf(pool, ref)
  if (project === null) return null
  const { generation, issueOf, issues, grouping, position } = await loadStates(pool, project, [ref])
  const found = issues.get(issueOf.get(ref.position) ?? 0)
  return found ? { state: found.state, generation, expected: [found.expected, grouping], position } : null
}

async function findProjectOf(pool: Pool, ref: IssueRef): Promise<number | null> {
  const { rows } = await pool.query<{ id: number }>(
    `select p.id from event e join project p on p.id = e.project_id where e.position = $1 and not exists (select 1 from project o where o.slug = $2 and o.id <> p.id)`,
    [ref.position, ref.slug],
  )
  return rows[0]?.id ?? null
}
