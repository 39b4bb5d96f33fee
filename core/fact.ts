// Where everything starts: the row of the append-only log. Written by ingest/log, read by projections/advance.
// A fact is immutable. Envelopes are what SDKs sent, byte for byte; decisions are what people or jobs decided.

/** How `payload` is stored. `n` none, `g` gzip, `d` deflate (zlib or raw), `b` brotli, `z` zstd. */
export type Encoding = 'n' | 'g' | 'd' | 'b' | 'z'

/** `e` = envelope (bulk, droppable by retention), `d` = decision (kept for ever). */
export type FactKind = 'e' | 'd'

/**
 * How the body of an envelope fact is framed: a Sentry envelope, the bare event JSON of `/store/`, one security report of a browser
 * as JSON, or what the door refused (core/outcome.ts; no project). A new way in gets a new type; projections/decode.ts knows each.
 */
export type EnvelopeType = 'envelope.received' | 'store.received' | 'security.received' | 'outcomes.recorded'

/** What of the HTTP request the fold needs and cannot get back from the body (protocol 0.2). Absent = not sent. */
export type RequestMeta = {
  /** User-Agent of the HTTP request, at most 512 characters. */
  ua?: string
  /** `sentry_client`, else the User-Agent: `sentry.javascript.node/11.12.0`. */
  client?: string
  origin?: string
  referer?: string
  /** `sentry_release` and `sentry_environment` of the query string. */
  release?: string
  environment?: string
  /** Client-hint headers (`sec-ch-ua…`), lower-case names. */
  hints?: Record<string, string>
  /** Items of the request that were refused at the door, and so are not in the body. */
  refused?: { category: string; outcome: 'rate_limited' | 'too_large' | 'filtered' | 'invalid'; reason: string; quantity: number }[]
}

export type Fact = {
  /** 1, 2, 3 … without gaps; commit order = position order. Below 2^53. */
  position: number
  kind: FactKind
  recordedAt: Date
  projectId: number | null
  type: string
  version: number
  /** Decisions only: the stream they were decided on, `issue:481`, `project:7`. */
  stream: string | null
  /** `user:3`, `token:9`, `key:2`, `system:…`. */
  actor: string | null
  commandId: string | null
  remoteAddr: string | null
  /** Envelopes only: the event id that was answered, 32 lower-case hex digits; null when there was none. */
  eventId: string | null
  meta: RequestMeta
  encoding: Encoding
  payload: Uint8Array
}
