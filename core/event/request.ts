// The HTTP request during which the event happened (protocol 4.6).

import type { RequestData } from '../contract/event.ts'
import type { EventContext } from './context.ts'
import { cutText, isObject, readAttribute, readJsonText, readPairs, readText, sliceText, type JsonObject } from './json.ts'
import type { Note } from './notes.ts'
import { trimObject, trimValue } from './trim.ts'

type Pair = [string, string]

const pairCount = 200
const pairLimit = 2048
const dataLimit = 16_384

/** Null if the SDK sent none. */
export function presentRequest(event: JsonObject, context: EventContext, note: Note): RequestData | null {
  const sent = readAttribute(event, 'request', 'sentry.interfaces.Http')
  if (!isObject(sent) || Object.keys(sent).length === 0) return null
  const url = splitUrl(cutText(readText(sent.url) ?? '', pairLimit))
  const headers = readHeaders(sent.headers)
  const cookieHeader = headers.find(([name]) => name === 'Cookie')?.[1]
  const body = readBody(sent.data)
  const contentType = headers.find(([name]) => name === 'Content-Type')?.[1].split(';', 1)[0]?.trim()
  return {
    url: url.base || null,
    method: readMethod(sent.method, note),
    query: readQuery(sent.query_string ?? url.query),
    fragment: readText(sent.fragment) ?? url.fragment,
    headers: headers.filter(([name]) => name !== 'Cookie'),
    cookies: readCookies(sent.cookies ?? cookieHeader),
    env: readEnv(sent.env, context, note),
    data: trimValue(body.data, dataLimit, 7, 'request.data', note),
    inferredContentType: readText(sent.inferred_content_type) ?? body.type ?? contentType ?? null,
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

function readQuery(sent: unknown): Pair[] {
  if (typeof sent === 'string') return splitForm(sent.startsWith('?') ? sent.slice(1) : sent)
  return typeof sent === 'object' ? readTextPairs(sent) : []
}

function splitForm(text: string): Pair[] {
  return cutPairs([...new URLSearchParams(sliceText(text, dataLimit))])
}

function readTextPairs(sent: unknown): Pair[] {
  return cutPairs(readPairs(sent, pairCount).map(([key, value]) => [key, readJsonText(value, pairLimit) ?? '']))
}

function cutPairs(pairs: Pair[]): Pair[] {
  return pairs.slice(0, pairCount).map(([key, value]) => [cutText(key, 200).toWellFormed(), cutText(value, pairLimit).toWellFormed()])
}

/** Names as HTTP/1.1 writes them; the object form is sorted, the list form keeps its order. */
function readHeaders(sent: unknown): Pair[] {
  const pairs = readPairs(sent, pairCount).map(([name, value]): Pair => {
    const text = Array.isArray(value) ? value.slice(0, 50).map((part) => readJsonText(part, pairLimit) ?? '').join(',') : (readJsonText(value, pairLimit) ?? '')
    return [name.replaceAll(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase()), text]
  })
  return cutPairs(isObject(sent) ? pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : pairs)
}

function readCookies(sent: unknown): Pair[] {
  if (typeof sent !== 'string') return readTextPairs(sent)
  const pairs = sliceText(sent, dataLimit).split(';').map((cookie): Pair => {
    const at = cookie.indexOf('=')
    return at === -1 ? [cookie.trim(), ''] : [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()]
  })
  return cutPairs(pairs.filter(([name]) => name !== ''))
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
  const pairs = splitForm(sent)
  return { data: Object.fromEntries(pairs.filter(([name]) => name !== '__proto__')), type: 'application/x-www-form-urlencoded' }
}
