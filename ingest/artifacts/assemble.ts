// Makes files out of uploaded chunks: bundles of source maps, for each project that was named, and debug files. Done while the uploader
// waits, one file at a time, so that the answer is final: `ok`, or `error` with the reason.

import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { indexBundle, type ReadRange } from '../../core/artifact/bundle.ts'
import { describeDebugFile } from '../../core/artifact/debug-file.ts'
import { maxFileSize } from '../../core/artifact/limits.ts'
import { readDebugId } from '../../core/artifact/manifest.ts'
import { BundleError } from '../../core/artifact/zip.ts'
import type { Assembled, DebugFilesAssembled } from '../../core/contract/artifact.ts'
import { findArtifacts, findChunks, openChunks, storeArtifact, type Chunk, type Upload } from './store.ts'

const ok: Assembled = { state: 'ok', missingChunks: [], detail: null }

export async function assembleBundle(pool: Pool, upload: Upload, projects: readonly number[]): Promise<Assembled> {
  const there = await findArtifacts(pool, upload, projects)
  const lacking = projects.filter((id) => !there.some(({ project }) => project === id))
  if (lacking.length === 0) return ok
  return assemble(pool, upload, async (read, size) => {
    const files = await indexBundle(size, read)
    const stored = lacking.map((project) => ({ ...upload, project, name: 'bundle', about: { files: files.length }, size }))
    for (const artifact of stored) if (!(await storeArtifact(pool, artifact, files))) return false
    return true
  })
}

type Dif = NonNullable<DebugFilesAssembled[string]['dif']>
export type DebugFileAbout = Omit<Dif, 'objectName' | 'sha1'> & { symbolType: string }

/** `debugId` as the uploader says: it has read the whole file. */
export async function assembleDebugFile(pool: Pool, project: number, { sha1, chunks, name, debugId }: { sha1: string; chunks: readonly string[]; name: string; debugId: string | null }): Promise<DebugFilesAssembled[string]> {
  const upload: Upload = { kind: 'debug_file', sha1, release: null, dist: null, chunks }
  const find = async (): Promise<Dif | undefined> => {
    const [row] = await findArtifacts(pool, upload, [project])
    if (!row) return undefined
    const { symbolType: _symbolType, ...about } = JSON.parse(row.about) as DebugFileAbout
    return { ...about, objectName: row.name, sha1 }
  }
  const there = await find()
  if (there) return { ...ok, dif: there }
  const assembled = await assemble(pool, upload, async (read, size) => {
    const { symbolType, cpuName, type, features, ...file } = describeDebugFile(await read(0, Math.min(size, 65_536)), name)
    const id = debugId ?? file.debugId ?? ''
    const about: DebugFileAbout = { uuid: readDebugId(id.slice(0, 36)) ?? '', debugId: id, cpuName, symbolType, data: { type, features } }
    return storeArtifact(pool, { ...upload, project, name: file.objectName ?? name.split('/').at(-1)!, about, size }, [])
  })
  const dif = assembled.state === 'ok' ? await find() : undefined
  return { ...assembled, ...(dif && { dif }) }
}

let last: Promise<unknown> = Promise.resolve()

/** `store` answers false when a chunk has gone in the meantime. */
function assemble(pool: Pool, { sha1, chunks: asked }: Upload, store: (read: ReadRange, size: number) => Promise<boolean>): Promise<Assembled> {
  const attempt = async (): Promise<Assembled> => {
    const { chunks, missing } = await findChunks(pool, asked)
    if (missing.length > 0) return { state: 'not_found', missingChunks: missing, detail: null }
    const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0)
    const fail = (detail: string): Assembled => ({ state: 'error', missingChunks: [], detail })
    if (size > maxFileSize) return fail('The file is larger than 512 MB.')
    const read = openChunks(pool, chunks)
    if ((await hashChunks(chunks, read)) !== sha1) return fail('The chunks do not make up the file: its SHA-1 is another one.')
    try {
      return (await store(read, size)) ? ok : await attempt()
    } catch (error) {
      if (error instanceof BundleError) return fail(error.message)
      throw error
    }
  }
  const turn = last.then(attempt)
  last = turn.catch(() => undefined)
  return turn
}

async function hashChunks(chunks: readonly Chunk[], read: ReadRange): Promise<string> {
  const hash = createHash('sha1')
  let at = 0
  for (const { size } of chunks) {
    hash.update(await read(at, at + size))
    at += size
  }
  return hash.digest('hex')
}
