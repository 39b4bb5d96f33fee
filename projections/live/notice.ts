// What a batch tells the world, once per batch and in its transaction: Postgres delivers it on commit to every process
// that listens (hub.ts), wherever the fold ran.

import type pg from 'pg'
import type { FoldState } from '../fold.ts'
import type { IssueRow } from '../issues/reducer.ts'

export const channel = 'refold'

/** `outcomes`: from which position on other outcomes than accepted events came; null = none. */
export type ProjectNotice = { generation: number; touched: number[]; created: number[]; overflow: boolean; events: number[]; outcomes: number | null }
/** Asked for, built on, applied or discarded. */
export type GenerationNotice = { project: number; generation: number }
export type Notice = { position: number; projects: Record<string, ProjectNotice>; generations: GenerationNotice[] }

/** Postgres refuses notifications of 8,000 bytes and more. */
const maxIds = 200
const maxEvents = 20

export function describeBatch(position: number, state: FoldState, issues: readonly IssueRow[]): Notice {
  const notice: Notice = { position, projects: {}, generations: [] }
  let left = maxIds
  const of = (projectId: number, generation: number): ProjectNotice => (notice.projects[projectId] ??= { generation, touched: [], created: [], overflow: false, events: [], outcomes: null })
  for (const issue of issues) {
    const project = of(issue.projectId, issue.generation)
    if (left-- > 0) (state.issues.created.has(issue.id) ? project.created : project.touched).push(issue.id)
    else project.overflow = true
  }
  // Issues that are gone, or all others in their place: whoever shows some asks again.
  for (const { generation } of state.issues.gone.values()) of(state.projects.generations.get(generation)!.projectId, generation).overflow = true
  for (const row of state.projects.changed) {
    // A project's first generation comes with the project: there is nothing to tell of it.
    if (!('tracked' in row) || (row.state === 'live' && row.appliedAt === null)) continue
    if (row.state === 'live') of(row.projectId, row.id).overflow = true
    notice.generations.push({ project: row.projectId, generation: row.id })
  }
  for (const event of state.events.added.slice(-maxEvents)) notice.projects[event.projectId]?.events.push(event.position)
  for (const { projectId, position: at } of state.counts.latest.values()) {
    const project = state.projects.projects.get(projectId)
    if (!project) continue
    const told = of(projectId, project.generation)
    told.outcomes = Math.min(told.outcomes ?? at, at)
  }
  return notice
}

export async function notifyBatch(client: pg.PoolClient, notice: Notice): Promise<void> {
  let text = JSON.stringify(notice)
  if (text.length >= 8_000) {
    const overflow = ({ generation, outcomes }: ProjectNotice): ProjectNotice => ({ generation, touched: [], created: [], overflow: true, events: [], outcomes })
    text = JSON.stringify({
      ...notice,
      projects: Object.fromEntries(Object.entries(notice.projects).slice(0, 80).map(([id, project]) => [id, overflow(project)])),
      generations: notice.generations.slice(0, 20),
    })
  }
  await client.query('select pg_notify($1, $2)', [channel, text])
}

/** How far a generation is built has changed: told on commit, at once outside of a transaction. */
export async function notifyGeneration(db: Pick<pg.Pool, 'query'> | pg.PoolClient, project: number, generation: number): Promise<void> {
  const notice: Notice = { position: 0, projects: {}, generations: [{ project, generation }] }
  await db.query('select pg_notify($1, $2)', [channel, JSON.stringify(notice)])
}
