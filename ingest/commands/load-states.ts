// The issues of a project that commands decide on: the projections as of the checkpoint, and the decisions in the log behind it. A thousand
// at once cost a handful of queries.

import type { Pool } from 'pg'
import { groupingStream } from '../../core/decisions.ts'
import type { GroupingVersion } from '../../core/grouping/types.ts'
import { evolveIssue, type IssueState } from '../../core/issue/decide.ts'
import type { IssueRef } from '../../core/issue/ref.ts'
import { combineStates, type KeyState } from '../../core/issue/state.ts'
import type { Expectation } from '../log/decisions.ts'
import { readStreams } from './store.ts'
import { waitForGrouping } from './wait-for-grouping.ts'

export type LoadedStates = {
  generation: number
  /** By position of a named event: the issue that holds it now. Missing: events and short ids of other projects, and what is gone. */
  issueOf: Map<number, number>
  /** By id; `expected`: the issue's own stream. */
  issues: Map<number, { state: IssueState; expected: Expectation }>
  /** What every append expects besides. */
  grouping: Expectation
  /** How far the log is known to say what the states say. */
  position: number
}

type KeyRow = {
  generation: number; version: GroupingVersion; revision: number; checkpoint: number
  position: number; issue: number; ids: number[]; keys: string[]; states: KeyState[]
}

/** Throws `regrouping` when the fold of a grouping decision takes longer than 5 s. */
export async function loadStates(pool: Pool, project: number, refs: readonly IssueRef[]): Promise<LoadedStates> {
  const grouped = await waitForGrouping(pool, project)
  const { rows } = await pool.query<KeyRow>(
    `select g.id::float8 as generation, g.version, g.revision::float8 as revision, c.position::float8 as checkpoint, r.position::float8 as position, held.issue_id::float8 as issue, k.*
     from project p
     join generation g on g.id = p.generation
     cross join unnest($2::bigint[], $3::text[]) as r (position, slug)
     join event_key ek on ek.generation = g.id and ek.position = r.position
     join issue_key held on held.generation = g.id and held.id = ek.key_id
     cross join lateral (
       select array_agg(id::float8 order by id) as ids, array_agg(key order by id) as keys,
         json_agg(json_build_object('status', status, 'substatus', substatus, 'statusPosition', status_position, 'resolvedIn', resolved_in, 'assignee', assignee, 'assignedPosition', assigned_position) order by id) as states
       from issue_key where generation = g.id and issue_id = held.issue_id
     ) k
     cross join checkpoint c
     where p.id = $1 and c.name = 'main' and not exists (select 1 from project o where o.slug = r.slug and o.id <> p.id)`,
    [project, refs.map((ref) => ref.position), refs.map((ref) => ref.slug)],
  )
  const first = rows[0]
  const grouping = { stream: groupingStream(project), position: grouped }
  if (!first) return { generation: 0, issueOf: new Map(), issues: new Map(), grouping, position: grouped }
  const found = new Map(rows.map((row) => [row.issue, row]))
  const [comments, streams] = await Promise.all([
    readComments(pool, first.generation, [...found.values()].flatMap(({ ids }) => ids)),
    readStreams(pool, [...found.keys()].map(nameStream), first.checkpoint),
  ])
  const issues: LoadedStates['issues'] = new Map()
  let position = first.checkpoint
  for (const row of found.values()) {
    const stream = nameStream(row.issue)
    const { last, later } = streams.get(stream) ?? { last: 0, later: [] }
    position = Math.max(position, last)
    const folded: IssueState = {
      project, issue: row.issue, keys: row.keys, grouping: { version: row.version, revision: row.revision },
      status: onlyOne(row.states, 'status'), substatus: onlyOne(row.states, 'substatus'), resolvedIn: onlyOne(row.states, 'resolvedIn'), assignee: onlyOne(row.states, 'assignee'),
      decidedAt: combineStates(row.states).statusPosition,
      changedAt: Math.max(...row.states.map(({ statusPosition }) => statusPosition), last),
      comments: new Map(row.ids.flatMap((id) => comments.get(id) ?? [])),
    }
    issues.set(row.issue, { state: later.reduce(evolveIssue, folded), expected: { stream, position: last } })
  }
  return { generation: first.generation, issueOf: new Map(rows.map((row) => [row.position, row.issue])), issues, grouping, position }
}

function nameStream(issue: number): string {
  return `issue:${issue}`
}

type Comment = [position: number, comment: { actor: string | null; text: string }]

/** By key: the comments that show there, whichever issue they were made on. */
async function readComments(pool: Pool, generation: number, keyIds: readonly number[]): Promise<Map<number, Comment[]>> {
  const { rows } = await pool.query<{ key: number; position: number; actor: string | null; data: string }>(
    `select key_id::float8 as key, position::float8 as position, actor, data from activity where generation = $1 and key_id = any($2) and type = 'note'`,
    [generation, keyIds],
  )
  const comments = Map.groupBy(rows, ({ key }) => key)
  return new Map([...comments].map(([key, notes]) => [key, notes.map(({ position, actor, data }): Comment => [position, { actor, text: (JSON.parse(data) as { text: string }).text }])]))
}

function onlyOne<Field extends keyof KeyState>(states: readonly KeyState[], field: Field): KeyState[Field] | undefined {
  return states.every((state) => state[field] === states[0]![field]) ? states[0]![field] : undefined
}
