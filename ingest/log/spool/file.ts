// One file of the spool while it is written. A record is on disk when `appendRecord` resolves; when it rejects, the file ends
// where it ended before, and is not to be written again.

import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { headerBytes, makeHeader, makeRecord } from './segment.ts'

export type SpoolFile = {
  file: string
  /** On disk for certain; 0 = not even the header. */
  bytes: number
  envelopes: number
  handle: FileHandle
  header: Buffer
}

/** The file must not exist, its folder must. */
export async function startFile(file: string): Promise<SpoolFile> {
  return { file, bytes: 0, envelopes: 0, handle: await open(file, 'wx', 0o600), header: makeHeader() }
}

export async function appendRecord(to: SpoolFile, payload: Buffer, envelopes: number): Promise<void> {
  const record = makeRecord(to.header, payload)
  try {
    await to.handle.appendFile(to.bytes === 0 ? Buffer.concat([to.header, record]) : record)
    await to.handle.datasync()
    if (to.bytes === 0) await syncFolder(path.dirname(to.file))
  } catch (error) {
    await to.handle.truncate(to.bytes).catch(() => undefined) // what cannot be cut off is read as a torn record
    throw error
  }
  to.bytes += record.byteLength + (to.bytes === 0 ? headerBytes : 0)
  to.envelopes += envelopes
}

/** A new name in a folder is on disk only when the folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
