// Batches on disk, in order, while the database is away: appended to one file, read back from the oldest. Files are made when
// the first batch comes and are gone when the last was taken, so an ordinary day leaves nothing here. What an earlier process
// left is taken over.

import { mkdir, readFile, readdir, rmdir, unlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { setBatchAside, setFileAside } from './aside.ts'
import { encodeBatch, type Batch } from './batch.ts'
import { appendRecord, startFile, syncFolder, type SpoolFile } from './file.ts'
import { adoptFolders, nameOwnFolder, releaseFolder, touchEveryMs } from './folders.ts'
import { readSegment } from './segment.ts'

/** `segmentBytes`: a file that has reached them is followed by the next. */
export type SpoolOptions = { folder: string; maxBytes: number; log: Logger; segmentBytes?: number }

/** Nothing was kept: the spool is full, or its folder cannot be written. The message says which. */
export class SpoolRefusedError extends Error {}

export type Spool = {
  /** Resolves when the batch is on disk; rejects with SpoolRefusedError. Batches are kept in the order of the calls. */
  append(batch: Batch): Promise<void>
  /** The batches of the oldest file, and how to remove it when they are in the log; undefined when the spool is empty. */
  take(): Promise<{ batches: Batch[]; remove(): Promise<void> } | undefined>
  /** Keeps a batch that the database refuses, for a person to look at. Returns the file. */
  setAside(batch: Batch): Promise<string>
  /** Takes over what processes left that are gone. Returns how many files that were. */
  adopt(): Promise<number>
  /** Nothing is kept, and nothing is being written. */
  isEmpty(): boolean
  /** Envelopes that wait, and their bytes on disk. */
  status(): { records: number; bytes: number }
  /** What is left is there for the next process to take over. */
  close(): Promise<void>
}

type Segment = Pick<SpoolFile, 'file' | 'bytes' | 'envelopes'>

export function createSpool({ folder: root, maxBytes, log, segmentBytes = 8_000_000 }: SpoolOptions): Spool {
  let segments: Segment[] = []
  let active: SpoolFile | undefined
  /** Where new files go; undefined until there is one. */
  let own: string | undefined
  const folders = new Set<string>()
  let files = 0
  let writing = 0

  // Whatever touches the files goes one after the other.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = last.then(step)
    last = turn.catch(() => undefined)
    return turn
  }

  const status = (): { records: number; bytes: number } => {
    const all = active ? [...segments, active] : segments
    return { records: all.reduce((sum, { envelopes }) => sum + envelopes, 0), bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) }
  }

  async function write(batch: Batch): Promise<void> {
    const payload = encodeBatch(batch)
    if (status().bytes + payload.byteLength > maxBytes) throw new SpoolRefusedError(`the spool is full (SPOOL_MAX_MB allows ${Math.floor(maxBytes / 1e6)} MB)`)
    try {
      active ??= await startFile(path.join((own ??= await makeOwnFolder()), `${String(++files).padStart(8, '0')}.spool`))
      await appendRecord(active, payload, batch.envelopes.length)
    } catch (error) {
      await seal()
      own = undefined // perhaps it was the folder
      throw new SpoolRefusedError(`the spool cannot be written (${(error as Error).message})`, { cause: error })
    }
    if (active.bytes >= segmentBytes) await seal()
  }

  async function makeOwnFolder(): Promise<string> {
    const folder = nameOwnFolder(root)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    folders.add(folder)
    await syncFolder(root)
    await syncFolder(path.dirname(root))
    return folder
  }

  /** No more is written to the active file, and it can be taken. */
  async function seal(): Promise<void> {
    if (!active) return
    const { file, bytes, envelopes, handle } = active
    active = undefined
    await handle.close().catch(() => undefined)
    if (bytes > 0) segments.push({ file, bytes, envelopes })
    else await unlink(file).catch(() => undefined)
  }

  async function remove(segment: Segment, damaged: boolean): Promise<void> {
    segments = segments.filter((each) => each !== segment)
    try {
      if (damaged) await setFileAside(root, segment.file, Date.now())
      else await unlink(segment.file)
    } catch (error) {
      // Found again after a restart; what the log has of it is not appended twice.
      log.warn({ err: error, file: segment.file }, 'a file of the spool could not be removed')
    }
    await leave(path.dirname(segment.file))
  }

  /** Removes the folder if nothing is in it, and then the spool's. */
  async function leave(folder: string): Promise<void> {
    if (!(await rmdir(folder).then(() => true, () => false))) return
    folders.delete(folder)
    if (folder === own) own = undefined
    await rmdir(root).catch(() => undefined)
  }

  async function adopt(): Promise<number> {
    const found: Segment[] = []
    for (const folder of await adoptFolders(root)) {
      folders.add(folder)
      for (const name of (await readdir(folder)).toSorted()) {
        const file = path.join(folder, name)
        const bytes = await readFile(file).catch(() => Buffer.alloc(0)) // `take` says why
        found.push({ file, bytes: bytes.length, envelopes: readSegment(bytes).batches.reduce((sum, batch) => sum + batch.envelopes.length, 0) })
      }
      await leave(folder)
    }
    segments = [...found, ...segments]
    return found.length
  }

  const touching = setInterval(() => {
    for (const folder of folders) utimes(folder, new Date(), new Date()).catch(() => undefined)
  }, touchEveryMs).unref()

  return {
    append(batch) {
      writing++
      return inTurn(() => write(batch)).finally(() => writing--)
    },
    async take() {
      if (segments.length === 0) await inTurn(seal)
      const first = segments[0]
      if (!first) return undefined
      const { batches, damaged } = await readFile(first.file).then(
        (bytes) => readReported(first.file, bytes, log),
        (error: unknown) => {
          log.error({ err: error, file: first.file, envelopes: first.envelopes }, 'a file of the spool cannot be read: its envelopes are not appended')
          return { batches: [], damaged: true }
        },
      )
      return { batches, remove: () => inTurn(() => remove(first, damaged)) }
    },
    setAside: (batch) => setBatchAside(root, batch),
    adopt: () => inTurn(adopt),
    isEmpty: () => writing === 0 && segments.length === 0 && !active,
    status,
    async close() {
      clearInterval(touching)
      await inTurn(seal)
      for (const folder of folders) await releaseFolder(folder).catch(() => undefined)
    },
  }
}

/** The batches of a file; what is wrong with it goes to the log. */
function readReported(file: string, bytes: Buffer, log: Logger): { batches: Batch[]; damaged: boolean } {
  const { batches, damaged, torn } = readSegment(bytes)
  if (torn > 0) log.warn({ file, offset: bytes.length - torn, bytes: torn }, 'the last write to a spool file was cut off; what is missing had not been answered with 200')
  for (const stretch of damaged) log.error({ file, ...stretch }, 'a stretch of a spool file is damaged: its envelopes are lost, the others are appended, and the file is kept in the folder set-aside')
  return { batches, damaged: damaged.length > 0 }
}
