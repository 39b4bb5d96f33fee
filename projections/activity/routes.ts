// `issues/{id}/activities/` and `comments/`, which Sentry also calls `notes/`.

import type { FastifyInstance } from 'fastify'
import { findIssueFor, issuePaths, type OnIssue } from '../issues/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { listActivity } from './queries.ts'

export function registerActivityReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<OnIssue>(`${path}activities/`, async (request, reply) => {
      const { generation, keyIds } = await findIssueFor(pool, request, reply)
      return { activity: await listActivity(pool, generation, keyIds) }
    })
    for (const comments of [`${path}comments/`, `${path}notes/`]) {
      app.get<OnIssue>(comments, async (request, reply) => {
        const { generation, keyIds } = await findIssueFor(pool, request, reply)
        return listActivity(pool, generation, keyIds, 'note')
      })
    }
  }
}
