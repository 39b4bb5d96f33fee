// The request of an event as one curl command that a shell runs unchanged (D-13). Pure.

import type { RequestData } from '../../../core/contract/event.ts'

/* curl sets these itself, and a wrong length or an encoding it would not undo breaks the replay. */
const ownHeaders = new Set(['content-length', 'host', 'connection', 'accept-encoding', 'transfer-encoding'])

/** One line, every argument in single quotes, `[Filtered]` kept, no `--compressed`. */
export function buildCurl(request: RequestData): string {
  const body = bodyText(request.data)
  const method = request.method ?? (body === null ? 'GET' : 'POST')
  const parts = ['curl', '-X', quote(method), quote(addressOf(request))]
  for (const [name, value] of request.headers) {
    const isOwn = ownHeaders.has(name.toLowerCase())
    const cookieTwice = name.toLowerCase() === 'cookie' && request.cookies.length > 0
    if (!isOwn && !cookieTwice) parts.push('-H', quote(`${name}: ${value}`))
  }
  if (request.cookies.length > 0) parts.push('-H', quote(`Cookie: ${request.cookies.map(([name, value]) => `${name}=${value}`).join('; ')}`))
  if (body !== null) parts.push('--data-raw', quote(body))
  return parts.join(' ')
}

/** The address with its query, which SDKs send apart from it. */
export function addressOf(request: RequestData): string {
  const url = request.url ?? ''
  if (request.query.length === 0 || url.includes('?')) return url
  return `${url}?${request.query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`
}

function bodyText(data: unknown): string | null {
  if (data === null || data === undefined || data === '') return null
  return typeof data === 'string' ? data : JSON.stringify(data)
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
