// What the fold knows about an event beside its payload: the fact's columns and the envelope's header.

import type { RequestMeta } from '../fact.ts'

export type EventContext = {
  /** The id that was answered, 32 lower-case hex digits; wins over the payload's. */
  eventId: string
  receivedAt: Date
  /** Resolved client address (protocol 2.13). */
  remoteAddr: string | null
  meta: RequestMeta
  /** `sdk` of the envelope header, for payloads that carry none. */
  sdk?: { name: string; version: string } | null
  /** `sent_at` of the envelope header. */
  sentAt?: string | null
  /** `sdk.settings.infer_ip` of the envelope header; undefined = not sent. */
  inferIp?: unknown
}
