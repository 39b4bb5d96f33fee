// The issue stream, its counts, and one issue.

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Pool } from 'pg'
import type { Issue, IssueDetail } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import { readIssueRef, type IssueRef } from '../../core/issue/ref.ts'
import { formatShortId } from '../../core/shortid.ts'
import { listActivity } from '../activity/queries.ts'
import { readTagFacets } from '../counts/queries.ts'
import { series30d, startOf30d } from '../counts/series.ts'
import { countIssueFeedback } from '../feedback/queries.ts'
import { chooseGeneration, readGeneration } from '../generations/choose.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import type { ProjectRow } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { presentIssues } from './present.ts'
import { countIssues, findEventPosition, findIssue, listIssues, readIssueHours, sorts, type FoundIssue, type Sort } from './queries.ts'
import { readDirectHit, readFilter } from './search.ts'

const maxHits = 1000
const maxCounts = 20

type ListQuery = { query?: string; sort?: string; cursor?: string; limit?: string; generation?: string }
export type OnIssue = { Params: { issue: string } }
export const issuePaths = ['/api/0/issues/:issue/', '/api/0/organizations/:org/issues/:issue/'] as const

export function registerIssueReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string }; Querystring: ListQuery }>('/api/0/projects/:org/:project/issues/', async (request, reply): Promise<Issue[]> => {
    const { query, sort, cursor: cursorText, limit: limitText } = readOnce(request.query)
    const project = await findProjectFor(pool, request.params.project, reply)
    const generation = await chooseGeneration(pool, project, request.query, reply)
    const hit = await findDirectHit(pool, project, generation, query)
    if (hit) {
      reply.header('x-sentry-direct-hit', '1')
      return presentIssues(pool, config.publicUrl, project, [hit])
    }
    const filter = readFilter(query)
    const [cursor, limit] = [readCursor(cursorText), readLimit(limitText)]
    const [found, hits] = await Promise.all([
      listIssues(pool, generation, filter, readSort(sort), cursor, limit),
      countIssues(pool, [generation], filter, maxHits),
    ])
    const page = cutPage(found, limit, cursor)
    reply.headers({
      link: formatLink(config.publicUrl, request.url, page, (row) => ({ value: row.value, id: String(row.id) })),
      'x-hits': String(hits),
      'x-max-hits': String(maxHits),
    })
    return presentIssues(pool, config.publicUrl, project, page.rows)
  })

  app.get<{ Querystring: { query?: string | string[]; project?: string | string[] } }>('/api/0/organizations/:org/issues-count/', async (request, reply) => {
    const queries = [...new Set([request.query.query ?? []].flat())]
    if (queries.length > maxCounts) throw new ApiError('badRequest', { fields: { query: [`At most ${maxCounts} queries.`] } })
    const filters = queries.map(readFilter)
    const projects = await findVisibleProjects(pool, request, [request.query.project ?? []].flat())
    // A generation is one project's.
    const generations = projects.length === 1 ? [await chooseGeneration(pool, projects[0]!, request.query, reply)] : projects.map((project) => project.generation)
    if (projects.length !== 1 && readGeneration(request.query) !== undefined) throw new ApiError('badRequest', { fields: { generation: ['Name its project too.'] } })
    const counts = await Promise.all(filters.map((filter) => countIssues(pool, generations, filter, maxHits)))
    return Object.fromEntries(queries.map((query, index) => [query, counts[index]]))
  })

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

async function findDirectHit(pool: Pool, project: ProjectRow, generation: number, query: string | undefined): Promise<FoundIssue | undefined> {
  const hit = readDirectHit(query)
  // A word that only looks like a short id (`not-it`) is text: the slug must be this project's.
  if (!hit || ('ref' in hit && hit.ref.slug !== project.slug)) return undefined
  const position = 'ref' in hit ? hit.ref.position : await findEventPosition(pool, project.id, hit.eventId)
  const ref: IssueRef | undefined = 'ref' in hit ? hit.ref : position === undefined ? undefined : { position, slug: null }
  const issue = ref && (await findIssue(pool, ref, generation))
  return issue?.project === project.id ? issue : undefined
}

function readSort(text: string | undefined): Sort {
  const sort = sorts.find((name) => name === (text || 'date'))
  if (!sort) throw new ApiError('badRequest', { fields: { sort: [`Use one of ${sorts.join(', ')}.`] } })
  return sort
}

/** `?limit=1&limit=2` arrives as a list. */
export function readOnce<Query extends Record<string, unknown>>(query: Query): Query {
  const twice = Object.entries(query).find(([, value]) => Array.isArray(value))
  if (twice) throw new ApiError('badRequest', { fields: { [twice[0]]: ['Give it once.'] } })
  return query
}
