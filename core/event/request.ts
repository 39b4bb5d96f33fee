// The HTTP request during which the event happened (protocol 4.6).

import type { RequestData } from '../contract/event.ts'
import type { EventContext } from './context.ts'
import { cutText, isObject, readAttribute, readJsonText, readPairs, readText, sliceText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { trimObject, trimText, trimValue } from './trim.ts'

type Pair = [string, string]

const pairCount = 200
const pairLimit = 2048
const dataLimit = 16_384

/** Null if the SDK sent none. */
export function presentRequest(event: JsonObject, context: EventContext, note: Note): RequestData | null {
  const sent = readAttribute(event, 'request', 'sentry.interfaces.Http')
  if (!isObject(sent) || Object.keys(sent).length === 0) return null
  const url = splitUrl(trimText(sent.url, pairLimit, 'request.url', note) ?? '')
  const headers = readHeaders(sent.headers, note)
  const cookieHeader = headers.find(([name]) => name === 'Cookie')?.[1]
  const body = readBody(sent.data)
  const contentType = headers.find(([name]) => name === 'Content-Type')?.[1].split(';', 1)[0]?.trim()
  return {
    url: url.base || null,
    method: readMethod(sent.method, note),
    query: readQuery(sent.query_string ?? url.query, note),
    fragment: trimText(sent.fragment, pairLimit, 'request.fragment', note) ?? url.fragment,
    headers: headers.filter(([name]) => name !== 'Cookie'),
    cookies: readCookies(sent.cookies ?? cookieHeader, note),
    env: readEnv(sent.env, context, note),
    data: trimValue(body.data, dataLimit, 7, 'request.data', note),
    inferredContentType: trimText(sent.inferred_content_type, 200, 'request.inferred_content_type', note) ?? body.type ?? contentType ?? null,
  }
}

function splitUrl(url: string): { base: string; query: string | null; fragment: string | null } {
  const [, base = '', query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? []
  return { base, query: query || null, fragment: fragment || null }
}

function readMethod(sent: unknown, note: Note): string | null {
  const method = readText(sent)?.toUpperCase()
  if (method === undefined) return null
  if (/^[A-Z\-_]{3,32}$/.test(method)) return method
  note('invalid_data', 'request.method')
  return null
}

function readQuery(sent: unknown, note: Note): Pair[] {
  if (typeof sent === 'string') return cutPairs(splitForm(sent.startsWith('?') ? sent.slice(1) : sent), 'request.query_string', note)
  return typeof sent === 'object' ? readTextPairs(sent, 'request.query_string', note) : []
}

function splitForm(text: string): Pair[] {
  return [...new URLSearchParams(sliceText(text, dataLimit))]
}

function readTextPairs(sent: unknown, name: string, note: Note): Pair[] {
  return cutPairs(readPairs(sent, pairCount + 1).map(([key, value]) => [key, readJsonText(value, pairLimit + 1) ?? '']), name, note)
}

function cutPairs(pairs: Pair[], name: string, note: Note): Pair[] {
  if (pairs.length > pairCount) note('too_many_values', name)
  return pairs.slice(0, pairCount).map(([key, value]) => {
    if (value.length > pairLimit) note('value_too_long', name)
    return [cutText(key, 200).toWellFormed(), cutText(value, pairLimit).toWellFormed()]
  })
}

/** Names as HTTP/1.1 writes them; the object form is sorted, the list form keeps its order. */
function readHeaders(sent: unknown, note: Note): Pair[] {
  const pairs = readPairs(sent, pairCount + 1).map(([name, value]): Pair => {
    const text = Array.isArray(value) ? value.slice(0, 50).map((part) => readJsonText(part, pairLimit) ?? '').join(',') : (readJsonText(value, pairLimit + 1) ?? '')
    return [name.replaceAll(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase()), text]
  })
  return cutPairs(isObject(sent) ? pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : pairs, 'request.headers', note)
}

function readCookies(sent: unknown, note: Note): Pair[] {
  if (typeof sent !== 'string') return readTextPairs(sent, 'request.cookies', note)
  const pairs = sliceText(sent, dataLimit).split(';').map((cookie): Pair => {
    const at = cookie.indexOf('=')
    return at === -1 ? [cookie.trim(), ''] : [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()]
  })
  return cutPairs(pairs.filter(([name]) => name !== ''), 'request.cookies', note)
}

function readEnv(sent: unknown, context: EventContext, note: Note): JsonObject {
  const env = trimObject(sent, 8192, 3, 'request.env', note)
  return env.REMOTE_ADDR === '{{auto}}' ? { ...env, REMOTE_ADDR: context.remoteAddr } : env
}

/** Text is parsed as JSON, else as a form if it has a `=`. */
function readBody(sent: unknown): { data: unknown; type: string | null } {
  if (typeof sent !== 'string' || sent === '') return { data: sent ?? null, type: null }
  const start = sent.trimStart().charAt(0)
  if (start === '{' || start === '[') {
    try {
      return { data: JSON.parse(sent), type: 'application/json' }
    } catch {
      return { data: sent, type: null }
    }
  }
  if (!/^[^\s=&]{1,200}=/.test(sent)) return { data: sent, type: null }
  const pairs = splitForm(sent).slice(0, pairCount)
  return { data: Object.fromEntries(pairs.filter(([name]) => name !== '__proto__')), type: 'application/x-www-form-urlencoded' }
}
