// Message, breadcrumbs, request, user, contexts and extra in every shape that SDKs send.

import { describe, expect, test } from 'vitest'
import { entry, present, summarise } from './given.ts'

describe('the message', () => {
  test.each([
    ['x', 'x'],
    [{ message: 'a %s', params: ['b'] }, 'a b'],
    [{ message: 'a {}', params: ['b'] }, 'a b'],
    [{ message: '{1} {0} {{}}', params: ['b', 2] }, '2 b {}'],
    [{ message: '%(who)s: %d%%', params: { who: 'ada', 0: 5 } }, 'ada: 5%'],
    [{ message: 'hi {who}', params: { who: 'ada' } }, 'hi ada'],
    [{ message: 'a %s %s', params: ['b'] }, 'a %s %s'],
    [{ message: 'a %s', params: 'b' }, 'a %s'],
    [{ message: 'a %s', formatted: 'done', params: ['b'] }, 'done'],
    [42, '42'],
  ])('%j reads %j', (message, formatted) => {
    expect(entry(present({ message }), 'message').formatted).toBe(formatted)
    expect(entry(present({ logentry: message }), 'message').formatted).toBe(formatted)
  })

  test('keeps the template only where it differs', () => {
    expect(entry(present({ logentry: { message: 'a %s', params: ['b'] } }), 'message')).toEqual({ formatted: 'a b', message: 'a %s', params: ['b'] })
    expect(entry(present({ logentry: { message: 'a', formatted: 'a' } }), 'message').message).toBeNull()
  })

  test.each([[false], [null], [''], [{}], [{ message: null }]])('is none in %j', (message) => {
    expect(present({ message })).toMatchObject({ title: '<unlabeled event>', message: '', entries: [] })
  })

  test('in the object form wins over text beside it', () => {
    expect(present({ message: 'text', logentry: { formatted: 'object' } }).message).toBe('object')
    expect(present({ logentry: 'text', message: { formatted: 'object' } }).message).toBe('object')
  })

  test('is at most 8,192 units, however often its parameters are long', () => {
    expect(present({ logentry: { message: '%s'.repeat(4000), params: Array.from({ length: 4000 }, () => 'x'.repeat(100)) } }).message).toHaveLength(8192)
  })
})

describe('breadcrumbs', () => {
  const crumbs = (breadcrumbs: unknown) => entry(present({ breadcrumbs }), 'breadcrumbs').values

  test('come as a list or as values, with times in every form', () => {
    const sent = [{ timestamp: 1_700_000_000.5 }, { timestamp: '2023-11-14T22:13:20.5' }, { timestamp: '2023-11-14T23:13:20.500+01:00' }, {}, { timestamp: 'never' }, { timestamp: -1e300 }]
    const time = '2023-11-14T22:13:20.500Z'
    expect(crumbs(sent).map(({ timestamp }) => timestamp)).toEqual([time, time, time, null, null, null])
    expect(crumbs({ values: sent })).toEqual(crumbs(sent))
  })

  test('have defaults, and keep data that is no object', () => {
    expect(crumbs([{ level: 'Log', ty: 'http', data: 'text', message: { a: 1 } }, { category: 7, data: null }])).toEqual([
      { timestamp: null, type: 'http', category: null, level: 'log', message: '{"a":1}', data: { value: 'text' } },
      { timestamp: null, type: 'default', category: '7', level: 'info', message: null, data: null },
    ])
  })

  test('are the newest 200', () => {
    const values = crumbs(Array.from({ length: 100_000 }, (_, n) => ({ message: `${n}` })))
    expect([values.length, values.at(0)?.message, values.at(-1)?.message]).toEqual([200, '99800', '99999'])
  })
})

describe('the request', () => {
  const request = (sent: object) => entry(present({ request: sent }), 'request')

  test('is split and cleaned', () => {
    expect(request({ url: '/p?a=1#f', method: 'get', headers: { cookie: 's=1; t=a=b', X: ['a', 'b'], 'content-type': 'text/plain; charset=utf-8' } })).toEqual({
      url: '/p', method: 'GET', query: [['a', '1']], fragment: 'f', headers: [['Content-Type', 'text/plain; charset=utf-8'], ['X', 'a,b']], cookies: [['s', '1'], ['t', 'a=b']], env: {}, data: null, inferredContentType: 'text/plain',
    })
  })

  test.each([
    ['text', '?a=1&b=x%20y', [['a', '1'], ['b', 'x y']]], ['an object', { b: 1, a: [2] }, [['a', '[2]'], ['b', '1']]], ['pairs', [['b', '1'], ['a', null]], [['b', '1'], ['a', '']]], ['a number', 5, []],
  ])('has a query as %s', (_, query_string, query) => {
    expect(request({ url: '/p', query_string }).query).toEqual(query)
  })

  test.each([
    ['JSON', '{"a":1}', { a: 1 }, 'application/json'], ['a form', 'a=1&b=2', { a: '1', b: '2' }, 'application/x-www-form-urlencoded'], ['text', 'hello', 'hello', null], ['broken JSON', '{"a":', '{"a":', null], ['an object', { a: [1] }, { a: [1] }, null],
  ])('has a body of %s', (_, sent, data, type) => {
    expect(request({ data: sent })).toMatchObject({ data, inferredContentType: type })
  })

  test('with a method that is none has none', () => {
    expect(request({ method: 'G E T' }).method).toBeNull()
  })

  test('survives a body of JSON nested 100,000 levels', () => {
    expect(JSON.stringify(request({ data: '['.repeat(100_000) + ']'.repeat(100_000) }).data).length).toBeLessThan(20_000)
  })

  test.each([[null], ['x'], [{}], [[]]])('is none in %j', (sent) => {
    expect(present({ request: sent }).entries).toEqual([])
  })
})

describe('the user', () => {
  const auto = { user: { ip_address: '{{auto}}' } }
  const client = '203.0.113.50'

  test.each([
    [{ id: 5, email: 'e' }, 'id:5'], [{ username: 'u', email: 'e' }, 'username:u'], [{ id: '', email: 'e' }, 'email:e'], [{ ip_address: '::1' }, 'ip:::1'], [{ ip_address: '1.2.3.256' }, null], [{ name: 'n' }, null], [7, null],
  ])('%j is tagged %j', (user, tag) => {
    expect(summarise({ user }).userTag).toBe(tag)
  })

  test.each([
    ['{{auto}} is the client', auto, client], ['{{auto}} with infer_ip auto', { ...auto, sdk: { settings: { infer_ip: 'auto' } } }, client], ['{{auto}} with infer_ip never', { ...auto, sdk: { settings: { infer_ip: 'never' } } }, null],
    ['an unknown infer_ip is never', { platform: 'javascript', sdk: { settings: { infer_ip: 'maybe' } } }, null], ['a browser is the client', { platform: 'javascript' }, client], ['a server is not', { platform: 'python' }, null],
    ['a server with infer_ip auto', { platform: 'python', sdk: { settings: { infer_ip: 'auto' } } }, client], ['REMOTE_ADDR', { request: { env: { REMOTE_ADDR: '198.51.100.7' } } }, '198.51.100.7'],
    ['REMOTE_ADDR {{auto}}', { request: { env: { REMOTE_ADDR: '{{auto}}' } } }, client], ['an own address', { platform: 'javascript', user: { ip_address: '2001:db8::1' } }, '2001:db8::1'],
  ])('has an address: %s', (_, payload, address) => {
    expect(present(payload).user?.ip_address ?? null).toBe(address)
  })

  test('obeys infer_ip of the envelope header too', () => {
    expect(present({ platform: 'javascript' }, { inferIp: 'never' }).user).toBeNull()
  })

  test('never shows {{auto}}', () => {
    for (const infer_ip of [undefined, 'auto', 'never']) {
      const event = present({ ...auto, request: { env: { REMOTE_ADDR: '{{auto}}' } }, sdk: { settings: { infer_ip } } }, { remoteAddr: null })
      expect(JSON.stringify(event)).not.toContain('{{auto}}')
    }
  })

  test('keeps other fields as data', () => {
    expect(present({ user: { id: 1, plan: 'pro', geo: { city: 'Graz' }, data: { a: 1 } } }).user).toEqual({ id: '1', email: null, username: null, name: null, ip_address: null, data: { plan: 'pro', geo: { city: 'Graz' }, a: 1 } })
  })
})

describe('contexts, extra and modules', () => {
  test('contexts that are objects are kept and know their type', () => {
    const event = present({ contexts: { os: { name: 'Linux' }, state: { type: '', a: 1 }, text: 'x', none: null, trace: { trace_id: 'xyz', span_id: 'b7ad6b7169203331' } } })
    expect(event.contexts).toEqual({ os: { name: 'Linux', type: 'os' }, state: { type: 'state', a: 1 }, trace: { type: 'trace', trace_id: null, span_id: 'b7ad6b7169203331' } })
    expect(event.errors).toContainEqual(expect.objectContaining({ data: { name: 'contexts.text' } }))
  })

  test('extra is cut to 16 KiB for each key, and noted', () => {
    const event = present({ extra: { long: 'z'.repeat(1_000_000), short: [1, null] } })
    expect((event.context.long as string).length).toBe(16_384)
    expect(event.context.short).toEqual([1, null])
    expect(event.errors).toEqual([expect.objectContaining({ type: 'value_too_long', data: { name: 'extra.long' } })])
  })

  test('modules have versions as text', () => {
    expect(present({ modules: { a: '1', b: 2, c: null } }).packages).toEqual({ a: '1', b: '2', c: '' })
  })
})
