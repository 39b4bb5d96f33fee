// The last step of a request: what of it may come in becomes facts, and only their commit makes the answer a success (protocol 0.2).
import type { FastifyRequest } from 'fastify'
import type { RequestMeta } from '../../core/fact.ts'
import type { ProjectSettings } from '../../core/project/settings.ts'
import type { NewEnvelope } from '../log/batcher.ts'
import { SpoolRefusedError } from '../log/spool/spool.ts'
import { admitBodies } from './admit.ts'
import type { Query, Sender } from './authenticate.ts'
import { compressForLog } from './compress.ts'
import type { LogBody } from './decode.ts'
import { splitBody } from './envelope.ts'
import { isRejection, rejections } from './errors.ts'
import type { Refused, Rejection } from './errors.ts'
import type { Opened, Receipt, SdkDeps, Way } from './receive.ts'
import { recordRefused } from './record.ts'
import { clientAddress, readMeta } from './request-meta.ts'
import { findDoorRules, scrubBodies, scrubMeta, scrubWord } from './scrub.ts'

const maxSdk = 200

export async function appendOpened(opened: Opened, sender: Sender, way: Way, request: FastifyRequest, deps: SdkDeps): Promise<Receipt | Rejection> {
  const { key, client, publicKey } = sender
  const admitted = admitBodies(opened.type, opened.bodies, key, deps.quotas, way.silentLimits)
  if (isRejection(admitted)) return { ...admitted, refused: [...(opened.refused ?? []), ...(admitted.refused ?? [])] }
  const receipt = { eventId: opened.eventId, limits: admitted.limits }
  const rules = findDoorRules(key.settings)
  const { bodies: kept, refused: unreadable } = rules ? await scrubBodies(opened.type, admitted.bodies, rules) : { bodies: admitted.bodies, refused: [] }
  const bodies = kept.flatMap(splitBody)
  const refused = [...(opened.refused ?? []), ...admitted.refused, ...unreadable]
  if (bodies.length === 0) {
    recordRefused(deps.outcomes, { project: key.projectId, client, publicKey }, refused)
    return receipt
  }
  const appending = deps.appender.append(await writeFacts(opened, bodies, refused, sender, rules, request, deps))
  if (appending === null) return rejections.busy
  try {
    await appending
    return receipt
  } catch (error) {
    if (error instanceof SpoolRefusedError) return rejections.spoolFull // logged there, not once per request
    request.log.error({ err: error }, 'an envelope could not be appended')
    return rejections.notStored
  }
}

async function writeFacts({ type, eventId, sdk }: Opened, bodies: LogBody[], refused: Refused, { key, client }: Sender, rules: ProjectSettings | null, request: FastifyRequest, deps: SdkDeps): Promise<NewEnvelope[]> {
  const sent = readMeta(request.headers, request.query as Query, client)
  const meta: RequestMeta = rules ? scrubMeta(sent, rules) : sent
  const name = (sdk ?? sent.client)?.slice(0, maxSdk) ?? null
  const shared = {
    projectId: key.projectId,
    type,
    actor: `key:${key.id}`,
    remoteAddr: key.settings.scrubIPAddresses ? null : clientAddress(request.headers['x-forwarded-for'], request.raw.socket.remoteAddress, deps.trustedProxies),
    sdk: rules && name !== null ? scrubWord(name, rules) : name,
  }
  const facts: NewEnvelope[] = []
  for (const { payload, encoding, eventId: own = eventId } of bodies) {
    const stored = encoding === null ? await compressForLog(payload) : { encoding, payload }
    // What was refused is counted once, with the first fact.
    facts.push({ ...shared, eventId: own, meta: refused.length > 0 && facts.length === 0 ? { ...meta, refused } : meta, ...stored })
  }
  return facts
}
