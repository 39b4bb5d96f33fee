// The event of ui.md D-16: nothing in it may reach a page as anything but text, and nothing may be lost for want of form.

import { expect, test } from 'vitest'
import { presentEvent } from '../../../core/event/present.ts'
import { clean, context, entry, fixture, measureCpu, present, summarise } from './given.ts'

const hostile = presentEvent(fixture('hostile'), context)

test('the hostile event is shown, bounded, without NUL and half pairs', () => {
  const text = JSON.stringify(hostile)
  expect(text.length).toBeLessThan(60_000)
  expect(text).not.toContain('\\u0000')
  expect(text.isWellFormed() && !/\\ud[89a-f]/i.test(text)).toBe(true)
  expect(hostile.title.startsWith('<img src=x onerror=alert(1)>: \u202etxt.exe \ufffd \ufffd xxx')).toBe(true)
  expect(hostile).toMatchObject({ level: 'error', release: null, environment: null, dateCreated: '2026-03-08T21:00:00.000Z' })
})

test('the hostile event changes no prototype', () => {
  expect('polluted' in {}).toBe(false)
  expect(hostile.contexts).toEqual({ trace: { type: 'trace', trace_id: null, span_id: null } })
  expect(entry(hostile, 'request').data).toEqual({})
})

test('a call for an inherited name finds nothing', () => {
  expect(summarise({ contexts: { toString: 5 }, tags: { hasOwnProperty: 'x' }, level: 'toString' })).toMatchObject({ level: 'error', tags: [['hasOwnProperty', 'x'], ['level', 'error']] })
})

test.each(['tags', 'breadcrumbs', 'exception', 'threads', 'fingerprint'])('100,000 %s are read within a second', (name) => {
  const item = name === 'tags' ? ['k', 'v'] : { type: 'E', key: 'k', value: 'v' }
  const event = clean({ [name]: Array.from({ length: 100_000 }, () => item), stacktrace: Array.from({ length: 100_000 }, () => ({ function: 'f' })) })
  expect(measureCpu(() => presentEvent(event, context))).toBeLessThan(1000)
})

test.each(['a', ' ', '\r', '\n', '?', '#', '&', '=', ';', '/', '\\', '-', '1', '1.', '%', '{', '%(', 'http://', '{{', ':'])('a megabyte of %j in every text is read within a second', (part) => {
  const text = part.repeat(Math.ceil(1_000_000 / part.length))
  const frame = { function: text, filename: text, abs_path: text, module: text, context_line: text, lineno: 1, in_app: true, package: text }
  const event = clean({
    message: { message: text, params: [text] }, level: text, release: text, environment: text, logger: text, transaction: text, timestamp: text, tags: [[text, text]], platform: text,
    exception: [{ type: text, value: text, stacktrace: [frame] }], breadcrumbs: [{ timestamp: text, message: text }], user: { id: text, ip_address: text },
    request: { url: text, query_string: text, headers: { [text]: text, cookie: text }, data: text, method: text }, contexts: { os: { raw_description: text } }, csp: { blocked_uri: text },
  })
  expect(measureCpu(() => presentEvent(event, context))).toBeLessThan(1000)
})

test('a problem is noted once, and at most 100 are', () => {
  const tags = Array.from({ length: 500 }, (_, n) => [`<${n}>`, 'x'])
  expect(present({ tags: [...tags, ...tags] }).errors).toHaveLength(100)
})
