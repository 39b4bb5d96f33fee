// A release as the API shows it, from its rows: one per project. Commands and reads answer the same shape.

import type { Deploy, Release, ReleaseCommit } from '../contract/release.ts'
import type { Changed } from './decide.ts'

type StoredRef = NonNullable<Changed['refs']>[number]
export type StoredCommit = NonNullable<Changed['commits']>[number]
export type ReleaseProject = { id: number; slug: string; name: string; platform: string | null }

/** `commits`: the newest; `commitCount`: of all of them. */
export type PresentedRow = {
  url: string | null; startedAt: Date | string | null; releasedAt: Date | string | null; status: 'open' | 'archived'
  refs: readonly StoredRef[]; commits: readonly StoredCommit[]; commitCount: number
  createdAt: Date; firstEvent: Date | null; lastEvent: Date | null
}

export type DeployRow = { id: number; environment: string; name: string | null; url: string | null; startedAt: Date | string | null; finishedAt: Date | string }

/** What differs between the projects comes from the first that says it; open in one of them is open. `rows` has at least one. */
export function presentRelease(version: string, rows: readonly PresentedRow[], projects: readonly ReleaseProject[]): Release {
  const told = rows.find(({ commits }) => commits.length > 0)
  const times = (of: (row: PresentedRow) => Date | null): number[] => rows.flatMap((row) => of(row)?.getTime() ?? [])
  const first = (of: (row: PresentedRow) => Date | string | null): string | null => toIso(rows.map(of).find((value) => value !== null))
  return {
    version,
    ...describeVersion(version),
    status: rows.some(({ status }) => status === 'open') ? 'open' : 'archived',
    ref: rows.flatMap(({ refs }) => refs)[0]?.commit ?? null,
    url: rows.find(({ url }) => url !== null)?.url ?? null,
    dateCreated: new Date(Math.min(...times((row) => row.createdAt))).toISOString(),
    dateStarted: first((row) => row.startedAt),
    dateReleased: first((row) => row.releasedAt),
    firstEvent: outermost(times((row) => row.firstEvent), Math.min),
    lastEvent: outermost(times((row) => row.lastEvent), Math.max),
    commitCount: told?.commitCount ?? 0,
    lastCommit: told ? presentCommit(told.commits[0]!) : null,
    projects: projects.map(({ id, slug, name, platform }) => ({ id: String(id), slug, name, platform })),
  }
}

/** `shop@1.2.3+7` is 1.2.3 of the package shop; of a commit's whole hash the first twelve digits are enough to read. */
function describeVersion(version: string): Pick<Release, 'shortVersion' | 'versionInfo'> {
  const [, name = null, raw = version] = /^(@?[^@]+)@(.+)$/.exec(version) ?? []
  const isHash = /^[0-9a-f]{40}$/.test(raw)
  const short = isHash ? raw.slice(0, 12) : raw
  return { shortVersion: short, versionInfo: { package: name, version: { raw }, description: short, buildHash: isHash ? raw : null } }
}

export function presentCommit({ id, message, timestamp, authorName, authorEmail, repository }: StoredCommit): ReleaseCommit {
  const name = authorName ?? authorEmail
  return { id, message, dateCreated: timestamp, author: name === null ? null : { name, email: authorEmail }, repository: repository === null ? null : { name: repository } }
}

/** `id`: the position of its decision. */
export function presentDeploy({ id, environment, name, url, startedAt, finishedAt }: DeployRow): Deploy {
  return { id: String(id), environment, name, url, dateStarted: toIso(startedAt), dateFinished: new Date(finishedAt).toISOString() }
}

function outermost(times: readonly number[], choose: (...times: number[]) => number): string | null {
  return times.length === 0 ? null : new Date(choose(...times)).toISOString()
}

function toIso(time: Date | string | null | undefined): string | null {
  return time ? new Date(time).toISOString() : null
}
