// The issue stream of a project and of several, and the counts of its views.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Issue } from '../../core/contract/issue.ts'
import { ApiError } from '../../core/errors.ts'
import { readBounded } from '../bounded.ts'
import { chooseGeneration, readGeneration } from '../generations/choose.ts'
import { cutPage, formatLink, readCursor, readLimit, type Cursor } from '../paging.ts'
import { readPeriodQuery } from '../period.ts'
import type { ProjectRow } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import type { Asker } from './known.ts'
import { countIssues, countWithin, listIssues, sorts, type Sort } from './list.ts'
import { presentIssues } from './present.ts'
import { findEventPosition, findIssue, type IssueRow } from './queries.ts'
import { readOnce } from './routes.ts'
import { prepareFilter, readDirectHit, readEnvironments, readTerms } from './search.ts'

const maxHits = 1000
/** With `?hits=all`, where the count takes no longer than a second. */
const allHits = 200_000
const countMs = 1000
const maxOffset = 1_000_000
const maxCounts = 20

type Several = string | string[]
type ListQuery = {
  query?: string; sort?: string; cursor?: string; offset?: string; hits?: string; limit?: string; per_page?: string; generation?: string; statsPeriod?: string; start?: string; end?: string
  environment?: Several; project?: Several
}

export function registerIssueLists(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  app.get<{ Params: { project: string }; Querystring: ListQuery }>('/api/0/projects/:org/:project/issues/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    return answerList(request, reply, [project])
  })

  app.get<{ Querystring: ListQuery }>('/api/0/organizations/:org/issues/', async (request, reply) =>
    answerList(request, reply, await findVisibleProjects(pool, request, [request.query.project ?? []].flat())),
  )

  app.get<{ Querystring: { query?: Several; project?: Several } }>('/api/0/organizations/:org/issues-count/', async (request, reply) => {
    const queries = [...new Set([request.query.query ?? []].flat())]
    if (queries.length > maxCounts) throw new ApiError('badRequest', { fields: { query: [`At most ${maxCounts} queries.`] } })
    const terms = queries.map((query) => readTerms(query))
    const projects = await chooseGenerations(request, reply, await findVisibleProjects(pool, request, [request.query.project ?? []].flat()))
    return readBounded(pool, async (client) => {
      const counts: [string, number][] = []
      for (const [index, query] of queries.entries()) {
        counts.push([query, await countIssues(client, await prepareFilter(client, terms[index]!, projects, readAsker(request)), { from: null, to: null }, maxHits)])
      }
      return Object.fromEntries(counts)
    })
  })

  async function answerList(request: FastifyRequest<{ Querystring: ListQuery }>, reply: FastifyReply, visible: readonly ProjectRow[]): Promise<Issue[]> {
    const { environment, query, ...rest } = request.query
    // Others may come twice: what Sentry's clients ask to be left out or added.
    const once = readOnce({ query, sort: rest.sort, cursor: rest.cursor, offset: rest.offset, hits: rest.hits, limit: rest.limit ?? rest.per_page, statsPeriod: rest.statsPeriod, start: rest.start, end: rest.end })
    const [sort, cursor, limit, within] = [readSort(once.sort), readCursor(once.cursor), readLimit(once.limit), readPeriodQuery(once, new Date())]
    const [offset, countsAll] = [readOffset(once.offset, cursor), readHits(once.hits)]
    const projects = await chooseGenerations(request, reply, visible)
    const hit = await findDirectHit(pool, projects, query)
    if (hit) {
      reply.header('x-sentry-direct-hit', '1')
      const issues = await present(pool, config.publicUrl, projects, [hit.issue])
      return issues.map((issue) => ({ ...issue, ...(hit.eventId !== undefined && { matchingEventId: hit.eventId }) }))
    }
    const terms = [...readTerms(query), ...readEnvironments(environment)]
    const { found, hits, max } = await readBounded(pool, async (client) => {
      const filter = await prepareFilter(client, terms, projects, readAsker(request))
      const found = await listIssues(client, filter, within, sort, cursor, limit, offset)
      const hits = await countIssues(client, filter, within, maxHits)
      const all = countsAll && hits === maxHits ? await countWithin(client, filter, within, allHits, countMs) : null
      return { found, hits: all ?? hits, max: all === null ? maxHits : allHits }
    })
    const page = cutPage(found, limit, cursor, offset)
    reply.headers({
      link: formatLink(config.publicUrl, request.url, page, (row) => ({ value: row.value, id: String(row.id) })),
      'x-hits': String(hits),
      'x-max-hits': String(max),
    })
    return present(pool, config.publicUrl, projects, page.rows)
  }

  /** `?generation=` belongs to one project: with several it must be named. */
  async function chooseGenerations(request: FastifyRequest, reply: FastifyReply, projects: readonly ProjectRow[]): Promise<ProjectRow[]> {
    const [only] = projects
    if (only && projects.length === 1) return [{ ...only, generation: await chooseGeneration(pool, only, request.query, reply) }]
    if (readGeneration(request.query) !== undefined) throw new ApiError('badRequest', { fields: { generation: ['Name its project too.'] } })
    return [...projects]
  }
}

/** Whoever asks: `assigned:me` is theirs. */
export function readAsker({ viewer }: FastifyRequest): Asker {
  return { userId: viewer?.userId ?? 0 }
}

/** Rows of several projects, in their order. */
async function present(pool: Pool, publicUrl: string, projects: readonly ProjectRow[], rows: readonly IssueRow[]): Promise<Issue[]> {
  const shown = await Promise.all(projects.map((project) => presentIssues(pool, publicUrl, project, rows.filter((row) => row.project === project.id))))
  const byId = new Map(shown.flat().map((issue) => [issue.id, issue]))
  return rows.flatMap((row) => byId.get(String(row.id)) ?? [])
}

/** A word that only looks like a short id (`not-it`) is text: its slug must be that of a project. */
async function findDirectHit(pool: Pool, projects: readonly ProjectRow[], query: string | undefined): Promise<{ issue: IssueRow; eventId?: string } | undefined> {
  const hit = readDirectHit(query)
  if (!hit) return undefined
  for (const project of projects) {
    if ('ref' in hit && hit.ref.slug !== project.slug) continue
    const position = 'ref' in hit ? hit.ref.position : await findEventPosition(pool, project.id, hit.eventId)
    const issue = position === undefined ? undefined : await findIssue(pool, { position, slug: null }, project.generation)
    if (issue?.project === project.id) return 'ref' in hit ? { issue } : { issue, eventId: hit.eventId }
  }
  return undefined
}

function readSort(text: string | undefined): Sort {
  const sort = sorts.find((name) => name === (text || 'date'))
  if (!sort) throw new ApiError('badRequest', { fields: { sort: [`Use one of ${sorts.join(', ')}.`] } })
  return sort
}

function readOffset(text: string | undefined, cursor: Cursor | undefined): number {
  if (text === undefined || text === '') return 0
  const offset = Number(text)
  if (!/^\d{1,7}$/.test(text) || offset > maxOffset) throw new ApiError('badRequest', { fields: { offset: [`Use a whole number from 0 to ${maxOffset}.`] } })
  if (cursor) throw new ApiError('badRequest', { fields: { offset: ['Use an offset or a cursor.'] } })
  return offset
}

function readHits(text: string | undefined): boolean {
  if (text !== undefined && text !== 'all') throw new ApiError('badRequest', { fields: { hits: ['Use all, or leave it out.'] } })
  return text === 'all'
}
