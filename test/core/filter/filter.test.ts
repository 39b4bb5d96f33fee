// Inbound filters: what each holds back, what it must let through, and that none does anything unless it is on.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summariseEvent } from '../../../core/event/summary.ts'
import { filterEvent } from '../../../core/filter/filter.ts'
import { defaultSettings, type ProjectSettings } from '../../../core/project/settings.ts'
import { clean, context, measureCpu } from '../event/given.ts'

type Filters = ProjectSettings['filters']
const off = defaultSettings.filters
const all: Filters = { browserExtensions: true, legacyBrowsers: true, localhost: true, webCrawlers: true, errorMessages: ['*ResizeObserver*'], releases: ['*-dev'] }

function filter(payload: unknown, filters: Partial<Filters>, change: object = {}) {
  const event = clean(payload)
  const given = { ...context, ...change }
  return filterEvent(event, summariseEvent(event, given), given, { ...off, ...filters })
}

const thrown = (value: string, abs_path = 'https://shop.example.com/app.js') => ({ exception: [{ type: 'Error', value, stacktrace: { frames: [{ abs_path }, { abs_path: '<anonymous>' }] } }] })
const visited = (agent: string) => ({ request: { headers: { 'user-agent': agent } } })
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

describe('errors of browser extensions', () => {
  test.each([
    thrown("Can't find variable: ZiteReader"), thrown('Extension context invalidated.'), thrown("TypeError: can't access dead object"), thrown('_gCrWeb is not defined'),
    thrown('x', 'chrome-extension://abc/content.js'), thrown('x', 'moz-extension://abc/content.js'), thrown('x', 'safari-web-extension://abc/content.js'), thrown('x', 'webkit-masked-url://hidden/'),
    thrown('x', 'https://fscr.kaspersky-labs.com/main.js'), thrown('x', 'https://connect.facebook.net/en_US/sdk.js'),
  ])('are held back: %j', (payload) => {
    expect(filter(payload, { browserExtensions: true })).toBe('browser_extension')
    expect(filter(payload, { ...all, browserExtensions: false })).toBeNull()
  })

  test('a page that only calls one is not', () => {
    const stacktrace = { frames: [{ abs_path: 'chrome-extension://abc/inject.js' }, { abs_path: 'https://shop.example.com/app.js' }] }
    expect(filter({ exception: [{ type: 'Error', value: 'x', stacktrace }] }, all)).toBeNull()
  })
})

describe('events of legacy browsers', () => {
  test.each([
    'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.0; Trident/4.0)',
    'Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/7.0.32796/59.323; U; fr) Presto/2.12.423 Version/12.16',
    'Opera/9.80 (X11; Linux i686; Ubuntu/14.10) Presto/2.12.388 Version/12.16',
    'Mozilla/5.0 (Linux; U; Android 2.3.5; en-us; HTC Vision Build/GRI40) AppleWebKit/533.1 (KHTML, like Gecko) Version/4.0 Mobile Safari/533.1',
    'Mozilla/5.0 (Windows; U; Windows NT 6.1; zh-HK) AppleWebKit/533.18.1 (KHTML, like Gecko) Version/5.0.2 Safari/533.18.5',
  ])('are held back: %s', (agent) => {
    expect(filter(visited(agent), { legacyBrowsers: true })).toBe('legacy_browser')
    expect(filter({ platform: 'javascript' }, { legacyBrowsers: true }, { meta: { ua: agent } })).toBe('legacy_browser')
    expect(filter({ platform: 'python' }, { legacyBrowsers: true }, { meta: { ua: agent } })).toBeNull()
  })

  test.each([
    chrome,
    'Opera/9.80 (J2ME/MIDP; Opera Mini/8.0.35158/36.2534; U; en) Presto/2.12.423 Version/12.16',
    'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/28.0.1500.45 Safari/537.36 OPR/15.0.1147.61',
    'Mozilla/5.0 (Linux; U; Android 4.1.1; en-gb; Build/KLP) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Safari/534.30',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_3) AppleWebKit/537.75.14 (KHTML, like Gecko) Version/7.0.3 Safari/7046A194A',
    'curl/8.0',
    '',
  ])('of others are not: %s', (agent) => {
    expect(filter(visited(agent), { legacyBrowsers: true })).toBeNull()
  })
})

describe('events of localhost', () => {
  test.each([
    { request: { url: 'http://localhost:3000/' } }, { request: { url: 'https://127.0.0.1/p' } }, { request: { url: 'http://[::1]:8080' } }, { request: { url: 'http://shop.localhost/' } }, { request: { url: 'file:///home/ada/index.html' } },
    { request: { headers: { Host: 'localhost:8000' } } }, { request: { url: '/p', headers: [['X-Forwarded-Host', '127.0.0.1']] } }, { user: { ip_address: '127.0.0.1' } }, { user: { ip_address: '::1' } },
  ])('are held back: %j', (payload) => {
    expect(filter(payload, { localhost: true })).toBe('localhost')
  })

  test.each([
    { request: { url: 'https://localhost.com/' } }, { request: { url: 'https://mylocalhost/' } }, { request: { url: 'https://shop.example.com/?next=http://localhost/' } }, { request: { url: 'http://127.0.0.11/' } },
    { request: { url: 'https://shop.example.com/', headers: { Host: 'localhost:8000' } } }, { user: { ip_address: '203.0.113.5' } }, {},
  ])('elsewhere are not: %j', (payload) => {
    expect(filter(payload, { localhost: true })).toBeNull()
  })

  test('from behind a proxy on this machine are not', () => {
    expect(filter({ platform: 'javascript', user: { ip_address: '{{auto}}' } }, { localhost: true }, { remoteAddr: '127.0.0.1' })).toBeNull()
  })
})

describe('visits of web crawlers', () => {
  test.each(['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Mediapartners-Google', 'Baiduspider', 'Slurp', 'facebookexternalhit/1.1', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Twitterbot/1.0', 'pingdom'])('are held back: %s', (agent) => {
    expect(filter(visited(agent), { webCrawlers: true })).toBe('web_crawler')
  })

  test.each([chrome, 'curl/8.0', 'okhttp/4.9', 'python-requests/2.1', 'Slackbot 1.0(+https://api.slack.com/robots)', 'Java/17.0.1', 'MyShop/3.1 (iPhone; iOS 17.1; Scale/3.00)'])('of browsers and clients of an API are not: %s', (agent) => {
    expect(filter(visited(agent), { webCrawlers: true })).toBeNull()
  })
})

describe('error messages and releases', () => {
  test.each([
    ['*resizeobserver loop*', thrown('ResizeObserver loop limit exceeded')], ['Error: boom', thrown('boom')], ['boom', thrown('boom')], ['error', { exception: [{ type: 'Error' }] }], ['disk * full', { logentry: { message: 'disk %s full', params: ['sda'] } }],
    ['inner', { exception: [{ type: 'A', value: 'inner' }, { type: 'B', value: 'outer' }] }], ['hello', { message: 'hello' }],
  ])('%j holds back %j', (pattern, payload) => {
    expect(filter(payload, { errorMessages: ['never', pattern] })).toBe('error_message')
    expect(filter(payload, { errorMessages: [`${pattern}x`] })).toBeNull()
  })

  test('a release is held back by name or pattern, no release by none', () => {
    expect(filter({ release: 'shop@1.2.3-dev' }, { releases: ['*-dev'] })).toBe('release')
    expect(filter({ release: 'shop@1.2.3' }, { releases: ['*-dev', 'shop@1.2.?'] })).toBe('release')
    expect(filter({ release: 'shop@1.2.3' }, { releases: ['*-dev'] })).toBeNull()
    expect(filter({}, { releases: ['*'] })).toBeNull()
  })
})

test('without filters nothing is held back, and with all of them nothing throws', () => {
  const text = fc.constantFrom('http://localhost/', 'Googlebot', 'MSIE 8', 'chrome-extension://x', '127.0.0.1', 'ResizeObserver', 'x')
  const odd = fc.oneof(text, fc.constant(null), fc.integer(), fc.array(text), fc.dictionary(fc.constantFrom('url', 'headers', 'user-agent', 'ip_address', 'values', 'type', 'value', 'stacktrace', 'frames', 'abs_path'), fc.oneof(text, fc.array(text), fc.array(fc.dictionary(fc.constantFrom('abs_path', 'type', 'value'), text)))))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('request', 'user', 'exception', 'message', 'release', 'platform'), odd), (payload) => {
      expect(filter(payload, off)).toBeNull()
      expect(() => filter(payload, all)).not.toThrow()
    }),
  )
})

test.each(['a', 'x_', 'Opera/9.8 ', 'Android ', '1.', 'mozilla/', 'localhost.', 'http://', '; '])('a megabyte of %j everywhere is judged within a second', (part) => {
  const text = part.repeat(1_000_000 / part.length)
  const event = clean({ ...thrown(text, text), message: text, release: text, request: { url: text, headers: { 'user-agent': text, host: text } }, user: { ip_address: text } })
  const summary = summariseEvent(event, context)
  const filters = { ...all, errorMessages: Array.from({ length: 100 }, (_, n) => `${`*${part}`.repeat(20)}${n}`) }
  expect(measureCpu(() => filterEvent(event, summary, context, filters))).toBeLessThan(1000)
})
