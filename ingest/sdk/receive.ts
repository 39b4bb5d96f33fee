// One request of an SDK from the socket to the answer: who is it, read, decode, frame, append, and only after the commit 200
// (protocol 0.2). Every step returns what it found or the Rejection to answer.
import type { FastifyRequest } from 'fastify'
import type { Dsn } from '../../core/envelope/dsn.ts'
import type { EnvelopeType, RequestMeta } from '../../core/fact.ts'
import type { Appender, NewEnvelope } from '../log/batcher.ts'
import { admitSender, checkEnvelopeDsn, readCredentials } from './authenticate.ts'
import type { FindKey, Query, Sender } from './authenticate.ts'
import { readBody, releaseBody } from './body.ts'
import type { BodyRoom } from './body.ts'
import { compressForLog } from './compress.ts'
import { decodeBody } from './decode.ts'
import type { Decoded, LogBody } from './decode.ts'
import { chooseEventId, openEnvelope, splitBodies } from './envelope.ts'
import { isRejection, rejections } from './errors.ts'
import type { Rejection } from './errors.ts'
import { clientAddress, readMeta } from './request-meta.ts'
import { chooseStoreId, openStoreBody } from './store.ts'

export type SdkDeps = { appender: Appender; findKey: FindKey; trustedProxies: number }

/** The id to answer; null = `{}`. */
export type Receipt = { eventId: string | null }

/** What a body turned out to be: the bodies to append, the DSN where it names one, and what of it was left out. */
export type Opened = { type: EnvelopeType; eventId: string | null; sdk: string | null; dsn: Dsn | null; bodies: LogBody[]; refused?: NonNullable<RequestMeta['refused']> }

/** One way in: how its body is read, and where else than in headers and query it may be named. */
export type Way = {
  /** What a request that is refused before its body is known counts as (core/outcome.ts). */
  category: string
  /** Only an envelope can say who sends it in its body (protocol 2.3 e). */
  namedInBody: boolean
  /** Over a limit, the answer is still a success and nothing is kept (protocol 2.1: minidump, unreal, cron). */
  silentLimits: boolean
  open(decoded: Decoded, request: FastifyRequest): Promise<Opened | Rejection> | Opened | Rejection
}

/** Credentials and project of the path, where the way has them there (protocol 2.3 d). */
export type Place = { project: string | null; key?: string }

/** Whoever names a key is refused before the body is read; an envelope may name it in its header (protocol 2.3 e). */
export async function receive(request: FastifyRequest, way: Way, place: Place, deps: SdkDeps, room: BodyRoom): Promise<Receipt | Rejection> {
  const projectId = place.project === null ? null : readProjectId(place.project)
  if (place.project !== null && projectId === null) return rejections.badProject
  const credentials = readCredentials(request.headers, request.query as Query, place.key)
  if (credentials === null && !way.namedInBody) return rejections.noAuthorization
  if (credentials !== null && isRejection(credentials)) return credentials
  const known = credentials && (await admitSender(deps.findKey, credentials, projectId))
  if (known !== null && isRejection(known)) return known

  const body = await readBody(request.raw, room)
  if (isRejection(body)) return body
  try {
    const decoded = await decodeBody(body, request.headers['content-encoding'])
    if (isRejection(decoded)) return decoded
    const opened = await way.open(decoded, request)
    if (isRejection(opened)) return opened
    const named = checkEnvelopeDsn(opened.dsn, known, projectId)
    if (isRejection(named)) return named
    const sender = known ?? (await admitSender(deps.findKey, named, projectId))
    return isRejection(sender) ? sender : await append(opened, sender, request, deps)
  } finally {
    releaseBody(room, body)
  }
}

/** A positive integer below 2^53, as in a DSN. */
export function readProjectId(text: string): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) ? id : null
}

export const envelopeWay: Way = {
  category: 'error',
  namedInBody: true,
  silentLimits: false,
  open(decoded) {
    const envelope = openEnvelope(decoded.plain)
    if (isRejection(envelope)) return envelope
    const { dsn, sdk } = envelope.header
    return {
      type: 'envelope.received',
      eventId: chooseEventId(envelope),
      sdk: sdk && (sdk.version === null ? sdk.name : `${sdk.name}/${sdk.version}`),
      dsn,
      bodies: splitBodies(envelope, decoded),
    }
  },
}

export const storeWay: Way = {
  category: 'error',
  namedInBody: false,
  silentLimits: false,
  async open({ plain, came }) {
    const json = await openStoreBody(plain)
    if (isRejection(json)) return json
    const eventId = chooseStoreId(json)
    if (typeof eventId !== 'string') return eventId
    const body = json === plain ? came : { payload: json, encoding: null }
    return { type: 'store.received', eventId, sdk: null, dsn: null, bodies: [body] }
  },
}

const maxSdk = 200

async function append({ type, eventId, sdk, bodies, refused }: Opened, sender: Sender, request: FastifyRequest, deps: SdkDeps): Promise<Receipt | Rejection> {
  if (bodies.length === 0) return { eventId }
  const meta = readMeta(request.headers, request.query as Query, sender.client)
  const shared = {
    projectId: sender.projectId,
    type,
    actor: `key:${sender.keyId}`,
    remoteAddr: clientAddress(request.headers['x-forwarded-for'], request.raw.socket.remoteAddress, deps.trustedProxies),
    sdk: (sdk ?? meta.client)?.slice(0, maxSdk) ?? null,
  }
  const facts: NewEnvelope[] = []
  for (const { payload, encoding, eventId: own = eventId } of bodies) {
    const stored = encoding === null ? await compressForLog(payload) : { encoding, payload }
    // What was refused is counted once, with the first fact.
    facts.push({ ...shared, eventId: own, meta: refused && facts.length === 0 ? { ...meta, refused } : meta, ...stored })
  }
  const appending = deps.appender.append(facts)
  if (appending === null) return rejections.busy
  try {
    await appending
    return { eventId }
  } catch (error) {
    request.log.error({ err: error }, 'an envelope could not be appended')
    return rejections.notStored
  }
}
