// What the client rejects with: one class for each thing that a caller does differently.

/** The server refused. The message is its sentence; `more` is what stands beside it: `code`, `problems` of rules, `conflicts`. */
export class RequestError extends Error {
  readonly status: number
  /** `X-Request-Id`: names the line in the server's log. Tell it when you report a failure. */
  readonly requestId: string | null
  readonly more: Readonly<Record<string, unknown>>
  constructor(sentence: string, { status, requestId = null, more = {} }: { status: number; requestId?: string | null; more?: Record<string, unknown> }) {
    super(sentence)
    this.name = new.target.name
    this.status = status
    this.requestId = requestId
    this.more = more
  }
}

/** 400 and 422: what was sent is at fault. `fields`: sentences by field, none where it is about no field. */
export class ValidationError extends RequestError {
  readonly fields: Readonly<Record<string, string[]>>
  constructor(sentence: string, facts: ConstructorParameters<typeof RequestError>[1] & { fields?: Record<string, string[]> }) {
    super(sentence, facts)
    this.fields = facts.fields ?? {}
  }
}
/** 401: sign in, or use another token. */
export class AuthenticationError extends RequestError {}
/** 403: the token lacks a scope, or its owner the role. */
export class AuthorizationError extends RequestError {}
/** 404: not there, or not yours to see. */
export class NotFoundError extends RequestError {}
/** 409: changed by somebody else, or taken. */
export class ConflictError extends RequestError {
  /** How things are now, where the server says it. */
  get current(): unknown {
    return this.more.current
  }
}
/** 429: wait. */
export class RateLimitError extends RequestError {
  /** Seconds. */
  readonly retryAfter: number
  constructor(sentence: string, facts: ConstructorParameters<typeof RequestError>[1] & { retryAfter: number }) {
    super(sentence, facts)
    this.retryAfter = facts.retryAfter
  }
}
/** 5xx. `requestId` is the number of the incident. */
export class ServerError extends RequestError {
  /** Seconds; null = the server does not say. */
  readonly retryAfter: number | null
  constructor(sentence: string, facts: ConstructorParameters<typeof RequestError>[1] & { retryAfter: number | null }) {
    super(sentence, facts)
    this.retryAfter = facts.retryAfter
  }
}
/** An answer that this version of the client does not understand. */
export class UnexpectedAnswerError extends RequestError {}
/** No answer: the server cannot be reached, or took too long. What it did is unknown; `cause` says why. */
export class NetworkError extends Error {
  constructor(sentence: string, cause: unknown) {
    super(sentence, { cause })
    this.name = new.target.name
  }
}

/** A proxy's error page is no JSON: the status then has to do. */
export async function readError(response: Response): Promise<RequestError> {
  const { status, headers } = response
  const body = Object(await response.json().catch(() => null)) as Record<string, unknown>
  const { detail, ...more } = body
  const fields = status === 400 && detail === undefined ? (body as Record<string, string[]>) : undefined
  const sentence = typeof detail === 'string' ? detail : Object.values(fields ?? {}).flat().join(' ') || `The server answered ${status}.`
  const facts = { status, requestId: headers.get('x-request-id'), more: fields ? {} : more }
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN)
  if (status >= 500) return new ServerError(sentence, { ...facts, retryAfter: Number.isFinite(retryAfter) ? retryAfter : null })
  if (status === 429) return new RateLimitError(sentence, { ...facts, retryAfter: Number.isFinite(retryAfter) ? retryAfter : 1 })
  if (status === 400 || status === 422) return new ValidationError(sentence, { ...facts, ...(fields && { fields }) })
  const kinds: Record<number, typeof RequestError> = { 401: AuthenticationError, 403: AuthorizationError, 404: NotFoundError, 409: ConflictError }
  return new (kinds[status] ?? RequestError)(sentence, facts)
}
