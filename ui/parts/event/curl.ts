// The request of an event as one curl command that a shell runs unchanged (D-13). Pure. What stands in it was written by
// strangers: nothing of it may become another argument, another header or another command.

import type { RequestData } from '../../../core/contract/event.ts'

/* curl sets these itself, and a wrong length or an encoding it would not undo breaks the replay. */
const ownHeaders = new Set(['content-length', 'host', 'connection', 'accept-encoding', 'transfer-encoding', 'cookie'])
const token = /^[\w!#$%&'*+.^`|~-]+$/

/** One line, every argument in single quotes, `[Filtered]` kept, no `--compressed`. Null without an address of the web. */
export function buildCurl(request: RequestData): string | null {
  const address = webAddress(request)
  if (address === null) return null
  const body = bodyText(request)
  const method = request.method ?? (body === null ? 'GET' : 'POST')
  const headers = request.headers.filter(([name]) => token.test(name) && !ownHeaders.has(name.toLowerCase())).map(([name, value]) => formatHeader(name, value))
  if (request.cookies.length > 0) headers.push(formatHeader('Cookie', request.cookies.map(([name, value]) => `${name}=${value}`).join('; ')))
  // A body alone would be called a form.
  if (body !== null && !headers.some((header) => /^content-type[:;]/i.test(header))) headers.push(`Content-Type:${request.inferredContentType === null ? '' : ` ${request.inferredContentType}`}`)
  const parts = [
    'curl', ...(method === 'HEAD' ? ['--head'] : ['-X', quote(method)]),
    // Brackets and dot segments go out as they are.
    ...(/[[\]{}]/.test(address) ? ['--globoff'] : []), ...(/\/\.{1,2}(?:[/?]|$)/.test(address) ? ['--path-as-is'] : []),
    quote(address), ...headers.flatMap((header) => ['-H', quote(header)]),
  ]
  return [...parts, ...(body === null ? [] : ['--data-raw', quote(body)])].join(' ')
}

/** The address with its query, which SDKs send apart from it. */
export function addressOf(request: RequestData): string {
  const url = request.url ?? ''
  if (request.query.length === 0 || url.includes('?')) return url
  return `${url}?${request.query.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join('&')}`
}

/** A path alone is completed by the Host header. What a URL cannot hold is percent-encoded, as browsers do. */
function webAddress(request: RequestData): string | null {
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  const sent = addressOf(request)
  const whole = sent.startsWith('/') && host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `http://${host}${sent}` : sent
  return /^https?:\/\/[^/?#]/i.test(whole) ? whole.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent) : null
}

function bodyText({ data, inferredContentType }: RequestData): string | null {
  if (data === null || data === undefined || data === '') return null
  if (typeof data === 'string') return data.toWellFormed()
  if (inferredContentType === 'application/x-www-form-urlencoded' && typeof data === 'object' && !Array.isArray(data)) return new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)])).toString()
  return JSON.stringify(data)
}

const encodePart = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Without a value curl sends none only when the name ends with `;`. A line break would begin another header. */
function formatHeader(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex
  const line = value.toWellFormed().replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]+/g, ' ').trim()
  return line === '' ? `${name};` : `${name}: ${line}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
