// What `refold doctor` knows when it judges. gather-*.ts find it out; the checks are pure and read nothing else.

import type { Config } from '../../core/config.ts'

export type Facts = {
  environment: { config: Config } | { problems: string[] }
  /** `26.10.0` */
  node: string
  disk: DiskFacts | null
  database: DatabaseFacts | { failed: string } | null
  server: ServerFacts | null
}

export type Space = { free: number; total: number }
/** File modes are the permission bits only; null = there is no such file. */
export type DiskFacts = {
  dataDir: string
  exists: boolean
  writable: boolean
  space: Space | null
  modes: { postgres: number | null; password: number | null; secret: number | null }
  spool: { files: number; bytes: number; setAside: number }
}

export type DatabaseFacts = {
  embedded: boolean
  /** `server_version_num`: 180004 */
  version: number
  settings: Readonly<Record<'synchronous_commit' | 'fsync' | 'full_page_writes', string>>
  /** Connections that an ordinary user may open. */
  connections: number
  readOnly: boolean
  trigrams: boolean
  migrations: { missing: string[]; unknown: string[] }
  /** Milliseconds that its clock is ahead of ours, to within `uncertainty`. */
  clock: { ahead: number; uncertainty: number }
  /** Of the disk of its data, when that is on this machine and may be read. */
  space: Space | null
  /** Null while tables are missing. */
  log: LogFacts | null
}

export type LogFacts = {
  head: number
  folded: number
  parked: number
  /** Generations that could not be built, with their project. */
  failedBuilds: { generation: string; project: string; error: string }[]
  accounts: number
  /** Of the account of CREATE_SUPERUSER: whether it exists and that password still opens it. */
  superuserOpens: boolean
}

/** What answered at an address; null = nothing. */
export type Answered = {
  status: number
  /** `x-refold-build`; null when it is no Refold, or something in front hides it. */
  build: string | null
  health: string
  location: string | null
  /** Names of headers that proxies leave: via, cf-ray … */
  proxies: string[]
  clock: { ahead: number; uncertainty: number } | null
} | { failed: string }

/** `own`: PORT of this machine; `seen`: PUBLIC_URL. */
export type ServerFacts = { own: Answered; seen: Answered }

/** `says` what was found; `do` what to do about it, for all but `ok`. */
export type Finding = { check: string; state: 'ok' | 'warning' | 'problem'; says: string; do?: string }

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says }
}

export function warn(check: string, says: string, advice: string): Finding {
  return { check, state: 'warning', says, do: advice }
}

export function problem(check: string, says: string, advice: string): Finding {
  return { check, state: 'problem', says, do: advice }
}
