// The conformance table's cases on reading an event (protocol 8.6, 8.8), each under its number, at the level of the two
// functions that every event goes through. The same cases against the running server are in test/conformance.

import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../core/event/json.ts'
import { group } from '../../../core/grouping/group.ts'
import { clean, cleanText, context, entry, measureCpu, present, summarise } from './given.ts'
import { presentEvent } from '../../../core/event/present.ts'

const received = '2026-03-08T21:00:00.000Z'
const frameOf = (frame: object, platform = 'python') => entry(present({ platform, stacktrace: { frames: [frame] } }), 'stacktrace').frames[0]!
const exceptionOf = (value: object) => entry(present({ exception: [value] }), 'exception').values[0]!
const requestOf = (request: object) => entry(present({ request }), 'request')
const tagsOf = (payload: object) => Object.fromEntries(summarise(payload).tags)
const hasHalfPair = (value: unknown) => !JSON.stringify(value).isWellFormed() || /\\ud[89a-f]/i.test(JSON.stringify(value))

describe('8.6', () => {
  test('99: an exception in any of its forms is the same event', () => {
    const value = { type: 'E', value: 'v' }
    const forms = [{ exception: [value] }, { exception: { values: [value] } }, { exception: value }, { 'sentry.interfaces.Exception': { values: [value] } }].map((payload) => present(payload))
    expect(forms[0]).toMatchObject({ title: 'E: v', type: 'error' })
    for (const form of forms) expect(form).toEqual(forms[0])
  })

  test.each([[{}], [null], ['str'], [[null]]])('100: %j is no exception', (exception) => {
    expect(present({ exception })).toMatchObject({ type: 'default', title: '<unlabeled event>', entries: [] })
  })

  test('101: the thrown exception is the last', () => {
    expect(summarise({ exception: { values: [{ type: 'Root' }, { type: 'Outer', value: 'o' }] } }).title).toBe('Outer: o')
  })

  test('102: the ids of an exception group are kept, also cyclic ones', () => {
    const member = (exception_id: number, parent_id: number | null) => ({ type: 'E', mechanism: { type: 'chained', exception_id, parent_id, is_exception_group: exception_id === 0 } })
    const values = entry(present({ exception: { values: [member(1, 0), member(0, 1)] } }), 'exception').values
    expect(values.map(({ mechanism }) => [mechanism?.exceptionId, mechanism?.parentId, mechanism?.isExceptionGroup])).toEqual([[1, 0, false], [0, 1, true]])
  })

  test('103: the title is the first line, the value is trimmed to 8,192', () => {
    expect(summarise({ exception: { type: 'E', value: 'line1\nline2' } }).title).toBe('E: line1')
    const long = present({ exception: { type: 'E', value: 'x'.repeat(9000) } })
    expect(long.title).toBe(`E: ${'x'.repeat(97)}...`)
    expect(entry(long, 'exception').values[0]!.value).toHaveLength(8192)
    expect(long.errors).toContainEqual({ type: 'value_too_long', message: expect.stringContaining('9,000 characters') as string, data: { name: 'exception.value' } })
  })

  test.each([[{ a: 1 }, '{"a":1}'], [42, '42'], [true, 'true']])('104: a value of %j is JSON text', (value, text) => {
    expect(exceptionOf({ type: 'E', value }).value).toBe(text)
  })

  test('105: a synthetic exception is called after the function', () => {
    const mechanism = { type: 'generic', synthetic: true }
    expect(summarise({ exception: { value: 'x', mechanism, stacktrace: { frames: [{ function: 'foo' }] } } }).title).toBe('foo')
    expect(summarise({ exception: { value: 'x', mechanism } }).title).toBe('<unknown>')
  })

  test.each([['python', 'm in f'], ['javascript', 'f(m)']])('106: the culprit on %s', (platform, culprit) => {
    const frames = [{ module: 'lib', function: 'a', in_app: false }, { module: 'm', function: 'f', in_app: true }, { module: 'lib2', function: 'b', in_app: false }]
    expect(summarise({ platform, exception: { type: 'E', stacktrace: { frames } } }).culprit).toBe(culprit)
  })

  test('107: the only exception takes the stack of the event', () => {
    const event = present({ exception: { type: 'E' }, stacktrace: { frames: [{ function: 'f' }] } })
    expect(entry(event, 'exception').values[0]!.stacktrace?.frames[0]?.function).toBe('f')
    expect(event.entries).toHaveLength(1)
  })

  test('108: the path of a URL is the file name', () => {
    expect(frameOf({ filename: 'http://x/a.js' })).toMatchObject({ absPath: 'http://x/a.js', filename: '/a.js' })
  })

  test('109: numbers, variables and addresses of frames', () => {
    expect([-1, '12'].map((lineno) => frameOf({ lineno }).lineNo)).toEqual([null, 12])
    expect(entry(presentEvent(cleanText('{"stacktrace":[{"lineno":1e400}]}'), context), 'stacktrace').frames[0]!.lineNo).toBeNull()
    expect(frameOf({ vars: [1, 2], instruction_addr: 4096 })).toMatchObject({ vars: { 0: 1, 1: 2 }, instructionAddr: '0x1000' })
  })

  test.each([
    [{ message: 'x' }, 'x'], [{ message: { message: 'a %s', params: ['b'] } }, 'a b'], [{ logentry: { message: 'a {}', params: ['b'] } }, 'a b'], [{ message: false }, ''],
  ])('110: the message of %j', (payload, message) => {
    expect(present(payload).message).toBe(message)
  })

  test('111: neither exception nor message', () => {
    expect(summarise({}).title).toBe('<unlabeled event>')
  })

  test.each([['log', 'info'], ['critical', 'fatal'], ['40', 'error'], ['warn', 'warning'], ['Error', 'error'], ['bogus', 'error'], [undefined, 'error']])('112: level %j is %s', (level, expected) => {
    expect(summarise({ level }).level).toBe(expected)
  })

  test('113: tags in every form', () => {
    const sent = { yes: true, one: 1, none: null, object: {}, 'a b': 'c', long: 'x'.repeat(300), release: 'r' }
    const expected = { yes: 'True', one: '1', 'a-b': 'c', long: 'x'.repeat(200), level: 'error' }
    expect(tagsOf({ tags: sent })).toEqual(expected)
    expect(tagsOf({ tags: Object.entries(sent) })).toEqual(expected)
    expect(tagsOf({ tags: Object.entries(sent).map(([key, value]) => ({ key, value })) })).toEqual(expected)
    expect(tagsOf({ tags: [['a', 'first'], ['a', 'second']] })).toMatchObject({ a: 'first' })
  })

  test('114: the tag stands in for the environment', () => {
    expect(summarise({ tags: { environment: 'staging' } }).environment).toBe('staging')
    expect(summarise({ tags: { environment: 'staging' }, environment: 'production' }).environment).toBe('production')
  })

  test.each([[1772999700.5], ['2026-03-08T19:55:00.5'], ['2026-03-08 19:55:00.5+00:00'], ['2026-03-08T20:55:00.500456789+01:00']])('115: the time %j', (timestamp) => {
    expect(summarise({ timestamp }).seenAt.toISOString()).toBe('2026-03-08T19:55:00.500Z')
  })

  test.each([['2026-03-08T22:00:00Z'], ['2026-01-27T21:00:00Z'], [1e18], [-1], ['soon']])('116: the time %j is not believed, and that is noted', (timestamp) => {
    const event = present({ timestamp })
    expect(event.dateCreated).toBe(received)
    expect(event.errors).toHaveLength(1)
  })

  test('117: a clock that is two hours slow is put right, for breadcrumbs too, on page and list alike', () => {
    const payload = { timestamp: '2026-03-08T18:59:55Z', breadcrumbs: [{ timestamp: '2026-03-08T18:59:50Z' }, {}] }
    const event = present(payload, { sentAt: '2026-03-08T19:00:00Z' })
    expect(event.dateCreated).toBe('2026-03-08T20:59:55.000Z')
    expect(summarise(payload, { sentAt: '2026-03-08T19:00:00Z' }).seenAt.toISOString()).toBe(event.dateCreated)
    expect(entry(event, 'breadcrumbs').values.map(({ timestamp }) => timestamp)).toEqual(['2026-03-08T20:59:50.000Z', null])
    expect(event.errors).toEqual([{ type: 'clock_drift', message: expect.stringContaining('2 h 0 min slow') as string, data: { name: 'timestamp' } }])
  })

  test.each([
    ['54 minutes are left alone', '2026-03-08T20:06:00Z', '2026-03-08T20:05:55.000Z'], ['55 minutes are not', '2026-03-08T20:05:00Z', '2026-03-08T21:00:55.000Z'], ['a fast clock is set back', '2026-03-08T22:00:00Z', '2026-03-08T20:05:55.000Z'],
    ['an unreadable time of sending is ignored', 'soon', '2026-03-08T20:05:55.000Z'],
  ])('117: %s', (name, sentAt, expected) => {
    const timestamp = name.startsWith('a fast') ? '2026-03-08T21:05:55Z' : '2026-03-08T20:05:55Z'
    expect(summarise({ timestamp }, { sentAt }).seenAt.toISOString()).toBe(expected)
  })

  test('118: {{auto}} is the address of the client', () => {
    expect(summarise({ user: { ip_address: '{{auto}}' } }).userTag).toBe('ip:203.0.113.50')
    expect(JSON.stringify(present({ user: { ip_address: '{{auto}}' } }, { remoteAddr: null }))).not.toContain('{{auto}}')
  })

  test.each([[undefined, '203.0.113.50'], ['never', null], ['auto', '203.0.113.50']])('119: a browser with infer_ip %j', (infer_ip, address) => {
    expect(present({ platform: 'javascript', sdk: { settings: { infer_ip } } }).user?.ip_address ?? null).toBe(address)
  })

  test('120: the visitor of a server', () => {
    const payload = {
      platform: 'python', contexts: { os: { name: 'Linux', version: '6.1' } },
      request: { headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36' } },
    }
    expect(present(payload).contexts).toEqual({ browser: { name: 'Chrome', version: '126.0.0.0', type: 'browser' }, client_os: { name: 'Windows', version: '>=10', type: 'client_os' }, os: { name: 'Linux', version: '6.1', type: 'os' } })
    expect(tagsOf(payload)).toMatchObject({ 'browser.name': 'Chrome', client_os: 'Windows >=10', 'client_os.name': 'Windows', os: 'Linux 6.1' })
  })

  test('121: the request is split and cleaned', () => {
    expect(requestOf({ url: '/p?a=1#f', headers: { cookie: 's=1', X: ['a', 'b'] }, method: 'get' })).toMatchObject({ url: '/p', query: [['a', '1']], fragment: 'f', cookies: [['s', '1']], headers: [['X', 'a,b']], method: 'GET' })
  })

  test.each([[['{{ default }}', 1, null], ['{{ default }}', '1']], ['abc', ['abc']], [[], ['{{ default }}']], [undefined, ['{{ default }}']]])('122: fingerprint %j groups as %j', (fingerprint, same) => {
    const keyOf = (sent: unknown) => group(clean({ message: 'x', fingerprint: sent }), { version: 'v1' }).key
    expect(keyOf(fingerprint)).toBe(keyOf(same))
    expect(keyOf(fingerprint) === keyOf(undefined)).toBe(same.length === 1 && same[0] === '{{ default }}')
  })

  test('123: breadcrumbs in every form', () => {
    const sent = [{ timestamp: 1772999700, level: 'log', data: 'text' }, { timestamp: '2026-03-08T19:56:00Z', message: 'b' }]
    const values = entry(present({ breadcrumbs: sent }), 'breadcrumbs').values
    expect(values.map(({ timestamp, level }) => [timestamp, level])).toEqual([['2026-03-08T19:55:00.000Z', 'log'], ['2026-03-08T19:56:00.000Z', 'info']])
    expect(entry(present({ breadcrumbs: { values: sent } }), 'breadcrumbs').values).toEqual(values)
  })

  test.each([['a/b', null], ['latest', null], [' 1.0 ', '1.0'], ['x'.repeat(300), null], ['1.0\n', '1.0']])('124: release %j', (release, expected) => {
    expect(summarise({ release }).release).toBe(expected)
  })

  test('125: unknown keys, deep and large extra', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(10)}1${'}'.repeat(10)}`) as JsonObject
    const event = present({ whatever: [1], extra: { deep, large: 'x'.repeat(1_000_000) } })
    expect(JSON.stringify(event.context).length).toBeLessThan(20_000)
    expect(event.errors.map(({ type, data }) => [type, data.name])).toEqual([['value_too_long', 'extra.deep'], ['value_too_long', 'extra.large']])
  })
})

describe('8.8', () => {
  test.each([['arrays', '[', ']'], ['objects', '{"a":', '}']])('144: extra of 100,000 nested %s is cut', (_, open, close) => {
    const event = presentEvent(cleanText(`{"extra":{"a":${open.repeat(100_000)}${open === '[' ? '' : '1'}${close.repeat(100_000)}}}`), context)
    expect(JSON.stringify(event.context).length).toBeLessThan(20_000)
  })

  test('145: no NUL comes through', () => {
    const bad = 'a\0b'
    const event = present({ message: bad, tags: { [bad]: bad, k: bad }, release: bad, environment: bad, user: { id: bad }, fingerprint: [bad], stacktrace: [{ filename: bad }], extra: { [bad]: bad } })
    expect(JSON.stringify(event)).not.toContain('\\u0000')
    expect(event.message).toBe('a\ufffdb')
  })

  test('146: nor half a surrogate pair', () => {
    const event = presentEvent(cleanText('{"message":"\\ud800","extra":{"\\ud83d":"\\udc00x"},"tags":{"k":"\\ud800"},"transaction":"\\udfff"}'), context)
    expect(hasHalfPair(event)).toBe(false)
    expect(event.message).toBe('\ufffd')
  })

  test('147: bytes that are no UTF-8 are replaced, a byte order mark is skipped', () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"message":"a'), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('b"}')])
    expect(presentEvent(cleanText(bytes), context).message).toBe('a\ufffd\ufffd\ufffdb')
  })

  test.each([0, 1])('148: no limit cuts a pair in two (%i)', (shift) => {
    const text = 'x'.repeat(shift) + '😀'.repeat(20_000)
    const event = present({
      message: text, transaction: text, tags: { k: text }, user: { id: text, email: text }, extra: { a: text }, exception: { type: text, value: text, stacktrace: { frames: [{ function: text, filename: text, context_line: text, lineno: 1, vars: { a: text } }] } },
      breadcrumbs: [{ message: text, category: text }], request: { url: text, query_string: `a=${text}`, headers: { a: text }, data: text }, contexts: { os: { name: text } }, culprit: text, logger: text,
    })
    expect(hasHalfPair(event)).toBe(false)
  })

  test('149: numbers beyond all bounds', () => {
    const event = presentEvent(cleanText('{"timestamp":1e400,"level":1e400,"threads":[{"id":18446744073709551615}],"stacktrace":[{"lineno":18446744073709551616,"colno":-0}],"extra":{"n":1.7976931348623157e309},"user":{"id":18446744073709551616}}'), context)
    expect(event.dateCreated).toBe(received)
    expect(entry(event, 'threads').values[0]!.id).toBe('18446744073709551616')
    expect(entry(event, 'stacktrace').frames[0]).toMatchObject({ lineNo: null, colNo: 0 })
    expect(event).toMatchObject({ context: { n: null }, user: { id: '18446744073709551616' } })
  })

  test('150: of equal keys the last wins', () => {
    expect(presentEvent(cleanText('{"level":"info","exception":{"type":"A"},"level":"fatal","exception":{"type":"B"}}'), context)).toMatchObject({ level: 'fatal', title: 'B' })
  })

  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])('151: %s is a key like any other, or none', (key) => {
    const fields = `{"${key}":{"polluted":"yes"},"ok":"1"}`
    const event = presentEvent(cleanText(`{"tags":${fields},"extra":${fields},"contexts":${fields},"modules":${fields},"request":{"url":"/","headers":${fields},"cookies":${fields}},"user":${fields},"${key}":{"polluted":"yes"},"csp":${fields},"_meta":${fields}}`), context)
    expect('polluted' in {}).toBe(false)
    expect(event.context.ok).toBe('1')
    expect(Object.getPrototypeOf(event.context)).toBe(Object.prototype)
    expect(() => JSON.stringify(event)).not.toThrow()
  })

  test('152: 100,000 of everything are capped within a second', () => {
    const many = (item: unknown) => Array.from({ length: 100_000 }, () => item)
    const event = clean({ tags: many(['k', 'v']), breadcrumbs: many({}), stacktrace: many({ function: 'f' }), threads: many({ id: 1 }), exception: many({ type: 'E' }), debug_meta: { images: many({ type: 'elf' }) } })
    expect(measureCpu(() => presentEvent(event, context))).toBeLessThan(1000)
    expect(JSON.stringify(presentEvent(event, context)).length).toBeLessThan(300_000)
  })

  test.each([['a'.repeat(1_048_576)], ['a\n'.repeat(200_000)]])('155: a message of a megabyte is trimmed', (message) => {
    const event = present({ message })
    expect(event.message).toHaveLength(8192)
    expect(event.errors).toContainEqual(expect.objectContaining({ type: 'value_too_long', data: { name: 'message' } }))
  })

  test('159: a fingerprint of 10,000 long strings costs no more than reading it', () => {
    expect(measureCpu(() => present({ fingerprint: Array.from({ length: 10_000 }, () => 'x'.repeat(1000)) }))).toBeLessThan(1000)
  })

  test.each([[`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`], ['[1,2]'], ['{"nothing":{"here":{"":{"len":5}}}}'], ['{"message":[{"":{"len":5}}]}'], ['{"message":{"":[1]}}'], ['{"message":{"":{"rem":1,"err":{},"len":"x"}}}']])('160: _meta %s is ignored', (meta) => {
    expect(presentEvent(cleanText(`{"message":"x","_meta":${meta}}`), context).errors).toEqual([])
  })

  test.each([['9999-12-31T23:59:59Z'], ['0001-01-01T00:00:00Z'], ['2026-03-08T20:00:00+99:99']])('161: %s is when it arrived', (timestamp) => {
    expect(summarise({ timestamp }).seenAt.toISOString()).toBe(received)
  })

  test.each([['2026-02-30T00:00:00Z', '2026-03-02T00:00:00.000Z'], ['2026-03-08T20:00:60Z', '2026-03-08T20:01:00.000Z']])('161: %s is read', (timestamp, expected) => {
    expect(summarise({ timestamp }).seenAt.toISOString()).toBe(expected)
  })
})
