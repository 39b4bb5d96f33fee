// What apply and rollback ask before they append anything: is it built, what would it undo, and is it still what was previewed. The diff
// (diff.ts) shows the same to people.

import { createHash } from 'node:crypto'
import type pg from 'pg'
import { nameConfiguration } from '../../core/grouping/configuration.ts'
import { parseDecision } from '../../core/decisions.ts'
import { texts } from '../columns.ts'
import { namedKeysOf, type NamedKey } from '../issues/parts.ts'
import { findConflicts, type ConflictRow } from './conflicts.ts'
import { findTracker } from './matrix.ts'
import { countParked, findGeneration, findNewestRevision, findPrevious, type GenerationRow, type Queryable } from './queries.ts'

/** `conflicts`: positions of the unmerges that it would undo, ascending. `parked` facts of each. */
export type Preview = { ready: boolean; token: string; conflicts: number[]; parked: number; liveParked: number }

/** Null when the project has no such generation beside the live one. */
export async function previewGeneration(pool: pg.Pool, project: number, generation: number): Promise<Preview | null> {
  return inSnapshot(pool, async (db) => {
    const pair = await findPair(db, project, generation)
    return pair && readPreview(db, pair, await findConflicts(db, pair.live, pair.other))
  })
}

/** A generation beside the live one of its project. */
export type GenerationPair = { live: GenerationRow; other: GenerationRow }

export async function findPair(db: Queryable, project: number, generation: number): Promise<GenerationPair | null> {
  const other = await findGeneration(db, project, generation)
  if (!other || other.state === 'live' || other.state === 'discarded') return null
  const { rows } = await db.query<{ live: number }>('select generation::float8 as live from project where id = $1', [project])
  const live = rows[0] && (await findGeneration(db, project, rows[0].live))
  return live ? { live, other } : null
}

export async function readPreview(db: Queryable, { live, other }: GenerationPair, conflicts: readonly ConflictRow[]): Promise<Preview> {
  const unmerges = [...new Set(conflicts.map(({ unmerge }) => unmerge))].sort((a, b) => a - b)
  const newest = await findNewestRevision(db, live.project)
  // What makes a preview another one; not the counts, for events go on arriving (ui.md ).
  const named = [live.id, other.id, newest?.id ?? 0, ...unmerges]
  return {
    ready: isComparable({ live, other }) && (other.state === 'retired' || other.build?.state === 'ready'),
    token: createHash('sha256').update(named.join(' ')).digest('hex').slice(0, 16),
    conflicts: unmerges,
    parked: other.build?.parked ?? 0,
    liveParked: await countParked(db, live.project),
  }
}

/** Built against the generation that is live now. */
function isComparable({ live, other }: GenerationPair): boolean {
  return other.build !== null && !other.build.restart && findTracker(live, other) !== null
}

/** What rolling back would bring back; null when there is nothing. `needsBuild`: decisions since name keys that it does not know. */
export async function findRollback(db: Queryable, project: number): Promise<{ generation: GenerationRow; needsBuild: boolean } | null> {
  const generation = await findPrevious(db, project)
  return generation ? { generation, needsBuild: !(await canCatchUp(db, generation)) } : null
}

const decisionsAtOnce = 500

/** grouping.md 5.4: whether it knows every key that decisions since name: under its own configuration, the one it watches, or one by one. */
async function canCatchUp(db: Queryable, { id, project, version, revision, build }: GenerationRow): Promise<boolean> {
  if (build === null || build.restart || build.state === 'failed') return false
  const known = new Set([nameConfiguration({ version, revision }), ...(build.tracked && build.watch !== null ? [build.watch] : [])])
  const first = await readFirstConfiguration(db, project)
  for (let after = build.position; ; ) {
    const { rows } = await db.query<{ position: number; type: string; payload: Uint8Array }>(
      `select position::float8 as position, type, payload from log
       where kind = 'd' and project_id = $1 and position > $2 and (type like 'issue.%' or type like 'comment.%') order by position limit $3`,
      [project, after, decisionsAtOnce],
    )
    const foreign = rows.flatMap(({ type, payload }) => namedKeysOf(parseDecision(type, payload), { first })).filter(({ config }) => !known.has(config))
    if (foreign.length > 0 && !(build.tracked && (await areNamed(db, id, foreign)))) return false
    if (rows.length < decisionsAtOnce) return true
    after = rows.at(-1)!.position
  }
}

async function areNamed(db: Queryable, generation: number, keys: readonly NamedKey[]): Promise<boolean> {
  const { rows } = await db.query<{ unknown: boolean }>(
    `select exists (select 1 from unnest($2::text[], $3::text[]) as a (config, key)
       where not exists (select 1 from named_key n where n.generation = $1 and n.config = a.config and n.key = a.key)) as unknown`,
    [generation, texts(keys, (row) => row.config), texts(keys, (row) => row.key)],
  )
  return !rows[0]!.unknown
}

/** Which decisions mean that do not say. */
async function readFirstConfiguration(db: Queryable, project: number): Promise<string> {
  const { rows } = await db.query<{ version: GenerationRow['version']; revision: number }>(
    'select version, revision::float8 as revision from generation where project_id = $1 order by id limit 1',
    [project],
  )
  return nameConfiguration(rows[0]!)
}

/** Reads that must agree with each other while facts are folded beside them. */
export async function inSnapshot<Answer>(pool: pg.Pool, read: (db: pg.PoolClient) => Promise<Answer>): Promise<Answer> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    return await read(client)
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}
