// `GET organizations/`, `projects/` and a project's keys. findProjectFor is where every project path of the other rooms starts.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Organization, Project } from '../../core/contract/project.ts'
import { ApiError } from '../../core/errors.ts'
import { presentKey } from '../../core/project/present.ts'
import { series24h, startOf24h } from '../counts/series.ts'
import { reflectPosition, visibleProjects, type ReadDeps } from '../reads.ts'
import { findProject, listKeys, listProjects, readKeyUse, readOrganizationQuotas, readOrganizationStart, readProjectNumbers, readProjectSettings, type ProjectRow } from './queries.ts'

type OnProject = { Params: { project: string } }

export function registerProjectReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  const always = { isEarlyAdopter: false, require2FA: false, requireEmailVerification: false, features: [] }
  const organization = async (): Promise<Organization> => ({
    id: '1', ...config.organization, dateCreated: (await readOrganizationStart(pool)).toISOString(), quotas: await readOrganizationQuotas(pool), ...always,
  })
  const projects = async (request: FastifyRequest): Promise<Project[]> => presentProjects(pool, await listProjects(pool, visibleProjects(request)))

  app.get('/api/0/organizations/', async () => [await organization()])
  app.get('/api/0/organizations/:org/', organization)
  app.get('/api/0/projects/', projects)
  app.get('/api/0/organizations/:org/projects/', projects)
  // There is one team, everybody (ingest/auth/team-routes.ts).
  app.get<{ Params: { team: string } }>('/api/0/teams/:org/:team/projects/', (request) => {
    if (request.params.team !== config.organization.slug && request.params.team !== '1') throw new ApiError('notFound')
    return projects(request)
  })

  app.get<OnProject>('/api/0/projects/:org/:project/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return { ...(await presentProjects(pool, [project]))[0]!, ...(await readProjectSettings(pool, project.id)) }
  })

  app.get<OnProject>('/api/0/projects/:org/:project/keys/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const [keys, used] = await Promise.all([listKeys(pool, project.id), readKeyUse(pool, project.id)])
    return keys.map((key) => ({ ...presentKey(config.publicUrl, key), refold: { lastEvent: used.get(key.id)?.toISOString() ?? null } }))
  })

  app.get<{ Params: { project: string; key: string } }>('/api/0/projects/:org/:project/keys/:key/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const key = (await listKeys(pool, project.id)).find(({ id, publicKey }) => String(id) === request.params.key || publicKey === request.params.key)
    if (!key) throw new ApiError('notFound')
    return presentKey(config.publicUrl, key)
  })
}

/** Throws `notFound`; tells the client which generation it sees. */
export async function findProjectFor(pool: Pool, slug: string, reply: FastifyReply): Promise<ProjectRow> {
  const project = await findProject(pool, slug)
  if (!project) throw new ApiError('notFound')
  reply.header('x-refold-generation', String(project.generation))
  return project
}

/** Outcomes are summed by the hour: the one that runs, and the one before. */
const startOfLastHour = (now: number): Date => new Date((Math.floor(now / 3_600_000) - 1) * 3_600_000)

async function presentProjects(pool: Pool, rows: ProjectRow[]): Promise<Project[]> {
  const now = Date.now()
  const { hours, unresolved, dropped } = await readProjectNumbers(pool, rows, startOf24h(now), startOfLastHour(now))
  return rows.map((row) => {
    const stats = series24h(hours.filter(({ project }) => project === row.id), now)
    return {
      id: String(row.id),
      slug: row.slug,
      name: row.name,
      platform: row.platform,
      dateCreated: row.createdAt.toISOString(),
      firstEvent: row.firstEvent?.toISOString() ?? null,
      stats,
      refold: {
        generation: String(row.generation),
        unresolved: unresolved.get(row.id) ?? 0,
        lastEvent: row.lastEvent?.toISOString() ?? null,
        events24h: stats.reduce((sum, [, count]) => sum + count, 0),
        dropped: dropped.get(row.id) ?? [],
      },
    }
  })
}
