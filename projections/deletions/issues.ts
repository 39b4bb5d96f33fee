// What `issue.deleted` takes out of the tables of the live generation, the events out of `event`, and their files out of `attachment`: the main
// fold alone decides which events there are. A batch holds nothing else (advance.ts), so that all of it is rows. What was received stays counted
// in project_hour and outcome_hour. An event id that is free again may come again.

import type pg from 'pg'
import type { IssueDecision } from '../../core/decisions.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import { configOf, type FoldTarget } from '../issues/parts.ts'
import type { TargetOf } from '../issues/parts-store.ts'
import { settle, UnfoldableError } from '../poison.ts'

type Deletion = { position: number; data: Extract<IssueDecision, { type: 'issue.deleted' }>['data'] }

const keyTables = ['event_key', 'issue_hour', 'issue_tag', 'activity', 'key_text', 'issue_part'] as const

export function listDeletions(batch: readonly DecodedGrouped[]): Deletion[] {
  return batch.flatMap(({ fact, decision }) => (decision?.type === 'issue.deleted' ? [{ position: fact.position, data: decision.data }] : []))
}

/** Throws UnfoldableError for one that names keys of another configuration than the live one: no command decides so. */
export async function deleteIssues(client: pg.PoolClient, deletions: readonly Deletion[], targetOf: TargetOf): Promise<void> {
  const keysOf = new Map<number, { target: FoldTarget; keys: string[] }>()
  for (const { position, data } of deletions) {
    const target = targetOf(data.project)
    if (!target) continue
    if (configOf(data.grouping, target) !== target.own) throw new UnfoldableError(position, new Error('it names keys of a configuration that is not live'))
    const known = keysOf.get(data.project) ?? { target, keys: [] }
    keysOf.set(data.project, known)
    known.keys.push(...data.keys)
  }
  for (const [projectId, { target, keys }] of keysOf) await deleteKeys(client, projectId, target.generation, keys)
}

async function deleteKeys(client: pg.PoolClient, projectId: number, generation: number, keys: readonly string[]): Promise<void> {
  const found = await client.query<{ id: number }>('select id::float8 as id from issue_key where generation = $1 and key = any($2::text[])', [generation, keys])
  const ids = found.rows.map(({ id }) => id)
  if (ids.length === 0) return
  await restartOthers(client, projectId, generation, ids)
  const of = [generation, ids]
  await settle([
    // By the ids of the events, which the next takes: those that came late lie elsewhere in the log.
    client.query(
      `delete from attachment a using event_key k, event e
       where k.generation = $1 and k.key_id = any($2::bigint[]) and e.project_id = $3 and e.position = k.position and a.project_id = $3 and a.event_id = e.event_id`,
      [...of, projectId],
    ),
    client.query('delete from event e using event_key k where k.generation = $1 and k.key_id = any($2::bigint[]) and e.project_id = $3 and e.position = k.position', [...of, projectId]),
    client.query(
      `delete from merge_part m using (select id from issue_part where generation = $1 and key_id = any($2::bigint[]) union select unnest($2::bigint[])) p
       where m.generation = $1 and m.part_id = p.id`,
      of,
    ),
    ...keyTables.map((table) => client.query(`delete from ${table} where generation = $1 and key_id = any($2::bigint[])`, of)),
    client.query('delete from issue i using issue_key k where k.generation = $1 and k.id = any($2::bigint[]) and i.generation = $1 and i.id = k.issue_id', of),
    client.query('delete from issue_key where generation = $1 and id = any($2::bigint[])', of),
  ])
}

/**
 * Generations that hold any of these events are built again, from the events that are left; so is every one that is being built, as its
 * next page may be read already. The rows are locked first: a step under way ends, and what it added is seen.
 */
async function restartOthers(client: pg.PoolClient, projectId: number, live: number, keyIds: readonly number[]): Promise<void> {
  const others = await client.query(
    `select from generation_build b join generation g on g.id = b.generation where b.project_id = $1 and g.state in ('building', 'retired') order by b.generation for update of b`,
    [projectId],
  )
  if (others.rowCount === 0) return
  await client.query(
    `update generation_build b set restart = true, state = case b.state when 'ready' then 'queued' else b.state end
     from generation g
     where g.id = b.generation and b.project_id = $1 and g.state in ('building', 'retired')
       and ((b.state <> 'ready' and b.started_at is not null)
         or exists (select from event_key gone join event_key held on held.generation = b.generation and held.position = gone.position where gone.generation = $2 and gone.key_id = any($3::bigint[])))`,
    [projectId, live, keyIds],
  )
}
