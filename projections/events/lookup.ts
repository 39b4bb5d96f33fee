// What is found by its name alone: an event by its id in whatever project, an issue by its short id, an event as Markdown.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { maySee } from '../../core/access.ts'
import type { Event } from '../../core/contract/event.ts'
import type { FoundEvent, FoundShortId } from '../../core/contract/lookup.ts'
import { ApiError } from '../../core/errors.ts'
import { writeMarkdown } from '../../core/event/markdown.ts'
import { readIssueRef } from '../../core/issue/ref.ts'
import { formatShortId } from '../../core/shortid.ts'
import { chooseGeneration } from '../generations/choose.ts'
import { presentIssues } from '../issues/present.ts'
import { findIssue, type FoundIssue } from '../issues/queries.ts'
import { readEventId } from '../issues/search.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, visibleProjects, type ReadDeps } from '../reads.ts'
import { loadEvent } from './present.ts'
import { findEventPlaces } from './queries.ts'

type OnEvent = { Params: { event: string } }

export function registerLookups(app: FastifyInstance, { pool, config }: ReadDeps): void {
  reflectPosition(app, pool)
  const { slug: organizationSlug } = config.organization

  app.get<OnEvent>('/api/0/organizations/:org/events/:event/', async (request): Promise<Event> => (await findAnywhere(pool, request)).event)

  app.get<OnEvent>('/api/0/organizations/:org/eventids/:event/', async (request): Promise<FoundEvent> => {
    const { issue, event } = await findAnywhere(pool, request)
    return { organizationSlug, projectSlug: issue.slug, groupId: String(issue.id), eventId: event.eventID, event }
  })

  app.get<{ Params: { issue: string } }>('/api/0/organizations/:org/shortids/:issue/', async (request): Promise<FoundShortId> => {
    const ref = readIssueRef(request.params.issue)
    const issue = ref && ref.slug !== null ? await findIssue(pool, ref) : undefined
    if (!issue || !maySee(request.viewer!, issue.project)) throw new ApiError('notFound')
    const [group] = await presentIssues(pool, config.publicUrl, projectOf(issue), [issue])
    return { organizationSlug, projectSlug: issue.slug, groupId: String(issue.id), group: group!, shortId: formatShortId(issue.slug, issue.id) }
  })

  app.get<{ Params: { project: string; event: string } }>('/api/0/projects/:org/:project/events/:event/markdown/', async (request, reply) => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const eventId = readEventId(request.params.event)
    const [place] = eventId === undefined ? [] : await findEventPlaces(pool, eventId, [project.id])
    const found = place && (await loadAt(pool, place, await chooseGeneration(pool, project, request.query, reply)))
    if (!found) throw new ApiError('eventGone')
    const [shown] = await presentIssues(pool, config.publicUrl, projectOf(found.issue), [found.issue])
    const { firstRelease, lastRelease } = found.issue
    const release = (version: string | null): { version: string } | null => (version === null ? null : { version })
    // A browser shows text/markdown as text or offers it as a file: never as a page.
    reply.type('text/markdown; charset=utf-8')
    return writeMarkdown(found.event, { ...shown!, firstRelease: release(firstRelease), lastRelease: release(lastRelease) })
  })
}

/** `SHOP:id` names its project as in Sentry; an id alone is looked for in all that the viewer may see. Throws `eventGone`. */
async function findAnywhere(pool: Pool, request: FastifyRequest<OnEvent>): Promise<{ issue: FoundIssue; event: Event }> {
  const [, slug, id] = /^(?:([^:]*):)?(.*)$/s.exec(request.params.event)!
  const eventId = readEventId(id!)
  const places = eventId === undefined ? [] : await findEventPlaces(pool, eventId, visibleProjects(request))
  for (const place of places) {
    const found = slug === undefined || slug === place.slug ? await loadAt(pool, place) : undefined
    if (found) return found
  }
  throw new ApiError('eventGone')
}

async function loadAt(pool: Pool, { position }: { position: number }, generation?: number): Promise<{ issue: FoundIssue; event: Event } | undefined> {
  const issue = await findIssue(pool, { position, slug: null }, generation)
  const event = issue && (await loadEvent(pool, issue, position))
  return issue && event ? { issue, event } : undefined
}

function projectOf({ project, slug, projectName, projectPlatform }: FoundIssue): { id: number; slug: string; name: string; platform: string | null } {
  return { id: project, slug, name: projectName, platform: projectPlatform }
}
