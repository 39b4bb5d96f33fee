// The first step of decoding: whatever bytes come in, clean JSON or a reason comes out.

import { describe, expect, test } from 'vitest'
import { readPayload } from '../../../core/event/payload.ts'
import { presentEvent } from '../../../core/event/present.ts'
import { clean, cleanText, context, measureCpu } from './given.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('readPayload', () => {
  test('gives the event and its size in bytes as sent', () => {
    expect(readPayload(bytes('{"message":"é"}'))).toEqual({ event: { message: 'é' }, size: 16 })
  })

  test.each([
    ['nothing', '', 'invalid_json'],
    ['half an object', '{"a":', 'invalid_json'],
    ['a word', 'NaN', 'not_an_object'],
    ['an unknown word', '{"a":Nan}', 'invalid_json'],
    ['a list', '[]', 'not_an_object'],
    ['null', 'null', 'not_an_object'],
    ['text', '"x"', 'not_an_object'],
  ])('calls %s invalid', (_, text, invalid) => {
    expect(readPayload(bytes(text))).toEqual({ invalid })
  })

  test('replaces invalid UTF-8 and skips a byte order mark', () => {
    const sent = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('{"a":"'), 0xff, 0xc0, 0xaf, ...bytes('"}')])
    expect(cleanText(sent)).toEqual({ a: '\ufffd\ufffd\ufffd' })
  })

  test('takes NaN and the infinities of Python as null, outside text only', () => {
    expect(cleanText(String.raw`{"a":NaN,"b":[-Infinity,Infinity,-1],"c":"NaN \" Infinity","d":"\\"}`)).toEqual({ a: null, b: [null, null, -1], c: 'NaN " Infinity', d: '\\' })
  })

  test('takes time linear in the length, also for a text with an open quote', () => {
    const sent = bytes(`{"a":NaN,"b":"${'\\"'.repeat(400_000)}`)
    expect(readPayload(sent)).toEqual({ invalid: 'invalid_json' })
    expect(measureCpu(() => readPayload(sent))).toBeLessThan(1000)
  })

  test('replaces NUL and half surrogate pairs in values and keys, and keeps whole pairs', () => {
    expect(cleanText(String.raw`{"\ud83d":"\u0000a","k\u0000":["\udc00x"],"ok":"\ud83d\ude00"}`)).toEqual({ '\ufffd': '\ufffda', 'k\ufffd': ['\ufffdx'], ok: '😀' })
  })

  test.each(['__proto__', 'constructor', 'prototype', String.raw`\u005f_proto__`, String.raw`construct\u006fr`])('drops the key %s', (key) => {
    const event = cleanText(`{"extra":{"${key}":{"polluted":1},"toString":"kept"}}`)
    expect(Object.keys(event.extra as object)).toEqual(['toString'])
    expect('polluted' in {}).toBe(false)
  })

  test('leaves the words alone where they are values', () => {
    expect(clean({ message: 'constructor', name: '__proto__' })).toEqual({ message: 'constructor', name: '__proto__' })
  })

  test('keeps 14 levels and makes text of what lies deeper', () => {
    let depth = 0
    let value: unknown = clean(nested(30))
    while (typeof value === 'object' && value !== null) {
      value = (value as { n: unknown }).n
      depth++
    }
    expect(depth).toBe(14)
    expect(value).toMatch(/^\{"n":\{"n":/)
  })

  test.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('survives %s nested 100,000 levels, and so does the event page', (_, open, close) => {
    const event = cleanText(`{"extra":${open.repeat(100_000)}1${close.repeat(100_000)},"message":"deep"}`)
    const presented = presentEvent(event, context)
    expect(presented.title).toBe('deep')
    expect(JSON.stringify(presented.context).length).toBeLessThan(2000)
  })
})

function nested(levels: number): object {
  let value: object = {}
  for (let level = 1; level < levels; level++) value = { n: value }
  return value
}
