// One request of the client, as often as it takes: address, headers, deadline, retries. Imports no schema: what checks answers is handed in,
// and so is the world that the requests go out to.

import type { Operations } from '../operation.ts'
import { NetworkError, NotFoundError, readError, RequestError, RateLimitError, ServerError, UnexpectedAnswerError } from './errors.ts'

/** What `core/` does without: network, chance and time. `client.ts` has those of Node and of browsers. */
export type World = {
  fetch: typeof fetch
  /** From 0 to below 1. */
  random(): number
  /** A UUID. */
  createCommandId(): string
  /** Rejects with the reason of the signal. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>
  /** A signal that is aborted after so long. */
  startDeadline(ms: number): AbortSignal
}

export type ClientOptions = {
  /** Where the server is reached: `https://errors.example.com`. */
  baseUrl: string
  /** Its slug. */
  organization: string
  /** Without one, a browser's own cookie has to do. */
  token?: string
  /** Of each attempt; default 30 s. */
  timeoutMs?: number
  /** After the first attempt; default 2. Each waits for as long as the server says, or 0.25 s, 0.5 s … and some chance. */
  retries?: number
  /** Reads wait until they show what this client has written; default true. */
  readYourWrites?: boolean
  /** Gives what answers are checked against; without it they are taken as they are. */
  loadOperations?: () => Promise<Operations>
}

export type CallOptions = {
  /** Ends the call, also while it waits for its next attempt; it rejects with the reason of the signal. */
  signal?: AbortSignal
  timeoutMs?: number
  /** Of a read: wait until it shows this position, at most 5 s. */
  after?: number
  /** Of a write: a UUID. The same again does nothing, and answers what the first one did. Default: one for each call. */
  commandId?: string
}

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>
/** `params`: what the path names; the organization is added. `once`: the server would do it a second time. */
export type Request = { params?: Record<string, string>; query?: Query | undefined; body?: unknown; once?: true; accept?: string }

/** `position`: on a read the log position the answer reflects, on a write that of its facts. */
export type Answer<T> = { data: T; position: number; build: string | null }

export type Transport = {
  /** `route` as in core/access.ts. Rejects with a RequestError, a NetworkError, or the reason of the signal. */
  fetch(route: string, request: Request, options?: CallOptions): Promise<Response>
  send<T>(route: string, request?: Request, options?: CallOptions): Promise<Answer<T>>
  read<T>(route: string, response: Response, options?: CallOptions): Promise<Answer<T>>
}

const longestWaitMs = 30_000

export function createTransport(client: ClientOptions, world: World): Transport {
  let written = 0

  async function attempt(url: URL, init: RequestInit, { signal, timeoutMs = client.timeoutMs ?? 30_000 }: CallOptions): Promise<Response> {
    const deadline = world.startDeadline(timeoutMs)
    try {
      return await world.fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    } catch (error) {
      signal?.throwIfAborted()
      throw new NetworkError(deadline.aborted ? `The server did not answer within ${timeoutMs / 1_000} s.` : 'The server cannot be reached.', error)
    }
  }

  async function send(route: string, { params = {}, query = {}, body, once, accept = 'application/json' }: Request, options: CallOptions = {}): Promise<Response> {
    const [method, path] = route.split(' ') as [string, string]
    const named: Record<string, string> = { org: client.organization, ...params }
    const url = new URL(fillPath(path, named), client.baseUrl)
    for (const [name, value] of Object.entries(query)) for (const one of [value ?? []].flat()) url.searchParams.append(name, String(one))
    const isRead = method === 'GET'
    const after = Math.max(options.after ?? 0, client.readYourWrites === false ? 0 : written)
    const headers: Record<string, string> = {
      accept,
      ...(client.token !== undefined && { authorization: `Bearer ${client.token}` }),
      ...(isRead ? after > 0 && { 'x-refold-after': String(after) } : { 'idempotency-key': options.commandId ?? world.createCommandId() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    for (let retry = 0; ; retry++) {
      try {
        const response = await attempt(url, init, options)
        if (!response.ok) throw await readError(response)
        const position = Number(response.headers.get('x-refold-position') ?? 0)
        if (!isRead) written = Math.max(written, position)
        else if (position >= written) written = 0
        return response
      } catch (error) {
        const waitMs = once || retry >= (client.retries ?? 2) ? null : waitBefore(error, retry, world.random())
        if (waitMs === null || waitMs > longestWaitMs) throw error
        await world.wait(waitMs, options.signal)
      }
    }
  }

  async function read<T>(route: string, response: Response, { signal }: CallOptions = {}): Promise<Answer<T>> {
    const { status, headers } = response
    const refuse = (what: string): never => {
      throw new UnexpectedAnswerError(`${route} answered what this client does not understand: ${what}`, { status, requestId: headers.get('x-request-id') })
    }
    const data: unknown = status === 204 ? undefined : await readBody(response.json(), signal).catch((error: unknown) => {
      if (error instanceof SyntaxError) return refuse('no JSON')
      throw error
    })
    const operations = await client.loadOperations?.()
    const issue = status === 204 ? undefined : operations?.[route]?.answer?.safeParse(data).error?.issues[0]
    if (issue) refuse(`${issue.path.join('.')}: ${issue.message}`)
    return { data: data as T, position: Number(headers.get('x-refold-position') ?? 0), build: headers.get('x-refold-build') }
  }

  return { fetch: send, read, send: async (route, request = {}, options) => read(route, await send(route, request, options), options) }
}

function fillPath(path: string, named: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = named[name]!
    // A URL takes these for steps: `DELETE …/shop/keys/../` would be the project itself.
    if (/^\.{0,2}$/.test(value)) throw new NotFoundError(`"${value}" is no ${name}.`, { status: 404 })
    return encodeURIComponent(value)
  })
}

/** Rejects with the reason of the signal, or a NetworkError; a SyntaxError of the body stays. */
export function readBody<T>(body: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return body.catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error instanceof SyntaxError ? error : new NetworkError('The connection was lost in the middle of the answer.', error)
  })
}

/** Milliseconds; null = it would fail again. `chance` spreads those who failed at once. */
function waitBefore(error: unknown, retry: number, chance: number): number | null {
  const backoff = 250 * 2 ** retry * (0.5 + chance / 2)
  if (error instanceof NetworkError) return backoff
  if (!(error instanceof RequestError) || ![429, 502, 503, 504].includes(error.status)) return null
  const { retryAfter } = error as RateLimitError | ServerError
  return retryAfter === null ? backoff : retryAfter * 1_000
}
