// Security reports as browsers send them, and the events they become (protocol 2.10).

import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../core/event/json.ts'
import { presentEvent } from '../../../core/event/present.ts'
import { readReportEvent } from '../../../core/event/report.ts'
import { clean, context, entry, measureCpu } from './given.ts'

const document = 'https://shop.example.com/cart'
const kebab = { 'document-uri': document, referrer: 'https://a.example.com/', 'violated-directive': 'img-src https://shop.example.com cdn.example.com', 'effective-directive': 'img-src', 'original-policy': 'img-src *', 'blocked-uri': 'https://evil.example.net:81/x.png?a=1', 'source-file': document, 'line-number': '24', 'column-number': 7, 'status-code': 0 }
const camel = { documentURL: document, referrer: 'https://a.example.com/', violatedDirective: kebab['violated-directive'], effectiveDirective: 'img-src', originalPolicy: 'img-src *', blockedURL: kebab['blocked-uri'], sourceFile: document, lineNumber: 24, columnNumber: '7', statusCode: 0 }
const snake = Object.fromEntries(Object.entries(kebab).map(([name, value]) => [name.replaceAll('-', '_'), value]))
const meta = { ua: 'Mozilla/5.0 Firefox/126.0', release: 'shop@1', environment: 'production' }

const show = (report: JsonObject) => presentEvent(readReportEvent(clean(report), meta) as JsonObject, context)
const old = (report: object) => ({ 'csp-report': report })

describe('a policy report', () => {
  test.each([['kebab', old(kebab)], ['snake', old(snake)], ['camel', old(camel)], ['Reporting API', { type: 'csp-violation', url: document, user_agent: meta.ua, body: camel }]])('in %s spelling is an event', (_, report) => {
    const event = show(report)
    expect(event).toMatchObject({
      type: 'csp', title: "Blocked 'image' from 'evil.example.net:81'", message: "Blocked 'image' from 'evil.example.net:81'", culprit: "img-src 'self' cdn.example.com", location: kebab['blocked-uri'], logger: 'csp', release: { version: 'shop@1' }, environment: 'production', level: 'error',
      metadata: { directive: 'img-src', uri: kebab['blocked-uri'] }, user: { ip_address: '203.0.113.50' },
    })
    expect(event.contexts.csp).toMatchObject({ effective_directive: 'img-src', original_policy: 'img-src *', line_number: 24, column_number: 7, status_code: 0, document_uri: document })
    expect(event.contexts.browser).toMatchObject({ name: 'Firefox' })
    expect(entry(event, 'request')).toMatchObject({ url: document, headers: [['Referer', 'https://a.example.com/'], ['User-Agent', meta.ua]] })
    expect(Object.fromEntries(event.tags.map(({ key, value }) => [key, value]))).toMatchObject({ 'effective-directive': 'img-src', 'blocked-uri': kebab['blocked-uri'], 'blocked-host': 'evil.example.net' })
    expect(event.errors).toEqual([])
  })

  test.each([
    ['script-src', 'inline', "Blocked unsafe inline 'script'"], ['script-src', 'eval', "Blocked unsafe eval() 'script'"], ['script-src', 'self', "Blocked unsafe (eval() or inline) 'script'"], ['style-src', '', "Blocked inline 'style'"],
    ['script-src-attr', "'self'", "Blocked unsafe 'script' element"], ['script-src-elem', 'self', 'Blocked inline script attribute'], ['style-src-elem', 'self', "Blocked 'style' or 'link' element"], ['style-src-attr', 'self', 'Blocked style attribute'],
    ['img-src', 'self', "Blocked inline 'image'"], ['base-uri', 'self', "Blocked inline 'base-uri'"], ['form-action', 'https://a.b/c', "Blocked 'form' action to 'a.b'"], ['frame-src', 'https://a.b', "Blocked 'frame-src' from 'a.b'"], ['img-src', 'data', "Blocked 'image' from 'data:'"],
    ['connect-src', 'wss://a.b:1/x', "Blocked 'connect' from 'wss://a.b:1'"], ['child-src', 'blob', "Blocked 'child' from 'blob:'"],
  ])('on %s of %j says %s', (directive, blocked, message) => {
    expect(show(old({ 'effective-directive': directive, 'blocked-uri': blocked })).title).toBe(message)
  })

  test('names its directive by the first word of the violated one, where browsers send nothing else', () => {
    expect(show(old({ 'violated-directive': 'default-src self', 'blocked-uri': 'http://evil.example.com' }))).toMatchObject({ title: "Blocked 'default-src' from 'evil.example.com'", culprit: 'default-src self' })
  })

  test('does not show what Stripe has in its query strings', () => {
    expect(show(old({ 'effective-directive': 'img-src', 'blocked-uri': 'https://api.stripe.com/v1?card=4111#x' })).tags).toContainEqual({ key: 'blocked-uri', value: 'https://api.stripe.com/v1' })
  })

  test.each([[{}], [old({})], [old({ 'effective-directive': 'nonsense-src' })], [{ 'csp-report': 'x' }], [{ type: 'csp-violation' }], [{ type: 'csp-violation', body: {} }], [{ type: 7 }]])('%j is invalid', (report) => {
    expect(readReportEvent(report, {})).toEqual({ invalid: 'invalid_security_report' })
  })

  test.each(['deprecation', 'network-error', 'intervention', 'crash'])('of type %s is ignored', (type) => {
    expect(readReportEvent({ type, body: camel }, {})).toEqual({ ignored: true })
  })

  test('of megabytes is read within a second', () => {
    const text = 'https://a '.repeat(100_000)
    const report = old(Object.fromEntries([...Object.keys(kebab), 'x'].map((name) => [name, name === 'effective-directive' ? 'img-src' : text])))
    expect(measureCpu(() => show(report))).toBeLessThan(1000)
  })
})

test.each([
  ['expectct', { 'expect-ct-report': { hostname: 'a.example.com', port: 443 } }, "Expect-CT failed for 'a.example.com'"],
  ['expectstaple', { 'expect-staple-report': { hostname: 'a.example.com', port: 8443 } }, "Expect-Staple failed for 'a.example.com'"],
  ['hpkp', { hostname: 'a.example.com', port: 443, 'known-pins': ['x'] }, "Public key pinning validation failed for 'a.example.com'"],
])('a certificate report (%s) is an event too', (type, report, title) => {
  expect(show(report)).toMatchObject({ type, title, location: 'a.example.com', contexts: { [type]: { hostname: 'a.example.com' } } })
})
