// Commands on many issues: one change to each of them, their deletion, or the merge of them all (Sentry's paths).

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../../core/errors.ts'
import type { IssueCommand } from '../../core/issue/decide.ts'
import { setPosition } from './append.ts'
import { changeIssues, type Changed } from './change-issue.ts'
import { readBy, readCommandId } from './command-id.ts'
import { readSeen, readUpdate, refOf } from './issue-update.ts'
import { mergeIssues } from './merge-issues.ts'
import { findProjectOfAll, selectIssues, type OnIssues, type SelectDeps, type Selected } from './select-issues.ts'

/** One decision holds the keys of them all: about 1 MB. */
const maxMerged = 15_000

/** `ids` beside those of the address, whose length is limited. */
export const merge = z.strictObject({ merge: z.literal([1, true, '1', 'true']), ids: z.array(z.union([z.string(), z.int()]).transform(String)).default([]), commandId: z.string().optional() })

export function registerBulkCommands(app: FastifyInstance, deps: SelectDeps): void {
  const { pool } = deps
  for (const path of ['/api/0/projects/:org/:project/issues/', '/api/0/organizations/:org/issues/']) {
    app.put<OnIssues>(path, async (request, reply) =>
      typeof request.body === 'object' && request.body !== null && 'merge' in request.body ? mergeAll(request, reply) : updateEach(request, reply),
    )
    app.delete<OnIssues>(path, async (request, reply) => {
      const selected = await selectIssues(deps, request, false)
      reply.code(202)
      return { refold: await changeEach(request, reply, selected, () => ({ type: 'delete' })) }
    })
  }

  async function updateEach(request: FastifyRequest<OnIssues>, reply: FastifyReply): Promise<object> {
    const { commandFor, applied } = await readUpdate(pool, request.body)
    return { ...applied, refold: await changeEach(request, reply, await selectIssues(deps, request, true), commandFor) }
  }

  /** Project by project. The commands of all are made first, so that one that cannot be changes nothing in any. */
  async function changeEach(request: FastifyRequest<OnIssues>, reply: FastifyReply, { byProject, skipped, more, begin, next, status }: Selected, commandFor: (project: number) => Promise<IssueCommand> | IssueCommand): Promise<object> {
    const by = { ...readBy(request), seen: readSeen(request), status }
    const commands = new Map<number, IssueCommand>()
    for (const project of byProject.keys()) commands.set(project, await commandFor(project))
    const all: Omit<Changed, 'repeated'> = { changed: [], skipped: [...skipped], position: 0 }
    let goesOn = next
    for (const [project, named] of byProject) {
      const done = await changeIssues(pool, project, named, commands.get(project)!, { ...by, commandId: readCommandId(request, `${request.method} ${request.url} ${project}`) })
      all.changed.push(...done.changed)
      all.skipped.push(...done.skipped)
      all.position = Math.max(all.position, done.position)
      // What matches now is what its first answer did not reach: nobody must be led past that.
      if (done.repeated) goesOn = begin
    }
    // A request that is repeated after it was done finds nothing, and gets its first answer.
    all.skipped = all.skipped.filter(({ id }) => !all.changed.includes(id))
    setPosition(reply, all.position)
    return { ...all, ...(more && { more }), ...(goesOn !== undefined && { next: goesOn }) }
  }

  /** Sentry's answer; the smallest id is the parent. */
  async function mergeAll(request: FastifyRequest<OnIssues>, reply: FastifyReply): Promise<object> {
    const body = merge.parse(request.body)
    const ids = [...new Set([...[request.query.id ?? []].flat(), ...body.ids])]
    if (ids.length < 2 || ids.length > maxMerged) throw refuseIds(`Name 2 to ${maxMerged} issues with ?id=, or in the body as ids.`)
    const project = await findProjectOfAll(pool, request, ids)
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
