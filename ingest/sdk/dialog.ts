// The report dialog of JS SDKs (protocol 5.5). The script is the same for everybody and reads its options from its own address in the
// page: nothing of a query string, which anybody may have written, is put into an answer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseDsn } from '../../core/envelope/dsn.ts'
import { nilEventId, normaliseEventId } from '../../core/envelope/event-id.ts'
import type { Query } from './authenticate.ts'
import { openComposed } from './compose.ts'
import { readContentType } from './content-type.ts'
import type { Decoded } from './decode.ts'
import { isRejection, rejections, sendRejection } from './errors.ts'
import type { Rejection } from './errors.ts'
import { readForm } from './multipart.ts'
import type { Place, Way } from './receive.ts'

const feedback = { category: 'feedback', namedInBody: false, silentLimits: false } as const

/** Nothing is kept, but key and origin are checked: a page finds out about a wrong DSN before a user has written anything. */
export const scriptWay: Way = { ...feedback, open: () => ({ type: 'envelope.received', eventId: null, sdk: null, dsn: null, bodies: [] }) }
export const reportWay: Way = { ...feedback, open: openReport }

const script = readFileSync(join(import.meta.dirname, 'dialog-page.js'))

const missing = 'Missing or invalid parameter.'
const badDsn: Rejection = { status: 404, detail: 'the dsn is missing or invalid', reason: 'bad_key', body: { dsn: missing } }
const badEventId: Rejection = { status: 400, detail: 'the eventId is missing or invalid', reason: 'bad_event_id', body: { eventId: missing } }

/** The DSN is in the address: its key is the credential. */
export function readDialogPlace(request: FastifyRequest): Place | Rejection {
  const { dsn: text } = request.query as Query
  const dsn = typeof text === 'string' ? parseDsn(text) : null
  if (dsn === null) return badDsn
  return readEventId(request) === null ? badEventId : { project: String(dsn.projectId), key: dsn.publicKey }
}

export function answerScript(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/javascript; charset=utf-8').send(script)
}

/** A key that opens nothing is a wrong DSN here. */
export function refuseReport(reply: FastifyReply, rejection: Rejection): FastifyReply {
  const isDsn = rejection.detail === rejections.unknownKey.detail || rejection.detail === rejections.badKey.detail
  return sendRejection(reply, isDsn ? badDsn : rejection)
}

function openReport({ plain }: Decoded, request: FastifyRequest): ReturnType<Way['open']> {
  const form = readReport(plain, readContentType(request.raw))
  if (isRejection(form)) return form
  const [name, email, comments] = ['name', 'email', 'comments'].map((field) => (form.get(field) ?? '').trim()) as [string, string, string]
  const errors = checkReport(name, email, comments)
  if (errors !== null) return { status: 400, detail: 'the report is incomplete', reason: 'malformed', body: { errors } }
  const eventId = readEventId(request)!
  const report = JSON.stringify({ event_id: eventId, name, email, comments })
  return openComposed({ event_id: eventId }, [{ type: 'user_report', payload: report }], request)
}

function readReport(plain: Uint8Array, contentType: string): URLSearchParams | Rejection {
  if (!/^multipart\//i.test(contentType)) return new URLSearchParams(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('utf8'))
  const form = readForm(plain, contentType)
  return isRejection(form) ? form : new URLSearchParams(form.fields)
}

const maxName = 128
const maxEmail = 75
const maxComments = 100_000

function checkReport(name: string, email: string, comments: string): Record<string, string[]> | null {
  const errors: Record<string, string[]> = {}
  if (name.length > maxName) errors.name = [`At most ${maxName} characters.`]
  if (email.length > maxEmail || (email !== '' && !/^[^\s@]+@[^\s@]+$/.test(email))) errors.email = ['Enter a valid email address.']
  if (comments === '') errors.comments = ['This field is required.']
  if (comments.length > maxComments) errors.comments = [`At most ${maxComments} characters.`]
  return Object.keys(errors).length === 0 ? null : errors
}

function readEventId(request: FastifyRequest): string | null {
  const { eventId: text } = request.query as Query
  const id = typeof text === 'string' ? normaliseEventId(text) : null
  return id === nilEventId ? null : id
}
