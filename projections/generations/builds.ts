// The rows of generation_build: how far each generation is that is not live, and what it looks out for (migrations/0008).

import type pg from 'pg'
import { parseDecision } from '../../core/decisions.ts'
import { nameConfiguration, parseConfiguration, type Configuration } from '../../core/grouping/configuration.ts'
import { texts } from '../columns.ts'
import { nameKey, namedKeysOf, type NamedKey } from '../issues/parts.ts'

export type BuildRow = Configuration & {
  generation: number; projectId: number; position: number; settings: string; tracked: boolean; watch: string | null; others: string[]
  restart: boolean
  begun: boolean
  /** The project's first configuration, by name: old decisions mean it. */
  first: string
}

/** Takes the row for this transaction. Undefined = somebody else has it, or the generation is gone or live. */
export async function claimBuild(client: pg.PoolClient, generation: number): Promise<BuildRow | undefined> {
  const { rows } = await client.query<BuildRow & { firstVersion: Configuration['version']; firstRevision: number }>(
    `select b.generation::float8 as generation, b.project_id as "projectId", b.position::float8 as position, b.settings, b.tracked, b.watch, b.others, b.restart,
       b.started_at is not null or not b.tracked as begun, g.version, g.revision::float8 as revision, f.version as "firstVersion", f.revision::float8 as "firstRevision"
     from generation_build b join generation g on g.id = b.generation
     cross join lateral (select version, revision from generation where project_id = b.project_id order by id limit 1) f
     where b.generation = $1 and g.state in ('building', 'retired') for update of b skip locked`,
    [generation],
  )
  const row = rows[0]
  return row && { ...row, first: nameConfiguration({ version: row.firstVersion, revision: row.firstRevision }) }
}

/** Decides what to look out for: every key under the configuration that is live now, and the keys that decisions name under any other. */
export async function beginBuild(client: pg.PoolClient, generation: number): Promise<BuildRow | undefined> {
  const row = await claimBuild(client, generation)
  if (!row) return undefined
  const own = nameConfiguration(row)
  const live = await client.query<Configuration & { total: number }>(
    `select g.version, g.revision::float8 as revision, (select coalesce(sum(events), 0) from project_hour where project_id = p.id)::float8 as total
     from project p join generation g on g.id = p.generation where p.id = $1`,
    [row.projectId],
  )
  const watched = nameConfiguration(live.rows[0]!)
  const watch = watched === own ? null : watched
  const named = row.tracked ? (await readNamedKeys(client, row)).filter(({ config }) => config !== own && config !== watch) : []
  const others = [...new Set(named.map(({ config }) => config))].sort()
  await client.query(
    `insert into named_key (generation, config, key, status_position, assigned_position)
     select $1, config, key, 0, 0 from unnest($2::text[], $3::text[]) as n (config, key) on conflict do nothing`,
    [generation, texts(named, (key) => key.config), texts(named, (key) => key.key)],
  )
  await client.query(`update generation_build set started_at = now(), watch = $2, others = $3, total = $4 where generation = $1`, [generation, watch, others, live.rows[0]!.total])
  return { ...row, watch, others, begun: true }
}

/** Every key that a decision of the project names, with its configuration; also those decided after what will be folded. Configurations that never were are left out. */
async function readNamedKeys(client: pg.PoolClient, { projectId, first }: BuildRow): Promise<NamedKey[]> {
  const { rows } = await client.query<{ type: string; payload: Uint8Array }>(
    `select type, payload from log where kind = 'd' and project_id = $1 and (type like 'issue.%' or type like 'comment.%') order by position`,
    [projectId],
  )
  const revisions = await client.query<{ id: number }>('select id::float8 as id from rules_revision where project_id = $1', [projectId])
  const known = new Set([0, ...revisions.rows.map(({ id }) => id)])
  const found = new Map<string, NamedKey>()
  for (const { type, payload } of rows) {
    for (const named of namedKeysOf(parseDecision(type, payload), { first })) {
      if (known.has(parseConfiguration(named.config).revision)) found.set(nameKey(named.config, named.key), named)
    }
  }
  return [...found.values()]
}

export async function moveBuild(client: pg.PoolClient, generation: number, step: { position: number; events: number; parked: number; settings: string; error: string | null }): Promise<void> {
  await client.query(
    `update generation_build set position = $2, events = events + $3, parked = parked + $4, settings = $5, error = coalesce($6, error), updated_at = now() where generation = $1`,
    [generation, step.position, step.events, step.parked, step.settings, step.error],
  )
}

/** Every table with rows of generations. */
export const generationTables = ['issue', 'issue_key', 'event_key', 'issue_hour', 'issue_tag', 'activity', 'key_text', 'issue_part', 'named_key', 'merge_part'] as const

/** Back to the beginning, in the caller's transaction, which has claimed the row. */
export async function restartGeneration(client: pg.PoolClient, generation: number): Promise<void> {
  for (const table of generationTables) await client.query(`delete from ${table} where generation = $1`, [generation])
  await client.query(
    `update generation_build set position = 0, settings = '{}', tracked = true, watch = null, others = '{}', restart = false, events = 0, total = 0, parked = 0,
       started_at = null, finished_at = null, error = null, updated_at = now() where generation = $1`,
    [generation],
  )
}

/** Of a generation that was discarded. At most `batch` rows of each table; returns how many. */
export async function deleteGenerationRows(pool: pg.Pool, generation: number, batch: number): Promise<number> {
  let deleted = 0
  for (const table of generationTables) {
    const { rowCount } = await pool.query(`delete from ${table} where ctid = any(array(select ctid from ${table} where generation = $1 limit $2))`, [generation, batch])
    deleted += rowCount ?? 0
  }
  return deleted
}
