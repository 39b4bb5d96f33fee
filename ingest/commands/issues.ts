// Commands on one issue: resolve, reopen, ignore, assign, review, delete, comment (architecture 8, "one click on Resolve").

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { comment, type ActivityItem } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import type { IssueCommand } from '../../core/issue/decide.ts'
import { requireViewer } from '../auth/viewer.ts'
import { setPosition } from './append.ts'
import { readBy } from './command-id.ts'
import { changeIssue } from './change-issue.ts'
import { readSeen, readUpdate, refOf } from './issue-update.ts'

type Browsed = { generation?: unknown }
type OnIssue = { Params: { issue: string }; Querystring: Browsed }
type OnComment = { Params: { issue: string; comment: string }; Querystring: Browsed }

export function registerIssueCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  for (const issue of ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/']) {
    const change = async (request: FastifyRequest<OnIssue>, reply: FastifyReply, command: IssueCommand | ((project: number) => Promise<IssueCommand>)): Promise<{ issue: number; position: number }> => {
      const changed = await changeIssue(pool, refOf(request.params.issue), typeof command === 'function' ? command : () => command, { ...readBy(request), seen: readSeen(request) })
      setPosition(reply, changed.position)
      return changed
    }

    app.put<OnIssue>(issue, async (request, reply) => {
      const { commandFor, applied } = await readUpdate(pool, request.body)
      await change(request, reply, commandFor)
      return applied
    })

    app.delete<OnIssue>(issue, async (request, reply) => {
      const { issue, position } = await change(request, reply, { type: 'delete' })
      reply.code(202)
      return { refold: { changed: [String(issue)], skipped: [], position } }
    })

    // Sentry has both names.
    for (const comments of [`${issue}comments/`, `${issue}notes/`]) {
      app.post<OnIssue>(comments, async (request, reply) => {
        const { text } = comment.parse(request.body)
        const { position } = await change(request, reply, { type: 'addComment', text })
        reply.code(201)
        return presentNote(request, position, text)
      })

      app.put<OnComment>(`${comments}:comment/`, async (request, reply) => {
        const { text } = comment.parse(request.body)
        const position = readComment(request)
        await change(request, reply, { type: 'editComment', comment: position, text })
        return presentNote(request, position, text)
      })

      app.delete<OnComment>(`${comments}:comment/`, async (request, reply) => {
        await change(request, reply, { type: 'deleteComment', comment: readComment(request) })
        return reply.code(204).send()
      })
    }
  }
}

function readComment(request: FastifyRequest<OnComment>): number {
  const position = Number(request.params.comment)
  if (!Number.isSafeInteger(position) || position < 1) throw new ApiError('notFound')
  return position
}

function presentNote(request: FastifyRequest, position: number, text: string): ActivityItem {
  const { userId, name, email } = requireViewer(request)
  return { id: String(position), type: 'note', user: { id: String(userId), name, email }, data: { text }, dateCreated: new Date().toISOString() }
}
