// The rows behind projections/issues/reducer.ts: issue_key, issue, event_key.

import type pg from 'pg'
import { isIssueDecision, isMergeDecision, listNamedKeys } from '../../core/decisions.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import { columnOf, numbers, texts, type ColumnType } from '../columns.ts'
import { settle } from '../poison.ts'
import { loadParts, saveParts, type TargetOf } from './parts-store.ts'
import { saveTexts } from './texts-store.ts'
import { keyName, type EventKeyRow, type IssueRow, type IssuesState, type KeyRow } from './reducer.ts'

/** Loads every key that the batch's events and decisions name or reach, and all other keys of the same issues. */
export async function loadIssues(client: pg.PoolClient, batch: readonly DecodedGrouped[], targetOf: TargetOf): Promise<IssuesState> {
  const keys = new Map<string, { generation: number; key: string }>()
  const named: { generation: number; position: number }[] = []
  for (const { fact, event, decision } of batch) {
    const target = fact.projectId === null ? undefined : targetOf(fact.projectId)
    if (!target) continue
    const { generation } = target
    const add = (key: string): unknown => keys.set(keyName(generation, key), { generation, key })
    if (event) add(event.grouping.key)
    if (decision && (isIssueDecision(decision) || isMergeDecision(decision))) {
      listNamedKeys(decision).forEach(add)
      named.push({ generation, position: decision.data.issue })
    }
  }
  const { keyIds, ...parts } = await loadParts(client, batch, targetOf)
  const asked = [...keys.values()]
  const reading = client.query<KeyRow>({
    name: 'load_issue_keys',
    text: `with asked as (
             select k.generation, k.issue_id from unnest($1::bigint[], $2::text[]) as a (generation, key) join issue_key k using (generation, key)
             union
             select k.generation, k.issue_id from unnest($3::bigint[], $4::bigint[]) as a (generation, position)
               join event_key e using (generation, position) join issue_key k on k.generation = e.generation and k.id = e.key_id
             union
             select k.generation, k.issue_id from unnest($5::bigint[], $6::bigint[]) as a (generation, id) join issue_key k using (generation, id)
           )
           select k.generation::float8 as generation, k.id::float8 as id, k.project_id as "projectId", k.issue_id::float8 as "issueId", k.key, k.status, k.substatus,
             k.status_position::float8 as "statusPosition", k.resolved_in as "resolvedIn", k.assignee, k.assigned_position::float8 as "assignedPosition", k.title, k.culprit, k.type, k.metadata, k.level,
             k.platform, k.logger, k.events::float8 as events, k.users::float8 as users, k.comments, k.first_seen as "firstSeen", k.last_seen as "lastSeen",
             k.last_position::float8 as "lastPosition", k.unhandled, k.first_release as "firstRelease", k.last_release as "lastRelease"
           from asked join issue_key k using (generation, issue_id)`,
    values: [numbers(asked, (row) => row.generation), texts(asked, (row) => row.key), numbers(named, (row) => row.generation), numbers(named, (row) => row.position), numbers(keyIds, (row) => row.generation), numbers(keyIds, (row) => row.id)],
  })
  const [{ rows }, holders] = await Promise.all([reading, named.length === 0 ? [] : loadHolders(client, named)])
  return {
    ...parts,
    changedMerges: new Set(),
    gone: new Map(),
    keys: new Map(rows.map((row) => [keyName(row.generation, row.key), row])),
    holders: new Map(holders.map((row) => [`${row.generation}:${row.position}`, row.keyId])),
    changed: new Set(),
    created: new Set(),
    eventKeys: [],
    texts: new Map(),
  }
}

async function loadHolders(client: pg.PoolClient, named: { generation: number; position: number }[]): Promise<EventKeyRow[]> {
  const { rows } = await client.query<EventKeyRow>({
    name: 'load_holders',
    text: `select e.generation::float8 as generation, e.position::float8 as position, e.key_id::float8 as "keyId"
           from unnest($1::bigint[], $2::bigint[]) as a (generation, position) join event_key e using (generation, position)`,
    values: [numbers(named, (row) => row.generation), numbers(named, (row) => row.position)],
  })
  return rows
}

/** Writes the changed keys and parts, their issues and the new events' keys; deletes issues without keys. */
export async function saveIssues(client: pg.PoolClient, state: IssuesState, issues: readonly IssueRow[]): Promise<void> {
  const keys = [...state.changed].sort(byId)
  const writes: Promise<unknown>[] = [saveParts(client, state), saveTexts(client, state)]
  if (keys.length > 0) {
    const own: Column<KeyRow>[] = [['issue_id', 'bigint', 'issueId'], ['key', 'text', 'key']]
    writes.push(upsert(client, 'issue_key', [...keyColumns, ...own], keys), upsert(client, 'issue', keyColumns, [...issues].sort(byId)))
  }
  const { eventKeys } = state
  if (eventKeys.length > 0) {
    writes.push(client.query({
      name: 'save_event_keys',
      text: `insert into event_key (generation, position, key_id) select generation, position, key_id from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as e (generation, position, key_id)`,
      values: [numbers(eventKeys, (row) => row.generation), numbers(eventKeys, (row) => row.position), numbers(eventKeys, (row) => row.keyId)],
    }))
  }
  await settle(writes)
}

function byId(a: { generation: number; id: number }, b: { generation: number; id: number }): number {
  return a.generation - b.generation || a.id - b.id
}

type Column<Row> = [column: string, type: ColumnType, field: keyof Row & string]

// What a key and an issue have in common: column, type, field. Names are ours, never input.
const keyColumns: Column<IssueRow>[] = [
  ['generation', 'bigint', 'generation'], ['id', 'bigint', 'id'], ['project_id', 'int', 'projectId'],
  ['status', 'text', 'status'], ['substatus', 'text', 'substatus'], ['status_position', 'bigint', 'statusPosition'], ['resolved_in', 'text', 'resolvedIn'],
  ['assignee', 'text', 'assignee'], ['assigned_position', 'bigint', 'assignedPosition'],
  ['title', 'text', 'title'], ['culprit', 'text', 'culprit'], ['type', 'text', 'type'], ['metadata', 'text', 'metadata'],
  ['level', 'text', 'level'], ['platform', 'text', 'platform'], ['logger', 'text', 'logger'],
  ['events', 'bigint', 'events'], ['users', 'bigint', 'users'], ['comments', 'int', 'comments'],
  ['first_seen', 'timestamptz', 'firstSeen'], ['last_seen', 'timestamptz', 'lastSeen'], ['last_position', 'bigint', 'lastPosition'],
  ['unhandled', 'boolean', 'unhandled'], ['first_release', 'text', 'firstRelease'], ['last_release', 'text', 'lastRelease'],
]

function upsert<Row>(client: pg.PoolClient, table: 'issue' | 'issue_key', columns: Column<Row>[], rows: readonly Row[]): Promise<unknown> {
  const names = columns.map(([column]) => column)
  const list = names.join(', ')
  return client.query({
    name: `save_${table}`,
    text: `insert into ${table} (${list})
           select ${list} from unnest(${columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) as r (${list})
           on conflict (generation, id) do update set ${names.slice(3).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values: columns.map(([, type, field]) => columnOf(rows, type, field)),
  })
}
