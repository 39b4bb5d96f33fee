// One request of an SDK from the socket to the answer: who is it, read, decode, frame, append, and only after the commit 200
// (protocol 0.2). Every step returns what it found or the Rejection to answer.
import type { FastifyRequest } from 'fastify'
import type { EnvelopeType } from '../../core/fact.ts'
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

export type Form = 'envelope' | 'store'

/** The id to answer; null = `{}`. */
export type Receipt = { eventId: string | null }

/** What an accepted body leaves to append, and who sent it. */
type Accepted = { type: EnvelopeType; eventId: string | null; sdk: string | null; bodies: LogBody[]; sender: Sender }

/** Whoever names a key is refused before the body is read; an envelope may name it in its header (protocol 2.3 e). */
export async function receive(request: FastifyRequest, form: Form, deps: SdkDeps, room: BodyRoom): Promise<Receipt | Rejection> {
  const projectId = readProjectId((request.params as { project: string }).project)
  if (projectId === null) return rejections.badProject
  const credentials = readCredentials(request.headers, request.query as Query)
  if (credentials === null && form === 'store') return rejections.noAuthorization
  if (credentials !== null && isRejection(credentials)) return credentials
  const sender = credentials && (await admitSender(deps.findKey, credentials, projectId))
  if (sender !== null && isRejection(sender)) return sender

  const body = await readBody(request.raw, room)
  if (isRejection(body)) return body
  try {
    const decoded = await decodeBody(body, request.headers['content-encoding'])
    if (isRejection(decoded)) return decoded
    const accepted = sender && form === 'store' ? await acceptStore(decoded, sender) : await acceptEnvelope(decoded, projectId, sender, deps)
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

async function acceptEnvelope(decoded: Decoded, projectId: number, known: Sender | null, deps: SdkDeps): Promise<Accepted | Rejection> {
  const envelope = openEnvelope(decoded.plain)
  if (isRejection(envelope)) return envelope
  const { dsn, sdk } = envelope.header
  const credentials = checkEnvelopeDsn(dsn, known, projectId)
  if (isRejection(credentials)) return credentials
  const sender = known ?? (await admitSender(deps.findKey, credentials, projectId))
  if (isRejection(sender)) return sender
  return {
    type: 'envelope.received',
    eventId: chooseEventId(envelope),
    sdk: sdk && (sdk.version === null ? sdk.name : `${sdk.name}/${sdk.version}`),
    bodies: splitBodies(envelope, decoded),
    sender,
  }
}

async function acceptStore({ plain, came }: Decoded, sender: Sender): Promise<Accepted | Rejection> {
  const json = await openStoreBody(plain)
  if (isRejection(json)) return json
  const eventId = chooseStoreId(json)
  if (typeof eventId !== 'string') return eventId
  const body = json === plain ? came : { payload: json, encoding: null }
  return { type: 'store.received', eventId, sdk: null, bodies: [body], sender }
}

const maxSdk = 200

async function append(accepted: Accepted, request: FastifyRequest, deps: SdkDeps): Promise<Receipt | Rejection> {
  const { type, eventId, sender, bodies } = accepted
  if (bodies.length === 0) return { eventId }
  const meta = readMeta(request.headers, request.query as Query, sender.client)
  const shared = {
    projectId: sender.projectId,
    type,
    actor: `key:${sender.keyId}`,
    remoteAddr: clientAddress(request.headers['x-forwarded-for'], request.raw.socket.remoteAddress, deps.trustedProxies),
    sdk: (accepted.sdk ?? meta.client)?.slice(0, maxSdk) ?? null,
    eventId,
    meta,
  }
  const facts: NewEnvelope[] = []
  for (const { payload, encoding } of bodies) {
    const stored = encoding === null ? await compressForLog(payload) : { encoding, payload }
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
