// One request of an SDK from the socket to the answer: who is it, read, decode, frame, append, and only after the commit 200
// (protocol 0.2). Every step returns what it found or the Rejection to answer.
import type { FastifyRequest } from 'fastify'
import type { EnvelopeType } from '../../core/fact.ts'
import type { Appender, NewEnvelope } from '../log/batcher.ts'
import { admitKey, checkEnvelopeDsn, readCredentials } from './authenticate.ts'
import type { Credentials, FindKey, KnownKey, Query } from './authenticate.ts'
import { readBody, releaseBody } from './body.ts'
import type { BodyRoom } from './body.ts'
import { compressForLog } from './compress.ts'
import { decodeBody } from './decode.ts'
import type { Decoded } from './decode.ts'
import { chooseEventId, openEnvelope, splitBodies } from './envelope.ts'
import type { LogBody } from './envelope.ts'
import { isRejection, rejections } from './errors.ts'
import type { Rejection } from './errors.ts'
import { clientAddress, readMeta } from './request-meta.ts'
import { chooseStoreId, openStoreBody } from './store.ts'

export type SdkDeps = { appender: Appender; findKey: FindKey; trustedProxies: number }

export type Form = 'envelope' | 'store'

/** The id to answer; null = `{}`. */
export type Receipt = { eventId: string | null }

/** What an accepted body leaves to append, and who sent it. */
type Accepted = { type: EnvelopeType; eventId: string | null; sdk: string | null; bodies: LogBody[]; key: KnownKey; credentials: Credentials }

/** Whoever names a key is refused before the body is read; an envelope may name it in its header (protocol 2.3 e). */
export async function receive(request: FastifyRequest, form: Form, deps: SdkDeps, room: BodyRoom): Promise<Receipt | Rejection> {
  const projectId = readProjectId((request.params as { project: string }).project)
  if (projectId === null) return rejections.badProject
  const credentials = readCredentials(request.headers, request.query as Query)
  if (credentials === null) {
    if (form === 'store') return rejections.noAuthorization
  } else if (isRejection(credentials)) return credentials
  const key = credentials && (await admitKey(deps.findKey, credentials, projectId))
  if (key !== null && isRejection(key)) return key

  const body = await readBody(request.raw, room)
  if (isRejection(body)) return body
  try {
    const decoded = await decodeBody(body, request.headers['content-encoding'])
    if (isRejection(decoded)) return decoded
    const cameAs = { payload: body, encoding: decoded.encoding }
    const accepted = key && form === 'store' ? await acceptStore(decoded, cameAs, key, credentials!) : await acceptEnvelope(decoded, cameAs, projectId, key, credentials, deps.findKey)
    return isRejection(accepted) ? accepted : await append(accepted, request, deps)
  } finally {
    releaseBody(room, body)
  }
}

/** A positive integer below 2^53, as in a DSN. */
export function readProjectId(text: string): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) ? id : null
}

async function acceptEnvelope(
  decoded: Decoded,
  came: LogBody,
  projectId: number,
  knownKey: KnownKey | null,
  known: Credentials | null,
  findKey: FindKey,
): Promise<Accepted | Rejection> {
  const envelope = openEnvelope(decoded.plain)
  if (isRejection(envelope)) return envelope
  const credentials = checkEnvelopeDsn(envelope.header.dsn, known, projectId)
  if (isRejection(credentials)) return credentials
  const key = knownKey ?? (await admitKey(findKey, credentials, projectId))
  if (isRejection(key)) return key
  const { sdk } = envelope.header
  return {
    type: 'envelope.received',
    eventId: chooseEventId(envelope),
    sdk: sdk && (sdk.version === null ? sdk.name : `${sdk.name}/${sdk.version}`),
    bodies: splitBodies(envelope, decoded.plain, came),
    key,
    credentials,
  }
}

async function acceptStore(decoded: Decoded, came: LogBody, key: KnownKey, credentials: Credentials): Promise<Accepted | Rejection> {
  const json = await openStoreBody(decoded.plain)
  if (isRejection(json)) return json
  const eventId = chooseStoreId(json)
  if (typeof eventId !== 'string') return eventId
  const body = json === decoded.plain ? came : { payload: json, encoding: null }
  return { type: 'store.received', eventId, sdk: null, bodies: [body], key, credentials }
}

const maxSdk = 200

async function append(accepted: Accepted, request: FastifyRequest, deps: SdkDeps): Promise<Receipt | Rejection> {
  const { type, eventId, key, credentials } = accepted
  const meta = readMeta(request.headers, request.query as Query, credentials.client)
  const shared = {
    projectId: key.projectId,
    type,
    actor: `key:${key.id}`,
    remoteAddr: clientAddress(request.headers['x-forwarded-for'], request.raw.socket.remoteAddress, deps.trustedProxies),
    sdk: (accepted.sdk ?? meta.client)?.slice(0, maxSdk) ?? null,
    eventId,
    meta,
  }
  const facts: NewEnvelope[] = []
  for (const { payload, encoding } of accepted.bodies) {
    const stored = encoding === null || encoding === 'n' ? await compressForLog(payload) : { encoding, payload }
    facts.push({ ...shared, ...stored })
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
