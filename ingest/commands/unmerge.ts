// Taking keys out of an issue: as sides that leave, or Sentry's way, as hashes that leave together.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { unmerge } from '../../core/contract/grouping.ts'
import { ApiError } from '../../core/errors.ts'
import { setPosition } from './append.ts'
import { readBy } from './command-id.ts'
import { refOf } from './issue-update.ts'
import { unmergeIssue } from './merge-issues.ts'

type OnIssue = { Params: { issue: string }; Querystring: { id?: string | string[]; generation?: unknown } }

export function registerUnmergeCommands(app: FastifyInstance, { pool }: { pool: Pool }): void {
  for (const issue of ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/']) {
    app.put<OnIssue>(`${issue}unmerge/`, async (request, reply) => leave(request, reply, unmerge.parse(request.body).sides, 'sides'))

    app.delete<OnIssue>(`${issue}hashes/`, async (request, reply) => {
      const keys = [...new Set([request.query.id ?? []].flat())]
      if (keys.length === 0) throw new ApiError('badRequest', { fields: { id: ['Name the keys that leave with ?id=.'] } })
      reply.code(202)
      return leave(request, reply, [keys], 'id')
    })
  }

  /** Answers what was decided: the sides that left, and the keys that stayed. */
  async function leave(request: FastifyRequest<OnIssue>, reply: FastifyReply, sides: string[][], field: string): Promise<object> {
    const unmerged = await unmergeIssue(pool, refOf(request.params.issue), sides, readBy(request))
    if ('refused' in unmerged) throw new ApiError('badRequest', { fields: { [field]: [unmerged.refused] } })
    setPosition(reply, unmerged.position)
    const [decision] = unmerged.decisions
    return decision?.type === 'issue.unmerged' ? { issue: String(decision.data.issue), sides: decision.data.sides, rest: decision.data.rest } : {}
  }
}
