// `user-feedback/` of a project and `user-reports/` of an issue, as Sentry names them.

import type { FastifyInstance } from 'fastify'
import type { UserFeedback } from '../../core/contract/intake.ts'
import { findIssueFor, issuePaths, readOnce, type OnIssue } from '../issues/routes.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { listFeedback, listIssueFeedback, presentFeedback } from './queries.ts'

const shownOfIssue = 50

export function registerFeedbackReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string }; Querystring: { cursor?: string; limit?: string } }>('/api/0/projects/:org/:project/user-feedback/', async (request, reply): Promise<UserFeedback[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const { cursor: cursorText, limit: limitText } = readOnce(request.query)
    const [cursor, limit] = [readCursor(cursorText), readLimit(limitText)]
    const page = cutPage(await listFeedback(pool, project, cursor, limit), limit, cursor)
    reply.header('link', formatLink(config.publicUrl, request.url, page, (row) => ({ value: String(row.position), id: '0' })))
    return presentFeedback(pool, project, page.rows)
  })

  for (const path of issuePaths) {
    app.get<OnIssue>(`${path}user-reports/`, async (request, reply): Promise<UserFeedback[]> => {
      const issue = await findIssueFor(pool, request, reply)
      const project = { id: issue.project, slug: issue.slug, generation: issue.generation }
      return presentFeedback(pool, project, await listIssueFeedback(pool, project, issue.keyIds, shownOfIssue))
    })
  }
}
