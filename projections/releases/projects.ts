// Which projects a read of releases goes over.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { maySee } from '../../core/access.ts'
import { ApiError } from '../../core/errors.ts'
import { listProjects, type ProjectRow } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'

/** The one that the path names, or those of `?project=`, slugs or ids, or else all that the viewer may see; `-1` says the same in Sentry's words. */
export async function listSeenProjects(pool: Pool, request: FastifyRequest, reply: FastifyReply): Promise<ProjectRow[]> {
  const { project: inPath } = request.params as { project?: string }
  if (inPath !== undefined) return [await findProjectFor(pool, inPath, reply)]
  const seen = (await listProjects(pool)).filter(({ id }) => maySee(request.viewer!, id))
  const names = [(request.query as { project?: string | string[] }).project ?? []].flat()
  if (names.length === 0 || names.includes('-1')) return seen
  const named = seen.filter(({ id, slug }) => names.includes(slug) || names.includes(String(id)))
  if (names.some((name) => !named.some(({ id, slug }) => name === slug || name === String(id)))) throw new ApiError('notFound')
  return named
}
