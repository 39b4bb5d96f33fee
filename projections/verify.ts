// `refold verify`: folds the log from scratch into a schema of its own and compares it with the live tables, row by row.
// The log alone must determine every table (architecture 5). While it compares, folding pauses; ingest and reading do not.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { createFolder } from './advance.ts'
import { claimCheckpoint, readCheckpoint } from './checkpoint.ts'
import { projectTables } from './deletions/projects.ts'
import { bringGeneration } from './generations/build.ts'
import { generationTables } from './generations/builds.ts'

/** Every table that is a fold of the log. A test compares this list with the migrations. */
export const projectionTables = ['checkpoint', 'parked', 'project', 'project_key', 'generation', 'event', 'issue_key', 'issue', 'event_key', 'issue_hour', 'issue_tag', 'project_hour', 'outcome_hour', 'activity', 'organization_settings', 'attachment', 'feedback', 'latest_outcome', 'rules_revision', 'key_text', 'release', 'deploy'] as const

/** How generations are built: what these hold depends on when, what the tables above show does not (migrations/0008). */
export const buildTables = ['generation_build', 'issue_part', 'named_key', 'merge_part'] as const

export type Difference = { table: string; missing: number; unexpected: number; examples: string[] }
export type Verified = { position: number; rows: number; differences: Difference[] }

/** `onProgress` hears the position reached and the one to reach. Leaves nothing behind, also when it fails. */
export async function verify(databaseUrl: string, onProgress: (position: number, of: number) => void = () => undefined): Promise<Verified> {
  const schema = `verify_${randomBytes(6).toString('hex')}`
  const live = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  const fresh = new pg.Pool({ connectionString: databaseUrl, max: 1, pipeline: true, options: `-c search_path=${schema},public` })
  // A lost connection is told by the query that needs one; after the end of a pool the database may stop before its connections have.
  for (const pool of [live, fresh]) pool.on('error', () => undefined)
  try {
    await live.query(`create schema ${schema}`)
    for (const table of [...projectionTables, ...buildTables]) await live.query(`create table ${schema}.${table} (like public.${table} including all)`)
    await live.query(`insert into ${schema}.checkpoint (name, position) values ('main', 0)`)
    await catchUp(fresh, await readCheckpoint(live), onProgress)
    const client = await live.connect()
    try {
      await client.query('begin')
      let position = await claimCheckpoint(client)
      while (position === null) {
        await client.query('select position from checkpoint for update') // somebody folds: wait for the end of the batch
        position = await claimCheckpoint(client)
      }
      await catchUp(fresh, position, onProgress)
      const generations = await bringGenerations(client, fresh)
      const differences: Difference[] = []
      let rows = 0
      for (const table of projectionTables) {
        const count = await client.query<{ count: string }>(`select count(*) from public.${table}`)
        rows += Number(count.rows[0]!.count)
        const difference = await compareTable(client, table, schema, (generationTables as readonly string[]).includes(table) ? generations : null)
        if (difference) differences.push(difference)
      }
      await client.query('commit')
      return { position, rows, differences }
    } finally {
      client.release()
    }
  } finally {
    await fresh.end()
    await live.query(`drop schema if exists ${schema} cascade`)
    await live.end()
  }
}

async function catchUp(pool: pg.Pool, upTo: number, onProgress: (position: number, of: number) => void): Promise<void> {
  const folder = createFolder(pool, { upTo })
  for (let position = await readCheckpoint(pool); position < upTo; ) {
    const step = await folder.step()
    if (step.folded === 0) throw new Error(`the log ends at ${position}, but the live tables are at ${upTo}`)
    position = step.position
    onProgress(position, upTo)
  }
}

/** Folds every other generation that has rows to where it is, without it moving meanwhile; returns those and the live ones. */
async function bringGenerations(client: pg.PoolClient, fresh: pg.Pool): Promise<number[]> {
  const live = await client.query<{ id: number }>('select generation::float8 as id from project')
  const others = await client.query<{ id: number; position: number }>(
    `select b.generation::float8 as id, b.position::float8 as position from generation_build b join generation g on g.id = b.generation
     where g.state in ('building', 'retired') and b.position > 0 and not b.restart for update of b`,
  )
  for (const { id, position } of others.rows) {
    await fresh.query('update generation_build set restart = true where generation = $1 and position > $2', [id, position])
    await bringGeneration(fresh, id, position)
  }
  return [...live.rows, ...others.rows].map((row) => row.id)
}

async function compareTable(client: pg.PoolClient, table: string, schema: string, generations: readonly number[] | null): Promise<Difference | null> {
  // Of a project that was deleted the rows go one by one.
  const ofProjects = (of: string): string => ((projectTables as readonly string[]).includes(table) ? `and (project_id is null or project_id = 0 or project_id in (select id from ${of}.project))` : '')
  const rowsOf = (of: string): string => `select * from ${of}.${table} where ${generations ? 'generation = any($1::bigint[])' : '$1::bigint[] is null'} ${ofProjects(of)}`
  const missing = await client.query<{ row: string }>(`select t::text as row from (${rowsOf(schema)} except all ${rowsOf('public')}) t limit 1000`, [generations])
  const unexpected = await client.query<{ row: string }>(`select t::text as row from (${rowsOf('public')} except all ${rowsOf(schema)}) t limit 1000`, [generations])
  if (missing.rows.length + unexpected.rows.length === 0) return null
  const examples = [...missing.rows.slice(0, 3).map(({ row }) => `missing ${row}`), ...unexpected.rows.slice(0, 3).map(({ row }) => `unexpected ${row}`)]
  return { table, missing: missing.rows.length, unexpected: unexpected.rows.length, examples }
}
