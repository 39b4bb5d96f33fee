// The command on deploys: a release went to an environment.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { newDeploy } from '../../core/contract/release.ts'
import { ApiError } from '../../core/errors.ts'
import { presentDeploy } from '../../core/release/present.ts'
import { appendDecided, setPosition } from './append.ts'
import { readBy } from './command-id.ts'
import { loadRelease } from './load-release.ts'
import { listHaving, loadSeenProjects, readNamedProjects } from './release-projects.ts'

export function registerDeployCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.post<{ Params: { version: string } }>('/api/0/organizations/:org/releases/:version/deploys/', async (request, reply) => {
    const { version } = request.params
    const { environment, name = null, url = null, dateStarted: startedAt = null, dateFinished, projects: names } = newDeploy.parse(request.body)
    const seen = await loadSeenProjects(pool, request)
    const named = readNamedProjects(seen, names ?? [])
    const finishedAt = dateFinished ?? new Date().toISOString()
    const { decisions, position } = await appendDecided<never>(pool, readBy(request), async () => {
      const { states, expected, position } = await loadRelease(pool, [...seen.keys()], version)
      const having = listHaving(states, seen)
      if (having.length === 0) throw new ApiError('notFound')
      if (named.some((id) => !having.includes(id))) throw new ApiError('badRequest', { fields: { projects: ['This release is not of all of these projects.'] } })
      const projects = named.length > 0 ? named : having
      return { decisions: [{ type: 'deploy.created', data: { version, projects, environment, name, url, startedAt, finishedAt } }], expected: [expected], position }
    })
    const [made] = decisions.flatMap((decision) => (decision.type === 'deploy.created' ? decision.data : []))
    setPosition(reply, position)
    return reply.code(201).send(presentDeploy({ id: position, ...made! }))
  })
}
