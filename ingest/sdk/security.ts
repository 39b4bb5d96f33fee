// Reports that browsers send by themselves: violations of a Content-Security-Policy and what else the Reporting API has (protocol 2.10).
// One request may carry several; each becomes a fact of its own, with an id of its own.
import type { FastifyRequest } from 'fastify'
import { readMimeType } from './content-type.ts'
import type { Decoded, LogBody } from './decode.ts'
import { newEventId } from './envelope.ts'
import { rejections, tooLarge } from './errors.ts'
import type { Rejection } from './errors.ts'
import { maxEvent } from './limits.ts'
import type { Opened, Way } from './receive.ts'

const types = new Set([
  'application/csp-report',
  'application/json',
  'application/reports+json',
  'application/expect-ct-report',
  'application/expect-ct-report+json',
  'application/expect-staple-report',
])

const maxReports = 100

export const securityWay: Way = {
  category: 'security',
  namedInBody: false,
  silentLimits: false,
  open(decoded, request) {
    const refused = checkReports(decoded.plain, request)
    return refused ?? { type: 'security.received', eventId: null, sdk: null, dsn: null, ...splitReports(decoded) }
  },
}

function checkReports(plain: Uint8Array, request: FastifyRequest): Rejection | null {
  if (!types.has(readMimeType(request.raw))) return rejections.wrongType
  if (plain.length === 0) return rejections.emptyBody
  return plain.length > maxEvent ? tooLarge('security') : null
}

/** What is no list is one report as it came: whether it is one at all, the fold finds out (protocol 0.2). */
function splitReports({ plain, came }: Decoded): Pick<Opened, 'bodies' | 'refused'> {
  const whole: LogBody = { ...came, eventId: newEventId() }
  try {
    const parsed: unknown = JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8'))
    if (!Array.isArray(parsed)) return { bodies: [whole] }
    const bodies = parsed.slice(0, maxReports).map((report: unknown) => ({ payload: Buffer.from(JSON.stringify(report)), encoding: null, eventId: newEventId() }))
    const beyond = parsed.length - bodies.length
    return { bodies, ...(beyond > 0 && { refused: [{ category: 'security', outcome: 'invalid', reason: 'too_many_items', quantity: beyond }] }) }
  } catch {
    return { bodies: [whole] }
  }
}
