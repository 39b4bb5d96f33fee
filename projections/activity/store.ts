// The rows behind projections/activity/reducer.ts.

import type pg from 'pg'
import { numbers, texts, times } from '../columns.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import type { TargetOf } from '../issues/parts-store.ts'
import { settle } from '../poison.ts'
import type { ActivityState, Note } from './reducer.ts'

export async function loadActivity(client: pg.PoolClient, batch: readonly DecodedGrouped[], targetOf: TargetOf): Promise<ActivityState> {
  const asked = batch.flatMap(({ fact, decision }) => {
    const generation = fact.projectId === null ? undefined : targetOf(fact.projectId)?.generation
    return generation !== undefined && (decision?.type === 'comment.edited' || decision?.type === 'comment.deleted') ? [{ generation, position: decision.data.comment }] : []
  })
  const state: ActivityState = { notes: new Map(), saved: new Map(), deleted: new Map() }
  if (asked.length === 0) return state
  const { rows } = await client.query<Omit<Note, 'data'> & { data: string }>(
    `select n.generation::float8 as generation, n.position::float8 as position, n.key_id::float8 as "keyId", n.type, n.actor, n.data, n.created_at as at
     from unnest($1::bigint[], $2::bigint[]) as a (generation, position) join activity n using (generation, position) where n.type = 'note'`,
    [asked.map((row) => row.generation), asked.map((row) => row.position)],
  )
  for (const row of rows) state.notes.set(`${row.generation}:${row.position}`, { ...row, data: JSON.parse(row.data) as Record<string, unknown> })
  return state
}

export async function saveActivity(client: pg.PoolClient, { saved, deleted }: ActivityState): Promise<void> {
  const rows = [...saved.values()]
  const writes: Promise<unknown>[] = []
  if (rows.length > 0) {
    writes.push(client.query({
      name: 'save_activity',
      text: `insert into activity (generation, position, key_id, type, actor, data, created_at)
             select generation, position, key_id, type, actor, data, created_at
             from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) as a (generation, position, key_id, type, actor, data, created_at)
             on conflict (generation, position, key_id, type) do update set data = excluded.data`,
      values: [
        numbers(rows, (row) => row.generation), numbers(rows, (row) => row.position), numbers(rows, (row) => row.keyId), texts(rows, (row) => row.type),
        texts(rows, (row) => row.actor), texts(rows, (row) => JSON.stringify(row.data)), times(rows, (row) => row.at),
      ],
    }))
  }
  for (const note of deleted.values()) {
    writes.push(client.query(`delete from activity where generation = $1 and position = $2 and key_id = $3 and type = 'note'`, [note.generation, note.position, note.keyId]))
  }
  await settle(writes)
}
