// A run that is broken off (a signal, a time limit) leaves nothing running and no folder behind either.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from '../migrations/embedded.ts'

const endings = new Set<() => unknown>()
process.once('exit', () => endings.forEach((end) => end()))
process.once('SIGTERM', () => process.exit(143))

/** Runs `end` when this process ends, unless the returned function was called before. Nothing can be awaited then. */
export function atExit(end: () => unknown): () => void {
  endings.add(end)
  return () => void endings.delete(end)
}

const looks = 100
const lookMs = 50

/** Ends the PostgreSQL of `dataDir` at once, if one runs, and removes the folder that it is in. */
export function removeNow(folder: string, dataDir = folder): void {
  const pidFile = path.join(dataDir, 'postgres/postmaster.pid')
  if (existsSync(pidFile)) {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
    const pause = new Int32Array(new SharedArrayBuffer(4))
    for (let look = 0; look < looks && isAlive(pid); look += 1) Atomics.wait(pause, 0, 0, lookMs)
  }
  rmSync(folder, { recursive: true, force: true })
}
