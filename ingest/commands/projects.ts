// Commands on projects and their keys: who asks may, by the access hook; here the decision is made and appended.

import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Config } from '../../core/config.ts'
import { changedKey, newKey, newProject, projectChange, rotatedKey, type ChangedProject, type Project, type ProjectKey } from '../../core/contract/project.ts'
import type { Decision } from '../../core/decisions.ts'
import { ApiError } from '../../core/errors.ts'
import { changeSettings, defaultSettings, settingsChange } from '../../core/project/settings.ts'
import { decideKeyChange, decideProjectChange, decideSettings, findBySlug, type KeyState, type Projects, type ProjectState } from '../../core/project/decide.ts'
import { refuseBadPatterns } from '../../core/project/patterns.ts'
import { presentKey } from '../../core/project/present.ts'
import { appendProjectDecisions, setPosition } from './append.ts'
import { readBy } from './command-id.ts'
import { createProject, type CreatedProject } from './create-project.ts'
import { withProjectsLocked } from './slug-lock.ts'
import { findByCommand, loadProjects, reserveKeyId } from './store.ts'

type OnProject = { Params: { project: string } }
type OnKey = { Params: { project: string; key: string } }

export function registerProjectCommands(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): void {
  const create = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const created = await createProject(pool, newProject.parse(request.body), readBy(request))
    if ('refused' in created) throw new ApiError(created.refused)
    setPosition(reply, created.position)
    return reply.code(201).send(presentNewProject(created))
  }
  app.post('/api/0/projects/:org/', create)
  // Sentry's path. Refold has no teams: any name will do.
  app.post('/api/0/teams/:org/:team/projects/', create)

  app.put<OnProject>('/api/0/projects/:org/:project/', (request, reply) =>
    withProject(pool, request, async ({ projects, project, checkpoint }): Promise<ChangedProject> => {
      const change = projectChange.parse(request.body)
      const decided = decideProjectChange(projects, project, change)
      if ('refused' in decided) throw new ApiError(decided.refused)
      const settings = settingsChange.parse(change)
      refuseBadPatterns(settings)
      const decisions = [...decided.decisions, ...decideSettings(project, settings)]
      setPosition(reply, await appendProjectDecisions(pool, decisions, readBy(request), checkpoint))
      const { name = project.name, slug = project.slug, platform = project.platform } = change
      return { id: String(project.id), slug, name, platform, ...changeSettings(project.settings, settings) }
    }),
  )

  app.post<OnProject>('/api/0/projects/:org/:project/keys/', (request, reply) =>
    withProject(pool, request, ({ project }) => {
      const { name } = newKey.parse(request.body ?? {})
      return makeKey(request, reply, project, { label: name, rateLimit: null }, [])
    }),
  )

  app.put<OnKey>('/api/0/projects/:org/:project/keys/:key/', (request, reply) =>
    withProject(pool, request, async ({ project, checkpoint }): Promise<ProjectKey> => {
      const key = findKey(project, request.params.key)
      const change = changedKey.parse(request.body)
      setPosition(reply, await appendProjectDecisions(pool, decideKeyChange(project, key, change), readBy(request), checkpoint))
      const { name: label = key.label, isActive = key.isActive, rateLimit = key.rateLimit } = change
      return presentKey(config.publicUrl, { ...key, label, isActive, rateLimit, project: project.id })
    }),
  )

  // At once for SDKs and readers; what is stored goes in the background (projections/deletions).
  app.delete<OnProject>('/api/0/projects/:org/:project/', (request, reply) =>
    withProject(pool, request, async ({ project, checkpoint }) => {
      setPosition(reply, await appendProjectDecisions(pool, [{ type: 'project.deleted', data: { id: project.id } }], readBy(request), checkpoint))
      return reply.code(204).send()
    }),
  )

  app.delete<OnKey>('/api/0/projects/:org/:project/keys/:key/', (request, reply) =>
    withProject(pool, request, async ({ project, checkpoint }) => {
      const key = findKey(project, request.params.key)
      setPosition(reply, await appendProjectDecisions(pool, [{ type: 'key.deleted', data: { id: key.id, project: project.id } }], readBy(request), checkpoint))
      return reply.code(204).send()
    }),
  )

  // SDKs in the field go on with the old key until somebody disables it, or at once with `keepOld: false`.
  app.post<OnKey>('/api/0/projects/:org/:project/keys/:key/rotate/', (request, reply) =>
    withProject(pool, request, ({ project }) => {
      const old = findKey(project, request.params.key)
      const { keepOld } = rotatedKey.parse(request.body ?? {})
      return makeKey(request, reply, project, old, keepOld ? [] : decideKeyChange(project, old, { isActive: false }))
    }),
  )

  /** A request that is repeated is answered with the key that it made the first time. */
  async function makeKey(request: FastifyRequest, reply: FastifyReply, project: ProjectState, { label, rateLimit }: Pick<KeyState, 'label' | 'rateLimit'>, more: Decision[]): Promise<ProjectKey> {
    const by = readBy(request)
    const earlier = by.commandId === undefined ? [] : await findByCommand(pool, by.commandId)
    const made = earlier.flatMap(({ decision }) => (decision.type === 'key.created' ? [decision.data.id] : []))
    reply.code(201)
    if (made.length > 0) {
      setPosition(reply, earlier.at(-1)!.position)
      return presentKey(config.publicUrl, { ...findKey(project, String(made[0])), project: project.id })
    }
    const key = { id: await reserveKeyId(pool), project: project.id, publicKey: randomBytes(16).toString('hex'), label }
    const decisions: Decision[] = [{ type: 'key.created', data: key }, ...(rateLimit ? [{ type: 'key.changed' as const, data: { id: key.id, project: project.id, rateLimit } }] : []), ...more]
    setPosition(reply, await appendProjectDecisions(pool, decisions, by, 0))
    return presentKey(config.publicUrl, { ...key, isActive: true, rateLimit, createdAt: new Date() })
  }
}

/** By id, or by the public key, which is the id of a key in Sentry. */
function findKey(project: ProjectState, name: string): KeyState {
  const key = project.keys.get(Number(name)) ?? [...project.keys.values()].find(({ publicKey }) => publicKey === name)
  if (!key) throw new ApiError('notFound')
  return key
}

function withProject<T>(
  pool: Pool,
  request: FastifyRequest<OnProject>,
  work: (found: { projects: Projects; project: ProjectState; checkpoint: number }) => Promise<T>,
): Promise<T> {
  return withProjectsLocked(pool, async () => {
    const { projects, checkpoint } = await loadProjects(pool)
    const project = findBySlug(projects, request.params.project) ?? projects.get(Number(request.params.project))
    if (!project) throw new ApiError('notFound')
    return work({ projects, project, checkpoint })
  })
}

function presentNewProject({ id, slug, name, platform, generation }: CreatedProject): Project {
  const hour = Math.floor(Date.now() / 3_600_000) * 3600
  return {
    id: String(id),
    slug,
    name,
    platform,
    dateCreated: new Date().toISOString(),
    firstEvent: null,
    stats: Array.from({ length: 24 }, (_, index) => [hour - (23 - index) * 3600, 0]),
    refold: { generation: String(generation), unresolved: 0, lastEvent: null, events24h: 0, dropped: [] },
    ...defaultSettings,
  }
}
