// What a command makes of a release: the state of it per project as the fold has it and the decisions behind that say, and the next
// decision. Pure; used by ingest/commands/releases.ts.

import type { Decision } from '../decisions.ts'

export type Changed = Extract<Decision, { type: 'release.changed' }>['data']
/** What of a release a decision may set; what is not given stays. */
export type ReleaseChange = { [Field in Exclude<keyof Changed, 'version' | 'projects'>]?: Exclude<Changed[Field], undefined> }

export type ReleaseState = Required<ReleaseChange> & {
  project: number
  createdAt: Date
  /** As far as they are folded. */
  events: number
  firstEvent: Date | null
  lastEvent: Date | null
}
/** Of one version, by project. */
export type ReleaseStates = ReadonlyMap<number, ReleaseState>

const untold: Omit<ReleaseState, 'project' | 'createdAt'> = { url: null, startedAt: null, releasedAt: null, status: 'open', refs: [], commits: [], events: 0, firstEvent: null, lastEvent: null }

/** `decision` is of this version's stream. */
export function evolveRelease(states: ReleaseStates, decision: Decision, at: Date): ReleaseStates {
  const next = new Map(states)
  if (decision.type === 'release.deleted') for (const project of decision.data.projects) next.delete(project)
  if (decision.type !== 'release.changed') return next
  const { version: _version, projects, ...change } = decision.data
  for (const project of projects) next.set(project, { ...(next.get(project) ?? { ...untold, project, createdAt: at }), ...(change as ReleaseChange) })
  return next
}

/** What a release that is known keeps when it is made again, as build scripts do: its dates. */
export function keepDates(states: ReleaseStates, { startedAt, releasedAt, ...change }: ReleaseChange): ReleaseChange {
  const known = [...states.values()]
  return {
    ...change,
    ...(startedAt !== undefined && known.every((state) => state.startedAt === null) && { startedAt }),
    ...(releasedAt !== undefined && known.every((state) => state.releasedAt === null) && { releasedAt }),
  }
}

/** No decision when each of the projects has it, and all of it is so already. */
export function decideReleaseChange(states: ReleaseStates, version: string, projects: readonly number[], change: ReleaseChange): Decision[] {
  const isSo = projects.every((project) => {
    const state = states.get(project)
    return state && Object.entries(change).every(([field, value]) => JSON.stringify(state[field as keyof ReleaseChange]) === JSON.stringify(value))
  })
  return isSo ? [] : [{ type: 'release.changed', data: { version, projects: [...projects], ...change } }]
}

/** Refused while events refer to it, as Sentry does. */
export function decideReleaseDeletion(states: ReleaseStates, version: string, projects: readonly number[]): { decisions: Decision[] } | { refused: string } {
  if (projects.some((project) => (states.get(project)?.events ?? 0) > 0)) return { refused: 'This release is referenced by active issues and cannot be removed.' }
  return { decisions: [{ type: 'release.deleted', data: { version, projects: [...projects] } }] }
}
