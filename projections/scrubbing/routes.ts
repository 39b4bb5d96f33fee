// `scrubbing/test/`: what rules about private data would take out of an event, before somebody saves them. Adds nothing.
// Of a stored event it shows nothing that the saved rules hide, whatever is tried: where they are the stricter ones, it only says so.

import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { scrubbingTest, type Scrubbed } from '../../core/contract/scrubbing.ts'
import { ApiError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/event/json.ts'
import { readPayload } from '../../core/event/payload.ts'
import { refuseBadPatterns } from '../../core/project/patterns.ts'
import { changeSettings, type ProjectSettings } from '../../core/project/settings.ts'
import { scrubReasons } from '../../core/scrub/explain.ts'
import { scrubEvent } from '../../core/scrub/scrub.ts'
import { decodeEventAt } from '../decode/at.ts'
import { newestOfProject } from '../events/newest.ts'
import { readProjectSettings } from '../projects/queries.ts'
import { findProjectFor } from '../projects/routes.ts'
import { reflectPosition, type ReadDeps } from '../reads.ts'

const mostRemoved = 500

export function registerScrubbingTest(app: FastifyInstance, { pool }: ReadDeps): void {
  reflectPosition(app, pool)
  // It only reads, whatever the method: an event does not fit into a URL.
  app.post<{ Params: { project: string } }>('/api/0/projects/:org/:project/scrubbing/test/', async (request, reply): Promise<Scrubbed> => {
    const project = await findProjectFor(pool, request.params.project, reply)
    const { event, settings: change = {} } = scrubbingTest.parse(request.body)
    refuseBadPatterns(change)
    const saved = await readProjectSettings(pool, project.id)
    const tried = changeSettings(saved, change)
    if (event !== undefined) return present(null, scrub(readPasted(event), tried))
    const { eventId, raw } = await readNewest(pool, project.id, saved)
    return present(eventId, scrubStored(raw, tried, saved))
  })
}

/** Throws `badRequest` when it is no JSON object. */
function readPasted(event: unknown): JsonObject {
  const payload = readPayload(Buffer.from(JSON.stringify(event)))
  if ('invalid' in payload) throw new ApiError('badRequest', { fields: { event: ['Paste one event: a JSON object.'] } })
  return payload.event
}

/** As it was sent. Throws `eventGone` where there is none. */
async function readNewest(pool: Pool, project: number, saved: ProjectSettings): Promise<{ eventId: string; raw: JsonObject }> {
  const { rows } = await pool.query<{ position: number }>(`select position::float8 as position from ${newestOfProject} limit 1`, [project])
  const decoded = rows[0] && (await decodeEventAt(pool, project, rows[0].position, { ...saved, dataScrubber: false, scrubIPAddresses: false }))
  if (!decoded) throw new ApiError('eventGone')
  return { eventId: decoded.context.eventId, raw: decoded.event }
}

type Result = Pick<Scrubbed, 'event' | 'removed'>

function present(eventID: string | null, { event, removed }: Result): Scrubbed {
  return { event, eventID, removed: removed.slice(0, mostRemoved) }
}

function scrub(event: JsonObject, settings: ProjectSettings): Result {
  const removed = new Map<string, Scrubbed['removed'][number]>()
  const clean = scrubEvent(event, settings, (rule, _, keys) => {
    const place = nameOf(keys)
    if (!removed.has(place)) removed.set(place, { keys: [...keys], rule, reason: scrubReasons[rule], onlySaved: false })
  })
  return { event: clean, removed: [...removed.values()] }
}

/**
 * A pattern that is not saved is matched only against what the saved rules leave, and what lies inside of something that they hide is not named:
 * or whoever tries one pattern after the other would learn a hidden value from where they match.
 */
function scrubStored(raw: JsonObject, tried: ProjectSettings, saved: ProjectSettings): Result {
  const before = scrub(raw, saved)
  const after = scrub(before.event, tried)
  const kept = tried.scrubPatterns.filter((pattern) => saved.scrubPatterns.includes(pattern))
  const hidden = new Set(scrub(raw, { ...tried, scrubPatterns: kept }).removed.map(({ keys }) => nameOf(keys)))
  const isHidden = (keys: readonly string[]): boolean => keys.some((_, last) => hidden.has(nameOf(keys.slice(0, last + 1))))
  return { event: after.event, removed: [...before.removed.map((one) => ({ ...one, onlySaved: !isHidden(one.keys) })), ...after.removed] }
}

const nameOf = (keys: readonly string[]): string => JSON.stringify(keys)
