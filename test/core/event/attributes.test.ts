// The plain attributes and tags of an event: accepted spellings, limits, what is dropped.

import { describe, expect, test } from 'vitest'
import { present, summarise } from './given.ts'

test.each([
  ['log', 'info'], ['critical', 'fatal'], [40, 'error'], ['30', 'warning'], ['warn', 'warning'], ['Error', 'error'], ['trace', 'debug'], ['panic', 'fatal'],
  ['bogus', 'error'], ['constructor', 'error'], [{}, 'error'], [null, 'error'],
] as const)('the level %j is %s', (level, expected) => {
  expect(summarise({ level }).level).toBe(expected)
})

test.each([
  ['a/b', null], ['latest', null], ['..', null], ['r'.repeat(300), null], [' 1.0 ', '1.0'], ['1.0\n', '1.0'], [7, '7'], [{}, null], ['', null],
] as const)('the release %j is read as %j', (release, expected) => {
  expect(summarise({ release }).release).toBe(expected)
})

test.each([['a/b', null], ['None', null], ['', null], ['e'.repeat(65), null], ['prod', 'prod']])('the environment %j is read as %j', (environment, expected) => {
  expect(summarise({ environment }).environment).toBe(expected)
})

test('a dist has only letters, digits, dot, dash and underscore', () => {
  expect(summarise({ dist: ' 12-b_3.4 ' }).dist).toBe('12-b_3.4')
  expect(summarise({ dist: 'a b' }).dist).toBeNull()
})

test('what was dropped or shortened is noted once by name', () => {
  const { errors } = present({ release: 'a/b', environment: 'e'.repeat(65), logger: 'l'.repeat(100), level: 'bogus', errors: [{ type: 'js_no_source', name: 'url', value: 'x' }, 7] })
  expect(errors.map(({ type, data }) => [type, data.name])).toEqual([
    ['js_no_source', 'url'], ['invalid_data', 'level'], ['value_too_long', 'logger'], ['invalid_data', 'release'], ['value_too_long', 'environment'],
  ])
})

test.each([
  [{ exception: { type: 'A', value: 'b' } }, 'error'], [{ type: 'error' }, 'default'], [{ type: 'csp' }, 'default'], [{ type: 'transaction' }, 'transaction'],
  [{ csp: {} }, 'csp'], [{ hpkp: { hostname: 'a' } }, 'hpkp'], [{ exception: {} }, 'default'], [{}, 'default'],
])('the type of %j is %s', (payload, type) => {
  expect(summarise(payload).type).toBe(type)
})

describe('the SDK', () => {
  test.each([
    ['the payload', { sdk: { name: 'a', version: '1' } }, 'a/1'],
    ['its legacy field', { client_sdk: { name: 'b', version: 2 } }, 'b/2'],
    ['the envelope header', {}, 'header/3'],
  ])('comes from %s', (_, payload, sdk) => {
    expect(summarise(payload, { sdk: { name: 'header', version: '3' } }).sdk).toBe(sdk)
  })

  test('comes at last from what the client said of itself', () => {
    expect(summarise({}, { meta: { client: 'raven/1.0 (linux)' } }).sdk).toBe('raven/1.0')
    expect(summarise({}).sdk).toBeNull()
  })
})

describe('tags', () => {
  const sent = (tags: unknown): [string, string][] => summarise({ tags }).tags.filter(([key]) => key !== 'level')

  test.each([
    ['an object', { b: 'x', a: true, n: 1, f: 1.5 }, [['a', 'True'], ['b', 'x'], ['f', '1'], ['n', '1']]],
    ['pairs', [['b', 'x'], ['a', 'y']], [['b', 'x'], ['a', 'y']]],
    ['objects with key and value', [{ key: 'a', value: 'y' }], [['a', 'y']]],
    ['keys with blanks', { ' my tag ': 'x' }, [['my-tag', 'x']]],
    ['keys with other characters, dropped', { 'a<b': 'x', 'ü': 'y' }, []],
    ['values that say nothing, dropped', { a: null, b: {}, c: '', d: ' ' }, []],
    ['a key twice: the first wins', [['a', '1'], ['a', '2']], [['a', '1']]],
    ['reserved keys, dropped', { release: 'x', dist: 'x', user: 'x', filename: 'x', function: 'x' }, []],
    ['values of two lines', { a: 'x\r\ny' }, [['a', 'x y']]],
    ['long values', { a: 'x'.repeat(300) }, [['a', 'x'.repeat(200)]]],
    ['something else', 'text', []],
  ])('may come as %s', (_, tags, expected) => {
    expect(sent(tags)).toEqual(expected)
  })

  test('are at most 100 from the client', () => {
    expect(sent(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`t${n}`, 'x'])))).toHaveLength(100)
  })

  test('give the environment if the event has none', () => {
    expect(summarise({ tags: { environment: 'staging' } })).toMatchObject({ environment: 'staging', tags: [['level', 'error'], ['environment', 'staging']] })
    expect(summarise({ environment: 'prod', tags: { environment: 'staging' } }).environment).toBe('prod')
  })

  test('say what every event has by itself', () => {
    const summary = summarise({
      level: 'fatal', environment: 'prod', release: '1', dist: '2', logger: 'l', server_name: 's', transaction: 't', user: { id: 5 }, request: { url: 'https://a/b?c=1' },
      contexts: { browser: { name: 'Firefox', version: '150' }, os: { raw_description: 'Microsoft Windows 10.0.26100' }, device: { model: 'Pixel', family: 'P' }, runtime: { name: 'node' } },
      exception: [{ type: 'A', mechanism: { type: 'chained', handled: true } }, { type: 'B', mechanism: { type: 'onerror', handled: false } }],
    })
    expect(Object.fromEntries(summary.tags)).toEqual({
      level: 'fatal', environment: 'prod', release: '1', dist: '2', logger: 'l', server_name: 's', transaction: 't', user: 'id:5', url: 'https://a/b', browser: 'Firefox 150', 'browser.name': 'Firefox',
      os: 'Microsoft Windows 10.0.26100', 'os.name': 'Microsoft Windows', device: 'Pixel', 'device.family': 'P', runtime: 'node', 'runtime.name': 'node', handled: 'no', mechanism: 'onerror',
    })
    expect(summary.unhandled).toBe(true)
  })
})
