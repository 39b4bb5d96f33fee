// Who sent the request that failed: browsers too old to be helped, and crawlers.

import { createIsBotFromList, isbotPatterns, list } from 'isbot'
import type { EventContext } from '../event/context.ts'
import { isObject, readAttribute, type JsonObject } from '../event/json.ts'
import type { EventSummary } from '../event/summary.ts'
import { readAgentHeaders } from '../event/surroundings.ts'
import { readUserAgent } from '../event/useragent.ts'

/** The user agent that the event names, of a browser's event also the one that brought it; '' if neither; at most 512 units. */
export function readClientAgent(event: JsonObject, summary: EventSummary, context: EventContext): string {
  const request = readAttribute(event, 'request', 'sentry.interfaces.Http')
  const said = isObject(request) ? readAgentHeaders(request.headers)['user-agent'] : undefined
  return (said ?? (summary.platform === 'javascript' ? context.meta.ua : undefined) ?? '').slice(0, 512)
}

/** The first major version that is not legacy; Sentry's list, and Internet Explorer altogether. */
const firstModern: Record<string, number> = { 'Internet Explorer': 12, Safari: 6, Opera: 15, 'Android Browser': 4 }

export function isLegacyBrowser(agent: string): boolean {
  if (agent === '') return false
  // The library counts some forms of these two as other browsers.
  const mini = /Opera Mini\/(\d{1,3})/.exec(agent)
  if (mini) return Number(mini[1]) < 8
  if (/\bMSIE \d|\bTrident\//.test(agent)) return true
  const { browser, os } = readUserAgent(agent)
  if (browser === null || !Object.hasOwn(firstModern, browser.name)) return false
  // Android's own browser says 4.0 of itself for ever: what counts is the system's version.
  const version = Number.parseInt((browser.name === 'Android Browser' ? os?.version : browser.version) ?? '', 10)
  return version < firstModern[browser.name]!
}

// The library counts every program that is no browser as a bot. The clients of an API are such programs, and their
// errors matter: the patterns that match them are left out.
const programs = [
  'curl/8.0', 'Wget/1.2', 'node', 'undici', 'axios/1.2', 'python-requests/2.1', 'okhttp/4.9', 'Go-http-client/1.1', 'Apache-HttpClient/4.5 (Java/17)', 'PostmanRuntime/7.3',
  'GuzzleHttp/7', 'Ruby', 'PHP/8', 'insomnia/2023', 'some user agent', 'sentry.javascript.node/8.0', 'libwww-perl/6.67',
]
const ofPrograms = new Set(programs.flatMap((agent) => isbotPatterns(agent)))
const isCrawler = createIsBotFromList(list.filter((pattern) => !ofPrograms.has(pattern)))

export function isWebCrawler(agent: string): boolean {
  // Slack fetches a page for the person who shared it; Sentry lets that through.
  return agent !== '' && (isCrawler(agent) || /slurp/i.test(agent)) && !/Slackbot 1\.\d/.test(agent)
}
