// The sentence and the place of a security report that a browser sent (protocol 2.10, 4.14).

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

export type SecurityReport = { type: string; message: string; location: string | null }

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

function describePolicy(report: JsonObject): SecurityReport {
  const read = (...names: string[]): string => names.map((name) => readText(report[name])).find((text) => text !== null) ?? ''
  const directives = read('effective_directive', 'effective-directive', 'effectiveDirective') || read('violated_directive', 'violated-directive', 'violatedDirective')
  const directive = cutText(directives.trim().split(/\s/, 1)[0] ?? '', 64)
  const uri = cutText(read('blocked_uri', 'blocked-uri', 'blockedURL') || 'self', 200)
  return { type: 'csp', message: nameViolation(directive, uri), location: uri }
}

function nameViolation(directive: string, uri: string): string {
  const isScript = directive.startsWith('script-src')
  if (isScript && uri === 'inline') return "Blocked unsafe inline 'script'"
  if (isScript && uri === 'eval') return "Blocked unsafe eval() 'script'"
  if (/^(?:self|'self'|inline|eval)$/.test(uri)) return pick(local, directive) ?? `Blocked inline '${directive}'`
  const host = nameHost(uri)
  if (directive === 'form-action') return `Blocked 'form' action to '${host}'`
  return `Blocked '${pick(nouns, directive) ?? directive}' from '${host}'`
}

function pick(table: Record<string, string>, directive: string): string | undefined {
  return Object.hasOwn(table, directive) ? table[directive] : undefined
}

function nameHost(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]{0,30}):(?:\/\/([^/?#]*))?/i.exec(uri)
  if (!match) return uri === 'data' ? 'data:' : uri
  const [, scheme, host = ''] = match
  return /^https?$/i.test(scheme!) ? host : host ? `${scheme}://${host}` : `${scheme}:`
}
