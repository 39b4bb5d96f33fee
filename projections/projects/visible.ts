// `?project=` of whatever answers over several projects.

import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { ApiError } from '../../core/errors.ts'
import { visibleProjects } from '../reads.ts'
import { listProjects, type ProjectRow } from './queries.ts'

/** Slugs or ids; none, or Sentry's `-1`, = all that the viewer may see. Throws `notFound` for any other. */
export async function findVisibleProjects(pool: Pool, request: FastifyRequest, names: readonly string[]): Promise<ProjectRow[]> {
  const visible = await listProjects(pool, visibleProjects(request))
  if (names.length === 0 || names.includes('-1')) return visible
  const found = new Set(names.map((name) => visible.find(({ slug, id }) => slug === name || String(id) === name)))
  if (found.has(undefined)) throw new ApiError('notFound')
  return [...found] as ProjectRow[]
}
