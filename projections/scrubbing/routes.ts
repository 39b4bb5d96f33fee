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
    if (event !== undefined) return { eventID: null, ...scrub(readPasted(event), tried) }
    const { eventId, raw } = await readNewest(pool, project.id, saved)
    return { eventID: eventId, ...scrubStored(raw, tried, saved) }
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
  const { rows } = await pool.query<{ position: number }>('select position::float8 as position from event where project_id = $1 order by position desc limit 1', [project])
  const decoded = rows[0] && (await decodeEventAt(pool, project, rows[0].position, { ...saved, dataScrubber: false, scrubIPAddresses: false }))
  if (!decoded) throw new ApiError('eventGone')
  return { eventId: decoded.context.eventId, raw: decoded.event }
}

type Result = Pick<Scrubbed, 'event' | 'removed'>

function scrub(event: JsonObject, settings: ProjectSettings): Result {
  const removed = new Map<string, Scrubbed['removed'][number]>()
  const clean = scrubEvent(event, settings, (rule, _, keys) => {
    const place = JSON.stringify(keys)
    if (removed.size < mostRemoved && !removed.has(place)) removed.set(place, { keys: [...keys], rule, reason: scrubReasons[rule], onlySaved: false })
  })
  return { event: clean, removed: [...removed.values()] }
}

function scrubStored(raw: JsonObject, tried: ProjectSettings, saved: ProjectSettings): Result {
  const [now, before] = [scrub(raw, tried).removed, scrub(raw, saved)]
  const places = new Set(now.map(({ keys }) => JSON.stringify(keys)))
  const onlySaved = before.removed.filter(({ keys }) => !places.has(JSON.stringify(keys))).map((one) => ({ ...one, onlySaved: true }))
  return { event: scrubEvent(before.event, tried), removed: [...now, ...onlySaved].slice(0, mostRemoved) }
}
