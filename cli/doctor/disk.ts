// Checks of DATA_DIR and of the disks: may it be written, is there room, who may read it, does anything wait in the spool.

import { ok, problem, warn, type Facts, type Finding, type Space } from './facts.ts'

const gigabyte = 1_000_000_000
/** Below it the next burst may not fit. */
const scarce = gigabyte
const desperate = 200_000_000

export function checkDataDir({ disk }: Facts): Finding[] {
  if (!disk) return []
  const { dataDir, exists, writable, modes } = disk
  const check = 'data folder'
  if (!exists) return [writable ? ok(check, `${dataDir} is made by the first start`) : problem(check, `${dataDir} does not exist and cannot be made`, 'Set DATA_DIR to a folder that can be written.')]
  if (!writable) return [problem(check, `${dataDir} cannot be written: no spool while the database is away, no log of PostgreSQL`, 'Give it to the user that runs Refold (chown), or set DATA_DIR.')]
  const open = (mode: number | null): boolean => mode !== null && (mode & 0o077) !== 0
  if (open(modes.postgres)) return [problem(check, `others on this machine may read ${dataDir}/postgres, the whole database`, `chmod 700 ${dataDir}/postgres`)]
  if (open(modes.password)) return [problem(check, `others on this machine may read ${dataDir}/postgres-password`, `chmod 600 ${dataDir}/postgres-password`)]
  return [ok(check, `${dataDir} can be written`)]
}

export function checkSpace({ disk, database }: Facts): Finding[] {
  const places: [string, Space | null][] = [
    ['disk of the data folder', disk?.space ?? null],
    ['disk of the database', database && 'space' in database ? database.space : null],
  ]
  return places.flatMap(([check, space]) => (space === null ? [] : [judgeSpace(check, space)]))
}

function judgeSpace(check: string, { free, total }: Space): Finding {
  const says = `${formatBytes(free)} of ${formatBytes(total)} are free`
  const advice = 'Make room, or move it to a larger disk. A full disk of the database takes nothing in any more.'
  return free < desperate ? problem(check, says, advice) : free < scarce ? warn(check, says, advice) : ok(check, says)
}

export function checkSpool({ disk, server }: Facts): Finding[] {
  if (!disk) return []
  const { files, bytes, setAside } = disk.spool
  const runs = server !== null && 'health' in server.own
  const waits = files === 0
    ? ok('spool', 'empty')
    : warn('spool', `${formatBytes(bytes)} in ${files} files wait for the database`, runs ? 'The server appends them as soon as the database takes them; its log says what is wrong.' : 'Start the server: it appends them.')
  return setAside === 0 ? [waits] : [waits, warn('set aside', `${setAside} files in ${disk.dataDir}/spool/set-aside could not be appended`, 'docs/operations.md says how to try them again.')]
}

export function formatBytes(bytes: number): string {
  return bytes >= gigabyte ? `${(bytes / gigabyte).toFixed(1)} GB` : `${(bytes / 1_000_000).toFixed(bytes < 1_000_000 ? 1 : 0)} MB`
}
