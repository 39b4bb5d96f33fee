// Generations and revisions as the API shows them: what the log says of one and how far it is built are one state (core/contract/grouping.ts).

import type { Pool } from 'pg'
import type { Generation, Revision } from '../../core/contract/grouping.ts'
import { readPeople } from '../issues/queries.ts'
import type { BuildRow, GenerationRow, RevisionRow } from './queries.ts'

/** A retired generation can be rolled back to for at least 30 days; then it is deleted. */
export const keptMs = 30 * 86_400_000

export async function presentGenerations(pool: Pool, rows: readonly GenerationRow[]): Promise<Generation[]> {
  const people = await readPeople(pool, rows.map((row) => row.actor))
  return rows.map((row) => ({
    id: String(row.id),
    state: stateOf(row),
    version: row.version,
    revision: row.revision === 0 ? null : String(row.revision),
    dateCreated: row.createdAt.toISOString(),
    user: (row.actor !== null && people.get(row.actor)) || null,
    appliedAt: row.appliedAt?.toISOString() ?? null,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    keepUntil: row.state === 'retired' && row.retiredAt ? new Date(row.retiredAt.getTime() + keptMs).toISOString() : null,
    thenApply: row.thenApply,
    progress: row.state === 'live' || row.build === null ? null : presentProgress(row.build),
  }))
}

const buildStates = { queued: 'queued', running: 'building', paused: 'paused', ready: 'candidate', failed: 'failed' } as const satisfies Record<BuildRow['state'], Generation['state']>

function stateOf({ state, build }: GenerationRow): Generation['state'] {
  return state === 'building' ? buildStates[build?.state ?? 'queued'] : state
}

function presentProgress(build: BuildRow): NonNullable<Generation['progress']> {
  const rate = readRate(build)
  // Events go on arriving while it is built: more than there were when it began is still all of them.
  const total = build.startedAt === null ? null : Math.max(build.total, build.events)
  return {
    done: build.events,
    total,
    rate,
    etaSeconds: rate === null || total === null ? null : Math.ceil((total - build.events) / rate),
    lag: Math.max(0, build.behind),
    parked: build.parked,
    error: build.error,
    startedAt: build.startedAt?.toISOString() ?? null,
    finishedAt: build.finishedAt?.toISOString() ?? null,
  }
}

/** Events per second since it began; null while it stands still or has done too little to tell. */
function readRate({ state, events, startedAt, updatedAt }: BuildRow): number | null {
  if (state !== 'running' || startedAt === null || events === 0) return null
  const seconds = (updatedAt.getTime() - startedAt.getTime()) / 1_000
  return seconds < 0.5 ? null : events / seconds
}

export async function presentRevisions(pool: Pool, rows: readonly RevisionRow[]): Promise<Revision[]> {
  const people = await readPeople(pool, rows.map((row) => row.actor))
  return rows.map(({ id, rules, frameRules, actor, createdAt }) => ({
    id: String(id), rules, frameRules, dateCreated: createdAt.toISOString(), user: (actor !== null && people.get(actor)) || null,
  }))
}
