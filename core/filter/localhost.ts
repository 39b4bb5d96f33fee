// Errors of somebody's own machine: a page or a server at localhost, or a person whose address is the machine itself.

import type { EventContext } from '../event/context.ts'
import { isObject, readAttribute, readPairs, readText, type JsonObject } from '../event/json.ts'
import { ignoreNotes } from '../event/notes.ts'
import type { EventSummary } from '../event/summary.ts'
import { readPerson } from '../event/user.ts'

const addresses = new Set(['127.0.0.1', '::1'])
const localUrl = /^(?:file:|(?:https?|wss?):\/\/(?:[^/?#@]{0,200}@)?(?:(?:[a-z0-9_-]{1,63}\.){0,10}localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d{1,5})?(?:[/?#]|$))/i
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d{1,5})?$/i
const hostHeaders = new Set(['host', 'x-forwarded-host'])

/**
 * By the URL of the request, by its `Host` header where it has none, or by the address that the event itself names: the one it
 * came from is this machine's also for everybody behind a proxy of the installation.
 */
export function isFromLocalhost(event: JsonObject, summary: EventSummary, context: EventContext): boolean {
  const address = readPerson(event, summary.platform, { ...context, remoteAddr: null }, ignoreNotes).ip_address
  if (address !== null && addresses.has(address)) return true
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  if (!isObject(request)) return false
  const url = readText(request.url)
  if (url !== null && url.includes(':')) return localUrl.test(url.slice(0, 1024))
  return readPairs(request.headers, 200).some(([name, value]) => {
    const text = readText(Array.isArray(value) ? value[0] : value)?.trim() ?? ''
    const header = name.toLowerCase()
    return (hostHeaders.has(header) && localHost.test(text)) || (header === 'x-forwarded-for' && addresses.has(text))
  })
}
