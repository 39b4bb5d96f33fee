// Releases and their deploys, one row per project. A release appears with its first event or with what somebody said of it, whichever came
// first: that position orders releases whose names say nothing (core/release/order.ts).

import type { Decision } from '../../core/decisions.ts'
import type { EventSummary } from '../../core/event/summary.ts'

export type ReleaseRow = {
  projectId: number; version: string; firstPosition: number; createdAt: Date
  startedAt: Date | null; releasedAt: Date | null; url: string | null; status: 'open' | 'archived'
  events: number; firstEvent: Date | null; lastEvent: Date | null
  /** JSON text; undefined = as stored. */
  refs: string | undefined
  commits: string | undefined
}

export type DeployRow = {
  id: number; projectId: number; version: string; environment: string; name: string | null; url: string | null; startedAt: Date | null; finishedAt: Date
}

export type ReleasesState = {
  /** By releaseName: all that the batch names. */
  rows: Map<string, ReleaseRow>
  /** What events changed of a row, and what decisions did. */
  counted: Set<ReleaseRow>
  decided: Set<ReleaseRow>
  deploys: DeployRow[]
  /** By releaseName: what is stored of these goes first. */
  deleted: Map<string, { projectId: number; version: string }>
}

export function releaseName(projectId: number, version: string): string {
  return `${projectId}:${version}`
}

/** Where a release appeared first, as far as the log says up to `position`: generations are folded behind the table. */
export function findReleasePosition({ rows }: Pick<ReleasesState, 'rows'>, projectId: number, version: string, position: number): number | null {
  const first = rows.get(releaseName(projectId, version))?.firstPosition
  return first !== undefined && first <= position ? first : null
}

/** Counts one accepted event under its release. */
export function foldReleaseEvent(state: ReleasesState, projectId: number, position: number, receivedAt: Date, { release, seenAt }: Pick<EventSummary, 'release' | 'seenAt'>): void {
  if (release === null) return
  const row = takeRow(state, projectId, release, position, receivedAt)
  row.events++
  if (row.firstEvent === null || seenAt < row.firstEvent) row.firstEvent = seenAt
  if (row.lastEvent === null || seenAt > row.lastEvent) row.lastEvent = seenAt
  state.counted.add(row)
}

/** In each of its projects that exists: others may be gone since it was decided. */
export function foldReleaseDecision(state: ReleasesState, decision: Decision, position: number, at: Date, exists: (projectId: number) => boolean): void {
  const { type, data } = decision
  if (type !== 'release.changed' && type !== 'release.deleted' && type !== 'deploy.created') return
  for (const projectId of new Set(data.projects.filter(exists))) {
    if (type === 'release.deleted') {
      deleteRelease(state, projectId, data.version)
      continue
    }
    const row = takeRow(state, projectId, data.version, position, at)
    state.decided.add(row)
    if (type === 'release.changed') {
      const { url, startedAt, releasedAt, status, refs, commits } = data
      if (url !== undefined) row.url = url
      if (startedAt !== undefined) row.startedAt = readTime(startedAt)
      if (releasedAt !== undefined) row.releasedAt = readTime(releasedAt)
      if (status !== undefined) row.status = status
      if (refs !== undefined) row.refs = JSON.stringify(refs)
      if (commits !== undefined) row.commits = JSON.stringify(commits)
    } else {
      const { version, environment, name, url, startedAt, finishedAt } = data
      state.deploys.push({ id: position, projectId, version, environment, name, url, startedAt: readTime(startedAt), finishedAt: new Date(finishedAt) })
    }
  }
}

function takeRow(state: ReleasesState, projectId: number, version: string, position: number, at: Date): ReleaseRow {
  const name = releaseName(projectId, version)
  let row = state.rows.get(name)
  if (!row) {
    row = {
      projectId, version, firstPosition: position, createdAt: at, startedAt: null, releasedAt: null, url: null, status: 'open',
      events: 0, firstEvent: null, lastEvent: null, refs: undefined, commits: undefined,
    }
    state.rows.set(name, row)
  }
  return row
}

/** With its deploys. A later event of it, or a later word about it, makes another. */
function deleteRelease(state: ReleasesState, projectId: number, version: string): void {
  const name = releaseName(projectId, version)
  const row = state.rows.get(name)
  if (row) {
    state.counted.delete(row)
    state.decided.delete(row)
  }
  state.rows.delete(name)
  state.deleted.set(name, { projectId, version })
  state.deploys = state.deploys.filter((deploy) => deploy.projectId !== projectId || deploy.version !== version)
}

function readTime(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
