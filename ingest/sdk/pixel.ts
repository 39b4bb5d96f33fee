// One event in an address, for places where nothing but an image can be loaded (protocol 2.1). The answer is an image in any case.
import type { FastifyReply } from 'fastify'
import type { Query } from './authenticate.ts'
import { describeRejection, rejections } from './errors.ts'
import type { Rejection } from './errors.ts'
import { storeWay } from './receive.ts'
import type { Way } from './receive.ts'

/** Transparent, one by one. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export const pixelWay: Way = {
  ...storeWay,
  open(_decoded, request) {
    const { sentry_data: data } = request.query as Query
    if (typeof data !== 'string' || data === '') return rejections.emptyBody
    // A plus sign of base64 that nobody escaped arrives as a blank.
    const plain = Buffer.from(data.startsWith('{') ? data : data.replaceAll(' ', '+'))
    return storeWay.open({ plain, came: { payload: plain, encoding: null } }, request)
  },
}

export function answerPixel(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').type('image/gif').send(pixel)
}

export function refuseWithPixel(reply: FastifyReply, rejection: Rejection): FastifyReply {
  return answerPixel(describeRejection(reply, rejection))
}
