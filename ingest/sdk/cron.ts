// Check-ins of jobs that can do no more than fetch an address: `curl …/cron/nightly/KEY/?status=ok` (protocol 5.3). Each becomes
// the `check_in` item that an SDK would have sent.
import type { FastifyRequest } from 'fastify'
import { isObject, type JsonObject } from '../../core/event/json.ts'
import type { Query } from './authenticate.ts'
import { jsonItem, openComposed } from './compose.ts'
import type { Decoded } from './decode.ts'
import { badJson, isRejection, rejections } from './errors.ts'
import type { Way } from './receive.ts'

export const cronWay: Way = { category: 'monitor', namedInBody: false, silentLimits: true, open: openCheckIn }

/** What the address says wins over the body. */
function openCheckIn({ plain }: Decoded, request: FastifyRequest): ReturnType<Way['open']> {
  const sent = readBody(plain)
  if (sent === null) return badJson('the check-in is no object')
  const checkIn: JsonObject = { ...sent, ...readQuery(request.query as Query), monitor_slug: (request.params as { slug: string }).slug }
  if (typeof checkIn.status !== 'string' || checkIn.status === '') return rejections.noStatus
  const item = jsonItem('check_in', checkIn)
  return isRejection(item) ? item : openComposed({}, [item], request)
}

function readBody(plain: Uint8Array): JsonObject | null {
  if (plain.length === 0) return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8'))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function readQuery(query: Query): JsonObject {
  const { status, check_in_id: id, environment, duration } = query
  const seconds = typeof duration === 'string' && duration !== '' ? Number(duration) : Number.NaN
  return {
    ...(typeof status === 'string' && { status }),
    ...(typeof id === 'string' && { check_in_id: id }),
    ...(typeof environment === 'string' && { environment }),
    ...(Number.isFinite(seconds) && { duration: seconds }),
  }
}
