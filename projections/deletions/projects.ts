// What is left of a project that was deleted: the fold takes the project and its keys, and its generations are discarded; the job that
// deletes those deletes the rest, in batches. Until then nothing finds these rows, and `refold verify` leaves them out.

import type pg from 'pg'

/** Every other table with rows of projects. */
export const projectTables = ['event', 'project_hour', 'outcome_hour', 'latest_outcome', 'attachment', 'feedback', 'release', 'deploy', 'rules_revision', 'parked', 'artifact', 'saved_view'] as const

/** In the transaction of the fold. A generation without a row of its own, as a project's first, gets one: it tells the job what to delete. */
export async function deleteProjects(client: pg.PoolClient, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await client.query('delete from project where id = any($1::int[])', [ids])
  await client.query('delete from project_key where project_id = any($1::int[])', [ids])
  await client.query(
    `insert into generation_build as b (generation, project_id, state, position, tracked) select id, project_id, 'ready', 1, false from generation where project_id = any($1::int[])
     on conflict (generation) do update set position = greatest(b.position, 1)`,
    [ids],
  )
}

/** Of the project of this generation, if the project is gone. At most `batch` rows of each table; returns how many. */
export async function deleteProjectRows(pool: pg.Pool, generation: number, batch: number): Promise<number> {
  const { rows } = await pool.query<{ project: number }>(
    'select g.project_id as project from generation g where g.id = $1 and not exists (select from project p where p.id = g.project_id)',
    [generation],
  )
  if (!rows[0]) return 0
  let deleted = 0
  for (const table of projectTables) {
    const { rowCount } = await pool.query(`delete from ${table} where ctid = any(array(select ctid from ${table} where project_id = $1 limit $2))`, [rows[0].project, batch])
    deleted += rowCount ?? 0
  }
  return deleted
}
