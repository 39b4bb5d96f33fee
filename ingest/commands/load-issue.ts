// The issue that a command decides on: the projections as of the checkpoint, and the decisions in the log behind it. Which keys an
// issue has follows from its project's grouping stream, so all of that is folded first, and the append expects no more of it.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { IssueStatus } from '../../core/contract/issue.ts'
import { groupingStream } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import type { GroupingVersion } from '../../core/grouping/types.ts'
import { evolveIssue, type IssueState } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { streamPosition, type Expectation } from '../log/decisions.ts'
import { readStream } from './store.ts'

/** `expected`: what the append is to expect; `position`: how far the log is known to say what `state` says. */
export type LoadedIssue = { state: IssueState; generation: number; expected: Expectation[]; position: number }

type KeyRow = {
  generation: number; version: GroupingVersion; revision: number; checkpoint: number
  issue: number; id: number; key: string; status: IssueStatus; assignee: string | null
}

/**
 * The issue that now holds the event `ref` names; null when there is none, or it is of another project than `projectSlug`.
 * Throws `regrouping` when the fold of a grouping decision takes longer than 5 s.
 */
export async function loadIssue(pool: Pool, ref: IssueRef, projectSlug?: string): Promise<LoadedIssue | null> {
  const project = await findProjectOf(pool, ref, projectSlug)
  if (project === null) return null
  const grouped = await waitForGrouping(pool, project)
  const { rows } = await pool.query<KeyRow>(
    `select g.id::float8 as generation, g.version, g.revision::float8 as revision, c.position::float8 as checkpoint,
       k.issue_id::float8 as issue, k.id::float8 as id, k.key, k.status, k.assignee
     from project p
     join generation g on g.id = p.generation
     join event_key ek on ek.generation = g.id and ek.position = $2
     join issue_key held on held.generation = g.id and held.id = ek.key_id
     join issue_key k on k.generation = g.id and k.issue_id = held.issue_id
     cross join checkpoint c
     where p.id = $1 and c.name = 'main'
     order by k.id`,
    [project, ref.position],
  )
  const first = rows[0]
  if (!first) return null
  const stream = `issue:${first.issue}`
  const [comments, decisions] = await Promise.all([readComments(pool, first.generation, rows.map((row) => row.id)), readStream(pool, stream, first.checkpoint)])
  const folded: IssueState = {
    project,
    issue: first.issue,
    keys: rows.map((row) => row.key),
    grouping: { version: first.version, revision: first.revision },
    status: onlyOne(rows.map((row) => row.status)),
    assignee: onlyOne(rows.map((row) => row.assignee)),
    comments,
  }
  return {
    state: decisions.later.reduce(evolveIssue, folded),
    generation: first.generation,
    expected: [{ stream, position: decisions.last }, { stream: groupingStream(project), position: grouped }],
    position: Math.max(decisions.last, first.checkpoint),
  }
}

async function findProjectOf(pool: Pool, ref: IssueRef, slug: string | undefined): Promise<number | null> {
  const { rows } = await pool.query<{ id: number }>(
    `select p.id from event e join project p on p.id = e.project_id
     where e.position = $1 and ($2::text is null or p.slug = $2) and not exists (select 1 from project o where o.slug = $3 and o.id <> p.id)`,
    [ref.position, slug ?? null, ref.slug],
  )
  return rows[0]?.id ?? null
}

const patienceMs = 5000

/** The last position of the project's grouping stream, once the fold has passed it. Throws `regrouping` after 5 s. */
export async function waitForGrouping(pool: Pool, project: number): Promise<number> {
  const grouped = await streamPosition(pool, groupingStream(project))
  const deadline = performance.now() + patienceMs
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const { rows } = await pool.query<{ passed: boolean }>(`select position >= $1 as passed from checkpoint where name = 'main'`, [grouped])
    if (rows[0]!.passed) return grouped
    if (performance.now() + pause > deadline) throw new ApiError('regrouping')
    await sleep(pause)
  }
}

/** The comments that show at these keys, whichever issue they were made on. */
async function readComments(pool: Pool, generation: number, keyIds: readonly number[]): Promise<IssueState['comments']> {
  const { rows } = await pool.query<{ position: number; actor: string | null; data: string }>(
    `select position::float8 as position, actor, data from activity where generation = $1 and key_id = any($2) and type = 'note'`,
    [generation, keyIds],
  )
  return new Map(rows.map(({ position, actor, data }) => [position, { actor, text: (JSON.parse(data) as { text: string }).text }]))
}

function onlyOne<T>(values: readonly T[]): T | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined
}
