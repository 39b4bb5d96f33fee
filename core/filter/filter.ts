// Events that a project's owner does not want, whatever they say: Sentry's inbound filters. Asked by the fold of every
// event, so a project without filters pays nothing; what is filtered stays in the log and is counted.

import type { EventContext } from '../event/context.ts'
import type { JsonObject } from '../event/json.ts'
import type { EventSummary } from '../event/summary.ts'
import type { ProjectSettings } from '../project/settings.ts'
import { isLegacyBrowser, isWebCrawler, readClientAgent } from './client.ts'
import { isFromExtension } from './extension.ts'
import { compileGlob, type Glob } from './glob.ts'
import { isFromLocalhost } from './localhost.ts'
import { readErrorMessages } from './messages.ts'

export type FilterReason = 'browser_extension' | 'legacy_browser' | 'localhost' | 'web_crawler' | 'error_message' | 'release'
type Filters = ProjectSettings['filters']

/** The first filter that the event falls under, or null. Never throws; time is linear in the event, whatever the patterns. */
export function filterEvent(event: JsonObject, summary: EventSummary, context: EventContext, filters: Filters): FilterReason | null {
  if (filters.browserExtensions && isFromExtension(event)) return 'browser_extension'
  if (filters.localhost && isFromLocalhost(event, summary, context)) return 'localhost'
  const agent = filters.legacyBrowsers || filters.webCrawlers ? readClientAgent(event, summary, context) : ''
  if (filters.legacyBrowsers && isLegacyBrowser(agent)) return 'legacy_browser'
  if (filters.webCrawlers && isWebCrawler(agent)) return 'web_crawler'
  if (filters.errorMessages.length > 0 && matchesAny(filters.errorMessages, readErrorMessages(event))) return 'error_message'
  if (filters.releases.length > 0 && summary.release !== null && matchesAny(filters.releases, [summary.release])) return 'release'
  return null
}

// Settings change seldom and are the same object until then.
const compiled = new WeakMap<readonly string[], Glob[]>()

function matchesAny(patterns: readonly string[], texts: string[]): boolean {
  let globs = compiled.get(patterns)
  if (globs === undefined) compiled.set(patterns, (globs = patterns.map(compileGlob)))
  return globs.some((glob) => texts.some(glob))
}
