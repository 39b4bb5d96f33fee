// The rows behind parts.ts and merges.ts: issue_part, named_key, merge_part. Only generations after a project's first have parts, and only
// batches with a merge or an unmerge need the merges, so most batches ask nothing here.

import type pg from 'pg'
import { isIssueDecision, isMergeDecision, listNamedKeys } from '../../core/decisions.ts'
import { numbers, texts } from '../columns.ts'
import type { DecodedGrouped } from '../decode/decode.ts'
import { settle } from '../poison.ts'
import type { MergePart } from './merges.ts'
import { configOf, nameKey, type FoldTarget, type NamedRow, type PartRow, type PartsState } from './parts.ts'
import type { IssuesState } from './reducer.ts'

export type LoadedParts = PartsState & {
  merges: MergePart[]
  /** Keys that must be loaded with all keys of their issues: they hold parts that decisions reach, or that merges reached. */
  keyIds: { generation: number; id: number }[]
}

export type TargetOf = (projectId: number) => FoldTarget | undefined

/** A key in a generation; `text` as hashed. */
type Wanted = { generation: number; text: string }

export async function loadParts(client: pg.PoolClient, batch: readonly DecodedGrouped[], targetOf: TargetOf): Promise<LoadedParts> {
  const state: LoadedParts = { parts: new Map(), named: new Map(), changedParts: new Set(), changedNamed: new Set(), merges: [], keyIds: [] }
  const asked = collectAsked(batch, targetOf)
  await Promise.all([
    asked.named.size > 0 && loadNamed(client, state, [...asked.named.values()]),
    asked.pairs.size > 0 && loadPartRows(client, state, asked),
    asked.keys.size + asked.watched.size + asked.lineage.size > 0 && loadReached(client, state, asked),
    asked.merging.size > 0 && loadMerges(client, state, [...asked.merging]),
  ])
  return state
}

type Asked = {
  named: Map<string, { generation: number; config: string; key: string }>
  /** The parts that events can belong to: one key may have thousands. */
  pairs: Map<string, Wanted & { watched: string | null }>
  /** Of these keys, and of those that hold parts reached by these names, all parts: decisions combine them. */
  keys: Map<string, Wanted>
  watched: Map<string, Wanted>
  lineage: Map<string, Wanted>
  merging: Set<number>
}

function collectAsked(batch: readonly DecodedGrouped[], targetOf: TargetOf): Asked {
  const asked: Asked = { named: new Map(), pairs: new Map(), keys: new Map(), watched: new Map(), lineage: new Map(), merging: new Set() }
  const decided = new Set(batch.flatMap(({ fact, decision }) => (decision && (isIssueDecision(decision) || isMergeDecision(decision)) ? [fact.projectId] : [])))
  const add = (map: Map<string, Wanted>, generation: number, text: string): unknown => map.set(`${generation}:${text}`, { generation, text })
  for (const { fact, event, decision } of batch) {
    const target = fact.projectId === null ? undefined : targetOf(fact.projectId)
    if (!target) continue
    const { generation, own, watch } = target
    const name = (config: string, key: string): unknown => asked.named.set(`${generation}:${nameKey(config, key)}`, { generation, config, key })
    if (decision && isMergeDecision(decision)) asked.merging.add(generation)
    if (!target.tracked) continue
    if (event) {
      const { key: text } = event.grouping
      const watched = event.others.find(({ config }) => config === watch)?.key ?? null
      if (decided.has(fact.projectId)) add(asked.keys, generation, text)
      else asked.pairs.set(`${generation}:${text} ${watched}`, { generation, text, watched })
      name(own, event.grouping.key)
      for (const { config, key } of event.others) name(config, key)
    }
    if (!decision || !(isIssueDecision(decision) || isMergeDecision(decision))) continue
    const config = configOf(decision.data.grouping, target)
    for (const key of listNamedKeys(decision)) {
      if (config === own) add(asked.keys, generation, key)
      else if (config === watch) add(asked.watched, generation, key)
      else add(asked.lineage, generation, nameKey(config, key))
      name(config, key)
    }
  }
  return asked
}

async function loadNamed(client: pg.PoolClient, state: LoadedParts, names: { generation: number; config: string; key: string }[]): Promise<void> {
  const { rows } = await client.query<NamedRow>({
    name: 'load_named_keys',
    text: `select n.generation::float8 as generation, n.config, n.key, n.status, n.substatus, n.status_position::float8 as "statusPosition", n.resolved_in as "resolvedIn", n.assignee,
             n.assigned_position::float8 as "assignedPosition", n.reviewed_position::float8 as "reviewedPosition", n.deleted_position::float8 as "deletedPosition"
           from unnest($1::bigint[], $2::text[], $3::text[]) as a (generation, config, key) join named_key n using (generation, config, key)`,
    values: [numbers(names, (row) => row.generation), texts(names, (row) => row.config), texts(names, (row) => row.key)],
  })
  for (const row of rows) state.named.set(`${row.generation}:${nameKey(row.config, row.key)}`, row)
}

const columns = `p.generation::float8 as generation, p.id::float8 as id, p.key_id::float8 as "keyId", p.watched, p.lineage, p.status, p.substatus,
  p.status_position::float8 as "statusPosition", p.resolved_in as "resolvedIn", p.assignee, p.assigned_position::float8 as "assignedPosition", p.events::float8 as events`

async function loadPartRows(client: pg.PoolClient, state: LoadedParts, { pairs }: Asked): Promise<void> {
  const wanted = [...pairs.values()]
  const { rows } = await client.query<PartRow>({
    name: 'load_parts',
    text: `select ${columns} from unnest($1::bigint[], $2::text[], $3::text[]) as a (generation, key, watched)
           join issue_key k using (generation, key)
           join issue_part p on p.generation = k.generation and p.key_id = k.id and p.watched is not distinct from a.watched`,
    values: [numbers(wanted, (row) => row.generation), texts(wanted, (row) => row.text), texts(wanted, (row) => row.watched)],
  })
  for (const row of rows) keepPart(state, row)
}

function keepPart({ parts }: LoadedParts, row: PartRow): boolean {
  const name = `${row.generation}:${row.keyId}`
  const known = parts.get(name)
  if (known) known.push(row)
  else parts.set(name, [row])
  return known === undefined
}

async function loadReached(client: pg.PoolClient, state: LoadedParts, { keys, watched, lineage }: Asked): Promise<void> {
  const lists = [keys, watched, lineage].flatMap((map) => {
    const wanted = [...map.values()]
    return [numbers(wanted, (row) => row.generation), texts(wanted, (row) => row.text)]
  })
  const { rows } = await client.query<PartRow>({
    name: 'load_reached_parts',
    text: `with reached as (
             select k.generation, k.id as key_id from unnest($1::bigint[], $2::text[]) as a (generation, key) join issue_key k using (generation, key)
             union
             select p.generation, p.key_id from unnest($3::bigint[], $4::text[]) as a (generation, watched) join issue_part p using (generation, watched)
             union
             select p.generation, p.key_id from unnest($5::bigint[], $6::text[]) as a (generation, name) join issue_part p on p.generation = a.generation and p.lineage @> array[a.name] and p.lineage <> '{}'
           )
           select ${columns} from reached join issue_part p using (generation, key_id)`,
    values: lists,
  })
  for (const row of rows) if (keepPart(state, row)) state.keyIds.push({ generation: row.generation, id: row.keyId })
}

async function loadMerges(client: pg.PoolClient, state: LoadedParts, generations: number[]): Promise<void> {
  const { rows } = await client.query<MergePart>(
    `select m.generation::float8 as generation, m.merge::float8 as merge, m.part_id::float8 as "partId", coalesce(p.key_id, m.part_id)::float8 as "keyId", m.side, m.piece
     from merge_part m left join issue_part p on p.generation = m.generation and p.id = m.part_id where m.generation = any($1::bigint[]) order by m.generation, m.merge, m.part_id`,
    [generations],
  )
  state.merges = rows
  for (const { generation, keyId } of rows) state.keyIds.push({ generation, id: keyId })
}

export async function saveParts(client: pg.PoolClient, state: IssuesState): Promise<void> {
  await settle([savePartRows(client, [...state.changedParts]), saveNamed(client, [...state.changedNamed]), saveMerges(client, [...state.changedMerges]), deleteGone(client, [...state.gone.values()])])
}

async function savePartRows(client: pg.PoolClient, parts: PartRow[]): Promise<void> {
  if (parts.length === 0) return
  await client.query({
    name: 'save_parts',
    // A list of texts per row does not fit unnest: it travels as JSON text.
    text: `insert into issue_part (generation, id, key_id, watched, lineage, status, substatus, status_position, assignee, assigned_position, events, resolved_in)
           select generation, id, key_id, watched, case lineage when '[]' then '{}' else array(select json_array_elements_text(lineage::json)) end,
             status, substatus, status_position, assignee, assigned_position, events, resolved_in
           from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[])
             as p (generation, id, key_id, watched, lineage, status, substatus, status_position, assignee, assigned_position, events, resolved_in)
           on conflict (generation, id) do update set status = excluded.status, substatus = excluded.substatus, status_position = excluded.status_position,
             resolved_in = excluded.resolved_in, assignee = excluded.assignee, assigned_position = excluded.assigned_position, events = excluded.events`,
    values: [
      numbers(parts, (row) => row.generation), numbers(parts, (row) => row.id), numbers(parts, (row) => row.keyId), texts(parts, (row) => row.watched), texts(parts, (row) => JSON.stringify(row.lineage)),
      texts(parts, (row) => row.status), texts(parts, (row) => row.substatus), numbers(parts, (row) => row.statusPosition), texts(parts, (row) => row.assignee),
      numbers(parts, (row) => row.assignedPosition), numbers(parts, (row) => row.events), texts(parts, (row) => row.resolvedIn),
    ],
  })
}

async function saveNamed(client: pg.PoolClient, named: NamedRow[]): Promise<void> {
  if (named.length === 0) return
  await client.query({
    name: 'save_named_keys',
    text: `insert into named_key (generation, config, key, status, substatus, status_position, assignee, assigned_position, resolved_in, reviewed_position, deleted_position)
           select generation, config, key, status, substatus, status_position, assignee, assigned_position, resolved_in, reviewed_position, deleted_position
           from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::bigint[], $11::bigint[])
             as n (generation, config, key, status, substatus, status_position, assignee, assigned_position, resolved_in, reviewed_position, deleted_position)
           on conflict (generation, config, key) do update set status = excluded.status, substatus = excluded.substatus, status_position = excluded.status_position,
             assignee = excluded.assignee, assigned_position = excluded.assigned_position, resolved_in = excluded.resolved_in, reviewed_position = excluded.reviewed_position,
             deleted_position = excluded.deleted_position`,
    values: [
      numbers(named, (row) => row.generation), texts(named, (row) => row.config), texts(named, (row) => row.key), texts(named, (row) => row.status), texts(named, (row) => row.substatus),
      numbers(named, (row) => row.statusPosition), texts(named, (row) => row.assignee), numbers(named, (row) => row.assignedPosition), texts(named, (row) => row.resolvedIn),
      numbers(named, (row) => row.reviewedPosition), numbers(named, (row) => row.deletedPosition),
    ],
  })
}

async function saveMerges(client: pg.PoolClient, merges: MergePart[]): Promise<void> {
  if (merges.length === 0) return
  await client.query(
    `insert into merge_part (generation, merge, part_id, side, piece)
     select generation, merge, part_id, side, piece from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::text[]) as m (generation, merge, part_id, side, piece)
     on conflict (generation, merge, part_id) do update set piece = excluded.piece`,
    [numbers(merges, (row) => row.generation), numbers(merges, (row) => row.merge), numbers(merges, (row) => row.partId), numbers(merges, (row) => row.side), texts(merges, (row) => row.piece)],
  )
}

async function deleteGone(client: pg.PoolClient, gone: { generation: number; issueId: number }[]): Promise<void> {
  if (gone.length === 0) return
  await client.query(`delete from issue i using unnest($1::bigint[], $2::bigint[]) as g (generation, id) where i.generation = g.generation and i.id = g.id`, [
    numbers(gone, (row) => row.generation), numbers(gone, (row) => row.issueId),
  ])
}
