// Browser, system and device of the one who made the request, where the SDK did not say them itself.

import { describe, expect, test } from 'vitest'
import { readUserAgent } from '../../../core/event/useragent.ts'
import { measureCpu, present, summarise } from './given.ts'

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

describe('a user agent', () => {
  test.each([
    [chrome, 'Chrome 126.0.0.0', 'Windows >=10', null],
    ['Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer 11.0', 'Windows 7', null],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15', 'Safari 17.4', 'macOS >=10.15.7', 'Mac'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari 17.5', 'iOS 17.5', 'iPhone'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36', 'Chrome 124.0.0.0', 'Android 14', 'Pixel 8'],
    ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36', 'Chrome 124.0.0.0', 'Android 10', null],
    ['Mozilla/5.0 (Android 13; Mobile; rv:109.0) Gecko/115.0 Firefox/115.0', 'Firefox 115.0', 'Android 13', null],
    ['curl/8.0', null, null, null],
    ['', null, null, null],
    ['\0\ud800', null, null, null],
  ])('%s', (text, browser, os, device) => {
    const agent = readUserAgent(text)
    const full = (named: { name: string; version?: string } | null) => named && [named.name, named.version].filter(Boolean).join(' ')
    expect([full(agent.browser), full(agent.os), agent.device?.model ?? null]).toEqual([browser, os, device])
    expect(readUserAgent(text)).toEqual(agent)
  })

  test.each(['a', '/', '1.', 'Macintosh', 'Windows NT ', 'Android ', 'Android;', 'Opera/9.8 ', 'x_', 'Linux; Android 1; ', 'CPU OS 1_', 'mozilla/', '(', ' '])('of a megabyte of %j costs no more than one of half a kilobyte', (part) => {
    const read = (length: number) => {
      // From bytes, as they come: one that was put together is joined when it is first read, which is not what is measured.
      const texts = Array.from({ length: 50 }, (_, n) => Buffer.from(`${n}${part.repeat(length / part.length)}`).toString())
      return measureCpu(() => texts.forEach(readUserAgent))
    }
    read(600)
    expect(read(1_000_000)).toBeLessThan(20 * read(600) + 600)
  })

  test('is remembered for a while, and the memory is bounded', () => {
    const first = readUserAgent(chrome)
    expect(readUserAgent(chrome)).toBe(first)
    for (let n = 0; n < 1000; n++) readUserAgent(`Firefox/${n}`)
    expect(readUserAgent(chrome)).not.toBe(first)
  })
})

describe('contexts and tags', () => {
  const headers = { 'User-Agent': chrome }

  test('of a browser event come from the request that brought it, if need be', () => {
    expect(present({ platform: 'javascript' }, { meta: { ua: chrome } }).contexts).toMatchObject({ browser: { name: 'Chrome' }, os: { name: 'Windows', version: '>=10' } })
    expect(present({ platform: 'python' }, { meta: { ua: chrome } }).contexts).toEqual({})
  })

  test('are never overwritten', () => {
    const sent = { browser: { name: 'Mine' }, client_os: { name: 'Other' }, device: { model: 'X' } }
    expect(present({ request: { headers }, contexts: sent }).contexts).toMatchObject(sent)
    expect(summarise({ request: { headers }, contexts: sent }).tags).toEqual(expect.arrayContaining([['browser', 'Mine'], ['client_os', 'Other'], ['device', 'X']]))
  })

  test.each([['an object', headers], ['pairs', Object.entries(headers)], ['key and value', [{ key: 'user-agent', value: chrome }]], ['a list of values', { 'USER-AGENT': [chrome] }]])('are found in headers as %s', (_, sent) => {
    expect(Object.fromEntries(summarise({ request: { headers: sent } }).tags)).toMatchObject({ browser: 'Chrome 126.0.0.0', client_os: 'Windows >=10' })
  })

  test('follow client hints before the user agent', () => {
    const hints = { 'Sec-CH-UA': '"Not_A Brand";v="8", "Chromium";v="130", "Microsoft Edge";v="130"', 'Sec-CH-UA-Platform': '"Windows"', 'Sec-CH-UA-Platform-Version': '"15.0.0"', 'Sec-CH-UA-Model': '""' }
    expect(present({ request: { headers: { ...headers, ...hints } } }).contexts).toEqual({ browser: { name: 'Microsoft Edge', version: '130', type: 'browser' }, client_os: { name: 'Windows', version: '11', type: 'client_os' } })
    const meta = { ua: chrome, hints: { 'sec-ch-ua-model': '"Pixel 9"', 'sec-ch-ua-platform': '"Android"', 'sec-ch-ua-platform-version': '"15"' } }
    expect(present({ platform: 'javascript' }, { meta }).contexts).toMatchObject({ browser: { name: 'Chrome' }, os: { name: 'Android', version: '15' }, device: { family: 'Pixel 9', model: 'Pixel 9' } })
  })
})
