// The tables of uploads. Everything that names an artifact names its project with it.

import type { Pool, PoolClient } from 'pg'
import type { IndexedFile, ReadRange } from '../../core/artifact/bundle.ts'
import { storableText } from '../../core/text.ts'
import { inTransaction } from '../log/transaction.ts'

export type Kind = 'bundle' | 'debug_file'
export type Chunk = { sha1: string; size: number }
export type Upload = { kind: Kind; sha1: string; release: string | null; dist: string | null; chunks: readonly string[] }
export type NewArtifact = Upload & { project: number; name: string; about: object; size: number }

export async function storeChunk(pool: Pool, sha1: string, bytes: Buffer): Promise<void> {
  await pool.query('insert into artifact_chunk (sha1, bytes, size) values ($1, $2, $3) on conflict (sha1) do update set created_at = now()', [sha1, bytes, bytes.length])
}

/** Those of the chunks that there are, in the order asked, repetitions included. They stay for another day. */
export async function findChunks(pool: Pool, sha1s: readonly string[]): Promise<{ chunks: Chunk[]; missing: string[] }> {
  const { rows } = await keepChunks(pool, sha1s)
  const sizes = new Map(rows.map(({ sha1, size }) => [sha1, size]))
  return { chunks: sha1s.flatMap((sha1) => (sizes.has(sha1) ? [{ sha1, size: sizes.get(sha1)! }] : [])), missing: [...new Set(sha1s)].filter((sha1) => !sizes.has(sha1)) }
}

/** Locked in one order, so that two uploads of the same chunks wait for each other. */
function keepChunks(db: Pool | PoolClient, sha1s: readonly string[]): Promise<{ rows: Chunk[] }> {
  return db.query<Chunk>(
    `with kept as (select sha1 from artifact_chunk where sha1 = any($1) order by sha1 for update)
     update artifact_chunk c set created_at = now() from kept k where c.sha1 = k.sha1 returning c.sha1, c.size`,
    [[...new Set(sha1s)]],
  )
}

/** Holds one chunk at a time: read front to back where possible. */
export function openChunks(pool: Pool, chunks: readonly Chunk[]): ReadRange {
  let held: { sha1: string; bytes: Buffer } | undefined
  const load = async (sha1: string): Promise<Buffer> => {
    if (held?.sha1 !== sha1) {
      const { rows } = await pool.query<{ bytes: Buffer }>('select bytes from artifact_chunk where sha1 = $1', [sha1])
      held = { sha1, bytes: rows[0]!.bytes }
    }
    return held.bytes
  }
  return async (from, to) => {
    const parts: Buffer[] = []
    let start = 0
    for (const { sha1, size } of chunks) {
      if (start < to && start + size > from) parts.push((await load(sha1)).subarray(Math.max(from - start, 0), to - start))
      start += size
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }
}

/** Of these projects, those that have the same file of the same release already, with what is known about it. */
export async function findArtifacts(pool: Pool, { kind, sha1, release, dist }: Upload, projects: readonly number[]): Promise<{ project: number; name: string; about: string }[]> {
  const { rows } = await pool.query<{ project: number; name: string; about: string }>(
    `select project_id as project, name, about from artifact
     where project_id = any($1) and kind = $2 and sha1 = $3 and coalesce(release, '') = coalesce($4, '') and coalesce(dist, '') = coalesce($5, '')`,
    [projects, kind, sha1, release, dist],
  )
  return rows
}

/** Nothing when it is there already. False = a chunk has gone in the meantime. */
export function storeArtifact(pool: Pool, artifact: NewArtifact, files: readonly IndexedFile[]): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows: kept } = await keepChunks(client, artifact.chunks)
    const isWhole = kept.length === new Set(artifact.chunks).size
    if (isWhole) await insertArtifact(client, artifact, files)
    return isWhole
  })
}

async function insertArtifact(client: PoolClient, { kind, sha1, project, release, dist, name, about, chunks, size }: NewArtifact, files: readonly IndexedFile[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `insert into artifact (kind, sha1, project_id, release, dist, name, about, chunks, size) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (project_id, kind, sha1, coalesce(release, ''), coalesce(dist, '')) do nothing returning id`,
    [kind, sha1, project, release, dist, storableText(name), JSON.stringify(about), chunks, size],
  )
  if (!rows[0] || files.length === 0) return
  const column = (read: (file: IndexedFile) => string | null): (string | null)[] => files.map((file) => {
    const value = read(file)
    return value === null ? null : storableText(value)
  })
  await client.query(
    `insert into artifact_file (artifact_id, path, type, url, debug_id, source_map, place)
     select $1, f.path, f.type, f.url, f.debug_id, f.source_map, f.place
     from unnest($2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[]) as f (path, type, url, debug_id, source_map, place)`,
    [rows[0].id, column((file) => file.path), column((file) => file.type), column((file) => file.url), column((file) => file.debugId), column((file) => file.sourceMap), column(({ place }) => JSON.stringify(place))],
  )
}

/** False when the project has no such file. Its chunks go when nothing else needs them. */
export async function deleteArtifact(pool: Pool, kind: Kind, project: number, id: number): Promise<boolean> {
  const { rowCount } = await pool.query('delete from artifact where id = $1 and kind = $2 and project_id = $3', [id, kind, project])
  return rowCount === 1
}

/** Deletes chunks that no file needs and nobody has asked for within `hours`. Returns how many. */
export async function sweepChunks(pool: Pool, hours = 24): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from artifact_chunk c where c.created_at < now() - make_interval(hours => $1) and not exists (select 1 from artifact a where a.chunks @> array[c.sha1])`,
    [hours],
  )
  return rowCount ?? 0
}
