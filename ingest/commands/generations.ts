// Commands on generations: ask for one, pause, discard, apply, roll back (grouping.md 5.2). Each answers the position of its decision;
// what follows from it is the fold's and the build job's.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { apply, generationChange, newGeneration, rollback, type Generation } from '../../core/contract/grouping.ts'
import type { Decision } from '../../core/decisions.ts'
import { ApiError, type ErrorCode } from '../../core/errors.ts'
import { decideDiscard, decideRequest, decideRollback, findOpenConflicts, type Preview } from '../../core/grouping/decide.ts'
import { requireProjectId } from '../find-project.ts'
import { setPosition, type Appended } from './append.ts'
import { applyPreviewed, changeGrouping, type GroupingDeps } from './change-grouping.ts'
import { readBy } from './command-id.ts'
import { loadGrouping, readOrigin } from './load-grouping.ts'

const path = '/api/0/projects/:org/:project/generations/'
type OnProject = { Params: { project: string } }
type OnGeneration = { Params: { project: string; generation: string } }
type Requested = Extract<Decision, { type: 'grouping.requested' }>['data']

export function registerGenerationCommands(app: FastifyInstance, deps: GroupingDeps): void {
  const { pool, control } = deps

  /** 200 when there is one like it already. */
  app.post<OnProject>(path, async (request, reply): Promise<Generation> => {
    const project = await requireProjectId(pool, request.params.project)
    const { revision, ...asked } = newGeneration.parse(request.body ?? {})
    let existing = 0
    const changed = await changeGrouping<{ refused: 'unknownRevision' }>(pool, project, readBy(request), (grouping) => {
      const decided = decideRequest(grouping, { ...asked, revision: typeof revision === 'string' ? Number(revision || NaN) : revision })
      if (!('existing' in decided)) return decided
      existing = decided.existing.id
      return { decisions: [] }
    })
    if ('refused' in changed) throw new ApiError('badRequest', { fields: { revision: ['This project has no such revision.'] } })
    finish(reply, changed)
    const { position, decisions: [decision] } = changed
    if (decision?.type !== 'grouping.requested') return present(project, existing)
    reply.code(201)
    return (await control.describe(project, position)) ?? presentRequested(decision.data, { id: String(position), ...(await readOrigin(pool, position)) })
  })

  app.delete<OnGeneration>(`${path}:generation/`, async (request, reply) => {
    const generation = readGeneration(request)
    const changed = await changeGrouping<{ refused: 'notFound' | 'generationLive' }>(pool, await requireProjectId(pool, request.params.project), readBy(request), (grouping) => decideDiscard(grouping, generation))
    if ('refused' in changed) throw refuse(changed.refused)
    finish(reply, changed)
    reply.code(202)
    return { generation: String(generation), position: changed.position }
  })

  app.put<OnGeneration>(`${path}:generation/`, async (request): Promise<Generation> => {
    const generation = readGeneration(request)
    const change = generationChange.parse(request.body)
    const project = await requireProjectId(pool, request.params.project)
    const { grouping } = await loadGrouping(pool, project)
    if (!grouping.generations.some(({ id }) => id === generation)) throw new ApiError('notFound')
    // Nothing that the log decides: how far it is built is a row of its own.
    const { rowCount } = await pool.query(
      `update generation_build set state = case when $2 then 'paused' when state = 'paused' then 'queued' else state end
       where generation = $1 and state in ('queued', 'running', 'paused')`,
      [generation, change.paused],
    )
    if (rowCount === 0) throw refuse('notBuilding')
    control.wake()
    return present(project, generation)
  })

  app.post<OnGeneration>(`${path}:generation/apply/`, async (request, reply) => {
    const generation = readGeneration(request)
    const project = await requireProjectId(pool, request.params.project)
    const { token: given } = (request.body ?? {}) as { token?: unknown }
    if (given === undefined || given === null || given === '') throw refuse('previewNeeded')
    const { token, accept } = apply.parse(request.body)
    const accepted = accept.map(Number)
    const applied = await applyPreviewed(deps, project, { generation, token, accepted }, readBy(request))
    if ('refused' in applied) throw refuse(applied.refused, applied.preview, accepted)
    finish(reply, applied)
    return { generation: String(generation), position: applied.position }
  })

  /** 202 when it has to be built first; it is applied then. */
  app.post<OnProject>(`${path}rollback/`, async (request, reply) => {
    const project = await requireProjectId(pool, request.params.project)
    const accepted = rollback.parse(request.body ?? undefined).accept.map(Number)
    let existing = 0
    let preview: Preview | null = null
    const changed = await changeGrouping<{ refused: 'noRollback' | 'conflictsOpen' }>(pool, project, readBy(request), async (grouping) => {
      const target = await control.rollbackTarget(project)
      preview = target?.caughtUp ? await control.preview(project, target.generation) : null
      const decided = decideRollback(grouping, target, preview, accepted)
      if ('existing' in decided) existing = decided.existing.id
      return 'existing' in decided ? { decisions: [] } : decided
    })
    if ('refused' in changed) throw refuse(changed.refused, preview, accepted)
    finish(reply, changed)
    const { position, decisions: [decision] } = changed
    if (decision?.type === 'grouping.applied') return { generation: String(decision.data.generation), position }
    reply.code(202)
    return { generation: String(decision ? position : existing), position }
  })

  async function present(project: number, generation: number): Promise<Generation> {
    const described = await control.describe(project, generation)
    if (!described) throw new ApiError('notFound')
    return described
  }

  function finish(reply: FastifyReply, { position, decisions }: Appended): void {
    setPosition(reply, position)
    if (decisions.length > 0) control.wake()
  }
}

function readGeneration(request: FastifyRequest<OnGeneration>): number {
  const generation = Number(request.params.generation)
  if (!Number.isSafeInteger(generation) || generation < 1) throw new ApiError('notFound')
  return generation
}

/** With the code, and on conflicts with those that are left to accept: a page shows each of these in its own way. */
function refuse(code: ErrorCode, preview: Preview | null = null, accepted: readonly number[] = []): ApiError {
  const conflicts = code === 'conflictsOpen' && { conflicts: findOpenConflicts(preview, accepted).map(String) }
  return new ApiError(code, { more: { code, ...conflicts } })
}

function presentRequested({ grouping, thenApply = false }: Requested, origin: Pick<Generation, 'id' | 'dateCreated' | 'user'>): Generation {
  return {
    ...origin,
    state: 'queued', version: grouping.version, revision: grouping.revision === 0 ? null : String(grouping.revision),
    appliedAt: null, retiredAt: null, keepUntil: null, thenApply,
    progress: { done: 0, total: null, rate: null, etaSeconds: null, lag: 0, parked: 0, error: null, startedAt: null, finishedAt: null },
  }
}
