// Which items of an opened request go into the log: what is over a cap or a quota, or may not be stored unscrubbed, is left out (protocol 0.2, 3).
// Decided by the types in the item headers, before the append and never after.
import type { EnvelopeItem } from '../../core/envelope/frame.ts'
import type { EnvelopeType } from '../../core/fact.ts'
import { categoryOf } from '../../core/outcome.ts'
import { formatLimits } from '../../core/quota/count.ts'
import type { QuotaUsage } from '../quota/usage.ts'
import type { OpenBody } from './envelope.ts'
import { rateLimited } from './errors.ts'
import type { Refused, Rejection } from './errors.ts'
import type { KnownKey } from './keys.ts'
import { findExcessAttachments } from './limits.ts'
import { canScrub } from './scrub.ts'

export type Admitted = {
  bodies: OpenBody[]
  refused: Refused
  /** `X-Sentry-Rate-Limits` for a success. */
  limits: string | null
}

type Refusal = Pick<Refused[number], 'outcome' | 'reason'>

/** `item` null: the body is one item without a header. */
type Candidate = { body: OpenBody; item: EnvelopeItem | null; category: string; refusal: Refusal | null }

const tooLargeAttachment: Refusal = { outcome: 'too_large', reason: 'attachment' }
const unscrubbed: Refusal = { outcome: 'filtered', reason: 'scrub_at_door' }

/** A rejection when everything is over quotas; `silent` makes that a success with nothing in it (protocol 2.1). */
export function admitBodies(type: EnvelopeType, bodies: readonly OpenBody[], key: KnownKey, usage: QuotaUsage, silent: boolean): Admitted | Rejection {
  const candidates = bodies.flatMap((body) => listCandidates(type, body, key.settings.scrubAtDoor))
  const eligible = candidates.filter(({ refusal }) => refusal === null)
  const { refused: quotas, limits } = usage.admit(eligible.map(({ category }) => category), key.quotas)
  quotas?.forEach((quota, index) => {
    if (quota) eligible[index]!.refusal = { outcome: 'rate_limited', reason: quota.reason }
  })
  const isLimited = quotas !== null && quotas.every((quota) => quota !== null)
  const refused = eligible.length === candidates.length && quotas === null ? [] : sumRefused(candidates)
  if (isLimited && eligible.length > 0 && !silent) return rateLimited(limits, refused)
  return {
    bodies: refused.length === 0 ? [...bodies] : bodies.flatMap((body) => keepAdmitted(body, candidates)),
    refused,
    limits: limits.length > 0 ? formatLimits(limits) : null,
  }
}

function listCandidates(type: EnvelopeType, body: OpenBody, scrubAtDoor: boolean): Candidate[] {
  if (!body.framed) return [{ body, item: null, category: type === 'security.received' ? 'security' : 'error', refusal: null }]
  const { items } = body.framed.envelope
  const excess = findExcessAttachments(items)
  return items.map((item) => {
    const refusal = excess.has(item) ? tooLargeAttachment : scrubAtDoor && !canScrub(item.type) ? unscrubbed : null
    return { body, item, category: categoryOf(item.type), refusal }
  })
}

function keepAdmitted(body: OpenBody, candidates: readonly Candidate[]): OpenBody[] {
  const admitted = candidates.filter((candidate) => candidate.body === body && candidate.refusal === null)
  if (admitted.length === 0) return []
  return body.framed ? [{ ...body, framed: { ...body.framed, kept: admitted.flatMap(({ item }) => item ?? []) } }] : [body]
}

function sumRefused(candidates: readonly Candidate[]): Refused {
  const sums = new Map<string, Refused[number]>()
  for (const { category, refusal } of candidates) {
    if (refusal === null) continue
    const key = `${category}/${refusal.outcome}/${refusal.reason}`
    const sum = sums.get(key)
    if (sum) sum.quantity++
    else sums.set(key, { category, ...refusal, quantity: 1 })
  }
  return [...sums.values()]
}
