// One request of an SDK from the socket to the answer: who is it, read, decode, frame, append, and only after the commit 200
// (protocol 0.2). Every step returns what it found or the Rejection to answer.
import type { FastifyRequest } from 'fastify'
import type { Dsn } from '../../core/envelope/dsn.ts'
import type { EnvelopeType } from '../../core/fact.ts'
import type { Appender } from '../log/batcher.ts'
import type { OutcomeRecorder } from '../outcomes/recorder.ts'
import type { QuotaUsage } from '../quota/usage.ts'
import { appendOpened } from './append.ts'
import { admitSender, checkEnvelopeDsn, readCredentials } from './authenticate.ts'
import type { Credentials, Query, Sender } from './authenticate.ts'
import { readBody, releaseBody } from './body.ts'
import type { BodyRoom } from './body.ts'
import { decodeBody } from './decode.ts'
import type { Decoded } from './decode.ts'
import { chooseEventId, openEnvelope } from './envelope.ts'
import type { OpenBody } from './envelope.ts'
import { isRejection, rejections } from './errors.ts'
import type { Refused, Rejection } from './errors.ts'
import type { FindKey } from './keys.ts'
import { mayOriginSend } from './origin.ts'
import { recordRejection } from './record.ts'
import type { Caller } from './record.ts'
import { chooseStoreId, openStoreBody } from './store.ts'

export type SdkDeps = { appender: Appender; findKey: FindKey; quotas: QuotaUsage; outcomes: OutcomeRecorder; trustedProxies: number }

/** The id to answer; null = `{}`. `limits` is the value of `X-Sentry-Rate-Limits`; null = nothing is limited. */
export type Receipt = { eventId: string | null; limits: string | null }

/** What a body turned out to be: the bodies to append, the DSN where it names one, and what of it was left out. */
export type Opened = { type: EnvelopeType; eventId: string | null; sdk: string | null; dsn: Dsn | null; bodies: OpenBody[]; refused?: Refused }

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

/** What is refused is recorded, and the SDK is told no more than protocol 2.3 says. */
export async function receive(request: FastifyRequest, way: Way, place: Place, deps: SdkDeps, room: BodyRoom): Promise<Receipt | Rejection> {
  const caller: Caller = { project: place.project === null ? null : readProjectId(place.project), client: request.headers['user-agent'] ?? null, publicKey: null }
  const answer = place.project !== null && caller.project === null ? rejections.badProject : await takeIn(request, way, place, caller, deps, room)
  if (isRejection(answer)) recordRejection(deps.outcomes, caller, way.category, answer)
  return answer
}

/** Whoever names a key is refused before the body is read; an envelope may name it in its header (protocol 2.3 e). */
async function takeIn(request: FastifyRequest, way: Way, place: Place, caller: Caller, deps: SdkDeps, room: BodyRoom): Promise<Receipt | Rejection> {
  const projectId = caller.project
  const credentials = readCredentials(request.headers, request.query as Query, place.key)
  if (credentials === null && !way.namedInBody) return rejections.noAuthorization
  if (credentials !== null && isRejection(credentials)) return credentials
  const known = credentials && (await admit(request, credentials, caller, deps))
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
    const sender = known ?? (await admit(request, named, caller, deps))
    return isRejection(sender) ? sender : await appendOpened(opened, sender, way, request, deps)
  } finally {
    releaseBody(room, body)
  }
}

async function admit(request: FastifyRequest, credentials: Credentials, caller: Caller, deps: SdkDeps): Promise<Sender | Rejection> {
  caller.client = credentials.client ?? caller.client
  caller.publicKey = credentials.publicKey
  const sender = await admitSender(deps.findKey, credentials, caller.project)
  if (isRejection(sender)) return sender
  caller.project = sender.key.projectId
  return mayOriginSend(request.headers, sender.key.settings.allowedDomains) ? sender : rejections.origin
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
      bodies: [{ ...decoded.came, framed: { envelope, plain: decoded.plain, kept: envelope.items } }],
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
