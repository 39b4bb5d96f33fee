// What the events of an issue have in common, and when they came: `tags/` and `stats/`.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TagFacet } from '../../core/contract/issue.ts'
import type { TagValue } from '../../core/contract/tag.ts'
import { writeCsv } from '../../core/csv.ts'
import { ApiError } from '../../core/errors.ts'
import { readBounded } from '../bounded.ts'
import { readIssueHours } from '../issues/queries.ts'
import { findIssueFor, issuePaths, readOnce, type OnIssue } from '../issues/routes.ts'
import { cutPage, formatLink, readLimit } from '../paging.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { readOutcomeHours, readTagFacets } from './queries.ts'
import { seriesOf, type Series } from './series.ts'
import { readSpan, type SpanQuery } from './span.ts'
import { listIssueValues, presentValue, type ValueOrder } from './values.ts'
import { placeOfValue, readValueCursor } from './value-cursor.ts'

const exportedValues = 10_000
const orders: Readonly<Record<string, ValueOrder>> = { count: 'count', '-count': 'count', date: 'date', '-date': 'date', '-last_seen': 'date' }

type OnTag = { Params: { issue: string; key: string }; Querystring: { sort?: string; query?: string; cursor?: string; limit?: string; per_page?: string } }

export function registerCountReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<OnIssue & { Querystring: { limit?: string; key?: string | string[] } }>(`${path}tags/`, async (request, reply): Promise<TagFacet[]> => {
      const { generation, keyIds } = await findIssueFor(pool, request, reply)
      const keys = [request.query.key ?? []].flat()
      const limit = readLimit(readOnce({ limit: request.query.limit }).limit, 5)
      return readBounded(pool, (client) => readTagFacets(client, generation, keyIds, limit, keys.length === 0 ? null : keys))
    })
    app.get<OnTag>(`${path}tags/:key/`, async (request, reply): Promise<TagFacet> => {
      const { generation, keyIds } = await findIssueFor(pool, request, reply)
      const [facet] = await readBounded(pool, (client) => readTagFacets(client, generation, keyIds, 10, [request.params.key]))
      if (!facet) throw new ApiError('notFound')
      return facet
    })
    app.get<OnTag>(`${path}tags/:key/values/`, async (request, reply) => answerValues(request, reply))
    app.get<OnIssue & { Querystring: SpanQuery }>(`${path}stats/`, async (request, reply): Promise<Series> => {
      const { id, generation } = await findIssueFor(pool, request, reply)
      const span = readSpan(readOnce(request.query), Date.now())
      return seriesOf(await readIssueHours(pool, generation, [id], span.from), span)
    })
  }

  app.get<{ Params: { project: string }; Querystring: SpanQuery & { stat?: string } }>('/api/0/projects/:org/:project/stats/', async (request, reply): Promise<Series> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const { stat = 'received', ...rest } = readOnce(request.query)
    const outcomes = Object.hasOwn(stats, stat) ? stats[stat]! : undefined
    if (!outcomes) throw new ApiError('badRequest', { fields: { stat: [`Use one of ${Object.keys(stats).join(', ')}.`] } })
    const span = readSpan(rest, Date.now())
    return seriesOf(await readOutcomeHours(pool, project.id, outcomes, span.from, span.to), span)
  })

  async function answerValues(request: FastifyRequest<OnTag>, reply: FastifyReply): Promise<TagValue[] | string> {
    const { generation, keyIds } = await findIssueFor(pool, request, reply)
    const { key } = request.params
    const { sort = 'count', query = '', cursor: cursorText, limit: limitText, per_page: perPage } = readOnce(request.query)
    const order = Object.hasOwn(orders, sort) ? orders[sort]! : undefined
    if (!order) throw new ApiError('badRequest', { fields: { sort: ['Use count or date.'] } })
    const isCsv = request.headers.accept?.startsWith('text/csv') ?? false
    const [cursor, limit] = [readValueCursor(cursorText), isCsv ? exportedValues : readLimit(limitText ?? perPage)]
    const found = await readBounded(pool, (client) => listIssueValues(client, generation, keyIds, key, query, order, cursor, limit + 1))
    if (isCsv) {
      reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="values.csv"' })
      return writeCsv([['value', 'count', 'first_seen', 'last_seen'], ...found.slice(0, limit).map((row) => [row.value, row.events, row.firstSeen.toISOString(), row.lastSeen.toISOString()])])
    }
    const page = cutPage(found, limit, cursor && { value: cursor.number, id: cursor.value, backward: cursor.backward })
    reply.header('link', formatLink(config.publicUrl, request.url, page, (row) => placeOfValue(row.number, row.value)))
    return page.rows.map((row) => presentValue(key, row))
  }
}

/** Sentry's names -> outcomes of errors. */
const stats: Readonly<Record<string, readonly string[]>> = {
  received: ['accepted', 'invalid', 'filtered', 'duplicate', 'rate_limited', 'too_large', 'rejected'],
  rejected: ['invalid', 'rate_limited', 'too_large', 'rejected'],
  blacklisted: ['filtered'],
}
