// Size limits of the SDK side, in bytes (protocol 2.12).
import type { EnvelopeItem } from '../../core/envelope/frame.ts'

const kib = 1024
const mib = 1024 * kib

export const maxBody = 20 * mib
export const maxDecoded = 100 * mib
export const maxEvent = mib

/** Attachments over a cap are left out; any other item over its cap is 413 for the whole envelope. */
export const maxAttachment = 20 * mib
export const maxAttachments = 50 * mib

const itemCaps = new Map([
  ['event', maxEvent],
  ['transaction', mib],
  ['feedback', mib],
  ['user_report', mib],
  ['security', mib],
  ['raw_security', mib],
  ['replay_event', mib],
  ['form_data', mib],
  ['session', 10 * mib],
  ['sessions', 10 * mib],
  ['client_report', 100 * kib],
  ['check_in', 100 * kib],
  ['log', 12 * mib],
  ['span', 12 * mib],
  ['trace_metric', 12 * mib],
])

/** The first item that is larger than its type allows. */
export function findOversized(items: readonly EnvelopeItem[]): EnvelopeItem | undefined {
  return items.find((item) => item.payload.length > (itemCaps.get(item.type) ?? maxDecoded))
}

/** Attachments that are larger than one may be, or more than all of an envelope may be. */
export function findExcessAttachments(items: readonly EnvelopeItem[]): Set<EnvelopeItem> {
  const excess = new Set<EnvelopeItem>()
  let total = 0
  for (const item of items) {
    if (item.type !== 'attachment') continue
    const size = item.payload.length
    if (size > maxAttachment || total + size > maxAttachments) excess.add(item)
    else total += size
  }
  return excess
}
