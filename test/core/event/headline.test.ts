// Title, culprit and location, row by row of protocol 4.14.

import { describe, expect, test } from 'vitest'
import { fixture, summarise, context } from './given.ts'
import { summariseEvent } from '../../../core/event/summary.ts'

const error = (fields: object, rest: object = {}): object => ({ exception: { values: [{ type: 'E', value: 'v', ...fields }] }, ...rest })
const frames = (...list: (object | null)[]): object => ({ stacktrace: { frames: list } })

describe('the title', () => {
  test.each([
    ['an exception', error({}), 'E: v'],
    ['the thrown one of several, which is the last', { exception: [{ type: 'Root' }, { type: 'Outer', value: 'o' }, null] }, 'Outer: o'],
    ['an exception without value', error({ value: '' }), 'E'],
    ['an exception without type', error({ type: null }), 'Error: v'],
    ['the first line of a value', error({ value: '\n line1 \nline2' }), 'E: line1 '],
    ['at most 100 units of a value', error({ value: 'a'.repeat(200) }), `E: ${'a'.repeat(97)}...`],
    ['a synthetic exception, named by its crash frame', error({ type: null, mechanism: { type: 'x', synthetic: true }, ...frames({ function: 'foo' }) }), 'foo'],
    ['a synthetic exception whose type is noise', error({ mechanism: { type: 'x', synthetic: true }, ...frames({ function: 'a', in_app: true }, { function: 'b' }) }), 'a'],
    ['a synthetic exception without frames', error({ type: null, mechanism: { type: 'x', synthetic: true } }), '<unknown>'],
    ['a message', { message: 'first\nsecond' }, 'first'],
    ['nothing', {}, '<unlabeled event>'],
    ['white space', { message: '  \n ' }, '<unlabeled event>'],
    ['a title of its own', { message: 'm', metadata: { title: 'mine' } }, 'mine'],
    ['a transaction', { type: 'transaction', transaction: 'GET /' }, 'GET /'],
    ['a security report', { csp: { 'effective-directive': 'img-src', 'blocked-uri': 'https://x.example.com:81/a.png' } }, "Blocked 'image' from 'x.example.com:81'"],
    ['a broken pin', { hpkp: { hostname: 'a.example' } }, "Public key pinning validation failed for 'a.example'"],
    ['an inline script', { csp: { violated_directive: 'script-src self', blocked_uri: 'inline' } }, "Blocked unsafe inline 'script'"],
  ])('names %s', (_, payload, title) => {
    expect(summarise(payload).title).toBe(title)
  })

  test('never ends in half a surrogate pair', () => {
    const { title } = summarise(error({ value: '😀'.repeat(200) }))
    expect(title.isWellFormed()).toBe(true)
    expect(title).toMatch(/^E: (😀)+\.\.\.$/u)
  })
})

describe('the crash frame', () => {
  test('is the newest of the application that has a name', () => {
    const stack = frames({ function: 'old', filename: 'a.py', in_app: true }, { function: 'crash', filename: 'b.py', in_app: true }, { function: '<unknown>', filename: 'c.py', in_app: true }, null, { function: 'lib', filename: 'd.py', in_app: false })
    expect(summarise(error(stack))).toMatchObject({ location: 'b.py', metadata: { type: 'E', value: 'v', filename: 'b.py', function: 'crash' } })
  })

  test('is the newest of all where none is the application', () => {
    expect(summarise(error(frames({ function: 'a', filename: 'a.py' }, { function: 'b', filename: 'b.py' }))).metadata.function).toBe('b')
  })

  test('comes from the bare stack or the only thread if the exception has none', () => {
    expect(summarise(error({}, frames({ function: 'bare', filename: 'x' }))).metadata.function).toBe('bare')
    expect(summarise(error({}, { threads: [{ id: 1, ...frames({ function: 'threaded', filename: 'x' }) }] })).metadata.function).toBe('threaded')
    expect(summarise(error({}, { threads: [{ id: 1, ...frames({ function: 'a', filename: 'x' }) }, { id: 2 }] })).metadata.function).toBeUndefined()
  })
})

describe('the culprit', () => {
  const mixed = frames({ function: 'l1', module: 'x', in_app: false }, { function: 'f', module: 'm', in_app: true }, { function: 'l2', module: 'y', in_app: false })

  test.each([
    ['what the client says', { culprit: 'here', transaction: 't' }, 'here'],
    ['the transaction', { transaction: 't'.repeat(300) }, `${'t'.repeat(197)}...`],
    ['module and function of the application', error(mixed, { platform: 'python' }), 'm in f'],
    ['the other way round on JavaScript', error(mixed, { platform: 'javascript' }), 'f(m)'],
    ['the function alone on native platforms', error(mixed, { platform: 'cocoa' }), 'f'],
    ['a file where there is no module', error(frames({ function: null, filename: 'http://x/a.js' }), { platform: 'javascript' }), '?(/a.js)'],
    ['the newest frame where none is the application', error(frames({ function: 'a', module: 'm' }, { function: 'b', module: 'n' })), 'n in b'],
    ['nothing of a synthetic exception', error({ mechanism: { type: 'x', synthetic: true }, ...mixed }, { request: { url: '/u' } }), ''],
    ['the stack of a cause if the thrown one has none', { exception: [{ type: 'A', ...mixed }, { type: 'B' }] }, 'm in f'],
    ['the URL at last', error({}, { request: { url: 'https://a/b' } }), 'https://a/b'],
    ['nothing', {}, ''],
  ])('is %s', (_, payload, culprit) => {
    expect(summarise(payload).culprit).toBe(culprit)
  })
})

test.each([
  ['node-chained', 'CheckoutError: could not place order 8812', 'POST /checkout', '/srv/shop/dist/orders/place.js'],
  ['browser-minified', "TypeError: Cannot read properties of undefined (reading 'total')", '?(/assets/app-Ck29sdLm.js)', '/assets/app-Ck29sdLm.js'],
  ['python-cause', 'InvoiceNotFound: no invoice INV-1042', '/invoices/{id}', 'billing/views.py'],
  ['java-chained', 'IllegalStateException: order lookup failed', 'com.acme.orders.OrderService in lookup', 'OrderService.java'],
  ['go', '*errors.errorString: upstream gave up after 3 tries', 'example.com/gateway/proxy in (*Proxy).forward', 'proxy/forward.go'],
  ['php', "Illuminate\\Database\\QueryException: SQLSTATE[42S02]: Base table or view not found: 1146 Table 'app.user' doesn't exist", '/api/users/{user}', '/vendor/laravel/framework/src/Illuminate/Database/Connection.php'],
  ['native-minidump', 'Renderer::draw(Scene const&)', '', null],
  ['message-only', 'Nightly export finished', '', null],
  ['logentry-params', 'payment p-1 took 2300 ms', '', null],
  ['csp', "Blocked 'script' from 'evil.example.net'", 'https://shop.example.com/', 'https://evil.example.net/x.js'],
  ['threads-only', 'App hanging for at least 2000 ms.', '', null],
  ['exception-group', 'ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', '', null],
])('%s is headed as people expect', (name, title, culprit, location) => {
  expect(summariseEvent(fixture(name), context)).toMatchObject({ title, culprit, location })
})
