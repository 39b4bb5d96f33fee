// Commands on issues: resolve, reopen, ignore, assign, comment (architecture 8, "one click on Resolve").

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { z } from 'zod'
import { comment, issueUpdate, type ActivityItem, type IssueUpdate } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import type { IssueCommand } from '../../core/issue/decide.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { findAccount } from '../auth/accounts.ts'
import { requireViewer } from '../auth/viewer.ts'
import { setPosition } from './append.ts'
import { readCommandId } from './command-id.ts'
import { changeIssue, refuseOtherGeneration } from './change-issue.ts'
import { loadIssue } from './load-issue.ts'

const write = { config: { access: 'event:write' as const } }
const maxBulk = 100

// Conditions ("in the next release", "for a week") are refused rather than dropped: the click must not do something else.
const update = issueUpdate
  .extend({ statusDetails: z.strictObject({}, 'Conditions are not supported yet.').optional() })
  .refine((body) => body.status !== undefined || body.assignedTo !== undefined, 'Give a status or an assignee.')

type Browsed = { generation?: unknown }
type OnIssue = { Params: { issue: string }; Querystring: Browsed }
type OnComment = { Params: { issue: string; comment: string }; Querystring: Browsed }

export function registerIssueCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  app.put<{ Params: { org: string; project: string }; Querystring: Browsed & { id?: string | string[] } }>('/api/0/projects/:org/:project/issues/', write, async (request, reply) => {
    const ids = [...new Set([request.query.id ?? []].flat())]
    if (ids.length === 0 || ids.length > maxBulk) throw new ApiError('badRequest', { fields: { id: [`Name 1 to ${maxBulk} issues with ?id=.`] } })
    const { command, applied } = await readUpdate(pool, update.parse(request.body))
    const { actor } = requireViewer(request)
    const { generation } = request.query
    // All are looked up before the first is changed: one id of another project changes nothing.
    for (const id of ids) {
      const loaded = await loadIssue(pool, refOf(id), request.params.project)
      if (!loaded) throw new ApiError('notFound')
      refuseOtherGeneration(loaded.generation, generation)
    }
    const changed: string[] = []
    let position = 0
    for (const id of ids) {
      const done = await changeIssue(pool, refOf(id), command, { actor, commandId: readCommandId(request, `${request.url} ${id}`), generation })
      position = Math.max(position, done.position)
      if (done.changed) changed.push(String(done.issue))
    }
    setPosition(reply, position)
    return { ...applied, refold: { changed } }
  })

  for (const issue of ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/']) {
    const change = async (request: FastifyRequest<OnIssue>, reply: FastifyReply, command: IssueCommand): Promise<number> => {
      const { actor } = requireViewer(request)
      const { position } = await changeIssue(pool, refOf(request.params.issue), command, {
        actor,
        commandId: readCommandId(request, `${request.method} ${request.url}`),
        generation: request.query.generation,
      })
      setPosition(reply, position)
      return position
    }

    app.put<OnIssue>(issue, write, async (request, reply) => {
      const { command, applied } = await readUpdate(pool, update.parse(request.body))
      await change(request, reply, command)
      return applied
    })

    app.post<OnIssue>(`${issue}comments/`, write, async (request, reply) => {
      const { text } = comment.parse(request.body)
      const position = await change(request, reply, { type: 'addComment', text })
      reply.code(201)
      return presentNote(request, position, text)
    })

    app.put<OnComment>(`${issue}comments/:comment/`, write, async (request, reply) => {
      const { text } = comment.parse(request.body)
      const position = readComment(request)
      await change(request, reply, { type: 'editComment', comment: position, text })
      return presentNote(request, position, text)
    })

    app.delete<OnComment>(`${issue}comments/:comment/`, write, async (request, reply) => {
      await change(request, reply, { type: 'deleteComment', comment: readComment(request) })
      return reply.code(204).send()
    })
  }
}

function refOf(text: string): NonNullable<ReturnType<typeof readIssueRef>> {
  const ref = readIssueRef(text)
  if (!ref) throw new ApiError('notFound')
  return ref
}

function readComment(request: FastifyRequest<OnComment>): number {
  const position = Number(request.params.comment)
  if (!Number.isSafeInteger(position) || position < 1) throw new ApiError('notFound')
  return position
}

/** The command, and what of the issue it sets, in the words of the API. */
async function readUpdate(pool: Pool, { status, assignedTo }: IssueUpdate): Promise<{ command: IssueCommand; applied: object }> {
  const assignee = assignedTo === undefined ? undefined : assignedTo || null
  const account = assignee ? await findAccount(pool, Number(assignee.slice('user:'.length))) : undefined
  if (assignee && !account) throw new ApiError('badRequest', { fields: { assignedTo: ['There is no such user.'] } })
  const substatus = status === 'unresolved' ? 'ongoing' : status === 'ignored' ? 'archived_forever' : null
  const assigned = account ? { type: 'user', id: String(account.id), name: account.name, email: account.email } : null
  return {
    command: { type: 'update', status, assignee },
    applied: { ...(status && { status, substatus, statusDetails: {} }), ...(assignee !== undefined && { assignedTo: assigned }) },
  }
}

function presentNote(request: FastifyRequest, position: number, text: string): ActivityItem {
  const { userId, name, email } = requireViewer(request)
  return { id: String(position), type: 'note', user: { id: String(userId), name, email }, data: { text }, dateCreated: new Date().toISOString() }
}
