// What DATA_DIR and its disk say. Makes and changes nothing.

import { accessSync, constants, existsSync, readdirSync, statSync, statfsSync } from 'node:fs'
import path from 'node:path'
import type { DiskFacts, Space } from './facts.ts'

export function gatherDisk(dataDir: string): DiskFacts {
  const folder = path.resolve(dataDir)
  const exists = existsSync(folder)
  const nearest = findNearest(folder)
  return {
    dataDir,
    exists,
    writable: mayWrite(nearest),
    space: readSpace(nearest),
    modes: { postgres: readMode(path.join(folder, 'postgres')), password: readMode(path.join(folder, 'postgres-password')), secret: readMode(path.join(folder, 'session-secret')) },
    spool: readSpool(path.join(folder, 'spool')),
  }
}

/** Null when it cannot be told. */
export function readSpace(folder: string): Space | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder)
    return blocks === 0 ? null : { free: bavail * bsize, total: blocks * bsize } // no disk: /proc and its like
  } catch {
    return null
  }
}

/** The folder itself, or the one above in which it would be made. */
function findNearest(folder: string): string {
  return existsSync(folder) || path.dirname(folder) === folder ? folder : findNearest(path.dirname(folder))
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

function readMode(file: string): number | null {
  try {
    return statSync(file).mode & 0o777
  } catch {
    return null
  }
}

/** Another user's spool is none that this one can count. */
function readSpool(folder: string): DiskFacts['spool'] {
  const spool = { files: 0, bytes: 0, setAside: 0 }
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      if (path.basename(entry.parentPath) === 'set-aside') {
        spool.setAside++
      } else {
        spool.files++
        spool.bytes += statSync(path.join(entry.parentPath, entry.name)).size
      }
    }
  } catch {
    // none, or one that another process is emptying: what was counted so far is near enough
  }
  return spool
}
