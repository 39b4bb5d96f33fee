// Lists of events: of an issue, of a project as sentry-cli reads it, and of several projects as a table of fields.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { EventRow, EventTable, ProjectEvent } from '../../core/contract/event.ts'
import { ApiError } from '../../core/errors.ts'
import { presentEvent } from '../../core/event/present.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import { readBounded } from '../bounded.ts'
import { decodeEventAt } from '../decode/at.ts'
import { chooseGeneration } from '../generations/choose.ts'
import { findIssueFor, issuePaths, readOnce, type OnIssue } from '../issues/routes.ts'
import { selectProjects } from '../issues/search.ts'
import { formatLink, readCursor, readLimit, type Page } from '../paging.ts'
import { readProjectSettings } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'
import { findVisibleProjects } from '../projects/visible.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import type { EventListRow } from './queries.ts'
import { pageEvents, prepareEventFilter, type EventSource } from './search.ts'
import { needsLog, presentFields, readFields, type DecodedFields } from './table.ts'
import { eventsOf, readWithin, type WithinQuery } from './within.ts'

type ListQuery = WithinQuery & { cursor?: string; per_page?: string; limit?: string }
type TableQuery = ListQuery & { field?: string | string[]; project?: string | string[]; dataset?: string; sort?: string }

const placeOf = (row: EventListRow): { value: string; id: string } => ({ value: String(row.position), id: '0' })

export function registerEventLists(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)

  async function readPage(source: EventSource, query: ListQuery): Promise<Page<EventListRow>> {
    const { cursor, limit } = readOnce({ cursor: query.cursor, limit: query.per_page ?? query.limit })
    const [from, size, { terms, period }] = [readCursor(cursor), readLimit(limit), readWithin(query)]
    const projects = selectProjects(terms, source.projects)
    const rest = terms.filter((term) => term.kind !== 'match' || term.key !== 'project' || term.tag)
    return readBounded(pool, async (client) => pageEvents(client, await prepareEventFilter(client, { ...source, projects }, rest, period, new Date()), from, size))
  }

  for (const path of issuePaths) {
    app.get<OnIssue & { Querystring: ListQuery & { field?: string | string[] } }>(`${path}events/`, async (request, reply): Promise<EventRow[]> => {
      const asked = [request.query.field ?? []].flat()
      const fields = asked.length === 0 ? [] : readFields(asked)
      const issue = await findIssueFor(pool, request, reply)
      const page = await readPage(eventsOf(issue), request.query)
      reply.header('link', formatLink(config.publicUrl, request.url, page, placeOf))
      if (fields.length === 0) return page.rows.map(presentRow)
      const { data } = await presentTable(fields, page.rows, new Map([[issue.project, issue.slug]]))
      return page.rows.map((row, index) => ({ ...presentRow(row), refold: { fields: data[index]! } }))
    })
  }

  app.get<{ Params: { project: string }; Querystring: ListQuery }>('/api/0/projects/:org/:project/events/', async (request, reply): Promise<ProjectEvent[]> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const generation = await chooseGeneration(pool, project, request.query, reply)
    const page = await readPage({ projects: [{ ...project, generation }] }, request.query)
    reply.header('link', formatLink(config.publicUrl, request.url, page, placeOf))
    const decoded = await decodeFields(pool, page.rows)
    return page.rows.map((row) => ({ ...presentRow(row), project: row.project, projectID: String(row.project), 'event.type': 'error', ...decoded.get(row.position)! }))
  })

  app.get<{ Querystring: TableQuery }>('/api/0/organizations/:org/events/', async (request, reply): Promise<EventTable> => {
    const { dataset, sort } = readOnce({ dataset: request.query.dataset, sort: request.query.sort })
    const fields = readFields([request.query.field ?? []].flat())
    if (sort && sort !== '-timestamp') throw new ApiError('badRequest', { fields: { sort: ['Use -timestamp.'] } })
    // Logs, spans and transactions are not kept: there are none.
    if (dataset && dataset !== 'errors' && dataset !== 'discover') return { data: [], meta: { fields: {} } }
    const projects = await findVisibleProjects(pool, request, [request.query.project ?? []].flat())
    const page = await readPage({ projects }, request.query)
    reply.header('link', formatLink(config.publicUrl, request.url, page, placeOf))
    return presentTable(fields, page.rows, new Map(projects.map(({ id, slug }) => [id, slug])))
  })

  async function presentTable(fields: readonly string[], rows: readonly EventListRow[], slugs: ReadonlyMap<number, string>): Promise<EventTable> {
    return presentFields(fields, rows, slugs, needsLog(fields) ? await decodeFields(pool, rows) : new Map<number, DecodedFields>())
  }
}

function presentRow(row: EventListRow): EventRow {
  return {
    id: row.eventId,
    eventID: row.eventId,
    groupID: String(row.issue ?? ''),
    title: row.title,
    dateCreated: row.seenAt.toISOString(),
    dateReceived: row.receivedAt.toISOString(),
    platform: row.platform,
    level: row.level,
    release: row.release,
    environment: row.environment,
    user: row.userTag,
  }
}

const nothing: DecodedFields = { message: '', culprit: '', location: null, user: null, tags: [] }

/** What the log says of these events and no column holds; by position. Empty where the log no longer holds one. */
async function decodeFields(pool: Pool, rows: readonly EventListRow[]): Promise<Map<number, DecodedFields>> {
  const settings = new Map<number, ProjectSettings>()
  for (const project of new Set(rows.map((row) => row.project))) settings.set(project, await readProjectSettings(pool, project))
  const decoded = await Promise.all(
    rows.map(async (row): Promise<[number, DecodedFields]> => {
      const found = await decodeEventAt(pool, row.project, row.position, settings.get(row.project)!)
      if (!found) return [row.position, nothing]
      const { message, culprit, location, user, tags } = presentEvent(found.event, found.context)
      return [row.position, { message, culprit, location, user, tags }]
    }),
  )
  return new Map(decoded)
}
