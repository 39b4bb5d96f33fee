// The events of the conformance table that ingest accepts as they are, as envelopes with ids of their own.

import { attributes } from '../conformance/attributes.ts'
import { EV, H1, ID1, type Case } from '../conformance/case.ts'
import { clientAddress } from '../conformance/client-address.ts'
import { encodings } from '../conformance/encodings.ts'
import { exceptions } from '../conformance/exceptions.ts'
import { framing } from '../conformance/framing.ts'
import { hostile } from '../conformance/hostile.ts'
import { limits } from '../conformance/limits.ts'
import { reportsAndScrubbing } from '../conformance/reports.ts'
import { newId } from '../given.ts'

/** Name and text of each. */
export function acceptedEvents(): [name: string, envelope: string][] {
  const cases: Case[] = [attributes, clientAddress, encodings, exceptions, framing, hostile, limits, reportsAndScrubbing].flat()
  return cases.flatMap(({ id, of }) => of.flatMap((variant, index): [string, string][] => {
    const { send, status, stored, settings } = variant
    // One event that is taken without anything special said about it.
    if (Array.isArray(send) || typeof send?.body !== 'string' || send.headers || send.path || status !== undefined || stored !== undefined || settings) return []
    if (!send.body.startsWith(`${H1}\n{"type":"event"}\n`) || send.body.endsWith(EV)) return []
    return [[`case ${id}, ${index + 1}`, send.body.replaceAll(ID1, newId())]]
  }))
}
