// Reads of uploaded source maps and debug files. Files are found through an artifact of the project, never by their bytes.

import type { Pool } from 'pg'
import type { MinifiedFile } from '../../core/artifact/minified.ts'
import type { ZipEntry } from '../../core/artifact/zip.ts'

export type BundledFile = { artifact: number; path: string; place: ZipEntry }
/** What is known about one minified file; `minified` is missing where only the map was uploaded. */
export type FoundMap = { map: BundledFile; minified: BundledFile | undefined }

type Row = { artifact: number; path: string; type: string; url: string; debugId: string | null; sourceMap: string | null; place: string }

const columns = 'f.artifact_id::float8 as artifact, f.path, f.type, f.url, f.debug_id::text as "debugId", f.source_map as "sourceMap", f.place'

/** By absolute path; by debug id first, else by release, dist and URL. The newest upload wins. */
export async function findMaps(pool: Pool, project: number, files: readonly MinifiedFile[], release: string | null, dist: string | null): Promise<Map<string, FoundMap>> {
  const ids = files.flatMap(({ debugId }) => debugId ?? [])
  const byId = ids.length === 0 ? [] : await findByDebugId(pool, project, ids)
  const found = new Map<string, FoundMap>()
  for (const { absPath, debugId } of files) {
    const map = byId.find((row) => row.debugId === debugId && row.type === 'source_map')
    const minified = map && byId.find((row) => row.debugId === debugId && row.type === 'minified_source' && row.artifact === map.artifact)
    if (map) found.set(absPath, { map: toFile(map), minified: minified && toFile(minified) })
  }
  const left = files.filter(({ absPath }) => !found.has(absPath))
  return release === null || left.length === 0 ? found : new Map([...found, ...(await findByUrl(pool, project, left, release, dist))])
}

async function findByDebugId(pool: Pool, project: number, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from artifact_file f join artifact a on a.id = f.artifact_id
     where f.debug_id = any($2::uuid[]) and a.project_id = $1 and f.type in ('source_map', 'minified_source') order by a.id desc`,
    [project, ids],
  )
  return rows
}

async function findByUrl(pool: Pool, project: number, files: readonly MinifiedFile[], release: string, dist: string | null): Promise<[string, FoundMap][]> {
  const urls = new Map(files.map(({ absPath }) => [absPath, listUrls(absPath)]))
  const minified = await readByUrl(pool, project, [...urls.values()].flat(), 'minified_source', release, dist)
  const named = files.flatMap(({ absPath }) => {
    const row = minified.find(({ url }) => urls.get(absPath)!.includes(url))
    const mapUrl = row?.sourceMap ? joinUrl(row.sourceMap, row.url) : null
    return row && mapUrl !== null ? [{ absPath, row, mapUrl }] : []
  })
  const maps = await readByUrl(pool, project, named.map(({ mapUrl }) => mapUrl), 'source_map', release, dist)
  return named.flatMap(({ absPath, row, mapUrl }) => {
    const map = maps.find(({ url, artifact }) => url === mapUrl && artifact === row.artifact) ?? maps.find(({ url }) => url === mapUrl)
    return map ? [[absPath, { map: toFile(map), minified: toFile(row) }] as [string, FoundMap]] : []
  })
}

async function readByUrl(pool: Pool, project: number, urls: readonly string[], type: string, release: string, dist: string | null): Promise<Row[]> {
  if (urls.length === 0) return []
  const { rows } = await pool.query<Row>(
    `select ${columns} from artifact a join artifact_file f on f.artifact_id = a.id
     where a.project_id = $1 and a.release = $2 and a.dist is not distinct from $3 and f.type = $4 and f.url = any($5) order by a.id desc`,
    [project, release, dist, type, urls],
  )
  return rows
}

/** As bundles name them: `~` stands for any host (protocol 7.1). */
function listUrls(absPath: string): string[] {
  const plain = absPath.replace(/[?#].*$/s, '')
  return [plain, `~${plain.replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, '')}`]
}

function joinUrl(relative: string, url: string): string | null {
  const home = 'http://any-host'
  const joined = URL.parse(relative.replace(/^~\//, '/'), url.replace(/^~/, home))?.href
  return joined === undefined ? null : joined.startsWith(`${home}/`) ? `~${joined.slice(home.length)}` : joined
}

function toFile({ artifact, path, place }: Row): BundledFile {
  return { artifact, path, place: JSON.parse(place) as ZipEntry }
}

/** `[from, to)` of an artifact: only those parts of its chunks leave the database. */
export async function readRange(pool: Pool, artifact: number, from: number, to: number): Promise<Buffer> {
  const { rows } = await pool.query<{ bytes: Buffer }>(
    `select substring(c.bytes from (greatest($2 - p.start, 0) + 1)::int for (least($3, p.start + p.size) - greatest($2, p.start))::int) as bytes
     from (
       select u.ord, k.sha1, k.size, sum(k.size) over (order by u.ord) - k.size as start
       from artifact a cross join lateral unnest(a.chunks) with ordinality as u (sha1, ord) join artifact_chunk k on k.sha1 = u.sha1 where a.id = $1
     ) p join artifact_chunk c on c.sha1 = p.sha1
     where p.start < $3 and p.start + p.size > $2 order by p.ord`,
    [artifact, from, to],
  )
  return rows.length === 1 ? rows[0]!.bytes : Buffer.concat(rows.map(({ bytes }) => bytes))
}

const listed = 1000

export type ArtifactRow = { id: string; sha1: string; name: string; release: string | null; dist: string | null; about: string; size: number; createdAt: Date }

/** Newest first, at most 1,000. */
export async function listArtifacts(pool: Pool, project: number, kind: 'bundle' | 'debug_file'): Promise<ArtifactRow[]> {
  const { rows } = await pool.query<ArtifactRow>(
    `select id, sha1, name, release, dist, about, size::float8 as size, created_at as "createdAt" from artifact where project_id = $1 and kind = $2 order by id desc limit $3`,
    [project, kind, listed],
  )
  return rows
}
