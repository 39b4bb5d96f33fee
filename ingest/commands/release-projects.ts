// Of which projects a release is to be: those that the request names, of those that its person may see.

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { maySee } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { findBySlug, type Projects, type ProjectState } from '../../core/project/decide.ts'
import type { ReleaseStates } from '../../core/release/decide.ts'
import { requireViewer } from '../auth/viewer.ts'
import { loadProjects } from './store.ts'

export type SeenProjects = ReadonlyMap<number, ProjectState>

/** Of a path below a project only that one. Throws `notFound` when there is no such project. */
export async function loadSeenProjects(pool: Pool, request: FastifyRequest): Promise<SeenProjects> {
  const viewer = requireViewer(request)
  const { project: named } = request.params as { project?: string }
  const { projects } = await loadProjects(pool)
  const seen = new Map([...projects].filter(([id]) => maySee(viewer, id)))
  if (named === undefined) return seen
  const project = findProject(seen, named)
  if (!project) throw new ApiError('notFound')
  return new Map([[project.id, project]])
}

/** Slugs or ids. Throws `badRequest` for what is none of them: also for a project that exists and is not theirs to see. */
export function readNamedProjects(seen: SeenProjects, names: readonly string[]): number[] {
  const unknown = names.filter((name) => !findProject(seen, name))
  if (unknown.length > 0) throw new ApiError('badRequest', { fields: { projects: unknown.slice(0, 10).map((name) => `There is no project ${name.slice(0, 50)}.`) } })
  return [...new Set(names.map((name) => findProject(seen, name)!.id))]
}

/** The projects that have the release, of those that the person sees. */
export function listHaving(states: ReleaseStates, seen: SeenProjects): number[] {
  return [...seen.keys()].filter((id) => states.has(id)).toSorted((a, b) => a - b)
}

function findProject(projects: Projects, slugOrId: string): ProjectState | undefined {
  return findBySlug(projects, slugOrId) ?? (/^\d{1,9}$/.test(slugOrId) ? projects.get(Number(slugOrId)) : undefined)
}
