// Whose spool is whose. Each process that needs one has a folder of its own, and the folder's name says who that is: machine,
// process, start of the process. So taking over what a dead one left is one rename, which only one of many can win.
//
// Whether a process lives is known for sure only where its number means something: on this boot of this machine, in this
// container. Folders from elsewhere (another container, another host on the same disk) live as long as somebody touches them.

import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { readdir, rename, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'

/** The owner touches its folders this often. */
export const touchEveryMs = 5_000
/** Not touched for this long, a folder from elsewhere is nobody's. */
const abandonedMs = 30_000

type Owner = { place: string; pid: number; started: string }

const me: Owner = { place: readPlace(), pid: process.pid, started: readStart(process.pid) }

/** A path below `root` that is this process's and is not taken. */
export function nameOwnFolder(root: string): string {
  return path.join(root, [me.place, me.pid, me.started, randomBytes(4).toString('hex')].join('.'))
}

/** Gives a folder up, so that any process may take it over, this one too. */
export function releaseFolder(folder: string): Promise<void> {
  return rename(folder, path.join(path.dirname(folder), [me.place, 0, 0, randomBytes(4).toString('hex')].join('.')))
}

/** Takes over every folder below `root` whose owner is gone. Returns the new paths; none when there is no `root`. */
export async function adoptFolders(root: string): Promise<string[]> {
  const adopted: string[] = []
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  for (const name of names.toSorted()) {
    const owner = readOwner(name)
    if (!owner || (await lives(owner, path.join(root, name)))) continue
    const own = nameOwnFolder(root)
    const won = await rename(path.join(root, name), own).then(() => true, () => false)
    if (won) adopted.push(own)
  }
  return adopted
}

function readOwner(name: string): Owner | undefined {
  const [, place, pid, started] = /^([\da-f]+)\.(\d+)\.(\d+)\.[\da-f]+$/.exec(name) ?? []
  return place === undefined ? undefined : { place, pid: Number(pid), started: started! }
}

async function lives({ place, pid, started }: Owner, folder: string): Promise<boolean> {
  if (pid === 0) return false
  if (place === me.place) return isRunning(pid) && readStart(pid) === started
  const touched = await stat(folder).then((found) => found.mtimeMs, () => 0)
  return Date.now() - touched < abandonedMs
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // somebody else's, but there
  }
}

/** Where process numbers are comparable: one boot of one machine, and one container on it. */
function readPlace(): string {
  let place = hostname()
  try {
    place = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid')
  } catch {
    // no Linux: the name of the machine has to do
  }
  return createHash('sha256').update(place).digest('hex').slice(0, 12)
}

/** When a process started, in the kernel's ticks: numbers of processes are used again. '0' where that cannot be known. */
function readStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20]!
  } catch {
    return '0'
  }
}
