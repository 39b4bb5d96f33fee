// Every request of the app: JSON over the one API under /api/0/ (ui.md 8.1). Failures are ApiFailure, thrown, because
// the query cache works by rejection. live.ts long-polls through here too.

import { noteAnswer, noteNoAnswer } from './connection.ts'

/** `status` 0 = no answer. `fields` holds one list of texts per form field (400). `code`: which of several failures of one status. */
export class ApiFailure extends Error {
  readonly status: number
  readonly fields: Record<string, string[]>
  readonly requestId: string | null
  readonly code: string | null
  constructor(status: number, detail: string, fields: Record<string, string[]> = {}, requestId: string | null = null, code: string | null = null) {
    super(detail)
    this.name = 'ApiFailure'
    this.status = status
    this.fields = fields
    this.requestId = requestId
    this.code = code
  }
}

export type Answer<T> = {
  body: T
  status: number
  /** The log position the answer reflects; of a write, that of its facts. 0 when the server named none. */
  position: number
  /** The generation it was read from, where it was one project's. */
  generation: string | null
  /** Cursors of the pages beside this one, null where there is none. */
  previous: string | null
  next: string | null
  /** `X-Hits`: how many match in all. */
  hits: number | null
}

export type Query = Record<string, string | number | readonly string[] | null | undefined>
/** `blockable`: what something between us and the server may keep away; that it does not come says nothing of the server. */
type Options = { query?: Query; body?: unknown; signal?: AbortSignal | undefined; blockable?: boolean }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The newest position this tab has written and not yet read back: the next reads wait for it (`?after=`). */
let written = 0

/** `path` is relative to `/api/0/` and ends with a slash. Throws ApiFailure; an aborted request throws the AbortError. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  const url = apiUrl(path, method === 'GET' && written > 0 ? { after: written, ...options.query } : options.query)
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (options.signal) init.signal = options.signal
  if (options.body !== undefined) {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    init.body = JSON.stringify(options.body)
  }
  const response = await send(url, init, options.blockable)
  const position = Number(response.headers.get('x-refold-position') ?? 0)
  if (method !== 'GET') written = Math.max(written, position)
  else if (position >= written) written = 0
  const hits = response.headers.get('x-hits')
  const body = response.status === 204 ? undefined : await response.json()
  return { body: body as T, status: response.status, position, generation: response.headers.get('x-refold-generation'), ...readCursors(response.headers.get('link')), hits: hits === null ? null : Number(hits) }
}

export const get = <T>(path: string, options?: Options): Promise<Answer<T>> => request<T>('GET', path, options)

/** As `get`, the body alone. */
export const read = async <T>(path: string, options?: Options): Promise<T> => (await request<T>('GET', path, options)).body

/** What the server answers, as it stands: an event's JSON or Markdown. */
export async function readText(path: string, options: Options = {}): Promise<string> {
  const init: RequestInit = { credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  return (await send(apiUrl(path, options.query), init)).text()
}

export function apiUrl(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one))
  }
  const search = params.toString()
  return `/api/0/${path}${search && `?${search}`}`
}

async function send(url: string, init: RequestInit, blockable = false): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    if (!blockable) noteNoAnswer()
    throw new ApiFailure(0, 'The server cannot be reached.')
  }
  noteAnswer(response.headers.get('x-refold-build'))
  if (response.ok) return response
  if (response.status === 401) leaveForLogin()
  throw await readFailure(response)
}

async function readFailure(response: Response): Promise<ApiFailure> {
  const requestId = response.headers.get('x-request-id')
  const body: unknown = await response.json().catch(() => null)
  const fields: Record<string, string[]> = {}
  let detail = `The server answered ${response.status}.`
  let code: string | null = null
  for (const [name, value] of Object.entries(body ?? {})) {
    if (name === 'detail' && typeof value === 'string') detail = value
    else if (name === 'code') code = String(value)
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) fields[name] = value
  }
  const first = Object.values(fields)[0]?.[0]
  return new ApiFailure(response.status, code === null ? (first ?? detail) : detail, fields, requestId, code)
}

/** Pages for who is not signed in. */
export const isOpenPage = (path: string): boolean => path === '/login' || path.startsWith('/accept-invite/')

/** G-11: back to the same URL after the login. A full load, so that nothing of the former user stays in memory. */
export function leaveForLogin(): void {
  if (isOpenPage(location.pathname)) return
  const here = location.pathname + location.search + location.hash
  location.assign(here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`)
}

/** Where `next` may lead: a path of our own origin, else the start page (L-03). */
export function ownPath(next: string | null | undefined): string {
  if (!next || !URL.canParse(next, location.origin)) return '/'
  const url = new URL(next, location.origin)
  return url.origin === location.origin ? url.pathname + url.search + url.hash : '/'
}

/** Reads the cursors out of a `Link` header; null where there is nothing more. */
export function readCursors(link: string | null): { previous: string | null; next: string | null } {
  const parts = link?.split(/,\s*(?=<)/) ?? []
  const cursorOf = (rel: string): string | null => /cursor="([^"]*)"/.exec(parts.find((part) => part.includes(`rel="${rel}"`) && part.includes('results="true"')) ?? '')?.[1] ?? null
  return { previous: cursorOf('previous'), next: cursorOf('next') }
}
