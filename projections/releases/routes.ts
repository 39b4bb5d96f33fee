// `releases/` of the organization and of a project, and what lies below one: commits, deploys, the release before it.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deploy, ReleaseCommit, ReleaseInfo, ReleaseMarker } from '../../core/contract/release.ts'
import { ApiError } from '../../core/errors.ts'
import { presentCommit, presentDeploy } from '../../core/release/present.ts'
import { waitForCheckpoint } from '../checkpoint.ts'
import { readOnce } from '../issues/routes.ts'
import { readPeriod } from '../outcomes/stats.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import type { ProjectRow } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { presentReleases } from './present.ts'
import { findPendingDecision, findPreviousWithCommits, findRelease, listCommits, listDeploys, listMarkers, listReleases, type FoundRelease } from './queries.ts'

/** Scripts give one command after the other and know no positions: each is shown what the one before it said. */
const patienceMs = 2_000
const mostMarkers = 1_000
/** sentry-cli prints the first page and asks for no other. */
const shown = 100

type ListQuery = { query?: string; status?: string; cursor?: string; limit?: string; per_page?: string; project?: string | string[] }
type OnRelease = { Params: { version: string } }
type Found = { projects: ProjectRow[]; ids: number[]; release: FoundRelease }

export function registerReleaseReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  app.addHook('preHandler', async () => {
    const pending = await findPendingDecision(pool)
    if (pending > 0) await waitForCheckpoint(pool, pending, patienceMs)
  })
  reflectPosition(app, pool)

  /** The project that the path names, or those of `?project=`, or else all that the viewer may see. */
  async function listProjectsFor(request: FastifyRequest, reply: FastifyReply): Promise<ProjectRow[]> {
    const { project } = request.params as { project?: string }
    return project === undefined ? findVisibleProjects(pool, request, [(request.query as ListQuery).project ?? []].flat()) : [await findProjectFor(pool, project, reply)]
  }

  async function findReleaseFor(request: FastifyRequest<OnRelease>, reply: FastifyReply): Promise<Found> {
    const projects = await listProjectsFor(request, reply)
    const ids = projects.map(({ id }) => id)
    const release = await findRelease(pool, ids, request.params.version)
    if (!release) throw new ApiError('notFound')
    return { projects, ids, release }
  }

  const present = async (projects: ProjectRow[], release: FoundRelease): Promise<ReleaseInfo> => (await presentReleases(pool, projects, [release]))[0]!

  for (const path of ['/api/0/organizations/:org/releases/', '/api/0/projects/:org/:project/releases/']) {
    app.get<{ Querystring: ListQuery }>(path, async (request, reply): Promise<ReleaseInfo[]> => {
      const { project: _project, ...query } = request.query
      const { query: prefix = '', status, cursor: cursorText, per_page: perPage, limit: limitText = perPage } = readOnce(query)
      if (status && status !== 'open' && status !== 'archived') throw new ApiError('badRequest', { fields: { status: ['Use open or archived.'] } })
      const [cursor, limit] = [readCursor(cursorText), readLimit(limitText, shown)]
      const projects = await listProjectsFor(request, reply)
      const filter = { projects: projects.map(({ id }) => id), ...(prefix !== '' && { prefix }), ...(status && { status: status as 'open' | 'archived' }) }
      const page = cutPage(await listReleases(pool, filter, cursor, limit), limit, cursor)
      reply.header('link', formatLink(config.publicUrl, request.url, page, ({ place }) => ({ value: place, id: '0' })))
      return presentReleases(pool, projects, page.rows)
    })

    app.get<OnRelease>(`${path}:version/`, async (request, reply) => {
      const { projects, release } = await findReleaseFor(request, reply)
      return present(projects, release)
    })

    app.get<OnRelease>(`${path}:version/commits/`, async (request, reply): Promise<ReleaseCommit[]> => {
      const { ids, release } = await findReleaseFor(request, reply)
      return (await listCommits(pool, ids, release.version)).map(presentCommit)
    })
  }

  app.get<OnRelease>('/api/0/organizations/:org/releases/:version/previous-with-commits/', async (request, reply): Promise<ReleaseInfo | Record<string, never>> => {
    const { projects, release } = await findReleaseFor(request, reply)
    const having = release.rows.map(({ project }) => project)
    const previous = await findPreviousWithCommits(pool, having, release.place)
    return previous ? present(projects.filter(({ id }) => having.includes(id)), previous) : {}
  })

  app.get<OnRelease & { Querystring: ListQuery }>('/api/0/organizations/:org/releases/:version/deploys/', async (request, reply): Promise<Deploy[]> => {
    const { cursor: cursorText, per_page: perPage, limit: limitText = perPage } = readOnce(request.query)
    const [cursor, limit] = [readCursor(cursorText), readLimit(limitText, shown)]
    const { ids, release } = await findReleaseFor(request, reply)
    const page = cutPage(await listDeploys(pool, ids, release.version, cursor, limit), limit, cursor)
    reply.header('link', formatLink(config.publicUrl, request.url, page, ({ id }) => ({ value: String(id), id: '0' })))
    return page.rows.map(presentDeploy)
  })

  app.get<{ Querystring: { statsPeriod?: string } }>('/api/0/organizations/:org/releases/stats/', async (request, reply): Promise<ReleaseMarker[]> => {
    const period = readPeriod(String(request.query.statsPeriod ?? '14d'))
    if (period === null) throw new ApiError('badRequest', { fields: { statsPeriod: ['Use a period like 24h or 14d, at most 90d.'] } })
    const projects = await listProjectsFor(request, reply)
    const markers = await listMarkers(pool, projects.map(({ id }) => id), new Date(Date.now() - period * 1_000), mostMarkers)
    const slugs = new Map(projects.map(({ id, slug }) => [id, slug]))
    return markers.map(({ version, date, projects: of }) => ({ version, date: date.toISOString(), projects: of.map((id) => slugs.get(id)!) }))
  })

  // Neither is kept; scripts that ask go on with what a list of none means to them.
  app.get('/api/0/organizations/:org/repos/', async () => [])
  app.get('/api/0/organizations/:org/monitors/', async () => [])
}
