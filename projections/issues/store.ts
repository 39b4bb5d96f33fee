// The rows behind projections/issues/reducer.ts: issue_key, issue, event_key.

import type pg from 'pg'
import { isIssueDecision } from '../../core/decisions.ts'
import type { Decoded } from '../decode/decode.ts'
import { combineIssues, keyName, type IssueRow, type IssuesState, type KeyRow } from './reducer.ts'

/** Loads every key that the batch's events and decisions name, and all other keys of the same issues. `generationOf` gives a project's live generation. */
export async function loadIssues(client: pg.PoolClient, batch: readonly Decoded[], generationOf: (projectId: number) => number | undefined): Promise<IssuesState> {
  const keys = new Map<string, { generation: number; key: string }>()
  const named: { generation: number; position: number }[] = []
  for (const { fact, event, decision } of batch) {
    const generation = fact.projectId === null ? undefined : generationOf(fact.projectId)
    if (generation === undefined) continue
    if (event) keys.set(keyName(generation, event.grouping.key), { generation, key: event.grouping.key })
    if (decision && isIssueDecision(decision)) {
      for (const key of decision.data.keys) keys.set(keyName(generation, key), { generation, key })
      named.push({ generation, position: decision.data.issue })
    }
  }
  const asked = [...keys.values()]
  const rows = await client.query<KeyRow>({
    name: 'load_issue_keys',
    text: `with asked as (
             select k.generation, k.issue_id from unnest($1::bigint[], $2::text[]) as a (generation, key) join issue_key k using (generation, key)
             union
             select k.generation, k.issue_id from unnest($3::bigint[], $4::bigint[]) as a (generation, position)
               join event_key e using (generation, position) join issue_key k on k.generation = e.generation and k.id = e.key_id
           )
           select k.generation::float8 as generation, k.id::float8 as id, k.project_id as "projectId", k.issue_id::float8 as "issueId", k.key, k.status, k.substatus,
             k.status_position::float8 as "statusPosition", k.assignee, k.assigned_position::float8 as "assignedPosition", k.title, k.culprit, k.type, k.metadata, k.level,
             k.platform, k.logger, k.events::float8 as events, k.users::float8 as users, k.comments, k.first_seen as "firstSeen", k.last_seen as "lastSeen",
             k.last_position::float8 as "lastPosition", k.unhandled, k.first_release as "firstRelease", k.last_release as "lastRelease"
           from asked join issue_key k using (generation, issue_id)`,
    values: [asked.map((row) => row.generation), asked.map((row) => row.key), named.map((row) => row.generation), named.map((row) => row.position)],
  })
  const holders = await client.query<{ generation: number; position: number; keyId: number }>(
    `select e.generation::float8 as generation, e.position::float8 as position, e.key_id::float8 as "keyId"
     from unnest($1::bigint[], $2::bigint[]) as a (generation, position) join event_key e using (generation, position)`,
    [named.map((row) => row.generation), named.map((row) => row.position)],
  )
  return {
    keys: new Map(rows.rows.map((row) => [keyName(row.generation, row.key), row])),
    holders: new Map(holders.rows.map((row) => [`${row.generation}:${row.position}`, row.keyId])),
    changed: new Set(),
    created: new Set(),
    eventKeys: [],
  }
}

/** Writes the changed keys, their issues and the new events' keys. Returns the issues. */
export async function saveIssues(client: pg.PoolClient, state: IssuesState): Promise<IssueRow[]> {
  const byId = (a: { generation: number; id: number }, b: { generation: number; id: number }): number => a.generation - b.generation || a.id - b.id
  const keys = [...state.changed].sort(byId)
  const issues = combineIssues(state).sort(byId)
  if (keys.length > 0) {
    const [columns, types] = [keyColumns.map(([column]) => column), keyColumns.map(([, type]) => type)]
    await upsert(client, 'issue_key', [...columns, 'issue_id', 'key'], [...types, 'bigint', 'text'], [...valuesOf(keys), keys.map((row) => row.issueId), keys.map((row) => row.key)])
    await upsert(client, 'issue', columns, types, valuesOf(issues))
  }
  if (state.eventKeys.length > 0) {
    await client.query({
      name: 'save_event_keys',
      text: `insert into event_key (generation, position, key_id) select generation, position, key_id from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as e (generation, position, key_id)`,
      values: [state.eventKeys.map((row) => row.generation), state.eventKeys.map((row) => row.position), state.eventKeys.map((row) => row.keyId)],
    })
  }
  return issues
}

// What a key and an issue have in common: column, type, field. Names are ours, never input.
const keyColumns: [column: string, type: string, field: keyof IssueRow][] = [
  ['generation', 'bigint', 'generation'], ['id', 'bigint', 'id'], ['project_id', 'int', 'projectId'],
  ['status', 'text', 'status'], ['substatus', 'text', 'substatus'], ['status_position', 'bigint', 'statusPosition'],
  ['assignee', 'text', 'assignee'], ['assigned_position', 'bigint', 'assignedPosition'],
  ['title', 'text', 'title'], ['culprit', 'text', 'culprit'], ['type', 'text', 'type'], ['metadata', 'text', 'metadata'],
  ['level', 'text', 'level'], ['platform', 'text', 'platform'], ['logger', 'text', 'logger'],
  ['events', 'bigint', 'events'], ['users', 'bigint', 'users'], ['comments', 'int', 'comments'],
  ['first_seen', 'timestamptz', 'firstSeen'], ['last_seen', 'timestamptz', 'lastSeen'], ['last_position', 'bigint', 'lastPosition'],
  ['unhandled', 'boolean', 'unhandled'], ['first_release', 'text', 'firstRelease'], ['last_release', 'text', 'lastRelease'],
]

function valuesOf(rows: readonly IssueRow[]): unknown[][] {
  return keyColumns.map(([, , field]) => rows.map((row) => row[field]))
}

async function upsert(client: pg.PoolClient, table: 'issue' | 'issue_key', columns: string[], types: string[], values: unknown[][]): Promise<void> {
  const list = columns.join(', ')
  await client.query({
    name: `save_${table}`,
    text: `insert into ${table} (${list})
           select ${list} from unnest(${types.map((type, i) => `$${i + 1}::${type}[]`).join(', ')}) as r (${list})
           on conflict (generation, id) do update set ${columns.slice(3).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values,
  })
}
