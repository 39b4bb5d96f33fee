// The sentence and the place of a browser's security report inside an event (protocol 2.10, 4.14); report.ts makes the event.

import { cutText, isObject, readAttribute, readText, type JsonObject } from './json.ts'

const nouns: Record<string, string> = {
  'child-src': 'child', 'connect-src': 'connect', 'font-src': 'font', 'img-src': 'image', 'manifest-src': 'manifest',
  'media-src': 'media', 'object-src': 'object', 'script-src': 'script', 'script-src-elem': 'script', 'style-src': 'style', 'style-src-elem': 'style',
}
const local: Record<string, string> = {
  'style-src': "Blocked inline 'style'", 'script-src': "Blocked unsafe (eval() or inline) 'script'",
  'script-src-attr': "Blocked unsafe 'script' element", 'script-src-elem': 'Blocked inline script attribute',
  'style-src-elem': "Blocked 'style' or 'link' element", 'style-src-attr': 'Blocked style attribute',
}

export type SecurityReport = { type: string; message: string; location: string | null; directive?: string }

const certificateReports: Record<string, string> = {
  hpkp: 'Public key pinning validation failed for', expectct: 'Expect-CT failed for', expectstaple: 'Expect-Staple failed for',
}

/** Null if the event has none. The location is what was blocked, `self` where the browser named nothing, or the host. */
export function readSecurityReport(event: JsonObject): SecurityReport | null {
  const policy = readAttribute(event, 'csp', 'sentry.interfaces.Csp')
  if (isObject(policy)) return describePolicy(policy)
  for (const [type, sentence] of Object.entries(certificateReports)) {
    const report = event[type]
    if (!isObject(report)) continue
    const host = cutText(readText(report.hostname) ?? '', 200) || null
    return { type, message: `${sentence} '${host ?? 'unknown'}'`, location: host }
  }
  return isObject(event.nel) ? { type: 'nel', message: 'Network error', location: null } : null
}

/** The reports that an event carries, under the names the page shows them by. */
export function readReports(event: JsonObject): JsonObject {
  const reports: JsonObject = {}
  const csp = readAttribute(event, 'csp', 'sentry.interfaces.Csp')
  if (isObject(csp)) reports.csp = csp
  for (const type of Object.keys(certificateReports)) if (isObject(event[type])) reports[type] = event[type]
  return reports
}

/** Every name that browsers and SDKs give an attribute of a policy report (protocol 2.10). */
export const spellings = {
  effective_directive: ['effective_directive', 'effective-directive', 'effectiveDirective'],
  violated_directive: ['violated_directive', 'violated-directive', 'violatedDirective'],
  blocked_uri: ['blocked_uri', 'blocked-uri', 'blockedURL'],
  document_uri: ['document_uri', 'document-uri', 'documentURL'],
  original_policy: ['original_policy', 'original-policy', 'originalPolicy'],
  referrer: ['referrer'],
  source_file: ['source_file', 'source-file', 'sourceFile'],
  script_sample: ['script_sample', 'script-sample', 'scriptSample', 'sample'],
  disposition: ['disposition'],
  status_code: ['status_code', 'status-code', 'statusCode'],
  line_number: ['line_number', 'line-number', 'lineNumber'],
  column_number: ['column_number', 'column-number', 'columnNumber'],
} as const

/** '' where the report has none. */
export function readSpelling(report: JsonObject, attribute: keyof typeof spellings): string {
  for (const name of spellings[attribute]) {
    const text = readText(report[name])
    if (text !== null) return text
  }
  return ''
}

/** The first word: older browsers send the directive with all its sources. */
export function firstWord(text: string): string {
  return cutText(text.trim().split(/\s/, 1)[0] ?? '', 64)
}

function describePolicy(report: JsonObject): SecurityReport {
  const directive = firstWord(readSpelling(report, 'effective_directive') || readSpelling(report, 'violated_directive'))
  const uri = cutText(readSpelling(report, 'blocked_uri') || 'self', 200)
  return { type: 'csp', message: nameViolation(directive, uri), location: uri, directive }
}

function nameViolation(directive: string, uri: string): string {
  const isScript = directive.startsWith('script-src')
  if (isScript && uri === 'inline') return "Blocked unsafe inline 'script'"
  if (isScript && uri === 'eval') return "Blocked unsafe eval() 'script'"
  if (/^(?:self|'self'|inline|eval)$/.test(uri)) return pick(local, directive) ?? `Blocked inline '${pick(nouns, directive) ?? directive}'`
  const host = nameSource(uri)
  if (directive === 'form-action') return `Blocked 'form' action to '${host}'`
  return `Blocked '${pick(nouns, directive) ?? directive}' from '${host}'`
}

function pick(table: Record<string, string>, directive: string): string | undefined {
  return Object.hasOwn(table, directive) ? table[directive] : undefined
}

const bareSchemes = /^(?:data|blob|filesystem|mediastream|about)$/

/** `host:port` of http and https, `scheme://host` or `scheme:` of others (protocol 2.10). */
export function nameSource(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]{0,30}):(?:\/\/(?:[^/?#@]*@)?([^/?#]*))?/i.exec(uri)
  if (!match) return bareSchemes.test(uri) ? `${uri}:` : uri
  const [, scheme, host = ''] = match
  return /^https?$/i.test(scheme!) ? host : host ? `${scheme}://${host}` : `${scheme}:`
}
