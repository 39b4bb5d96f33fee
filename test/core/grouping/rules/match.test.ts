// Which events a fingerprint rule matches, clause by clause (grouping.md 4).

import { describe, expect, test } from 'vitest'
import { compileRules } from '../../../../core/grouping/rules/compile.ts'
import { compiled, holds, matchingLine, thrown } from './given.ts'

test('the first matching line decides, with its parts as written, its title and its text', () => {
  const { rules, list } = compiled(compileRules('# database\n\nerror.type:KeyError -> never\r\n  type:Timeout* -> db-timeout, {{ stack.module }} title="Database \\"timeout\\""  \nerror.type:* -> rest'))
  expect(rules.match(thrown(['TimeoutError', 'x']))).toEqual({
    parts: ['db-timeout', '{{ stack.module }}'], title: 'Database "timeout"', line: 4, text: 'type:Timeout* -> db-timeout, {{ stack.module }} title="Database \\"timeout\\""',
  })
  expect(rules.match(thrown(['OSError', 'x']))).toEqual({ parts: ['rest'], line: 5, text: 'error.type:* -> rest' })
  expect(rules.match({ message: 'x' })).toBeUndefined()
  expect(list.map(({ line }) => line)).toEqual([3, 4, 5])
})

test('no rules match nothing', () => {
  expect(matchingLine('', thrown(['E', 'x']))).toBeUndefined()
  expect(matchingLine('# only a comment\n', thrown(['E', 'x']))).toBeUndefined()
})

describe('exception matchers', () => {
  const chain = thrown(['KeyError', 'id'], ['ViewError', 'failed'])
  test.each([
    ['error.type:KeyError error.value:id', true],
    ['error.type:ViewError error.value:FAILED', true],
    ['error.type:KeyError error.value:failed', false],
    ['error.type:keyerror', false],
    ['type:KeyError value:i?', true],
    ['error.type:KeyError error.type:ViewError', false],
    ['!error.type:KeyError error.value:failed', true],
    ['!error.type:KeyError error.value:id', false],
    ['!error.type:*Error', false],
  ])('%s hold on one exception: %j', (matchers, expected) => {
    expect(holds(matchers, chain)).toBe(expected)
  })
})

describe('frame matchers', () => {
  const frames = [{ module: 'shop.views', function: 'get', in_app: true, abs_path: '/srv/shop/views.py' }, { module: 'db.pool', function: 'wait', filename: 'db\\pool.py', package: '/usr/lib/libpq.so' }]
  const places: [string, { [key: string]: unknown }][] = [
    ['an exception', { exception: [{ type: 'Cause', stacktrace: { frames } }, { type: 'E' }] }],
    ['a thread', { threads: { values: [{ id: 1 }, { id: 2, stacktrace: { frames } }] } }],
    ['a list of threads', { threads: [{ stacktrace: { frames } }] }],
    ['a bare stack', { stacktrace: { frames } }],
  ]
  describe.each(places)('in %s', (_, event) => {
    test.each([
      ['stack.module:db.* stack.function:wait', true],
      ['stack.module:db.* stack.function:get', false],
      ['module:db.* function:wait app:no', true],
      ['module:shop.* app:yes', true],
      ['module:shop.* app:no', false],
      ['!module:shop.* app:yes', false],
      ['module:shop.* !app:no', true],
      ['stack.abs_path:srv/shop/*', true],
      ['path:DB/*.py', true],
      ['path:/srv/*', false],
      ['path:/srv/**', true],
      ['stack.package:usr/lib/*', true],
      ['package:* function:get', false],
      ['!package:* function:get', true],
      ['stack.module:DB.*', false],
    ])('%s hold on one frame: %j', (matchers, expected) => {
      expect(holds(matchers, event)).toBe(expected)
    })
  })
})

describe('event matchers', () => {
  const event = {
    logentry: { message: 'User %s Not Found', formatted: 'User 7 not found' }, exception: [{ type: 'E', value: 'gone' }, { value: 'second\nline' }],
    transaction: '/orders', logger: 'shop.auth', level: 'Warning', release: 'shop@1.2', environment: 'prod', platform: 'node', sdk: { name: 'sentry.javascript.node' }, tags: { region: 'eu', size: 3 },
  }
  test.each([
    ['message:"user %s not*"', true],
    ['message:gone', true],
    ['message:SECOND*', true],
    ['message:"User 7*"', false],
    ['!message:gone', false],
    ['!message:other', true],
    ['transaction:/orders', true],
    ['transaction:/Orders', false],
    ['logger:shop.*', true],
    ['level:warning', true],
    ['release:shop@*', true],
    ['release:shop@1', false],
    ['environment:prod', true],
    ['sdk:sentry.javascript.*', true],
    ['family:javascript', true],
    ['family:native,javascript', true],
    ['family:native,other', false],
    ['!family:native', true],
    ['family:all', true],
    ['!family:all', false],
    ['tags.region:eu', true],
    ['tags.size:3', true],
    ['tags.missing:*', false],
    ['!tags.missing:*', true],
    ['tags.region:eu level:error', false],
  ])('%s: %j', (matchers, expected) => {
    expect(holds(matchers, event)).toBe(expected)
  })

  test('tags may be pairs or objects with key and value, of which the first counts', () => {
    const pairs = [['a', 'first'], ['a', 'second'], { key: 'b:c', value: 'third' }, null]
    expect(holds('tags.a:first "tags.b:c":third', { tags: pairs })).toBe(true)
    expect(holds('tags.a:second', { tags: pairs })).toBe(false)
  })

  test.each([['javascript', 'javascript'], ['node', 'javascript'], ['native', 'native'], ['cocoa', 'native'], ['c', 'native'], ['objc', 'native'], ['swift', 'native'], ['python', 'other'], [undefined, 'other']])('platform %s is of the family %s', (platform, family) => {
    expect(holds(`family:${family}`, { platform })).toBe(true)
  })
})

describe('a missing value', () => {
  test.each(['error.type', 'error.value', 'stack.function', 'stack.abs_path', 'app', 'message', 'transaction', 'release', 'sdk', 'tags.x'])('of %s lets only the negated matcher hold', (name) => {
    const glob = name === 'app' ? 'no' : '*'
    expect(holds(`${name}:${glob}`, {})).toBe(false)
    expect(holds(`!${name}:${glob}`, {})).toBe(true)
  })

  test('is a missing flag: a frame without one is not yours', () => {
    expect(holds('app:no', { stacktrace: { frames: [{ function: 'f' }] } })).toBe(true)
    expect(holds('app:no', { stacktrace: { frames: [{ in_app: 'true' }] } })).toBe(true)
  })

  test('is an empty one', () => {
    expect(holds('release:*', { release: '' })).toBe(false)
  })
})

test('a rule takes all its scopes together', () => {
  const event = { ...thrown(['Cause', 'c'], ['E', 'v', { module: 'db.pool' }]), level: 'error' }
  expect(holds('error.type:Cause stack.module:db.* level:error', event)).toBe(true)
  expect(holds('error.type:Cause stack.module:db.* level:info', event)).toBe(false)
  expect(holds('error.type:Other stack.module:db.* level:error', event)).toBe(false)
})

test('of a value the first 2,048 units count', () => {
  expect(holds('message:*x', { message: `${'a'.repeat(2047)}xyz` })).toBe(true)
})
