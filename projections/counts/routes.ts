// `issues/{id}/tags/`: what the events of an issue have in common.

import type { FastifyInstance } from 'fastify'
import type { TagFacet } from '../../core/contract/issue.ts'
import { findIssueFor, issuePaths, readOnce, type OnIssue } from '../issues/routes.ts'
import { readLimit } from '../paging.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { readTagFacets } from './queries.ts'

export function registerCountReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<OnIssue & { Querystring: { limit?: string } }>(`${path}tags/`, async (request, reply): Promise<TagFacet[]> => {
      const { generation, keyIds } = await findIssueFor(pool, request, reply)
      return readTagFacets(pool, generation, keyIds, readLimit(readOnce(request.query).limit, 5))
    })
  }
}
