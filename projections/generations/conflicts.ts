// Conflicts of a preview: what people took apart and the other generation's keys would bring together (grouping.md 5.5). For every unmerge
// of the project: which issues of both generations hold events of its sides. An issue that holds two sides which are in different issues
// now joins them against somebody's decision, and apply waits until that is accepted.

import { nameConfiguration } from '../../core/grouping/configuration.ts'
import { groupingStream, parseDecision } from '../../core/decisions.ts'
import { numbers, texts } from '../columns.ts'
import { findTracker } from './matrix.ts'
import type { GenerationRow, Queryable } from './queries.ts'

/** `unmerge` is the position of the decision; `issues` (live ones) would be `into` (one of the other generation's). */
export type ConflictRow = { unmerge: number; actor: string | null; at: Date; issues: number[]; into: number }

type Unmerge = { position: number; actor: string | null; at: Date; named: Named[] }
type Named = { unmerge: number; side: number; config: string; key: string }

/** In the order of the unmerges. The same keys join nothing; where keys cannot be compared at all, the preview is never complete. */
export async function findConflicts(db: Queryable, live: GenerationRow, other: GenerationRow): Promise<ConflictRow[]> {
  const tracker = findTracker(live, other)
  const unmerges = tracker === null || tracker === 'same' ? [] : await readUnmerges(db, live.project)
  if (unmerges.length === 0) return []
  const [tracked, untracked] = tracker === 'other' ? [other, live] : [live, other]
  const named = unmerges.flatMap((unmerge) => unmerge.named)
  const [liveIssue, otherIssue] = tracker === 'other' ? ['b.issue_id', 'a.issue_id'] : ['a.issue_id', 'b.issue_id']
  const { rows } = await db.query<{ unmerge: number; into: number; issues: number[] }>(
    `with named as (
       select unmerge, side, config, key from unnest($3::bigint[], $4::int[], $5::text[], $6::text[]) as n (unmerge, side, config, key)
     ), reached as (
       select n.unmerge, n.side, p.key_id, p.watched from named n join issue_key k on k.generation = $1 and k.key = n.key
         join issue_part p on p.generation = $1 and p.key_id = k.id where n.config = $7
       union all
       select n.unmerge, n.side, p.key_id, p.watched from named n join issue_part p on p.generation = $1 and p.watched = n.key where n.config = $8
       union all
       select n.unmerge, n.side, p.key_id, p.watched from named n join issue_part p on p.generation = $1 and p.lineage @> array[n.config || ' ' || n.key] and p.lineage <> '{}'
         where n.config <> $7 and n.config <> $8
     ), held as (
       select distinct r.unmerge, r.side, ${liveIssue} as live, ${otherIssue} as other
       from reached r join issue_key a on a.generation = $1 and a.id = r.key_id join issue_key b on b.generation = $2 and b.key = r.watched
     )
     select unmerge::float8 as unmerge, other::float8 as "into", array_agg(distinct live::float8 order by live::float8) as issues
     from held group by unmerge, other having count(distinct side) > 1 and count(distinct live) > 1 order by unmerge, other`,
    [
      tracked.id, untracked.id, numbers(named, (row) => row.unmerge), numbers(named, (row) => row.side), texts(named, (row) => row.config), texts(named, (row) => row.key),
      nameConfiguration(tracked), nameConfiguration(untracked),
    ],
  )
  const byPosition = new Map(unmerges.map((unmerge) => [unmerge.position, unmerge]))
  return rows.map((row) => ({ ...row, actor: byPosition.get(row.unmerge)!.actor, at: byPosition.get(row.unmerge)!.at }))
}

async function readUnmerges(db: Queryable, project: number): Promise<Unmerge[]> {
  const { rows } = await db.query<{ position: number; type: string; actor: string | null; at: Date; payload: Uint8Array }>(
    `select position::float8 as position, type, actor, recorded_at as at, payload from log where kind = 'd' and stream = $1 and type = 'issue.unmerged' order by position`,
    [groupingStream(project)],
  )
  return rows.map(({ position, type, actor, at, payload }) => {
    const decision = parseDecision(type, payload)
    if (decision.type !== 'issue.unmerged') throw new Error(`no unmerge at ${position}`)
    const { sides, rest, grouping } = decision.data
    const config = nameConfiguration(grouping)
    // What stays is a side too. The first side that names a key has it, as in the fold.
    const seen = new Set<string>()
    const named: Named[] = []
    for (const [side, keys] of [...sides, rest].entries()) {
      for (const key of keys) {
        if (!seen.has(key)) named.push({ unmerge: position, side, config, key })
        seen.add(key)
      }
    }
    return { position, actor, at, named }
  })
}
