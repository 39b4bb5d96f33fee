// One event, and its JSON. Lists are in list-routes.ts.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { Event } from '../../core/contract/event.ts'
import { ApiError } from '../../core/errors.ts'
import { decodeEventAt } from '../decode/at.ts'
import { readProjectSettings } from '../projects/queries.ts'
import { chooseGeneration } from '../generations/choose.ts'
import { findEventPosition, findIssue, type FoundIssue } from '../issues/queries.ts'
import { findIssueFor, issuePaths } from '../issues/routes.ts'
import { readEventId } from '../issues/search.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'
import { loadEvent } from './present.ts'
import { findEndEvent, findHolder, findRecommendedEvent } from './queries.ts'
import { findEndWithin, isWhole, narrowNeighbours, readWithin, type Within, type WithinQuery } from './within.ts'

type OnEvent = { Params: { project: string; event: string } }

export function registerEventReads(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  for (const path of issuePaths) {
    app.get<{ Params: { issue: string; event: string }; Querystring: WithinQuery }>(`${path}events/:event/`, async (request, reply): Promise<Event> => {
      const issue = await findIssueFor(pool, request, reply)
      const within = readWithin(request.query)
      const position = await findInIssue(pool, issue, within, request.params.event)
      const event = position === undefined ? null : await loadEvent(pool, issue, position)
      if (!event) throw new ApiError('eventGone')
      return narrowNeighbours(pool, issue, within, event)
    })
  }

  app.get<OnEvent>('/api/0/projects/:org/:project/events/:event/', async (request, reply): Promise<Event> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const position = await findInProject(pool, project.id, request.params.event)
    const issue = await findIssue(pool, { position, slug: null }, await chooseGeneration(pool, project, request.query, reply))
    const event = issue ? await loadEvent(pool, issue, position) : null
    if (!event) throw new ApiError('eventGone')
    return event
  })

  app.get<OnEvent>('/api/0/projects/:org/:project/events/:event/json/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const settings = await readProjectSettings(pool, project.id)
    const decoded = await decodeEventAt(pool, project.id, await findInProject(pool, project.id, request.params.event), settings)
    if (!decoded) throw new ApiError('eventGone')
    // What an SDK sent is never to be rendered as a page of ours.
    reply.headers({ 'content-type': 'application/json', 'content-disposition': `attachment; filename="${decoded.context.eventId}.json"` })
    return reply.send(JSON.stringify(decoded.event))
  })
}

/** The position of the event a path names. Throws `eventGone`. */
export async function findInProject(pool: Pool, project: number, text: string): Promise<number> {
  const eventId = readEventId(text)
  const position = eventId && (await findEventPosition(pool, project, eventId))
  if (!position) throw new ApiError('eventGone')
  return position
}

/** `latest`, `oldest`, `recommended` (Sentry's old name: `helpful`), or an event id; undefined when this issue does not hold it. */
async function findInIssue(pool: Pool, issue: FoundIssue, within: Within, text: string): Promise<number | undefined> {
  if (text === 'latest' || text === 'oldest') return isWhole(within) ? findEndEvent(pool, issue, text) : findEndWithin(pool, issue, within, text)
  if (text === 'recommended' || text === 'helpful') return findRecommendedEvent(pool, issue)
  const position = await findInProject(pool, issue.project, text)
  return (await findHolder(pool, issue.generation, position)) === issue.id ? position : undefined
}
