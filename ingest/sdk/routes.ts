// The SDK endpoints (protocol 2.1). The server's router folds missing and doubled slashes, so no POST is ever redirected.
// `/api/0/` is the web API: no pattern here matches project 0.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createBodyRoom } from './body.ts'
import { addCorsHeaders, answerPreflight } from './cors.ts'
import { endpoints } from './endpoints.ts'
import type { Endpoint } from './endpoints.ts'
import { isRejection, rejections, sendRejection } from './errors.ts'
import { receive } from './receive.ts'
import type { SdkDeps } from './receive.ts'

const config = { access: 'public' } as const
const positive = ':project(^[1-9]\\d*$)'
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Adds every endpoint; anything else below `/api/{project}/` is 404, a wrong method 405, both with CORS headers. */
export function registerSdkRoutes(app: FastifyInstance, deps: SdkDeps): void {
  const room = createBodyRoom()

  async function answer(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint): Promise<FastifyReply> {
    const way = typeof endpoint.way === 'function' ? endpoint.way(request) : endpoint.way
    const place = endpoint.place(request)
    const outcome = isRejection(place) ? place : await receive(request, way, place, deps, room)
    if (isRejection(outcome)) return endpoint.refuse(reply, outcome)
    if (outcome.limits !== null) reply.header('x-sentry-rate-limits', outcome.limits)
    return endpoint.answer(reply, outcome)
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

    for (const [url, there] of Map.groupBy(endpoints, ({ url }) => url)) {
      for (const endpoint of there) sdk.route({ method: endpoint.method, url, config, exposeHeadRoute: false, handler: (request, reply) => answer(request, reply, endpoint) })
      const allowed: string[] = there.map(({ method }) => method)
      sdk.options(url, { config }, answerPreflight)
      sdk.route({
        method: methods.filter((method) => !allowed.includes(method)), url, config, exposeHeadRoute: false,
        handler: (_request, reply) => sendRejection(reply.header('allow', [...allowed, 'OPTIONS'].join(', ')), rejections.wrongMethod),
      })
    }
    sdk.options(`/api/${positive}/*`, { config }, answerPreflight)
    sdk.route({ method: methods, url: `/api/${positive}/*`, config, exposeHeadRoute: false, handler: (_request, reply) => sendRejection(reply, rejections.notFound) })
    done()
  })
}

/** Only few ways look at the header (protocol 2.4, content-type.ts), and Fastify answers 415 to an odd one before any parser runs. */
function forgetContentType(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  delete request.raw.headers['content-type']
  done()
}

/** body.ts reads the stream. */
function leaveUnread(_request: FastifyRequest, _payload: IncomingMessage, done: (error: null) => void): void {
  done(null)
}
