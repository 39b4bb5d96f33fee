// `organizations/{org}/audit-logs/`: who did what, newest first (Sentry's path and shape).

import type { FastifyInstance } from 'fastify'
import type { AuditLog } from '../../core/contract/audit.ts'
import { ApiError } from '../../core/errors.ts'
import { readPeople } from '../issues/queries.ts'
import { readOnce } from '../issues/routes.ts'
import { cutPage, formatLink, readCursor, readLimit } from '../paging.ts'
import { listProjects } from '../projects/queries.ts'
import { visibleProjects, type ReadDeps } from '../reads.ts'
import { auditEvents, concernedUser, presentDecision, readDecision } from './present.ts'
import { listDecisions } from './queries.ts'

type AuditQuery = { event?: string | string[]; actor?: string; cursor?: string; per_page?: string; limit?: string }

export function registerAuditReads(app: FastifyInstance, { pool, config }: ReadDeps): void {
  app.get<{ Querystring: AuditQuery }>('/api/0/organizations/:org/audit-logs/', async (request, reply): Promise<AuditLog> => {
    const { event, ...once } = request.query
    const { actor, cursor: cursorText, per_page: perPage, limit: limitText } = readOnce(once)
    const [cursor, limit] = [readCursor(cursorText), readLimit(perPage ?? limitText)]
    const projects = visibleProjects(request)
    const page = cutPage(await listDecisions(pool, { types: readEvents([event ?? []].flat()), actor: readActor(actor), projects }, cursor, limit), limit, cursor)
    const decisions = page.rows.map((row) => ({ row, decision: readDecision(row) }))
    const [people, seen] = await Promise.all([
      readPeople(pool, decisions.flatMap(({ row, decision }) => [row.actor, concernedUser(decision)])),
      listProjects(pool, projects),
    ])
    const names = { people, slugs: new Map(seen.map(({ id, slug }) => [id, slug])) }
    reply.header('link', formatLink(config.publicUrl, request.url, page, ({ position }) => ({ value: String(position), id: '0' })))
    return { rows: decisions.map(({ row, decision }) => presentDecision(row, decision, names)), options: auditEvents }
  })
}

/** `issue.resolved`, or `issue` for all that begins so. */
function readEvents(names: readonly string[]): string[] | null {
  if (names.length === 0) return null
  const matching = (name: string): string[] => auditEvents.filter((event) => event === name || event.startsWith(`${name}.`))
  const unknown = names.find((name) => matching(name).length === 0)
  if (unknown !== undefined) throw new ApiError('badRequest', { fields: { event: [`There is no event ${unknown.slice(0, 64)}.`] } })
  return names.flatMap(matching)
}

/** The id of an account, or an actor as the log names it. */
function readActor(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  return /^\d{1,9}$/.test(text) ? `user:${text}` : text
}
