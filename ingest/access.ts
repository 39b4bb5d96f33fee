// The one gate of the web API: every request passes here before its handler. What opens which route is the table in core/access.ts.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { accessOf, mayAccess, maySee, type Viewer } from '../core/access.ts'
import type { Config } from '../core/config.ts'
import { ApiError } from '../core/errors.ts'
import { readIssueRef } from '../core/issue/ref.ts'
import { resolveViewer } from './auth/viewer.ts'
import { findProjectId } from './find-project.ts'

/** Refuses to start when a route is not in the table; SDK endpoints say themselves that they are public. Call before any route is registered. */
export function requireDeclaredAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const [method] = [route.method].flat()
    const access = route.config?.access ?? accessOf(method!, route.url)
    if (access === undefined) throw new Error(`route ${String(route.method)} ${route.url} is not in the access table`)
    route.config = { ...route.config, access }
  })
}

/** Call after the session plugin: hooks run in the order they were added. */
export function registerAccess(app: FastifyInstance, deps: { pool: Pool; config: Config }): void {
  app.addHook('onRequest', async (request) => {
    if (isWebApi(request)) {
      request.viewer = await resolveViewer(deps.pool, request)
      refuseForeignOrigin(request, deps.config.publicUrl)
    }
    if (request.is404) return
    // Fail closed: whatever the route, without a declared access nobody passes.
    const access = request.routeOptions.config.access
    if (access === undefined || !mayAccess(request.viewer, access)) throw new ApiError(request.viewer ? 'forbidden' : 'unauthenticated')
    const { org, ...params } = request.params as { org?: string } & Named
    if (org !== undefined && org !== deps.config.organization.slug) throw new ApiError('notFound')
    if (request.viewer) await requireVisible(deps.pool, request.viewer, params)
  })
}

type Named = { project?: string; issue?: string }

/**
 * What a path names in a project that the viewer does not belong to does not exist, for whatever is asked of it. Routes that answer over
 * several projects leave out the others themselves.
 */
async function requireVisible(pool: Pool, viewer: Viewer, { project, issue }: Named): Promise<void> {
  if (viewer.projects === 'all') return
  if (project !== undefined) requireSeen(viewer, await findProjectId(pool, project))
  if (issue !== undefined) requireSeen(viewer, await findProjectOfIssue(pool, issue))
}

function requireSeen(viewer: Viewer, project: number | undefined): void {
  if (project === undefined || !maySee(viewer, project)) throw new ApiError('notFound')
}

/** By id or short id: both name the event at that position, which stays in its project wherever its issue goes. */
async function findProjectOfIssue(pool: Pool, text: string): Promise<number | undefined> {
  const ref = readIssueRef(text)
  if (ref === null) return undefined
  const { rows } = await pool.query<{ id: number }>('select project_id as id from event where position = $1', [ref.position])
  return rows[0]?.id
}

/** By the route, not by the spelling of the path: `/api//0/…` and `/api/%30/…` reach the same handlers. */
export function isWebApi(request: FastifyRequest): boolean {
  return (request.routeOptions.url ?? request.url).startsWith('/api/0/')
}

/**
 * Cross-site request forgery: a browser names the origin of every request that may change state. `PUBLIC_URL` and the
 * host the request was sent to are our own. Requests with a token carry no ambient rights, so any origin may make them.
 */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || request.viewer?.via === 'token') return
  const origin = request.headers.origin
  if (origin !== undefined) {
    const own = origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === request.headers.host)
    if (!own) throw new ApiError('foreignOrigin')
  } else if (request.viewer && request.headers['sec-fetch-site'] !== 'same-origin') {
    throw new ApiError('foreignOrigin')
  }
}
