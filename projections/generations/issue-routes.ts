// `issues/{id}/hashes/` and `compare/`: the keys of an issue, and why two issues or events are not one.

import type { FastifyInstance } from 'fastify'
import type { Compared, IssueHash } from '../../core/contract/grouping.ts'
import { ApiError } from '../../core/errors.ts'
import { findIssueFor, issuePaths, readOnce, type OnIssue } from '../issues/routes.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { readGeneration } from './choose.ts'
import { compareNamed, findNamed, listHashes, presentHashes } from './explain.ts'

type Comparing = { with?: string; generation?: string }

export function registerExplanationReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<OnIssue & { Querystring: { cursor?: string; limit?: string } }>(`${path}hashes/`, async (request, reply): Promise<IssueHash[]> => {
      const issue = await findIssueFor(pool, request, reply)
      const { cursor: cursorText, limit: limitText } = readOnce(request.query)
      const [cursor, limit] = [readCursor(cursorText), readLimit(limitText)]
      const page = cutPage(await listHashes(pool, issue, cursor, limit), limit, cursor)
      reply.header('link', formatLink(config.publicUrl, request.url, page, (row) => ({ value: String(row.id), id: '0' })))
      return presentHashes(pool, issue, page.rows)
    })

    const compare = async (issue: string, event: string | undefined, query: Comparing): Promise<Compared> => {
      const other = readOnce(query).with
      if (other === undefined || other === '') throw new ApiError('badRequest', { fields: { with: ['Name another issue or event.'] } })
      const generation = readGeneration(query)
      // An id that moved is not redirected: it names the event that is to be compared.
      const named = await findNamed(pool, issue, undefined, generation)
      const { project } = named.issue
      return compareNamed(pool, event === undefined ? named : await findNamed(pool, event, project, generation), await findNamed(pool, other, project, generation))
    }
    app.get<OnIssue & { Querystring: Comparing }>(`${path}compare/`, async ({ params, query }) => compare(params.issue, undefined, query))
    app.get<{ Params: { issue: string; event: string }; Querystring: Comparing }>(`${path}events/:event/compare/`, async ({ params, query }) => compare(params.issue, params.event, query))
  }
}
