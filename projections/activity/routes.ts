// `issues/{id}/activities/` and `comments/`.

import type { FastifyInstance } from 'fastify'
import { findIssueFor, issuePaths, type OnIssue } from '../issues/routes.ts'
import type { ReadDeps } from '../routes.ts'
import { listActivity } from './queries.ts'

const read = { config: { access: 'event:read' as const } }

export function registerActivityReads(app: FastifyInstance, { pool }: ReadDeps): void {
  for (const path of issuePaths) {
    app.get<OnIssue>(`${path}activities/`, read, async (request, reply) => {
      const { generation, keyIds } = await findIssueFor(pool, request.params.issue, reply)
      return { activity: await listActivity(pool, generation, keyIds) }
    })
    app.get<OnIssue>(`${path}comments/`, read, async (request, reply) => {
      const { generation, keyIds } = await findIssueFor(pool, request.params.issue, reply)
      return listActivity(pool, generation, keyIds, 'note')
    })
  }
}
