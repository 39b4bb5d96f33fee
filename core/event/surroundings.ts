// The contexts of an event: what the SDK sent, and what its user agent tells where the SDK sent nothing (protocol 4.8).
// Both tags and event page start here.

import type { EventContext } from './context.ts'
import { isObject, readAttribute, readObject, type JsonObject } from './json.ts'
import { readHints, readUserAgent, type Agent } from './useragent.ts'

/** As sent where the SDK sent one; `browser`, `device` and `os` or `client_os` are added, never replaced. */
export function readSurroundings(event: JsonObject, platform: string, context: EventContext): JsonObject {
  const sent = readObject(readAttribute(event, 'contexts', 'sentry.interfaces.Contexts'))
  const isBrowser = platform === 'javascript'
  // The operating system of a server is its own; its visitor's goes beside it.
  const system = isBrowser ? 'os' : 'client_os'
  const isComplete = sent.browser && sent.device && sent[system]
  const agent = isComplete ? null : findAgent(event, isBrowser ? context : null)
  if (agent === null) return sent
  const found: JsonObject = { ...sent }
  found.browser ??= agent.browser
  found.device ??= agent.device
  found[system] ??= agent.os
  return found
}

/** From the headers of the request that the event is about; of a browser, also from those of the one that brought it. */
function findAgent(event: JsonObject, context: EventContext | null): Agent | null {
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  const said = isObject(request) ? readAgentHeaders(request.headers) : {}
  const hints = hasHints(said) ? said : (context?.meta.hints ?? said)
  const text = said['user-agent'] ?? context?.meta.ua
  if (text === undefined && !hasHints(hints)) return null
  const agent = readUserAgent(text ?? '')
  if (!hasHints(hints)) return agent
  const { browser, os, device } = readHints(hints)
  return { browser: browser ?? agent.browser, os: os ?? agent.os, device: device ?? agent.device }
}

type Said = { [name: string]: string }

function hasHints(said: Said): boolean {
  return said['sec-ch-ua'] !== undefined || said['sec-ch-ua-platform'] !== undefined || said['sec-ch-ua-model'] !== undefined
}

const headerCount = 200
const headers = new Set(['user-agent', 'sec-ch-ua', 'sec-ch-ua-platform', 'sec-ch-ua-platform-version', 'sec-ch-ua-model'])

/** The headers that say who sent the request, lower-case names; the first of each counts. */
export function readAgentHeaders(sent: unknown): Said {
  const found: Said = {}
  const take = (name: unknown, value: unknown): void => {
    if (typeof name !== 'string' || name.length > 26) return
    const lower = name.toLowerCase()
    if (!headers.has(lower) || found[lower] !== undefined) return
    const text: unknown = Array.isArray(value) ? value[0] : value
    if (typeof text === 'string') found[lower] = text
  }
  if (isObject(sent)) {
    let count = 0
    for (const name in sent) {
      if (++count > headerCount) break
      take(name, sent[name])
    }
  } else if (Array.isArray(sent)) {
    for (const item of sent.slice(0, headerCount)) {
      if (Array.isArray(item)) take(item[0], item[1])
      else if (isObject(item)) take(item.key, item.value)
    }
  }
  return found
}
