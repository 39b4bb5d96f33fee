// Commands on releases, as sentry-cli and build scripts give them (protocol 7.1): made, changed, finalized, archived, deleted.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { codeMappings, newRelease, releaseUpdate, type Release, type ReleaseUpdate } from '../../core/contract/release.ts'
import { ApiError } from '../../core/errors.ts'
import { decideReleaseChange, decideReleaseDeletion, keepDates, type ReleaseChange } from '../../core/release/decide.ts'
import { presentRelease } from '../../core/release/present.ts'
import { appendDecided, setPosition } from './append.ts'
import { readBy } from './command-id.ts'
import { loadRelease } from './load-release.ts'
import { listHaving, loadSeenProjects, readNamedProjects } from './release-projects.ts'

/** Below a project the release is that project's alone; below the organization it is of all that its person sees. */
const paths = ['/api/0/organizations/:org/releases/', '/api/0/projects/:org/:project/releases/']

/** sentry-cli names every file of every commit. */
const bodyLimit = 8 * 1024 * 1024

type OnRelease = { Params: { version: string } }

export function registerReleaseCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  for (const path of paths) {
    app.post(path, { bodyLimit }, async (request, reply) => {
      const { version, ...update } = newRelease.parse(request.body)
      const { answer, isNew } = await changeRelease(pool, request, reply, version, update)
      return reply.code(isNew ? 201 : 208).send(answer)
    })

    app.put<OnRelease>(`${path}:version/`, { bodyLimit }, async (request, reply) => {
      const { answer } = await changeRelease(pool, request, reply, request.params.version, releaseUpdate.parse(request.body), { mustExist: true })
      return answer
    })

    app.delete<OnRelease>(`${path}:version/`, async (request, reply) => {
      const { version } = request.params
      const seen = await loadSeenProjects(pool, request)
      const deleted = await appendDecided(pool, readBy(request), async () => {
        const { states, expected, position } = await loadRelease(pool, [...seen.keys()], version)
        const having = listHaving(states, seen)
        if (having.length === 0) throw new ApiError('notFound')
        const decided = decideReleaseDeletion(states, version, having)
        return 'refused' in decided ? decided : { ...decided, expected: [expected], position }
      })
      if ('refused' in deleted) throw new ApiError('badRequest', { detail: deleted.refused })
      setPosition(reply, deleted.position)
      return reply.code(204).send()
    })
  }

  // Told rather than taken and dropped: a stack trace would never lead to the code.
  app.post('/api/0/organizations/:org/code-mappings/bulk/', async (request) => {
    readNamedProjects(await loadSeenProjects(pool, request), [codeMappings.parse(request.body).project])
    throw new ApiError('badRequest', { detail: 'Code mappings are not kept here, so nothing was stored.' })
  })
}

async function changeRelease(
  pool: Pool, request: FastifyRequest, reply: FastifyReply, version: string, update: ReleaseUpdate, { mustExist = false } = {},
): Promise<{ answer: Release; isNew: boolean }> {
  const seen = await loadSeenProjects(pool, request)
  const named = 'project' in (request.params as object) ? [...seen.keys()] : readNamedProjects(seen, update.projects ?? [])
  let isNew = false
  const changed = await appendDecided<never>(pool, readBy(request), async () => {
    const { states, expected, position } = await loadRelease(pool, [...seen.keys()], version)
    const having = listHaving(states, seen)
    if (mustExist && having.length === 0) throw new ApiError('notFound')
    const projects = named.length > 0 ? named : having
    if (projects.length === 0) throw new ApiError('badRequest', { fields: { projects: ['No project has this release yet. Name those that it is of.'] } })
    isNew = having.length === 0
    const change = mustExist ? readChange(update) : keepDates(states, readChange(update))
    return { decisions: decideReleaseChange(states, version, projects, change), expected: [expected], position }
  })
  setPosition(reply, changed.position)
  const { states } = await loadRelease(pool, [...seen.keys()], version)
  const having = listHaving(states, seen)
  // Somebody was quick to delete it.
  if (having.length === 0) throw new ApiError('notFound')
  const rows = having.map((id) => states.get(id)!).map((state) => ({ ...state, commitCount: state.commits.length }))
  return { answer: presentRelease(version, rows, having.map((id) => seen.get(id)!)), isNew }
}

function readChange({ url, dateStarted, dateReleased, status, refs, commits }: ReleaseUpdate): ReleaseChange {
  return {
    ...(url !== undefined && { url }),
    ...(dateStarted !== undefined && { startedAt: dateStarted }),
    ...(dateReleased !== undefined && { releasedAt: dateReleased }),
    ...(status && { status }),
    ...(refs && { refs: refs.map(({ repository, commit, previousCommit = null }) => ({ repository, commit, previousCommit })) }),
    ...(commits && {
      commits: commits.map(({ id, repository = null, author_name: authorName = null, author_email: authorEmail = null, message = null, timestamp = null }) => ({ id, repository, authorName, authorEmail, message, timestamp })),
    }),
  }
}
