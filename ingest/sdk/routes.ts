// The SDK endpoints (protocol 2.1). The server's router folds missing and doubled slashes, so no POST is ever redirected.
// `/api/0/` is the web API: no pattern here matches project 0.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createBodyRoom } from './body.ts'
import { addCorsHeaders, answerPreflight } from './cors.ts'
import { isRejection, rejections, sendRejection } from './errors.ts'
import { envelopeWay, receive, storeWay } from './receive.ts'
import type { SdkDeps, Way } from './receive.ts'

const config = { access: 'public' } as const
const anyButZero = ':project(^(?:0.+|[^0].*)$)'
const positive = ':project(^[1-9]\\d*$)'
const refusedMethods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']
const envelopeType = /^application\/x-sentry-envelope\b/i

/** Adds `/envelope` and `/store`; anything else below `/api/{project}/` is 404, a wrong method 405, both with CORS headers. */
export function registerSdkRoutes(app: FastifyInstance, deps: SdkDeps): void {
  const room = createBodyRoom()

  async function answer(request: FastifyRequest, reply: FastifyReply, way: Way): Promise<FastifyReply> {
    const outcome = await receive(request, way, { project: (request.params as { project: string }).project }, deps, room)
    if (isRejection(outcome)) return sendRejection(reply, outcome)
    return reply.type('application/json').send(outcome.eventId === null ? '{}' : `{"id":"${outcome.eventId}"}`)
  }

  app.register((sdk, _options, done) => {
    sdk.addHook('onRequest', addCorsHeaders)
    sdk.addHook('onRequest', forgetContentType)
    sdk.removeAllContentTypeParsers()
    sdk.addContentTypeParser('*', leaveUnread)
    sdk.setErrorHandler((error, request, reply) => {
      request.log.error({ err: error }, 'the SDK side failed')
      return sendRejection(reply, rejections.internal)
    })

    for (const form of ['envelope', 'store'] as const) {
      const url = `/api/${anyButZero}/${form}`
      sdk.options(url, { config }, answerPreflight)
      sdk.route({ method: refusedMethods, url, config, exposeHeadRoute: false, handler: refuseMethod })
    }
    sdk.post(`/api/${anyButZero}/envelope`, { config }, (request, reply) => answer(request, reply, envelopeWay))
    sdk.post(`/api/${anyButZero}/store`, { config }, (request, reply) => answer(request, reply, sentAsEnvelope(request.raw) ? envelopeWay : storeWay))
    sdk.options(`/api/${positive}/*`, { config }, answerPreflight)
    sdk.route({ method: [...refusedMethods, 'POST'], url: `/api/${positive}/*`, config, exposeHeadRoute: false, handler: (_request, reply) => sendRejection(reply, rejections.notFound) })
    done()
  })
}

function refuseMethod(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendRejection(reply.header('allow', 'POST, OPTIONS'), rejections.wrongMethod)
}

/** The header means nothing here (protocol 2.4), and Fastify answers 415 to an odd one before any parser runs. */
function forgetContentType(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  delete request.raw.headers['content-type']
  done()
}

/** body.ts reads the stream. */
function leaveUnread(_request: FastifyRequest, _payload: IncomingMessage, done: (error: null) => void): void {
  done(null)
}

function sentAsEnvelope(raw: IncomingMessage): boolean {
  const at = raw.rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')
  return at >= 0 && envelopeType.test(raw.rawHeaders[at + 1] ?? '')
}
