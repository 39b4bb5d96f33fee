// One security report of a browser as the event that it stands for (protocol 2.10). What is made here goes the way of
// every event: scrubbed, grouped by its message, shown.

import type { RequestMeta } from '../fact.ts'
import { cutText, isObject, readCount, readText, type JsonObject } from './json.ts'
import { firstWord, nameSource, readSecurityReport, readSpelling, spellings } from './security.ts'

const directives = new Set(
  `base-uri child-src connect-src default-src fenced-frame-src font-src form-action frame-ancestors frame-src img-src manifest-src media-src object-src plugin-types
  prefetch-src referrer script-src script-src-attr script-src-elem style-src style-src-elem style-src-attr upgrade-insecure-requests worker-src sandbox navigate-to
  report-uri report-to block-all-mixed-content require-sri-for require-trusted-types-for trusted-types`.split(/\s+/),
)

/**
 * `report` is one report: `{"csp-report": …}`, one entry of the Reporting API, or one of the certificate reports of old browsers.
 * Invalid without a directive that exists; ignored when it is of a kind that makes no event. Never throws.
 */
export function readReportEvent(report: JsonObject, meta: RequestMeta): JsonObject | { invalid: string } | { ignored: true } {
  if (isObject(report['csp-report'])) return readViolation(report['csp-report'], meta)
  if (report.type === 'csp-violation' && isObject(report.body)) {
    const body = readSpelling(report.body, 'document_uri') ? report.body : { ...report.body, documentURL: report.url }
    return readViolation(body, { ...meta, ua: readText(report.user_agent) ?? meta.ua ?? '' })
  }
  if (isObject(report['expect-ct-report'])) return readCertificateReport('expectct', report['expect-ct-report'], meta)
  if (isObject(report['expect-staple-report'])) return readCertificateReport('expectstaple', report['expect-staple-report'], meta)
  if (Array.isArray(report['known-pins'])) return readCertificateReport('hpkp', report, meta)
  return typeof report.type === 'string' && report.type !== 'csp-violation' ? { ignored: true } : { invalid: 'invalid_security_report' }
}

const textLimit = 8192
const counts = new Set(['status_code', 'line_number', 'column_number'])

function readViolation(report: JsonObject, meta: RequestMeta): JsonObject | { invalid: string } {
  const violated = readSpelling(report, 'violated_directive')
  const directive = [readSpelling(report, 'effective_directive'), violated].map(firstWord).find((word) => directives.has(word))
  if (directive === undefined) return { invalid: 'invalid_security_report' }
  const csp: JsonObject = {}
  for (const attribute of Object.keys(spellings) as (keyof typeof spellings)[]) {
    const text = readSpelling(report, attribute)
    const value = counts.has(attribute) ? readCount(text) : cutText(text, textLimit)
    if (value !== null && value !== '') csp[attribute] = value
  }
  const blocked = readSpelling(report, 'blocked_uri') || 'self'
  Object.assign(csp, { effective_directive: directive, blocked_uri: cutText(blocked, textLimit) })
  const document = readSpelling(report, 'document_uri')
  const tags = [['effective-directive', directive], ['blocked-uri', hideStripe(blocked)]]
  const host = readHost(blocked)
  if (host !== null) tags.push(['blocked-host', host])
  return { ...describeEvent('csp', csp, document, readSpelling(report, 'referrer'), meta), culprit: nameCulprit(violated, document), tags }
}

/** As browsers without Reporting API sent them; only the host says anything. */
function readCertificateReport(type: string, sent: JsonObject, meta: RequestMeta): JsonObject {
  const report: JsonObject = {}
  for (const [name, value] of Object.entries(sent).slice(0, 50)) report[cutText(name.replaceAll('-', '_'), 64)] = value
  const host = readText(report.hostname)
  const port = readCount(report.port)
  const tags = Object.entries({ hostname: host, port }).filter(([, value]) => value !== null)
  return { ...describeEvent(type, report, host === null ? '' : `https://${cutText(host, 255)}${port === null || port === 443 ? '' : `:${port}`}/`, '', meta), tags }
}

function describeEvent(type: string, report: JsonObject, url: string, referrer: string, meta: RequestMeta): JsonObject {
  const headers = [['Referer', referrer], ['User-Agent', meta.ua ?? '']].filter(([, value]) => value !== '')
  return {
    type,
    logger: 'csp',
    [type]: report,
    logentry: { formatted: readSecurityReport({ [type]: report })?.message },
    request: { ...(url && { url }), headers },
    user: { ip_address: '{{auto}}' },
    ...(meta.release && { release: meta.release }),
    ...(meta.environment && { environment: meta.environment }),
  }
}

/** The violated directive as written, the document's own origin as `'self'`, into which some browsers had expanded it. */
function nameCulprit(violated: string, document: string): string {
  const [directive = '', ...sources] = cutText(violated.trim(), 1000).split(/\s+/)
  const own = nameSource(document)
  return [directive, ...sources.map((source) => (own !== '' && nameSource(source) === own ? "'self'" : source))].join(' ')
}

// Stripe puts secrets into query strings, and a tag is where they would be seen by everybody.
function hideStripe(uri: string): string {
  return uri.startsWith('https://api.stripe.com/') ? uri.split(/[?#]/, 1)[0]! : uri
}

function readHost(uri: string): string | null {
  return /^https?:/i.test(uri) ? nameSource(uri).replace(/:\d{1,5}$/, '') || null : null
}
