// `issues/{id}/activities/` and `comments/`.

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
    app.get<OnIssue>(`${path}comments/`, async (request, reply) => {
      const { generation, keyIds } = await findIssueFor(pool, request, reply)
      return listActivity(pool, generation, keyIds, 'note')
    })
  }
}
