// What the spool cannot deliver is kept for a person to look at, in the folder `set-aside`: damaged files as they are, and
// envelopes that the database refuses, each as a file in the spool's own format.

import { mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { encodeBatch, type Batch } from './batch.ts'
import { makeHeader, makeRecord } from './segment.ts'

/** `at` = Unix ms, so that files of the same name do not meet. */
export async function setFileAside(root: string, file: string, at: number): Promise<void> {
  await rename(file, path.join(await makeFolder(root), `${at}-${path.basename(file)}.corrupt`))
}

/** Returns the file. */
export async function setBatchAside(root: string, batch: Batch): Promise<string> {
  const header = makeHeader()
  const file = path.join(await makeFolder(root), `${batch.id}.refused`)
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.appendFile(Buffer.concat([header, makeRecord(header, encodeBatch(batch))]))
    await handle.sync()
  } finally {
    await handle.close()
  }
  return file
}

async function makeFolder(root: string): Promise<string> {
  const folder = path.join(root, 'set-aside')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}
