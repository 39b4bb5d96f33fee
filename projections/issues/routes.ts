// One issue. The stream is in list-routes.ts.

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import type { IssueDetail } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { formatShortId } from '../../core/shortid.ts'
import { listActivity } from '../activity/queries.ts'
import { readTagFacets } from '../counts/queries.ts'
import { series30d, startOf30d } from '../counts/series.ts'
import { countIssueFeedback } from '../feedback/queries.ts'
import { readGeneration } from '../generations/choose.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { presentIssues } from './present.ts'
import { findIssue, readIssueHours, type FoundIssue } from './queries.ts'

export type OnIssue = { Params: { issue: string } }
export const issuePaths = ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/'] as const

export function registerIssueReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<OnIssue>(path, async (request, reply): Promise<IssueDetail> => {
      const issue = await findIssueFor(pool, request, reply)
      const { generation, keyIds } = issue
      const now = Date.now()
      const [[shown], hours, tags, activity, userReportCount] = await Promise.all([
        presentIssues(pool, config.publicUrl, projectOf(issue), [issue]),
        readIssueHours(pool, generation, [issue.id], startOf30d(now)),
        readTagFacets(pool, generation, keyIds, 5),
        listActivity(pool, generation, keyIds),
        countIssueFeedback(pool, { id: issue.project, generation }, keyIds),
      ])
      return {
        ...shown!,
        stats: { ...shown!.stats, '30d': series30d(hours, now) },
        firstRelease: issue.firstRelease === null ? null : { version: issue.firstRelease },
        lastRelease: issue.lastRelease === null ? null : { version: issue.lastRelease },
        activity,
        tags,
        userReportCount,
        refold: { generation: String(generation), stored: issue.events, keys: issue.keys },
      }
    })
  }
}

/** What of a request names an issue: in its path, by id or short id, in the generation of `?generation=` or the live one. */
export type IssueRequest = { params: { issue: string }; query: unknown; url: string; routeOptions: { url?: string | undefined } }

/**
 * The issue that a path names now. Throws `notFound`, and `moved` where its id is another by now, after a merge or under another
 * generation: any id ever live resolves, for ever (grouping.md 5.1). Every path below an issue starts here.
 */
export async function findIssueFor(pool: Pool, request: IssueRequest, reply: FastifyReply): Promise<FoundIssue> {
  const ref = readIssueRef(request.params.issue)
  const issue = ref && (await findIssue(pool, ref, readGeneration(request.query)))
  if (!issue) throw new ApiError('notFound')
  reply.header('x-refold-generation', String(issue.generation))
  if (issue.id === ref.position) return issue
  const [id, shortId] = [String(issue.id), formatShortId(issue.slug, issue.id)]
  throw new ApiError('moved', { more: { id, shortId }, headers: { location: pathTo(request, ref.slug === null ? id : shortId) } })
}

/** The same path for another name of the issue, with the query as it came. */
function pathTo({ params, url, routeOptions }: IssueRequest, issue: string): string {
  const named: Record<string, string> = { ...params, issue }
  const query = url.indexOf('?')
  return routeOptions.url!.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(named[name]!)) + (query === -1 ? '' : url.slice(query))
}

function projectOf(issue: FoundIssue): { id: number; slug: string; name: string; platform: string | null } {
  return { id: issue.project, slug: issue.slug, name: issue.projectName, platform: issue.projectPlatform }
}

/** `?limit=1&limit=2` arrives as a list. */
export function readOnce<Query extends Record<string, unknown>>(query: Query): Query {
  const twice = Object.entries(query).find(([, value]) => Array.isArray(value))
  if (twice) throw new ApiError('badRequest', { fields: { [twice[0]]: ['Give it once.'] } })
  return query
}
