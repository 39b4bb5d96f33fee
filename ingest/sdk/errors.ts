// What the SDK side answers instead of 200, in Relay's words (protocol 2.3, 2.7). The steps of a request return a
// Rejection instead of throwing; receive.ts sends it.
import type { FastifyReply } from 'fastify'
import type { RequestMeta } from '../../core/fact.ts'
import { formatLimits, type ActiveLimit } from '../../core/quota/count.ts'
import type { Reason } from '../../core/outcome-reasons.ts'

/** Items that are left out, and why. */
export type Refused = NonNullable<RequestMeta['refused']>

export type Rejection = {
  status: number
  detail: string
  /** What the project's owner is told. */
  reason: Reason
  causes?: readonly string[]
  headers?: Readonly<Record<string, string>>
  /** The JSON to answer where it is not `{"detail", "causes"}`. */
  body?: Readonly<Record<string, unknown>>
  /** What is recorded where it is more than one request that is refused. */
  refused?: Refused
}

export function isRejection<T extends object>(value: T | Rejection): value is Rejection {
  return 'status' in value && 'detail' in value
}

/** `{"detail", "causes"}` and the same in the headers (protocol 2.7). */
export function sendRejection(reply: FastifyReply, rejection: Rejection): FastifyReply {
  const { detail, causes = [], body = causes.length > 0 ? { detail, causes } : { detail } } = rejection
  return describeRejection(reply, rejection).type('application/json').send(JSON.stringify(body))
}

/** Status and headers: the refusal as one line of ASCII in `X-Sentry-Error`, at most 200 characters. */
export function describeRejection(reply: FastifyReply, { status, detail, causes = [], headers }: Rejection): FastifyReply {
  if (headers) reply.headers(headers)
  const line = [detail, ...causes].join(': ').replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
  return reply.code(status).header('x-sentry-error', line)
}

const forbidden = { status: 403, detail: 'event submission rejected with_reason: ProjectId' } as const

export const rejections = {
  badProject: { status: 400, detail: 'bad project path parameter', reason: 'bad_project' },
  badKey: { status: 400, detail: 'bad sentry DSN public key', reason: 'bad_key' },
  emptyBody: { status: 400, detail: 'empty request body', reason: 'empty_body' },
  badCompression: { status: 400, detail: 'invalid compression container', reason: 'bad_encoding' },
  badEventId: { status: 400, detail: 'invalid event id', reason: 'bad_event_id' },
  badMultipart: { status: 400, detail: 'invalid multipart data', reason: 'malformed' },
  noMinidump: { status: 400, detail: 'missing minidump', reason: 'malformed' },
  badMinidump: { status: 400, detail: 'invalid minidump', reason: 'malformed' },
  noStatus: { status: 400, detail: 'missing status of the check-in', reason: 'malformed' },
  aborted: { status: 400, detail: 'the request body ended early', reason: 'aborted' },
  noAuthorization: { status: 401, detail: 'missing authorization information', reason: 'no_auth' },
  noEnvelopeAuthorization: { status: 401, detail: 'bad envelope authentication header', reason: 'no_auth' },
  noKey: { status: 401, detail: 'missing public key in auth header', reason: 'bad_auth' },
  badVersion: { status: 401, detail: 'bad x-sentry-auth header', reason: 'protocol_version', causes: ['invalid value for version'] },
  severalKeys: { status: 401, detail: 'multiple authorization payloads detected', reason: 'several_keys' },
  // One answer for an unknown project, an unknown or disabled key and another project's key: no enumeration.
  unknownKey: { ...forbidden, reason: 'unknown_key' },
  disabledKey: { ...forbidden, reason: 'disabled_key' },
  wrongProject: { ...forbidden, reason: 'wrong_project' },
  origin: { status: 403, detail: 'event submission rejected with_reason: Cors', reason: 'origin' },
  notFound: { status: 404, detail: 'not found', reason: 'malformed' },
  wrongMethod: { status: 405, detail: 'method not allowed', reason: 'malformed' },
  wrongType: { status: 415, detail: 'unsupported content type', reason: 'malformed' },
  unknownEncoding: { status: 415, detail: 'unsupported content encoding', reason: 'unknown_encoding' },
  // Every category by name: the empty "all" form does not throttle JS SDKs reliably (protocol 3.2).
  busy: {
    status: 429,
    detail: 'Refold is receiving more than it can store at the moment. Try again in a few seconds.',
    reason: 'backpressure',
    headers: {
      'retry-after': '5',
      'x-sentry-rate-limits':
        '5:default;error;security;transaction;span;session;attachment;monitor;profile;profile_chunk;replay;feedback;log_item;log_byte;trace_metric;metric_bucket:organization:backpressure',
    },
  },
  internal: { status: 500, detail: 'internal server error', reason: 'internal' },
  // Without Retry-After: JS SDKs honour it on any status and would pause everything (protocol 3.1).
  notStored: { status: 503, detail: 'failed to queue envelope', reason: 'backpressure' },
  // With it: while nothing can be kept at all, a pause of everything is right.
  spoolFull: { status: 503, detail: 'Refold cannot store anything: its database is away and its spool takes no more.', reason: 'backpressure', headers: { 'retry-after': '10' } },
} as const satisfies Record<string, Rejection>

export function badEnvelope(...causes: string[]): Rejection {
  return { status: 400, detail: 'invalid event envelope', reason: 'malformed', causes }
}

export function badJson(cause: string): Rejection {
  return { status: 400, detail: `invalid JSON data: ${cause}`, reason: 'malformed' }
}

export function badProtocolVersion(version: string): Rejection {
  return { status: 400, detail: `unsupported protocol version (${version})`, reason: 'protocol_version' }
}

/** Everything in the request is over a quota (protocol 3.1). */
export function rateLimited(limits: readonly ActiveLimit[], refused: Refused): Rejection {
  const seconds = Math.max(1, ...limits.map((limit) => limit.seconds))
  return {
    status: 429,
    detail: 'Refold did not take this because a quota is used up.',
    reason: 'backpressure',
    headers: { 'retry-after': String(seconds), 'x-sentry-rate-limits': formatLimits(limits) },
    refused,
  }
}

/** `type` is an item type, or `envelope` for the whole body. */
export function tooLarge(type: string): Rejection {
  return { status: 413, detail: `envelope exceeded size limits for type '${type}' (https://develop.sentry.dev/sdk/envelopes/#size-limits)`, reason: 'too_large' }
}
