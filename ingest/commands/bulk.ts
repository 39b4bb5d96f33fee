// Commands on many issues of one project: one change to each of them, or the merge of them all (Sentry's path for both).

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { z } from 'zod'
import { ApiError } from '../../core/errors.ts'
import { requireViewer } from '../auth/viewer.ts'
import { setPosition } from './append.ts'
import { changeIssue, loadForChange } from './change-issue.ts'
import { readBy, readCommandId } from './command-id.ts'
import { readUpdate, refOf } from './issue-update.ts'
import { requireProjectId } from './load-grouping.ts'
import { mergeIssues } from './merge-issues.ts'

const maxUpdated = 100
/** One decision holds the keys of them all: about 1 MB. */
const maxMerged = 15_000

type OnIssues = { Params: { project: string }; Querystring: { id?: string | string[]; generation?: unknown } }

/** `ids` beside those of the address, whose length is limited. */
const merge = z.strictObject({ merge: z.literal([1, true, '1', 'true']), ids: z.array(z.union([z.string(), z.int()]).transform(String)).default([]), commandId: z.string().optional() })

export function registerBulkCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.put<OnIssues>('/api/0/projects/:org/:project/issues/', async (request, reply) =>
    typeof request.body === 'object' && request.body !== null && 'merge' in request.body ? mergeAll(request, reply) : updateEach(request, reply),
  )

  async function updateEach(request: FastifyRequest<OnIssues>, reply: FastifyReply): Promise<object> {
    const ids = [...new Set([request.query.id ?? []].flat())]
    if (ids.length === 0 || ids.length > maxUpdated) throw refuseIds(`Name 1 to ${maxUpdated} issues with ?id=.`)
    const { command, applied } = await readUpdate(pool, request.body)
    const { actor } = requireViewer(request)
    const { generation } = request.query
    // All are looked up before the first is changed: one id of another project changes nothing.
    for (const id of ids) await loadForChange(pool, refOf(id), { generation }, request.params.project)
    const changed: string[] = []
    let position = 0
    for (const id of ids) {
      const done = await changeIssue(pool, refOf(id), command, { actor, commandId: readCommandId(request, `${request.url} ${id}`), generation })
      position = Math.max(position, done.position)
      if (done.changed) changed.push(String(done.issue))
    }
    setPosition(reply, position)
    return { ...applied, refold: { changed } }
  }

  /** Sentry's answer; the smallest id is the parent. */
  async function mergeAll(request: FastifyRequest<OnIssues>, reply: FastifyReply): Promise<object> {
    const body = merge.parse(request.body)
    const ids = [...new Set([...[request.query.id ?? []].flat(), ...body.ids])]
    if (ids.length < 2 || ids.length > maxMerged) throw refuseIds(`Name 2 to ${maxMerged} issues with ?id=, or in the body as ids.`)
    const project = await requireProjectId(pool, request.params.project)
    const merged = await mergeIssues(pool, project, ids.map(refOf), readBy(request))
    if ('refused' in merged) throw refuseIds(merged.refused)
    setPosition(reply, merged.position)
    const [parent, ...children] = merged.decisions.flatMap((decision) => (decision.type === 'issue.merged' ? decision.data.sides : [])).map(({ issue }) => String(issue))
    return { merge: { parent, children } }
  }
}

function refuseIds(text: string): ApiError {
  return new ApiError('badRequest', { fields: { id: [text] } })
}
