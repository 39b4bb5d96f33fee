// Which way in stands at which address, and how each is answered (protocol 2.1). routes.ts gives every address the rest: preflight,
// 405 for other methods, CORS.
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { attachmentsWay } from './attachments.ts'
import { readMimeType } from './content-type.ts'
import { cronWay } from './cron.ts'
import { answerScript, readDialogPlace, refuseReport, reportWay, scriptWay } from './dialog.ts'
import { sendRejection } from './errors.ts'
import type { Rejection } from './errors.ts'
import { minidumpWay } from './minidump.ts'
import { answerPixel, pixelWay, refuseWithPixel } from './pixel.ts'
import { envelopeWay, storeWay } from './receive.ts'
import type { Place, Receipt, Way } from './receive.ts'
import { securityWay } from './security.ts'
import { unrealWay } from './unreal.ts'

export type Endpoint = {
  method: 'GET' | 'POST'
  url: string
  way: Way | ((request: FastifyRequest) => Way)
  place: (request: FastifyRequest) => Place | Rejection
  answer: (reply: FastifyReply, receipt: Receipt) => FastifyReply
  refuse: (reply: FastifyReply, rejection: Rejection) => FastifyReply
}

const project = '/api/:project(^(?:0.+|[^0].*)$)'
const cron = [`${project}/cron/:slug`, `${project}/cron/:slug/:key`]
const dialog = { url: '/api/embed/error-page', place: readDialogPlace, refuse: refuseReport }

export const endpoints: readonly Endpoint[] = [
  post(`${project}/envelope`, envelopeWay, answerId),
  post(`${project}/store`, (request) => (readMimeType(request.raw) === 'application/x-sentry-envelope' ? envelopeWay : storeWay), answerId),
  { ...post(`${project}/store`, pixelWay, answerPixel), method: 'GET', refuse: refuseWithPixel },
  post('/api/store', storeWay, answerId),
  ...['security', 'csp-report', 'nel'].map((name) => post(`${project}/${name}`, securityWay, answerEmpty(200))),
  post(`${project}/minidump`, minidumpWay, answerUuid),
  post(`${project}/unreal/:key`, unrealWay, answerUuid),
  post(`${project}/events/:event/attachments`, attachmentsWay, answerEmpty(201)),
  ...cron.map((url) => post(url, cronWay, answerEmpty(202))),
  ...cron.map((url): Endpoint => ({ ...post(url, cronWay, answerEmpty(202)), method: 'GET' })),
  { ...dialog, method: 'GET', way: scriptWay, answer: answerScript },
  { ...dialog, method: 'POST', way: reportWay, answer: (reply) => sendJson(reply, '{}') },
]

function post(url: string, way: Endpoint['way'], answer: Endpoint['answer']): Endpoint {
  return { method: 'POST', url, way, place: readPlace, answer, refuse: sendRejection }
}

function readPlace(request: FastifyRequest): Place {
  const { project: id = null, key } = request.params as { project?: string; key?: string }
  return { project: id, ...(key !== undefined && { key }) }
}

function answerId(reply: FastifyReply, { eventId }: Receipt): FastifyReply {
  return sendJson(reply, eventId === null ? '{}' : `{"id":"${eventId}"}`)
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json').send(json)
}

function answerEmpty(status: number): Endpoint['answer'] {
  return (reply) => reply.code(status).send()
}

/** With hyphens; also for a crash that a limit kept out, whose reporter is not to try again (protocol 2.1). */
function answerUuid(reply: FastifyReply, { eventId }: Receipt): FastifyReply {
  const uuid = eventId?.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') ?? randomUUID()
  return reply.type('text/plain; charset=utf-8').send(uuid)
}
