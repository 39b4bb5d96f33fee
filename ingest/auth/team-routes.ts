// Teams as far as clients insist: there is one, everybody, named like the organization. And the people whom an issue can be assigned to.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { visibleIds, type Viewer } from '../../core/access.ts'
import type { Config } from '../../core/config.ts'
import type { Member, Team } from '../../core/contract/member.ts'
import { ApiError } from '../../core/errors.ts'
import { requireProjectId } from '../find-project.ts'
import { listMembers } from './members.ts'
import { presentMember } from './present-member.ts'
import { requireViewer } from './viewer.ts'

type OnProject = { Params: { project: string } }

export function registerTeamRoutes(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  const { slug, name } = config.organization

  app.get('/api/0/organizations/:org/teams/', async (request) => [await everybody(requireViewer(request))])

  app.get<{ Params: { team: string } }>('/api/0/teams/:org/:team/', async (request) => {
    if (request.params.team !== slug && request.params.team !== '1') throw new ApiError('notFound')
    return everybody(requireViewer(request))
  })

  app.get<OnProject>('/api/0/projects/:org/:project/teams/', async (request) => {
    await requireProjectId(pool, request.params.project)
    return [await everybody(requireViewer(request))]
  })

  app.get<OnProject>('/api/0/projects/:org/:project/members/', async (request): Promise<Member[]> => {
    const project = await requireProjectId(pool, request.params.project)
    return (await listMembers(pool, visibleIds(requireViewer(request)), { project })).map(presentMember)
  })

  app.get('/api/0/organizations/:org/users/', async (request): Promise<Member[]> => (await listMembers(pool, visibleIds(requireViewer(request)))).map(presentMember))

  async function everybody(viewer: Viewer): Promise<Team> {
    const { rows } = await pool.query<{ members: number; start: Date; projects: Team['projects'] }>(
      `select count(*)::int as members, min(created_at) as start,
         (select coalesce(json_agg(json_build_object('id', p.id::text, 'slug', p.slug, 'name', p.name, 'platform', p.platform) order by p.slug), '[]')
          from project p where $1::int[] is null or p.id = any($1)) as projects
       from account where removed_at is null`,
      [visibleIds(viewer)],
    )
    const { members, start, projects } = rows[0]!
    return { id: '1', slug, name, dateCreated: start.toISOString(), isMember: true, isPending: false, hasAccess: true, memberCount: members, projects }
  }
}
